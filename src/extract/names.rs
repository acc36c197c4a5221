//! Names of things: a network and a linear tagger read each sentence together, for whole names and for names inside.

use std::sync::OnceLock;

use super::cue::network_bits;
use super::find::{Find, FindKind};
use super::surface::Surface;
use super::tagging::{inner_features, position_features};
use crate::learn::neural::{INNER_KINDS, LearnError, Network, SHIPPED_WEIGHTS};
use crate::learn::{Emissions, Joint, JointKind, LabelledSpan, Scores, SequenceModel, permille, spans_of};
use crate::model::CleanSpan;

/// Longest stretch that is tagged at once, in characters; a longer sentence is cut at its punctuation.
const LONGEST: usize = 240;

/// The linear taggers of names.
#[derive(Debug, Clone)]
pub struct NameTaggers {
    /// Labels whole names.
    pub outer: SequenceModel,
    /// Labels names inside names.
    pub inner: SequenceModel,
}

/// Kinds of whole names: all that the network knows, and titles, which only the linear tagger knows.
const OUTER: [JointKind; 8] = [
    JointKind { linear: 0, network: Some(0) },
    JointKind { linear: 1, network: Some(1) },
    JointKind { linear: 2, network: Some(2) },
    JointKind { linear: 3, network: Some(3) },
    JointKind { linear: 4, network: Some(4) },
    JointKind { linear: 5, network: Some(5) },
    JointKind { linear: 6, network: Some(6) },
    JointKind { linear: 7, network: None },
];

/// Kinds of names inside names, in the network's order.
fn inner_kinds() -> [JointKind; INNER_KINDS.len()] {
    let mut network = 0..INNER_KINDS.len();
    INNER_KINDS.map(|kind| JointKind { linear: FindKind::Entity(kind).index(), network: network.next() })
}

/// The network whose weights ship with the program.
///
/// # Errors
/// When the shipped weights are not whole, which a test rules out.
pub fn shipped_network() -> Result<&'static Network, LearnError> {
    static NETWORK: OnceLock<Result<Network, LearnError>> = OnceLock::new();
    NETWORK
        .get_or_init(|| Network::load(SHIPPED_WEIGHTS))
        .as_ref()
        .map_err(|_| LearnError::Weights("the shipped file is damaged"))
}

impl NameTaggers {
    /// Names in the sentences, sorted by start, the longer first. Without a network the linear taggers read alone.
    pub fn find(&self, surface: &Surface<'_>, sentences: &[CleanSpan], network: Option<&Network>) -> Vec<Find> {
        let mut finds = Vec::new();
        let inner_kinds = inner_kinds();
        let joined = network.map(|network| Joined {
            network,
            outer: Joint::new(&OUTER, network.outer_chain(), &self.outer),
            inner: Joint::new(&inner_kinds, network.inner_chain(), &self.inner),
        });
        for sentence in sentences {
            for piece in pieces(surface.chars, *sentence) {
                match &joined {
                    Some(joined) => self.find_joined(surface, piece, joined, &inner_kinds, &mut finds),
                    None => self.find_linear(surface, piece, &mut finds),
                }
            }
        }
        finds
    }

    fn find_joined(
        &self,
        surface: &Surface<'_>,
        piece: CleanSpan,
        joined: &Joined<'_>,
        inner_kinds: &[JointKind],
        finds: &mut Vec<Find>,
    ) {
        let (mut bits, mut scores) = (Vec::new(), Vec::new());
        network_bits(surface, piece, &mut bits);
        joined.network.emissions(&surface.chars[piece.range()], &bits, &mut scores);
        let stride = joined.network.scores_per_char();
        let linear = self.outer_emissions(surface, piece);
        for (span, margin) in joined.outer.spans(Scores { network: &scores, stride, offset: 0, linear: &linear }, BONUS)
        {
            let outer = find(
                piece,
                span,
                FindKind::ALL[OUTER[span.kind].linear],
                margin,
                if margin < 0 { "tagger/faint" } else { "tagger/outer" },
            );
            let (index, name) = (finds.len() as u32, outer.span);
            let linear = self.inner_emissions(surface, &outer);
            finds.push(outer);
            let rows = &scores[span.start * stride..span.end * stride];
            let offset = joined.network.outer_chain().labels();
            for (span, margin) in joined.inner.spans(Scores { network: rows, stride, offset, linear: &linear }, BONUS) {
                let kind = FindKind::ALL[inner_kinds[span.kind].linear];
                let inner =
                    find(name, span, kind, margin, if margin < 0 { "tagger/faint-inner" } else { "tagger/inner" });
                finds.extend((inner.span != name).then_some(Find { within: Some(index), ..inner }));
            }
        }
    }

    fn find_linear(&self, surface: &Surface<'_>, piece: CleanSpan, finds: &mut Vec<Find>) {
        for outer in finds_of(&self.outer, &self.outer_emissions(surface, piece), piece, "tagger/outer") {
            let (index, name) = (finds.len() as u32, outer.span);
            let emissions = self.inner_emissions(surface, &outer);
            finds.push(outer);
            let inner = finds_of(&self.inner, &emissions, name, "tagger/inner").into_iter();
            finds.extend(inner.filter(|f| f.span != name).map(|f| Find { within: Some(index), ..f }));
        }
    }

    fn outer_emissions(&self, surface: &Surface<'_>, piece: CleanSpan) -> Emissions {
        let start = piece.start as usize;
        self.outer.emissions(piece.len(), |at, out| position_features(surface, piece, start + at, out))
    }

    fn inner_emissions(&self, surface: &Surface<'_>, outer: &Find) -> Emissions {
        let (kind, span) = (outer.kind, outer.span);
        let start = span.start as usize;
        self.inner.emissions(span.len(), |at, out| inner_features(surface, kind, span, start + at, out))
    }
}

/// What a name is given so that faint ones are seen too, in units of 1/1024 of a natural-log unit. Judges of things
/// decide on them.
const BONUS: i32 = 2560;

/// The network joined with the linear taggers.
struct Joined<'a> {
    network: &'a Network,
    outer: Joint<'a>,
    inner: Joint<'a>,
}

/// A sentence in stretches of at most [`LONGEST`] characters, cut behind punctuation where there is some.
fn pieces(chars: &[char], sentence: CleanSpan) -> Vec<CleanSpan> {
    let mut pieces = Vec::new();
    let (mut start, end) = (sentence.start as usize, sentence.end as usize);
    while end - start > LONGEST {
        let window = &chars[start..start + LONGEST];
        let cut = |marks: &[char]| window.iter().rposition(|c| marks.contains(c)).map(|at| at + 1);
        let length = cut(&[';', '。']).or_else(|| cut(&[',', '、', ' '])).unwrap_or(LONGEST);
        pieces.push(CleanSpan::new(start, start + length));
        start += length;
    }
    pieces.push(CleanSpan::new(start, end));
    pieces
}

fn find(range: CleanSpan, span: LabelledSpan, kind: FindKind, margin: i32, rule: &'static str) -> Find {
    let start = range.start as usize;
    let span = CleanSpan::new(start + span.start, start + span.end);
    Find { span, kind, within: None, confidence: permille(margin), rule }
}

fn finds_of(model: &SequenceModel, emissions: &Emissions, range: CleanSpan, rule: &'static str) -> Vec<Find> {
    let spans = spans_of(&model.viterbi(emissions));
    if spans.is_empty() {
        return Vec::new();
    }
    let lattice = model.lattice(emissions);
    spans
        .iter()
        .map(|span| find(range, *span, FindKind::ALL[span.kind], model.best_without(&lattice, *span), rule))
        .collect()
}
