//! Quotation marks and brackets at the edges of names: what opens inside a name closes inside it.

use super::Find;
use crate::model::CleanSpan;

/// Pairs of signs.
const PAIRS: [(char, char); 4] = [('“', '”'), ('(', ')'), ('《', '》'), ('「', '」')];

/// Takes the sign that a name lacks into it where it stands right beside it (`“|三横两纵”工程`), and leaves out one at its edge
/// whose partner is elsewhere (`青岚新城|)`). Names inside other names stay as they are.
pub fn whole_signs(finds: &mut [Find], chars: &[char]) {
    for at in 0..finds.len() {
        let span = finds[at].span;
        let fitted = PAIRS.iter().fold(span, |span, pair| fitted(chars, span, *pair));
        let free = |other: &Find| other.span.end <= fitted.start || other.span.start >= fitted.end;
        let holds = |(other, find): (usize, &Find)| other == at || fitted.contains(find.span) || free(find);
        let near = at.saturating_sub(NEAR)..(at + NEAR).min(finds.len());
        if fitted != span && finds[at].within.is_none() && near.map(|i| (i, &finds[i])).all(holds) {
            finds[at].span = fitted;
        }
    }
}

/// How many finds on either side may touch one.
const NEAR: usize = 12;

/// A span with both signs of a pair, or with none, where that takes one sign at its edge.
fn fitted(chars: &[char], span: CleanSpan, (open, close): (char, char)) -> CleanSpan {
    let (start, end) = (span.start as usize, span.end as usize);
    let (mut depth, mut lacking) = (0_usize, 0_usize);
    for c in &chars[span.range()] {
        match *c {
            c if c == open => depth += 1,
            c if c == close && depth == 0 => lacking += 1,
            c if c == close => depth -= 1,
            _ => {}
        }
    }
    match (depth, lacking) {
        (0, 1) if chars[end - 1] == close && span.len() > 2 => CleanSpan::new(start, end - 1),
        (0, 1) if start > 0 && chars[start - 1] == open => CleanSpan::new(start - 1, end),
        (1, 0) if chars[start] == open && span.len() > 2 => CleanSpan::new(start + 1, end),
        (1, 0) if chars.get(end) == Some(&close) => CleanSpan::new(start, end + 1),
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_both_signs_or_none() {
        for (text, name, expected) in [
            ("推进“三横两纵”工程建设", "三横两纵”工程", "“三横两纵”工程"),
            ("开发区(青岚)建成", "青岚)", "青岚"),
            ("经济技术开发区(青岚区)动工", "经济技术开发区(青岚区", "经济技术开发区(青岚区)"),
            ("落实“6大工程,", "“6大工程", "6大工程"),
            ("名为“青岚”的项目", "青岚", "青岚"),
            ("青岚)科学城", "青岚)科学城", "青岚)科学城"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let name: Vec<char> = name.chars().collect();
            let start =
                chars.windows(name.len()).position(|window| window == name).expect("the name stands in the text");
            let span = fitted_by_all(&chars, CleanSpan::new(start, start + name.len()));
            assert_eq!(chars[span.range()].iter().collect::<String>(), expected, "{text}");
        }
    }

    fn fitted_by_all(chars: &[char], span: CleanSpan) -> CleanSpan {
        PAIRS.iter().fold(span, |span, pair| fitted(chars, span, *pair))
    }
}
