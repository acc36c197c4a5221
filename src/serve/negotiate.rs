//! Content negotiation: which of the forms that we can write the client likes best.

use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::sparql::results::QueryResultsFormat;

use super::http::Problem;

/// A form that we can write.
pub trait Offer: Copy + PartialEq + 'static {
    /// All of them, the one for clients without a wish first.
    const ALL: &'static [Self];
    /// Its media type.
    fn media(self) -> &'static str;
    /// The form that a media type names.
    fn from_media(media: &str) -> Option<Self>;
}

impl Offer for QueryResultsFormat {
    const ALL: &'static [Self] = &[Self::Json, Self::Xml, Self::Csv, Self::Tsv];

    fn media(self) -> &'static str {
        self.media_type()
    }

    fn from_media(media: &str) -> Option<Self> {
        Self::from_media_type(media)
    }
}

/// Forms of one graph, in order of preference.
const GRAPHS: [RdfFormat; 6] = [
    RdfFormat::NTriples,
    RdfFormat::Turtle,
    RdfFormat::RdfXml,
    RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
    RdfFormat::NQuads,
    RdfFormat::TriG,
];

/// Forms of several graphs.
const DATASETS: [RdfFormat; 3] =
    [RdfFormat::NQuads, RdfFormat::TriG, RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }];

impl Offer for RdfFormat {
    const ALL: &'static [Self] = &GRAPHS;

    fn media(self) -> &'static str {
        self.media_type()
    }

    fn from_media(media: &str) -> Option<Self> {
        match Self::from_media_type(media)? {
            Self::JsonLd { .. } => Some(Self::JsonLd { profile: JsonLdProfileSet::empty() }),
            format => Some(format),
        }
    }
}

/// The form of a graph, or of several, that the client likes best.
///
/// # Errors
/// When it likes none of them.
pub fn rdf(headers: &HeaderMap, is_dataset: bool) -> Result<RdfFormat, Problem> {
    best(headers, if is_dataset { &DATASETS } else { RdfFormat::ALL })
}

/// The form of results that the client likes best.
///
/// # Errors
/// When it likes none of them.
pub fn results(headers: &HeaderMap, of_table: bool) -> Result<QueryResultsFormat, Problem> {
    // A yes or no has no CSV or TSV form by the specification; those who like only these get JSON.
    let wanted = best(headers, QueryResultsFormat::ALL)?;
    let fits = of_table || !matches!(wanted, QueryResultsFormat::Csv | QueryResultsFormat::Tsv);
    Ok(if fits { wanted } else { QueryResultsFormat::Json })
}

fn best<T: Offer>(headers: &HeaderMap, offers: &[T]) -> Result<T, Problem> {
    let accept: Vec<&str> = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let wishes: Vec<(&str, f32)> = accept.iter().flat_map(|line| line.split(',')).filter_map(wish).collect();
    let Some(&usual) = offers.first() else { return Err(not_acceptable::<T>(offers)) };
    if wishes.is_empty() {
        return Ok(usual);
    }
    let mut chosen: Option<(f32, T)> = None;
    for &offer in offers {
        let liked = liking(offer, &wishes);
        if liked > 0.0 && chosen.as_ref().is_none_or(|(most, _)| liked > *most) {
            chosen = Some((liked, offer));
        }
    }
    chosen.map(|(_, offer)| offer).ok_or_else(|| not_acceptable(offers))
}

/// A media range with its weight.
fn wish(text: &str) -> Option<(&str, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let media = parts.next().filter(|media| media.contains('/'))?;
    let weight = parts.find_map(|part| part.strip_prefix("q=")?.trim().parse::<f32>().ok());
    Some((media, weight.unwrap_or(1.0)))
}

/// How much the client likes a form: the weight of the narrowest range that holds it.
fn liking<T: Offer>(offer: T, wishes: &[(&str, f32)]) -> f32 {
    let narrow = |media: &str| {
        if media == "*/*" {
            return Some(0);
        }
        match media.strip_suffix("/*") {
            Some(kind) => offer.media().split('/').next().filter(|own| own.eq_ignore_ascii_case(kind)).map(|_| 1),
            None => (T::from_media(media) == Some(offer)).then_some(2),
        }
    };
    let fitting = wishes.iter().filter_map(|(media, weight)| Some((narrow(media)?, *weight)));
    fitting.fold((-1, 0.0), |best, it| if it.0 > best.0 { it } else { best }).1
}

fn not_acceptable<T: Offer>(offers: &[T]) -> Problem {
    let media: Vec<_> = offers.iter().map(|offer| offer.media()).collect();
    let media = media.join(", ");
    let zh = format!("无法给出 Accept 要求的格式；可用：{media}");
    Problem::new(StatusCode::NOT_ACCEPTABLE, zh, format!("no form that Accept asks for; there are: {media}"))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_form_liked_best_is_chosen() {
        use QueryResultsFormat::{Csv, Json, Tsv, Xml};
        let cases = [
            (None, Some(Json)),
            (Some("*/*"), Some(Json)),
            (Some("application/sparql-results+xml"), Some(Xml)),
            (Some("application/json"), Some(Json)),
            (Some("text/csv, application/sparql-results+json;q=0.5"), Some(Csv)),
            (Some("text/*"), Some(Csv)),
            (Some("text/csv;q=0.1,text/tab-separated-values;q=0.9"), Some(Tsv)),
            (Some("*/*;q=0.1, application/xml"), Some(Xml)),
            (Some("application/sparql-results+json;q=0, */*"), Some(Xml)),
            (Some("image/png"), None),
        ];
        for (accept, expected) in cases {
            let mut headers = HeaderMap::new();
            accept.map(|accept| headers.insert(ACCEPT, HeaderValue::from_static(accept)));
            assert_eq!(results(&headers, true).ok(), expected, "{accept:?}");
        }
    }
}
