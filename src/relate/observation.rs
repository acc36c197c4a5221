//! Candidates for figures (observations): every value of the text with the phrase that it measures, its time and its
//! growth. Judges accept or refuse them, and choose among the times that the text tells.

mod clause;
mod features;
mod growth;
mod indicator;
mod item;
mod merge;
mod propose;
mod times;
mod when;

use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::extract::Values;
use crate::extract::value::{DateMention, dates};
use crate::extract::words::{Sheet, Words};
use crate::learn::FeatureSet;
use crate::model::{CleanSpan, PartialDate, Period, Qualifier};

pub use merge::merged;
pub use times::TimeOption;

/// What candidates are made from.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// The clean text; a line break ends a paragraph.
    pub chars: &'a [char],
    /// Its sentences in text order.
    pub sentences: &'a [CleanSpan],
    /// When it was published.
    pub published: Option<PartialDate>,
    /// Names of places, parks, companies and bodies in text order, none overlapping another; may be empty.
    pub names: Vec<CleanSpan>,
    /// Its numbers, sums and groups.
    pub values: &'a Values,
}

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// ISO 4217 code.
    Currency(&'static str),
    /// Per cent.
    Percent,
    /// The measure word at that place of the text.
    Measure(CleanSpan),
}

/// How the phrase of a figure was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The phrase stands before the figure (`工业总产值353亿元`).
    Before,
    /// The phrase stands behind it (`7家企业跨过门槛`).
    Behind,
    /// Both together (`引进15家企业`).
    Around,
    /// The clause has none, and an earlier one lends it (`总数达786家`).
    Lent,
    /// Only growth is told (`固定资产投资增长22%`).
    Growth,
    /// A share of a whole (`占全市52%`).
    Share,
}

/// A figure that the text may state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// From its phrase to its value and growth.
    pub span: CleanSpan,
    /// The value, or the rate of growth where only that is told.
    pub anchor: CleanSpan,
    /// The parts of the text that read together give the indicator. Never empty.
    pub indicator: Vec<CleanSpan>,
    /// The figure, multiplied out; none where only growth is told.
    pub value: Option<Decimal>,
    /// The upper bound of a range.
    pub max: Option<Decimal>,
    /// What it counts in; none where only growth is told.
    pub unit: Option<Unit>,
    /// How exact it is.
    pub qualifier: Option<Qualifier>,
    /// The time that it speaks of.
    pub period: Option<Period>,
    /// Growth in per cent; a fall is below zero.
    pub growth: Option<Decimal>,
    /// True for an aim.
    pub target: bool,
    /// The name that the clause gives as what the figure is about; none where it is the zone of the text.
    pub subject: Option<CleanSpan>,
    /// How the phrase was found.
    pub shape: Shape,
    /// What speaks for or against it, for a judge.
    pub features: FeatureSet,
}

impl Candidate {
    /// The indicator as text of `chars`.
    pub fn phrase(&self, chars: &[char]) -> String {
        self.indicator.iter().flat_map(|part| &chars[part.range()]).collect()
    }

    /// The number of what the figure is counted in: nothing, per cent, money, things.
    pub fn unit_number(&self) -> i32 {
        match self.unit {
            None => 0,
            Some(Unit::Percent) => 1,
            Some(Unit::Currency(_)) => 2,
            Some(Unit::Measure(_)) => 3,
        }
    }

    /// The unit as text of `chars`.
    pub fn unit_name(&self, chars: &[char]) -> Option<String> {
        self.unit.map(|unit| match unit {
            Unit::Currency(code) => code.to_owned(),
            Unit::Percent => "%".to_owned(),
            Unit::Measure(span) => chars[span.range()].iter().collect(),
        })
    }
}

/// The input with the times of its text.
#[derive(Debug)]
struct Scene<'a> {
    chars: &'a [char],
    sentences: &'a [CleanSpan],
    published: Option<PartialDate>,
    names: Vec<CleanSpan>,
    times: Vec<DateMention>,
}

/// The word lists of this module.
struct Lists {
    up: Words,
    down: Words,
    fillers: Words,
    compared: Words,
    links: Words,
    leads: Words,
    inner: Words,
    keeps: Words,
    aims: Words,
    tells: Words,
    areas: Words,
    events: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sheet = Sheet::shipped(include_str!("../../ontology/grammar/observation.toml"));
    Lists {
        up: sheet.words("up"),
        down: sheet.words("down"),
        fillers: sheet.words("fillers"),
        compared: sheet.words("compared"),
        links: sheet.words("links"),
        leads: sheet.words("leads"),
        inner: sheet.words("inner"),
        keeps: sheet.words("keeps"),
        aims: sheet.words("aims"),
        tells: sheet.words("tells"),

        areas: sheet.words("areas"),
        events: sheet.words("events"),
    }
});

