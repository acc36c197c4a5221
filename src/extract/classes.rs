//! Words for a whole class of things that look like the name of one: 国家高新区, 省级经开区.

use super::{Find, FindKind};
use crate::model::EntityKind;

/// What makes a class of the noun behind it.
const RANKS: [&str; 12] =
    ["国家", "国家级", "省级", "市级", "全国", "全省", "全市", "各地", "各", "其他", "多个", "我国"];
/// Nouns of zones of which there are many.
const ZONES: [&str; 14] = [
    "高新区",
    "经开区",
    "开发区",
    "高新技术产业开发区",
    "经济技术开发区",
    "自贸试验区",
    "自贸区",
    "综保区",
    "综合保税区",
    "保税区",
    "新区",
    "级新区",
    "工业园区",
    "产业园区",
];
/// How lines that name their source end, which stand for nothing that the article is about.
const SOURCES: [&str; 3] = ["网消息", "台消息", "社消息"];

/// Leaves out finds that name a class of zones or the source of the article; names inside them stand free.
pub fn without_classes(finds: Vec<Find>, chars: &[char]) -> Vec<Find> {
    let text = |find: &Find| chars[find.span.range()].iter().collect::<String>();
    let kept: Vec<bool> = finds.iter().map(|find| !is_class(find.kind, &text(find))).collect();
    let place = |at: usize| kept[..at].iter().filter(|kept| **kept).count() as u32;
    let moved = |find: &Find| {
        let within = find.within.filter(|at| kept[*at as usize]).map(|at| place(at as usize));
        Find { within, ..find.clone() }
    };
    finds.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(find, _)| moved(find)).collect()
}

fn is_class(kind: FindKind, name: &str) -> bool {
    let class = || RANKS.iter().any(|rank| name.strip_prefix(rank).is_some_and(|zone| ZONES.contains(&zone)));
    let source = || {
        let bare = name.split('(').next().unwrap_or(name);
        SOURCES.iter().any(|end| bare.ends_with(end))
    };
    match kind {
        FindKind::Entity(EntityKind::Park) => class(),
        FindKind::Entity(EntityKind::Project | EntityKind::Enterprise | EntityKind::Organization) => source(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CleanSpan;

    #[test]
    fn classes_are_no_names() {
        let park = FindKind::Entity(EntityKind::Park);
        for (kind, name, expected) in [
            (park, "国家高新区", true),
            (park, "省级经开区", true),
            (park, "星河高新区", false),
            (park, "国家自主创新示范区", false),
            (FindKind::Entity(EntityKind::Project), "星河网消息(新闻联播)", true),
            (FindKind::Entity(EntityKind::Enterprise), "星河网", false),
        ] {
            assert_eq!(is_class(kind, name), expected, "{name}");
        }
    }

    #[test]
    fn names_inside_a_class_stand_free() {
        let chars: Vec<char> = "国家高新区和星河高新区".chars().collect();
        let find = |start, end, within| Find {
            span: CleanSpan::new(start, end),
            kind: FindKind::Entity(EntityKind::Park),
            within,
            confidence: 900,
            rule: "test",
        };
        let kept = without_classes(
            vec![find(0, 5, None), find(2, 5, Some(0)), find(6, 11, None), find(8, 11, Some(2))],
            &chars,
        );
        let shown: Vec<_> = kept.iter().map(|find| (find.span.start, find.within)).collect();
        assert_eq!(shown, [(2, None), (6, None), (8, Some(1))]);
    }
}
