//! The article of a web page comes out alone: pages as papers, governments and portals make them, filled with samples, against
//! the text that was put in.
//!
//! A page of `tests/pages` is HTML with places: `{title}`, `{date}`, `{p|…}` for each paragraph (at `%`), `{t9|…}` for nine
//! teasers of other articles (title `%t`, abstract `%a`, number `%n`), `{c9|…}` for nine comments (`%u`, `%c`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use parkgraph::read::{Content, Piece, Refusal, Settings, paper};

/// A headline and its paragraphs.
struct Text {
    title: String,
    paragraphs: Vec<String>,
}

const COMMENTS: [&str; 3] = [
    "支持家乡发展，希望早日建成，带动更多就业。",
    "请问什么时候招工？",
    "园区周边的交通还需要改善，公交班次太少了，上下班很不方便。",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("the folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.is_file() && path.extension().is_some_and(|it| it == "html" || it == "txt"));
    files.sort();
    files
}

fn texts() -> Vec<Text> {
    let samples = files("samples").into_iter().filter_map(|path| fs::read_to_string(path).ok());
    let text = |sample: String| {
        let mut lines = sample.lines().map(|line| line.trim_matches(['#', ' ', '　'])).filter(|line| !line.is_empty());
        let title = lines.next().expect("a headline").to_owned();
        Text { title, paragraphs: lines.filter(|line| line.chars().count() > 40).map(str::to_owned).collect() }
    };
    samples.map(text).filter(|text| text.paragraphs.len() > 2).collect()
}

/// The end of a place that begins at the bar: its closing brace, past `{date}` in it.
fn end(place: &str) -> usize {
    let mut open = 0;
    for (at, c) in place.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open == 0 => return at,
            '}' => open -= 1,
            _ => {}
        }
    }
    panic!("a place of a page is not closed")
}

/// A page with an article of some paragraphs, and teasers from the other texts.
fn filled(page: &str, text: &Text, paragraphs: &[String], others: &[&Text]) -> String {
    let page = page.replace("{title}", &text.title).replace("{date}", "2023-08-17");
    let mut out = String::new();
    let mut rest = page.as_str();
    while let Some(at) = rest.find('{') {
        out += &rest[..at];
        let place = &rest[at + 1..];
        let (kind, after) = place.split_at(place.find('|').filter(|&bar| bar < 4).unwrap_or(0));
        let count = kind.get(1..).and_then(|digits| digits.parse::<usize>().ok());
        let (kind, within) = (kind.chars().next(), after.trim_start_matches('|'));
        let written = match (kind, count) {
            (Some('p'), _) => {
                within[..end(within)].split('\0').flat_map(|it| paragraphs.iter().map(|p| it.replace('%', p))).collect()
            }
            (Some('t' | 'c'), Some(count)) => {
                (0..count).map(|n| teaser(&within[..end(within)], n, others)).collect::<String>()
            }
            _ => {
                out.push('{');
                rest = place;
                continue;
            }
        };
        out += &written;
        rest = &within[end(within) + 1..];
    }
    out + rest
}

fn teaser(form: &str, number: usize, others: &[&Text]) -> String {
    let other = others[number % others.len()];
    let source = &other.paragraphs[number / others.len() % other.paragraphs.len()];
    let length = source.chars().count().min(40 + number * 13 % 60);
    let abstracted: String = source.chars().take(length).collect();
    form.replace("%n", &number.to_string())
        .replace("%t", &other.title)
        .replace("%a", &abstracted)
        .replace("%u", &format!("网友{number}号"))
        .replace("%c", COMMENTS[number % COMMENTS.len()])
}

fn read(page: &str) -> Result<String, Refusal> {
    let paper = paper(page.as_bytes(), &Piece::memory("a.html".to_owned(), Vec::new()), &Settings::default())?;
    match paper.content {
        Content::Text(chars) => Ok(chars.into_iter().collect()),
        Content::Ledger(_) => panic!("a page is no ledger"),
    }
}

/// Runs of four characters and how often each stands.
fn runs(text: &str) -> BTreeMap<[char; 4], usize> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut runs = BTreeMap::new();
    for run in chars.windows(4) {
        *runs.entry([run[0], run[1], run[2], run[3]]).or_default() += 1;
    }
    runs
}

/// Share of the text that is the article's, and share of the article that is there, in per cent.
fn shares(text: &str, article: &str) -> [f64; 2] {
    let (text, article) = (runs(text), runs(article));
    let both: usize = text.iter().map(|(run, &count)| count.min(article.get(run).copied().unwrap_or(0))).sum();
    [&text, &article].map(|of| both as f64 * 100.0 / of.values().sum::<usize>().max(1) as f64)
}

#[test]
fn the_article_of_every_kind_of_page_comes_out_alone() {
    let texts = texts();
    let pages = files("tests/pages");
    assert!(texts.len() >= 6 && pages.len() >= 30, "{} texts, {} pages", texts.len(), pages.len());
    // Two paragraphs, four, all: short articles are the hard ones beside many teasers.
    for (most, floor) in [(2, 96.0), (4, 98.0), (99, 98.0)] {
        let mut means = [0.0; 2];
        for path in &pages {
            let page = fs::read_to_string(path).expect("a page");
            let mut own = [0.0; 2];
            for (at, text) in texts.iter().enumerate() {
                let paragraphs = &text.paragraphs[..text.paragraphs.len().min(most)];
                let others: Vec<&Text> = texts[at + 1..].iter().chain(&texts[..at]).collect();
                let article = format!("{}\n{}", text.title, paragraphs.join("\n"));
                let found = read(&filled(&page, text, paragraphs, &others)).unwrap_or_default();
                let shares = shares(&found, &article);
                (0..2).for_each(|which| own[which] += shares[which] / texts.len() as f64);
            }
            println!(
                "{most:>2} {:<30} {:>6.1} {:>6.1}",
                path.file_stem().unwrap_or_default().display(),
                own[0],
                own[1]
            );
            assert!(own[0] >= 85.0 && own[1] >= 95.0, "{}: {own:?} at {most} paragraphs", path.display());
            (0..2).for_each(|which| means[which] += own[which] / pages.len() as f64);
        }
        println!("{most:>2} mean {means:?}");
        assert!(means[0] >= floor && means[1] >= floor, "{means:?} at {most} paragraphs");
    }
}

#[test]
fn pages_that_only_lead_elsewhere_hold_no_article() {
    let texts = texts();
    let others: Vec<&Text> = texts.iter().collect();
    for path in files("tests/pages/lists") {
        let page = fs::read_to_string(&path).expect("a page");
        assert_eq!(read(&filled(&page, &texts[0], &[], &others)), Err(Refusal::NoArticle), "{}", path.display());
    }
}
