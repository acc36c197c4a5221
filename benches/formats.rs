//! How fast files become text, by format, in megabytes of file a CPU-second of one thread; and how much of the time of reading
//! an article that is. `cargo bench --bench formats -- [FILE|FOLDER …]`; without paths the fixtures and samples are read.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use encoding_rs::GB18030;
use parkgraph::read::{Piece, Settings, paper, paper_in_time};
use parkgraph::reader::{ArticleReader, Read};

/// Seconds that each figure is measured for at least.
const LEAST: f64 = 0.3;

/// Files that are measured together.
struct Lot {
    name: String,
    files: Vec<(String, Vec<u8>)>,
}

impl Lot {
    fn bytes(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    fn take_out(&self, settings: &Settings) {
        for (name, bytes) in &self.files {
            drop(paper(bytes, &Piece::memory(name.clone(), bytes.clone()), settings));
        }
    }

    fn read(&self, reader: &ArticleReader) {
        for (name, bytes) in &self.files {
            drop(reader.read(name, bytes));
        }
    }
}

/// Seconds of CPU that this thread has had, so that other work on the machine does not count; elsewhere than on Linux
/// seconds since `start`.
fn clock(start: Instant) -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |it| it / 1e9)
}

/// Seconds that one round of `work` takes.
fn seconds(work: impl Fn()) -> f64 {
    work();
    let start = Instant::now();
    let (begin, mut rounds) = (clock(start), 0);
    while clock(start) - begin < LEAST {
        (0..10).for_each(|_| work());
        rounds += 10;
    }
    (clock(start) - begin) / f64::from(rounds)
}

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).expect("a folder");
    let mut inside: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    inside.sort();
    inside.into_iter().filter(|path| path.is_file()).collect()
}

fn named(path: &Path) -> (String, Vec<u8>) {
    let name = path.file_name().expect("files have names").to_string_lossy().into_owned();
    (name, fs::read(path).expect("a file"))
}

/// The samples, and pages made of them: text in little markup, and with the menus and scripts of real sites.
fn made(root: &Path) -> Vec<Lot> {
    let texts: Vec<String> = files(&root.join("samples"))
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "txt"))
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect();
    let body = |text: &String| text.lines().map(|line| format!("<p>{line}</p>\n")).collect::<String>();
    let bare = |text: &String| {
        format!("<html><head><meta charset=\"gb2312\"><title>页</title></head><body>{}</body></html>", body(text))
    };
    let menu =
        "<li><a href=\"https://news.example.org/channel/index.html\" target=\"_blank\">频道</a></li>\n".repeat(120);
    let script = "<script>var a = 1; function b(c) { return c < a ? c : a; }</script>\n".repeat(60);
    let full = |text: &String| bare(text).replace("<body>", &format!("<body>{script}<ul class=\"nav\">{menu}</ul>"));
    let lot = |name: &str, page: &dyn Fn(&String) -> String, chinese: bool| {
        let bytes = |text: String| if chinese { GB18030.encode(&text).0.into_owned() } else { text.into_bytes() };
        let name_of = |at| format!("{at}.{}", if name.starts_with("text") { "txt" } else { "html" });
        let files = texts.iter().enumerate().map(|(at, text)| (name_of(at), bytes(page(text)))).collect();
        Lot { name: name.to_owned(), files }
    };
    vec![
        lot("text, UTF-8", &String::clone, false),
        lot("text, GB18030", &String::clone, true),
        lot("bare pages, UTF-8", &bare, false),
        lot("bare pages, GB18030", &bare, true),
        lot("pages with menus, GB18030", &full, true),
    ]
}

/// Seconds of reading a folder of plain text (walk, bytes, format, encoding, hash, facts), and of reading the same texts that
/// are held; taken in turn, so that what else the machine does hits both.
fn folder(reader: &ArticleReader, texts: &Lot) -> (f64, f64) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in &texts.files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let settings = Settings::default();
    let from_disk = || {
        for path in files(folder.path()) {
            let key = path.to_string_lossy().into_owned();
            for piece in Piece::file(key, path).expand() {
                let piece = piece.unwrap_or_else(|(key, refusal)| panic!("{key}: {refusal}"));
                let bytes = piece.load().expect("a file");
                let hash = piece.hash(&bytes);
                let paper = paper_in_time(bytes, &piece, &settings).expect("text");
                drop(reader.read_paper(&piece.key, hash, paper, None));
            }
        }
    };
    let (mut disk, mut held) = (0.0, 0.0);
    for _ in 0..5 {
        disk += seconds(from_disk);
        held += seconds(|| texts.read(reader));
    }
    (disk / 5.0, held / 5.0)
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let given = arguments
        .iter()
        .map(|path| Lot { name: path.clone(), files: files(Path::new(path)).iter().map(|path| named(path)).collect() });
    let mut lots: Vec<Lot> = given.collect();
    if lots.is_empty() {
        lots = made(root);
        let fixtures =
            files(&root.join("tests/formats")).into_iter().filter(|path| path.extension().is_some_and(|it| it != "py"));
        lots.extend(fixtures.map(|path| named(&path)).map(|file| Lot { name: file.0.clone(), files: vec![file] }));
    }
    let reader = ArticleReader::shipped().expect("the shipped weights are whole");
    let settings = Settings::default();
    if let Some(texts) = lots.iter().find(|lot| lot.name.starts_with("text")) {
        let (disk, held) = folder(&reader, texts);
        let more = (disk / held - 1.0) * 100.0;
        println!("plain text from a folder takes {more:.1} % longer than reading the same text alone (10 allowed)\n");
    }
    println!("{:<28} {:>9} {:>12} {:>16}", "files", "MB", "MB/s", "of reading, %");
    for lot in lots {
        let megabytes = lot.bytes() as f64 / 1e6;
        let own = seconds(|| lot.take_out(&settings));
        // Only text can be read without being taken out of its file first.
        let share = lot.name.starts_with("text").then(|| own / seconds(|| lot.read(&reader)) * 100.0);
        let share = share.map_or_else(String::new, |share| format!("{share:.2}"));
        println!("{:<28} {megabytes:>9.3} {:>12.1} {share:>16}", lot.name, megabytes / own);
    }
}
