//! Reading is total: whatever the bytes, it ends, in time linear in their number, and what it says points into the text.

use std::path::Path;
use std::sync::{LazyLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use parkgraph::model::{Evidence, Node, Reading};
use parkgraph::reader::{ArticleReader, Read};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// Inputs of each property; two properties make ten thousand.
const CASES: u32 = 5_000;

/// Longest time for a large input, far above what linear time needs and far below what quadratic time would.
const LIMIT: Duration = Duration::from_secs(180);

/// What real text is made of, and what breaks careless readers.
const PIECES: [&str; 64] = [
    "总投资",
    "亿元",
    "万元",
    "亿美元",
    "项目",
    "产业园",
    "高新区",
    "经济技术开发区",
    "有限公司",
    "(以下简称“",
    "”)",
    "《",
    "》",
    "“",
    "”",
    "、",
    ",",
    "。",
    "；",
    "等3家企业",
    "同比增长",
    "%",
    "％",
    "1",
    "23.5",
    "３０",
    "一百二十",
    "1-6月",
    "2023年",
    "上半年",
    "截至",
    "约",
    "超",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "\u{3000}",
    "# ",
    "**",
    "| ",
    "- ",
    "记者 王明",
    "本报讯",
    "(",
    ")",
    "（",
    "）",
    "[",
    "]",
    "\0",
    "\u{7f}",
    "\u{200b}",
    "\u{feff}",
    "\u{202e}",
    "e\u{301}",
    "\u{1f469}\u{200d}\u{1f4bb}",
    "𬭎",
    "ﬁ",
    "㈱",
    "其中",
    "分别为",
    "和",
];

static READER: LazyLock<ArticleReader> =
    LazyLock::new(|| ArticleReader::shipped().expect("the shipped weights are whole"));

fn read(bytes: &[u8]) -> Option<Reading> {
    READER.read("fuzz.txt", bytes).ok()
}

/// Every span lies in the text and quotes it; every index leads somewhere.
fn check(reading: &Reading) {
    let characters = reading.document.characters;
    let mut last = 0;
    for sentence in &reading.sentences {
        assert!(last <= sentence.span.start && sentence.span.end <= characters, "sentences out of order");
        assert_eq!(sentence.text.chars().count(), sentence.span.range().len());
        last = sentence.span.start;
    }
    for evidence in all_evidence(reading) {
        assert!(evidence.span.start <= evidence.span.end && evidence.span.end <= characters, "{evidence:?}");
        assert_eq!(evidence.text.chars().count(), evidence.span.range().len(), "{evidence:?}");
        assert!((evidence.sentence as usize) < reading.sentences.len(), "{evidence:?}");
        assert!(evidence.confidence <= 1000, "{evidence:?}");
    }
    for entity in &reading.entities {
        assert!(!entity.names.is_empty() && !entity.mentions.is_empty(), "{entity:?}");
        assert!(entity.names.iter().all(|name| !name.trim().is_empty()), "{entity:?}");
        assert!(entity.mentions.iter().all(|mention| (mention.name as usize) < entity.names.len()), "{entity:?}");
    }
    for node in reading.relations.iter().flat_map(|relation| [&relation.subject, &relation.object]) {
        let exists = match node {
            Node::Entity(id) => (id.0 as usize) < reading.entities.len(),
            Node::Amount(index) => (*index as usize) < reading.amounts.len(),
            Node::Group(index) => (*index as usize) < reading.groups.len(),
            Node::Status(_) | Node::Text(_) => true,
        };
        assert!(exists, "{node:?}");
    }
}

fn all_evidence(reading: &Reading) -> impl Iterator<Item = &Evidence> {
    let mentions = reading.entities.iter().flat_map(|entity| &entity.mentions).map(|mention| &mention.evidence);
    let amounts = reading.amounts.iter().map(|amount| &amount.evidence);
    let groups = reading.groups.iter().map(|group| &group.evidence);
    let relations = reading.relations.iter().flat_map(|relation| &relation.evidence);
    let figures = reading.observations.iter().map(|figure| &figure.evidence);
    mentions.chain(amounts).chain(groups).chain(relations).chain(figures)
}

fn samples() -> Vec<Vec<u8>> {
    let folder = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")).expect("samples are there");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("samples are readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("samples are readable")).collect()
}

