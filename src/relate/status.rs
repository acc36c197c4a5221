//! Features of a project's stage: the words of its clause, sentence, list and headline.

use super::pair::Gathered;
use super::scene::{Item, ItemKind, Scene};
use crate::learn::FeatureSet;
use crate::model::Status;

/// Features for one status of the project at an item; every feature carries the status.
pub fn status_features(scene: &Scene<'_>, status: Status, project: usize) -> FeatureSet {
    let relation = format!("status {}", status.name());
    let mut out = Gathered { relation: &relation, set: FeatureSet::new() };
    let item = &scene.items[project];
    let sentence = scene.sentences.get(item.sentence).copied().unwrap_or(item.span);
    sentence_words(scene, &mut out, item, sentence.range());
    if item.sentence > 0 {
        bag(scene, &mut out, "previous", scene.sentences[item.sentence - 1].range());
    }
    for section in scene.sections[..item.block.min(scene.sections.len())].iter().rev().filter(|s| s.heading).take(1) {
        bag(scene, &mut out, "heading", section.span.range());
    }
    for section in scene.sections.iter().filter(|s| s.heading).take(2) {
        bag(scene, &mut out, "title", section.span.range());
    }
    if let ItemKind::Find(find) = item.kind
        && let Some(cluster) = scene.cluster_of[find]
    {
        out.add("mentions", &scene.clusters[cluster].finds.len().min(3).to_string());
    }
    let groups = scene.items_of_sentence(item.sentence).filter(|(_, i)| matches!(i.kind, ItemKind::Group(_))).count();
    out.add("groups", &groups.min(2).to_string());
    let text = &scene.surface.chars[item.span.range()];
    out.add("ending", &text.iter().rev().take(2).rev().collect::<String>());
    out.set
}

fn sentence_words(scene: &Scene<'_>, out: &mut Gathered<'_>, item: &Item, sentence: std::ops::Range<usize>) {
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    let stop = |c: char| matches!(c, ',' | ';' | '。' | ':' | '!' | '?');
    let mut clause = 0;
    for at in (sentence.start.min(start)..start).rev() {
        clause += usize::from(stop(scene.surface.chars[at]));
        word_at(scene, out, at, &format!("left{}", clause.min(2)));
    }
    clause = 0;
    for at in end..sentence.end.max(end) {
        clause += usize::from(stop(scene.surface.chars[at]));
        word_at(scene, out, at, &format!("right{}", clause.min(2)));
    }
    bag(scene, out, "sentence", sentence);
}

fn word_at(scene: &Scene<'_>, out: &mut Gathered<'_>, at: usize, place: &str) {
    if let Some(word) = scene.surface.word_near(at, 0).filter(|w| w.span.start as usize == at && w.span.len() > 1) {
        let text: String = scene.surface.chars[word.span.range()].iter().collect();
        out.add(place, &text);
    }
}

fn bag(scene: &Scene<'_>, out: &mut Gathered<'_>, place: &str, range: std::ops::Range<usize>) {
    range.for_each(|at| word_at(scene, out, at, place));
}
