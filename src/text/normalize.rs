//! One table from source character to clean character: width, quotes, Traditional to Simplified, junk dropped.

use std::sync::LazyLock;

/// What the table holds for a character that the clean text leaves out.
pub(super) const DROPPED: char = '\0';

/// Number of characters of the basic multilingual plane.
const PLANE: usize = 0x10000;

/// Width, quotes and dashes: original, replacement. Blocks that follow a rule are in [`by_rule`].
const SIGNS: [(char, char); 14] = [
    ('「', '“'),
    ('」', '”'),
    ('『', '‘'),
    ('』', '’'),
    ('﹁', '“'),
    ('﹂', '”'),
    ('｡', '。'),
    ('､', '、'),
    ('￥', '¥'),
    ('～', '~'),
    ('•', '·'),
    ('・', '·'),
    ('―', '—'),
    ('─', '—'),
];

/// A character table for one kind of text.
pub(super) struct Table {
    map: Vec<u16>,
}

static SIMPLIFIED: LazyLock<Table> = LazyLock::new(|| Table::new(false));
static TRADITIONAL: LazyLock<Table> = LazyLock::new(|| Table::new(true));

impl Table {
    /// The table that suits a text: texts in Traditional characters have some more replaced.
    pub(super) fn for_text(source: &[char]) -> &'static Self {
        if is_traditional(source) { &TRADITIONAL } else { &SIMPLIFIED }
    }

    /// The clean character, a blank (`' '` or `'\t'`), or [`DROPPED`].
    pub(super) fn fold(&self, c: char) -> char {
        let Some(&unit) = self.map.get(c as usize) else { return beyond(c) };
        char::from_u32(u32::from(unit)).unwrap_or(c)
    }

    fn new(traditional: bool) -> Self {
        let mut map: Vec<u16> = (0..PLANE).map(|code| by_rule(code as u32)).collect();
        for (from, to) in SIGNS {
            map[from as usize] = to as u16;
        }
        for (from, to, everywhere) in rows() {
            if everywhere || traditional {
                map[from as usize] = to as u16;
            }
        }
        Self { map }
    }
}

/// The data file's rows: original, replacement, and whether it holds in every text.
fn rows() -> impl Iterator<Item = (char, char, bool)> {
    include_str!("data/simplified.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let from = cells.next()?.chars().next()?;
        let to = cells.next()?.chars().next()?;
        let basic = (from as usize) < PLANE && (to as usize) < PLANE;
        basic.then_some((from, to, cells.next() == Some("any")))
    })
}

fn by_rule(code: u32) -> u16 {
    let folded = match code {
        0x09 => 0x09,
        0x00..=0x1f | 0x7f..=0x9f | 0xad => 0,
        0xa0 | 0x1680 | 0x2000..=0x200a | 0x202f | 0x205f | 0x3000 | 0x3164 => 0x20,
        0x180e | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff | 0xfff9..=0xfffb => 0,
        0xfdd0..=0xfdef | 0xfffe | 0xffff => 0,
        0xff01..=0xff5d => code - 0xfee0,
        _ => code,
    };
    folded as u16
}

/// Characters outside the basic plane stay, save those that print nothing.
fn beyond(c: char) -> char {
    match c as u32 {
        0xe0000..=0xe0fff => DROPPED,
        code if code & 0xfffe == 0xfffe => DROPPED,
        _ => c,
    }
}

/// The Simplified form of a Traditional character, whatever the text; itself where there is none.
pub fn simplified(c: char) -> char {
    match TRADITIONAL.fold(c) {
        DROPPED => c,
        simple => simple,
    }
}

/// True when at least one in eight Chinese characters is one that only Traditional text has. Looks at the beginning.
fn is_traditional(source: &[char]) -> bool {
    const SAMPLE: usize = 4096;
    let sample = &source[..source.len().min(SAMPLE)];
    let han = sample.iter().filter(|&&c| is_han(c)).count();
    let marked = sample.iter().filter(|&&c| is_han(c) && SIMPLIFIED.fold(c) != c).count();
    han > 0 && marked * 8 >= han
}

/// True for Chinese characters.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '\u{20000}'..='\u{3ffff}')
}

/// True for Chinese characters and the full-width signs that stand among them, between which no blank is written.
pub(super) fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3001}'..='\u{303f}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// True for letters and digits written without width.
pub(super) fn is_narrow(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let source: Vec<char> = text.chars().collect();
        let table = Table::for_text(&source);
        source.iter().map(|&c| table.fold(c)).collect()
    }

    #[test]
    fn characters_fold_one_to_one() {
        for (source, clean) in [
            ("１０亿元（含５％），Ａ区：是！", "10亿元(含5%),A区:是!"),
            ("《办法》、“两区”。【图】·；？", "《办法》、“两区”。【图】·;?"),
            ("「雲簽約」『線上』", "“云签约”‘线上’"),
            ("位於經濟開發區之後徵地", "位于经济开发区之后征地"),
            ("著名的昇腾之後", "著名的昇腾之後"),
            ("Café Ångström ８～９", "Café Ångström 8~9"),
            ("⼀⼆三", "一二三"),
            ("甲\u{3000}乙\u{a0}丙", "甲 乙 丙"),
            ("甲\u{200b}乙\u{7}", "甲\0乙\0"),
            ("𠮷野家🏭", "𠮷野家🏭"),
        ] {
            assert_eq!(folded(source), clean);
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for code in 0..PLANE as u32 {
            let Some(c) = char::from_u32(code) else { continue };
            let once = TRADITIONAL.fold(c);
            assert_eq!(TRADITIONAL.fold(once), once, "{c}");
        }
    }
}
