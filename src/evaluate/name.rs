//! When two names count as the same: width, case, blanks, quotation marks and outer punctuation do not matter.

use unicode_normalization::UnicodeNormalization;

use crate::model::EntityKind;

const EDGE: &str = "\"'“”‘’「」『』《》〈〉【】[]()（）·、,，.。:：;；!！?？ ";
const QUOTES: [char; 3] = ['“', '”', '"'];

/// The form of a name under which it is compared. For projects a closing `项目` does not matter either.
pub fn normalized(name: &str, kind: Option<EntityKind>) -> String {
    let folded: String = name.nfkc().filter(|c| !is_blank(*c)).collect::<String>().to_lowercase();
    let plain = folded.replace(QUOTES, "");
    let mut core = plain.trim_matches(|c| EDGE.contains(c));
    if kind == Some(EntityKind::Project) {
        for tail in ["项目", "項目"] {
            if core.chars().count() > 3 {
                core = core.strip_suffix(tail).unwrap_or(core);
            }
        }
    }
    core.to_owned()
}

/// Unicode white space and the four separators of ASCII.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// True when two indicators tell the same: one within the other, or at least six tenths of the longer one's characters
/// in common.
pub fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (normalized(a, None), normalized(b, None));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if a.contains(&b) || b.contains(&a) {
        return true;
    }
    let mut rest: Vec<char> = b.chars().collect();
    let longer = rest.len().max(a.chars().count());
    let mut common = 0;
    for c in a.chars() {
        if let Some(at) = rest.iter().position(|&other| other == c) {
            rest.swap_remove(at);
            common += 1;
        }
    }
    // The quotient is compared, not the product, so that the borderline falls as in other implementations.
    f64::from(common) / longer as f64 >= 0.6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_by_their_core() {
        let cases = [
            ("（ＡＢＣ）", None, "abc"),
            ("“智慧”园区", None, "智慧园区"),
            ("《办法》", None, "办法"),
            ("某某基地 项目", Some(EntityKind::Project), "某某基地"),
            ("某某基地項目", Some(EntityKind::Project), "某某基地"),
            ("某某基地项目", None, "某某基地项目"),
            ("好项目", Some(EntityKind::Project), "好项目"),
            ("３Ｄ\u{3000}打印", None, "3d打印"),
            ("，。", None, ""),
        ];
        for (name, kind, core) in cases {
            assert_eq!(normalized(name, kind), core, "{name}");
        }
    }

    #[test]
    fn indicators_are_alike_by_inclusion_or_common_characters() {
        let cases = [
            ("规模以上工业增加值", "工业增加值", true),
            ("财政总收入", "财政收入", true),
            ("税收收入", "固定资产投资", false),
            ("", "税收", false),
        ];
        for (a, b, expected) in cases {
            assert_eq!(alike(a, b), expected, "{a} / {b}");
            assert_eq!(alike(b, a), expected, "{b} / {a}");
        }
    }
}
