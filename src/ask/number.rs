//! Small numbers of things, as questions and articles write them.

/// The numbers from one to ten.
const DIGITS: &str = "一二三四五六七八九十";

/// A number such as 3, 三 or 两; of other text its first character. `None` for none, and for 0.
pub fn small(text: &str) -> Option<usize> {
    let digit =
        |c: char| if c == '两' { Some(2) } else { DIGITS.chars().position(|digit| digit == c).map(|at| at + 1) };
    text.parse().ok().or_else(|| digit(text.chars().next()?)).filter(|number| *number > 0)
}

/// The ways to write a number.
pub fn written(number: usize) -> Vec<String> {
    let chinese = number.checked_sub(1).and_then(|at| DIGITS.chars().nth(at));
    chinese.map(|c| c.to_string()).into_iter().chain([number.to_string()]).collect()
}
