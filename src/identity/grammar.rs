//! The grammar of Chinese names: place, brand, trade, legal form; zones and their short words; phases.

use std::collections::BTreeMap;

use crate::lexicon::{Class, Lexicon};
use crate::model::EntityKind;
use crate::text::simplified;

/// Types of zone: the full word, then the short ones.
const ZONES: [&[&str]; 9] = [
    &["高新技术产业开发区", "高新技术开发区", "高新技术产业园区", "高新开发区", "高新区"],
    &["经济技术开发区", "经开区"],
    &["经济开发区"],
    &["综合保税区", "综保区"],
    &["自由贸易试验区", "自贸试验区", "自贸区"],
    &["航空港经济综合实验区", "航空港实验区", "航空港区"],
    &["国家自主创新示范区", "自主创新示范区", "自创区"],
    &["保税港区"],
    &["出口加工区"],
];

/// Words in front of a name that tell nothing about which thing it is.
const IDLE: [&str; 6] = ["中国", "国家级", "国家", "省级", "市级", "我国"];

/// Words that lean on the text around them.
const LEANING: [&str; 22] = [
    "全区",
    "我区",
    "本区",
    "该区",
    "园区",
    "全市",
    "我市",
    "本市",
    "该市",
    "全省",
    "我省",
    "本省",
    "全县",
    "我县",
    "公司",
    "该公司",
    "集团",
    "该项目",
    "项目",
    "企业",
    "新区",
    "开发区",
];

/// Legal forms and other ends of company names, the longer first.
const LEGAL: [&str; 12] = [
    "集团股份有限公司",
    "集团有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "控股有限公司",
    "有限公司",
    "集团公司",
    "总公司",
    "公司",
    "集团",
    "股份",
];

/// Words beside those of the lexicon that name no one thing.
const COMMON: [&str; 26] = [
    "建设",
    "生产线",
    "生产",
    "新型",
    "综合",
    "中心",
    "重大",
    "重点",
    "一期",
    "二期",
    "三期",
    "工程",
    "改造",
    "扩建",
    "研发",
    "总部",
    "智能",
    "服务",
    "平台",
    "管理",
    "委员会",
    "高端",
    "先进",
    "国际",
    "创新",
    "技术",
];

/// A place that a name or a document speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Id in the lexicon.
    pub(super) id: u32,
    /// Ids of what contains it.
    pub(super) above: Vec<u32>,
}

impl Place {
    fn new(id: u32) -> Self {
        Self { id, above: Lexicon::shared().ancestors(id) }
    }

    /// The place that bears this name, the first of several.
    pub(super) fn named(name: &str) -> Option<Self> {
        places(name).first().map(|id| Self::new(*id))
    }

    /// True when one is the other or contains it.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.id == other.id || self.above.contains(&other.id) || other.above.contains(&self.id)
    }

    /// The prefecture, or the province where it is governed like one, that it is or lies in.
    pub(super) fn city(&self) -> Option<u32> {
        let lexicon = Lexicon::shared();
        let is = |id: &u32, class| lexicon.entry(*id).is_some_and(|entry| entry.class() == class);
        let line = || std::iter::once(self.id).chain(self.above.iter().copied());
        let municipal = |id: &u32| {
            is(id, Class::PlaceProvince) && lexicon.entry(*id).is_some_and(|entry| entry.label().ends_with('市'))
        };
        line().find(|id| is(id, Class::PlacePrefecture)).or_else(|| line().find(municipal))
    }
}

/// Ids of the places that bear a name.
pub(super) fn places(name: &str) -> Vec<u32> {
    let senses = Lexicon::shared().look_up(name);
    senses.into_iter().filter(|(class, _)| is_place(*class)).map(|(_, id)| id).collect()
}

fn is_place(class: Class) -> bool {
    matches!(class, Class::PlaceProvince | Class::PlacePrefecture | Class::PlaceCounty)
}

/// The parts of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anatomy {
    /// The name as it is compared: no white space, quotes and brackets, half-width, lower case.
    pub(super) whole: Vec<char>,
    /// The place in front.
    pub(super) place: Option<Place>,
    /// The name without place and idle words.
    pub(super) core: Vec<char>,
    /// The core without legal form, closing 项目 and phase.
    pub(super) stem: Vec<char>,
    /// The legal form of a company.
    pub(super) legal: Option<&'static str>,
    /// The full word of its type of zone, where the core is just that.
    pub(super) zone: Option<&'static str>,
    /// 一期, 二期 …
    pub(super) phase: Option<String>,
    /// The entry of the gazetteer that bears the name.
    pub(super) entry: Option<u32>,
}

