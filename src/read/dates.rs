//! Dates in fields and in names of files.

use crate::model::PartialDate;
use crate::text::date_in;

/// The date that a field of a head says: `2023-08-17T09:30:00+08:00`, `2023年8月17日`, `20230817`, `2023.08`.
pub(super) fn in_field(text: &str) -> Option<PartialDate> {
    date_in(text).filter(|date| date.day.is_some()).or_else(|| numbers(text, false)).or_else(|| date_in(text))
}

/// The date in the name of a file or, nearest first, of its folders: `2018-07-21 要闻.txt`, `news/2018/07/21/a.html`,
/// `20180721_A03.pdf`, `2018年7月`. A bare year says too little.
pub fn in_name(key: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = key.split('/').collect();
    let (name, folders) = parts.split_last()?;
    let written = |part: &str| date_in(part).filter(|date| date.month.is_some()).or_else(|| numbers(part, true));
    written(name)
        .or_else(|| (0..folders.len()).rev().find_map(|from| numbers(&folders[from..].join("-"), true)))
        .or_else(|| folders.iter().rev().find_map(|part| written(part)))
}

/// A date in digits with signs between or none; `whole` wants nothing but signs and words around the numbers.
fn numbers(text: &str, whole: bool) -> Option<PartialDate> {
    let runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let date = runs.iter().enumerate().find_map(|(at, run)| match run.len() {
        8 => of(&run[..4], Some(&run[4..6]), Some(&run[6..])),
        14 => of(&run[..4], Some(&run[4..6]), Some(&run[6..8])),
        6 => of(&run[..4], Some(&run[4..]), None).filter(|_| whole),
        4 => {
            let short = |at: usize| runs.get(at).copied().filter(|run| run.len() <= 2);
            of(run, short(at + 1), short(at + 1).and(short(at + 2)))
        }
        _ => None,
    })?;
    (date.month.is_some() || !whole).then_some(date)
}

fn of(year: &str, month: Option<&str>, day: Option<&str>) -> Option<PartialDate> {
    let year: u16 = year.parse().ok().filter(|year| (1949..=2100).contains(year))?;
    let within = |text: Option<&str>, most: u8| text.map(|text| text.parse().ok().filter(|n| (1..=most).contains(n)));
    match (within(month, 12), within(day, 31)) {
        (Some(None), _) | (_, Some(None)) => None,
        (month, day) => Some(PartialDate { year, month: month.flatten(), day: day.flatten() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_tell_dates() {
        for (key, expected) in [
            ("news/2018-07-21 要闻.txt", Some("2018-07-21")),
            ("news/20180721_A03.pdf", Some("2018-07-21")),
            ("news/2018/07/21/a.html", Some("2018-07-21")),
            ("news/201807/t20180722_1234567.html", Some("2018-07-22")),
            ("news/2018年7月/a.txt", Some("2018-07")),
            ("2018.7.3.txt", Some("2018-07-03")),
            ("2018年总结.txt", None),
            ("seeds/000.txt", None),
            ("a/d015.txt", None),
            ("a/20181399.txt", None),
            ("a/13800138000.txt", None),
        ] {
            assert_eq!(in_name(key).map(|it| it.to_string()).as_deref(), expected, "{key}");
        }
    }

    #[test]
    fn fields_tell_dates() {
        for (text, expected) in [
            ("2023-08-17T09:30:00+08:00", Some("2023-08-17")),
            ("2023年8月17日 09:30", Some("2023-08-17")),
            ("20230817", Some("2023-08-17")),
            ("2023-08", Some("2023-08")),
            ("2023", Some("2023")),
            ("昨天", None),
        ] {
            assert_eq!(in_field(text).map(|it| it.to_string()).as_deref(), expected, "{text}");
        }
    }
}
