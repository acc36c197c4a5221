//! Where an industry of the graph stands in the taxonomy: under which concept, and what is above that.

use crate::lexicon::{Class, Lexicon};

/// Words that close an industry's name without telling which it is, the longer first.
const CLOSING: [&str; 8] = ["产业集群", "制造业", "产业链", "产业", "行业", "领域", "技术", "业"];

/// The concept of an industry and those above it, from the nearest on, by their preferred names. An industry that the
/// taxonomy does not list stands under the longest listed name with which it ends, since the last part of a Chinese name
/// tells the class; one without such an end stands alone.
pub(super) fn lineage(name: &str) -> Vec<String> {
    if let Some(id) = listed(name) {
        return with_broader(id);
    }
    let mut lineage = vec![name.to_owned()];
    // An end of one character names no field.
    let ends = name.char_indices().skip(1).map(|(at, _)| &name[at..]).filter(|end| end.chars().count() >= 2);
    if let Some(id) = ends.filter(|end| !CLOSING.contains(end)).find_map(listed) {
        lineage.extend(with_broader(id));
    }
    lineage
}

fn with_broader(id: u32) -> Vec<String> {
    let lexicon = Lexicon::shared();
    let own = lexicon.entry(id).into_iter().chain(lexicon.industry_broader(id));
    own.map(|entry| entry.label().to_owned()).collect()
}

/// The entry of an industry, also of its name without a closing word.
fn listed(name: &str) -> Option<u32> {
    let industry = |name: &str| {
        let senses = Lexicon::shared().look_up(name).into_iter();
        let mut senses = senses.filter(|(class, _)| matches!(class, Class::IndustryTerm | Class::IndustryWord));
        senses.next().map(|(_, id)| id)
    };
    let bare = || CLOSING.iter().filter_map(|end| name.strip_suffix(end)).find_map(industry);
    industry(name).or_else(bare)
}