impl Anatomy {
    pub(super) fn of(kind: EntityKind, name: &str) -> Self {
        let whole = comparable(name);
        let mut rest = &whole[..];
        let mut place: Option<Place> = None;
        loop {
            rest = strip_idle(rest);
            let Some((found, length)) = leading_place(rest, place.as_ref()) else { break };
            place = Some(found);
            rest = &rest[length..];
        }
        let core = rest.to_vec();
        let text: String = core.iter().collect();
        let zone = zone_of(&text);
        let (mut stem, phase) = without_phase(&core, kind);
        let legal = (kind == EntityKind::Enterprise).then(|| legal_form(&stem)).flatten();
        if let Some(form) = legal {
            stem.truncate(stem.len() - form.chars().count());
        }
        let entry = entry(kind, &whole.iter().collect::<String>());
        Self { whole, place, core, stem, legal, zone, phase, entry }
    }

    /// True when the name tells nothing without knowing where it is said.
    pub(super) fn is_bare(&self, kind: EntityKind) -> bool {
        let text: String = self.whole.iter().collect();
        if LEANING.contains(&text.as_str()) {
            return true;
        }
        let national = self.zone.is_none() && text.starts_with("中国") && self.core.len() >= 2;
        if self.place.is_some() || self.entry.is_some() || national {
            return false;
        }
        match kind {
            EntityKind::Enterprise => unexplained(&self.stem) == 0,
            EntityKind::Industry | EntityKind::Place => false,
            EntityKind::Park | EntityKind::Project | EntityKind::Organization | EntityKind::Policy => {
                self.zone.is_some() || unexplained(&self.core) < 2
            }
        }
    }

    /// True when not even the place helps: 该公司, 产业园.
    pub(super) fn is_idle(&self) -> bool {
        let text: String = self.core.iter().collect();
        let whole: String = self.whole.iter().collect();
        let head = |class: Class| {
            matches!(
                class,
                Class::ParkHead | Class::OrgHead | Class::ProjectHead | Class::PolicyHead | Class::CompanySuffix
            )
        };
        self.zone.is_none()
            && (self.core.len() < 3
                || LEANING.contains(&whole.as_str())
                || Lexicon::shared().look_up(&text).into_iter().any(|(class, _)| head(class)))
    }

    /// True when it says with its legal form which company it is.
    pub(super) fn is_full_company(&self) -> bool {
        self.legal.is_some_and(|form| form.ends_with("有限公司") || form.ends_with("责任公司"))
    }

    /// Numerals, letters and signs of order, in which two names of one thing agree.
    pub(super) fn numerals(&self) -> Vec<char> {
        let telling =
            |c: &&char| c.is_ascii_digit() || c.is_ascii_alphabetic() || "一二三四五六七八九十东西南北".contains(**c);
        self.core.iter().filter(telling).copied().collect()
    }
}

/// A name as it is compared: half-width, in simplified characters and lower case, without what stands around words.
pub(super) fn comparable(name: &str) -> Vec<char> {
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    };
    let idle = |c: &char| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | ')'
                    | '"'
                    | '\''
                    | '“'
                    | '”'
                    | '‘'
                    | '’'
                    | '《'
                    | '》'
                    | '「'
                    | '」'
                    | '·'
                    | '〔'
                    | '〕'
                    | '-'
                    | '—'
            )
    };
    name.chars().map(half).map(simplified).filter(|c| !idle(c)).flat_map(char::to_lowercase).collect()
}

fn strip_idle(mut rest: &[char]) -> &[char] {
    for word in IDLE {
        let length = word.chars().count();
        if rest.len() >= length + 2 && rest.iter().take(length).copied().eq(word.chars()) {
            rest = &rest[length..];
        }
    }
    rest
}

/// The longest place at the start of a name, which leaves something to name; within `outer` where that is given.
fn leading_place(chars: &[char], outer: Option<&Place>) -> Option<(Place, usize)> {
    let longest = chars.len().saturating_sub(2).min(9);
    (2..=longest).rev().find_map(|length| {
        let ids = places(&chars[..length].iter().collect::<String>());
        let within = |id: &&u32| outer.is_none_or(|outer| Lexicon::shared().ancestors(**id).contains(&outer.id));
        Some((Place::new(*ids.iter().find(within)?), length))
    })
}