/// One change of a text's bytes; places are in thousandths of its length.
#[derive(Debug, Clone)]
enum Change {
    Cut(usize, usize),
    Insert(usize, Vec<u8>),
    Repeat(usize, usize, usize),
    Truncate(usize),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |thousandths: usize| bytes.len() * thousandths / 1000;
        match self {
            Self::Cut(start, length) => {
                let start = place(*start);
                bytes.drain(start..(start + length).min(bytes.len()));
            }
            Self::Insert(at, more) => {
                let at = place(*at);
                bytes.splice(at..at, more.iter().copied());
            }
            Self::Repeat(start, length, times) => {
                let start = place(*start);
                let part = bytes[start..(start + length).min(bytes.len())].repeat(*times);
                bytes.splice(start..start, part);
            }
            Self::Truncate(at) => bytes.truncate(place(*at)),
        }
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let place = 0usize..1000;
    let piece = prop::sample::select(PIECES.to_vec()).prop_map(|piece| piece.as_bytes().to_vec());
    let inserted = prop_oneof![piece, prop::collection::vec(any::<u8>(), 1..8)];
    let change = prop_oneof![
        (place.clone(), 1usize..200).prop_map(|(at, length)| Change::Cut(at, length)),
        (place.clone(), inserted).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (place.clone(), 1usize..60, 1usize..20).prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        place.prop_map(Change::Truncate),
    ];
    prop::collection::vec(change, 1..8)
}

/// Always the same inputs; a failure prints the smallest one and leaves no file behind.
fn config() -> Config {
    Config { cases: CASES, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() }
}

#[test]
fn random_texts_are_read() {
    let texts = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..80);
    proptest!(config(), |(pieces in texts)| {
        if let Some(reading) = read(pieces.concat().as_bytes()) {
            check(&reading);
        }
    });
}

#[test]
fn damaged_articles_are_read() {
    let samples = samples();
    proptest!(config(), |(index in 0..samples.len(), changes in changes())| {
        let mut bytes = samples[index].clone();
        changes.iter().for_each(|change| change.apply(&mut bytes));
        if let Some(reading) = read(&bytes) {
            check(&reading);
        }
    });
}

#[test]
fn large_inputs_take_linear_time() {
    let article = String::from_utf8(samples().swap_remove(0)).expect("the first sample is UTF-8").replace('\n', "");
    let cases: [(&str, String); 9] = [
        ("one line of 3 MB", article.repeat(3_000_000 / article.len())),
        ("opening brackets", "(".repeat(1_000_000)),
        ("nested brackets", "（".repeat(300_000) + &"）".repeat(300_000)),
        ("opening quotes", "“《".repeat(300_000)),
        ("digits without end", "9".repeat(2_000_000)),
        ("numerals without end", "一百".repeat(300_000) + "亿元"),
        ("a list without end", "智能传感器、".repeat(10_000)),
        ("empty lines", "\n".repeat(500_000) + "项目"),
        ("one word a line", "项目\n".repeat(30_000)),
    ];
    for (what, text) in cases {
        let (done, end) = mpsc::channel();
        let start = Instant::now();
        let length = text.len();
        thread::spawn(move || {
            let sentences = read(text.as_bytes()).map(|reading| reading.sentences.len());
            // The receiver is gone only when the time was up.
            let _ = done.send(sentences);
        });
        let outcome = end.recv_timeout(LIMIT);
        assert!(outcome.is_ok(), "{what}: {length} bytes took more than {LIMIT:?}, or the reader panicked");
        println!("{what}: {length} bytes in {:?}", start.elapsed());
    }
}
