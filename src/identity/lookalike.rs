//! Characters that a scan or a keyboard takes for each other.

use std::collections::HashMap;
use std::sync::LazyLock;

const SETS: &str = include_str!("../../ontology/lookalikes.txt");

/// Character → the first of its set.
static FIRST: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let sets = SETS.lines().filter(|line| !line.starts_with('#'));
    sets.filter_map(|set| Some((set.chars().next()?, set)))
        .flat_map(|(first, set)| set.chars().map(move |c| (c, first)))
        .collect()
});

/// The character that stands for all that look like this one.
pub(super) fn folded(c: char) -> char {
    FIRST.get(&c).copied().unwrap_or(c)
}

/// True for two characters of which one may be a misprint of the other.
pub(super) fn look_alike(a: char, b: char) -> bool {
    folded(a) == folded(b)
}

/// True for characters that count, order or tell a direction, a size or a colour: names that differ in one of them are names
/// of two things.
pub(super) fn tells(c: char) -> bool {
    const TELLING: &str = "〇零一二三四五六七八九十百千万亿两首末次甲乙丙丁戊己庚辛壬癸东西南北中上下左右前后内外大小老新旧高低长短\
                           男女春夏秋冬金银铜铁铝锌铅锡钢红橙黄绿青蓝紫黑白";
    c.is_ascii_alphanumeric() || TELLING.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_stands_in_one_set_of_several() {
        let sets: Vec<&str> = SETS.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(sets.iter().all(|set| set.chars().count() > 1), "a set of one");
        let all: usize = sets.iter().map(|set| set.chars().count()).sum();
        assert_eq!(all, FIRST.len(), "a character stands twice");
    }
}