fn zone_of(core: &str) -> Option<&'static str> {
    ZONES.iter().find(|forms| forms.contains(&core)).map(|forms| forms[0])
}

fn legal_form(stem: &[char]) -> Option<&'static str> {
    let text: String = stem.iter().collect();
    LEGAL.iter().find(|form| text.ends_with(**form)).copied()
}

/// A project's name without phase and closing 项目, and the phase.
fn without_phase(core: &[char], kind: EntityKind) -> (Vec<char>, Option<String>) {
    let mut stem = core.to_vec();
    if kind != EntityKind::Project && kind != EntityKind::Park {
        return (stem, None);
    }
    if kind == EntityKind::Project {
        for end in ["建设项目", "项目", "工程"] {
            let end: Vec<char> = end.chars().collect();
            if stem.len() > end.len() + 1 && stem.ends_with(&end) {
                stem.truncate(stem.len() - end.len());
                break;
            }
        }
    }
    let ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十首".contains(c);
    let at = (1..stem.len()).rev().find(|&at| stem[at] == '期' && ordinal(stem[at - 1]));
    let Some(at) = at.filter(|at| *at > 1) else { return (stem, None) };
    let phase: String = stem[at - 1..at].iter().collect();
    stem.drain(at - 1..=at);
    (stem, Some(if phase == "1" || phase == "首" { "一".to_owned() } else { phase }))
}

impl Anatomy {
    /// What a name of a number, one character and an end counts: 四机厂 is four words with 机, then 厂.
    pub(super) fn counts(&self) -> Option<(usize, char, &[char])> {
        let [number, shared, end @ ..] = &self.whole[..] else { return None };
        let count = "三四五六七八九".chars().position(|c| c == *number)? + 3;
        ((1..=2).contains(&end.len())).then_some((count, *shared, end))
    }

    /// Characters that stand in the name three times or more, each with the number of times.
    pub(super) fn repeated(&self) -> BTreeMap<char, usize> {
        let mut counts = BTreeMap::new();
        self.whole.iter().for_each(|c| *counts.entry(*c).or_default() += 1);
        counts.retain(|_, count| *count >= 3);
        counts
    }
}

/// The entry of the gazetteer that bears the name of a thing alone.
pub fn gazetteer_entry(kind: EntityKind, name: &str) -> Option<u32> {
    entry(kind, &comparable(name).iter().collect::<String>())
}

/// The thing of the gazetteer that bears the name alone.
fn entry(kind: EntityKind, name: &str) -> Option<u32> {
    let wanted = |class: Class| match kind {
        EntityKind::Enterprise => matches!(class, Class::CompanyFull | Class::CompanyShort),
        EntityKind::Organization => class == Class::OrgName,
        EntityKind::Park => class == Class::ParkName,
        EntityKind::Policy => class == Class::PolicyName,
        EntityKind::Industry => matches!(class, Class::IndustryTerm | Class::IndustryWord),
        EntityKind::Place => is_place(class),
        EntityKind::Project => false,
    };
    let lexicon = Lexicon::shared();
    let mut ids: Vec<u32> =
        lexicon.look_up(name).into_iter().filter(|(class, _)| wanted(*class)).map(|it| it.1).collect();
    ids.retain(|id| lexicon.entry(*id).is_some_and(|entry| entry.iri().is_some()));
    ids.dedup();
    match ids[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// Number of characters that no word of trade, head of names or everyday word covers.
fn unexplained(core: &[char]) -> usize {
    let plain = |class: Class| {
        matches!(
            class,
            Class::ParkHead
                | Class::CompanySuffix
                | Class::CompanyField
                | Class::OrgHead
                | Class::ProjectHead
                | Class::PolicyHead
                | Class::IndustryHead
                | Class::IndustryTerm
                | Class::IndustryWord
        )
    };
    let mut covered = vec![false; core.len()];
    for hit in Lexicon::shared().scan(core).iter().filter(|hit| plain(hit.class)) {
        covered[hit.span.range()].fill(true);
    }
    let text: String = core.iter().collect();
    for word in COMMON {
        for (at, _) in text.match_indices(word) {
            let start = text[..at].chars().count();
            covered[start..start + word.chars().count()].fill(true);
        }
    }
    covered.iter().zip(core).filter(|(covered, c)| !**covered && !c.is_ascii_digit()).count()
}