/// The figures that a text may state.
#[derive(Debug)]
pub struct Proposals<'a> {
    scene: Scene<'a>,
    /// The period of the text as a whole, and how often it is told.
    fallback: Option<(Period, usize)>,
    /// In text order of their values.
    pub candidates: Vec<Candidate>,
    periods: times::Periods,
}

impl<'a> Proposals<'a> {
    /// Looks for every figure of a text.
    pub fn of(input: Input<'a>) -> Self {
        let times = dates(input.chars, input.published);
        let Input { chars, sentences, published, names, values } = input;
        let scene = Scene { chars, sentences, published, names, times };
        let items = item::items(&scene, values);
        let fallback = when::fallback(&scene);
        let mut candidates: Vec<Candidate> = Vec::new();
        for sentence in sentences {
            let inside = item::within(&items, *sentence);
            let from = candidates.len();
            propose::propose(&scene, *sentence, inside, &mut candidates);
            for candidate in &mut candidates[from..] {
                when::settle(&scene, *sentence, fallback, candidate);
                features::describe(&scene, *sentence, inside, candidate);
            }
        }
        features::compare(&scene, &mut candidates);
        let periods = times::periods(&scene, &candidates);
        Self { scene, fallback, candidates, periods }
    }

    /// The times that a candidate may speak of, each once for every place that tells it; the first is the one that it has by rule.
    pub fn times(&self, candidate: &Candidate) -> Vec<TimeOption> {
        let Self { scene, fallback, periods, .. } = self;
        times::options(&times::Sight { scene, candidate, fallback: *fallback, periods })
    }

    /// What a judge of figures sees of a candidate by itself.
    pub fn numbers(&self, candidate: &Candidate) -> [i32; times::KINDS] {
        times::kind_numbers(&self.scene, candidate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(source: &str) -> Vec<String> {
        let chars: Vec<char> = source.chars().collect();
        let sentences = [CleanSpan::new(0, chars.len())];
        let published = Some(PartialDate::month(2018, 7));
        let values = Values::of(&chars, &sentences);
        let input = Input { chars: &chars, sentences: &sentences, published, names: Vec::new(), values: &values };
        let show = |c: &Candidate| {
            let number = |value: Option<Decimal>| value.map_or("-".to_owned(), |v| v.normalize().to_string());
            let period = c.period.map_or("-".to_owned(), |p| p.to_string());
            let unit = c.unit_name(&chars).unwrap_or_default();
            let aim = if c.target { " aim" } else { "" };
            format!("{} {}{unit} {period} {}{aim}", c.phrase(&chars), number(c.value), number(c.growth))
        };
        Proposals::of(input).candidates.iter().map(show).collect()
    }

    #[test]
    fn figures_take_phrase_time_and_growth() {
        for (source, expected) in [
            (
                "1-6月,全区工业总产值353亿元,同比增长23%;财政收入16.62亿元,下降3%。",
                &["工业总产值 35300000000CNY 2018-01/2018-06 23", "财政收入 1662000000CNY 2018-01/2018-06 -3"][..],
            ),
            ("上半年固定资产投资同比增长22%。", &["固定资产投资 - 2018-H1 22"]),
            ("2017年工业产值、税收分别增长1.3%、6.8%。", &["工业产值 - 2017 1.3", "税收 - 2017 6.8"]),
            (
                "2010年实现产值3亿元、税收1亿元,分别较2009年增长48%、59%。",
                &["产值 300000000CNY 2010 48", "税收 100000000CNY 2010 59"],
            ),
            (
                "目前高新技术企业111家,占全市52%。",
                &["高新技术企业 111家 2018-07 -", "高新技术企业占全市 52% 2018-07 -"],
            ),
            ("2020年,园区力争实现税收5亿元。", &["税收 500000000CNY 2020 - aim"]),
            ("2016年引进15家企业。", &["引进企业 15家 2016 -"]),
            ("高出0.3个百分点。", &[]),
        ] {
            assert_eq!(read(source), expected, "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(source in "[0-9%家亿元增长下降占、,;。()同比分别的等年月产值企业《》“”\n -]{0,80}") {
            read(&source);
        }
    }
}
