//! How fast articles are read: megabytes a second beside a plain dictionary pass in the same run, growth with size and
//! threads, memory. `cargo bench --bench reading -- [FILE.jsonl[.gz]] [--megabytes 1,10] [--hostile]`; without a file
//! the sample articles are read, repeated.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use parkgraph::lexicon::words;
use parkgraph::reader::{ArticleReader, Read};
use rayon::prelude::*;

/// Bytes of one megabyte, as the peers' figures count them.
const MEGABYTE: f64 = 1e6;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let value = |name: &str| arguments.iter().position(|it| it == name).and_then(|at| arguments.get(at + 1));
    let sizes: Vec<f64> =
        value("--megabytes").map_or("1", String::as_str).split(',').filter_map(|n| n.parse().ok()).collect();
    let file = arguments.iter().find(|it| it.contains(".jsonl"));
    let articles = file.map_or_else(samples, |path| articles_of(Path::new(path)));
    let reader = ArticleReader::shipped().expect("the shipped weights are whole");
    let warm = reader.read("warm.txt", articles[0].as_bytes());
    assert!(warm.is_ok(), "the first article is readable");
    println!(
        "{:>10} {:>8} {:>10} {:>10} {:>14} {:>10}",
        "megabytes", "threads", "MB/s", "jieba MB/s", "of jieba", "peak MiB"
    );
    for size in sizes {
        let corpus = corpus(&articles, size);
        let bytes: usize = corpus.iter().map(|text| text.len()).sum();
        let rate = |seconds: f64| bytes as f64 / MEGABYTE / seconds;
        let jieba = rate(timed(|| corpus.iter().for_each(|text| drop(words(&text.chars().collect::<Vec<_>>())))));
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be had");
            let read = |text: &&str| drop(reader.read("bench.txt", text.as_bytes()));
            let own = rate(timed(|| pool.install(|| corpus.par_iter().for_each(read))));
            println!(
                "{size:>10} {threads:>8} {own:>10.3} {jieba:>10.2} {:>14.4} {:>10}",
                own / jieba,
                peak_mebibytes()
            );
        }
    }
    if arguments.iter().any(|it| it == "--hostile") {
        hostile(&reader);
    }
}

/// Inputs that break careless readers, at two sizes: time should grow as the size does.
fn hostile(reader: &ArticleReader) {
    let cases: [(&str, &str, usize); 4] = [
        ("one line", "总投资5亿元的智能传感器产业园项目落户高新区", 50_000_000),
        ("brackets", "(", 1_000_000),
        ("digits", "1", 10_000_000),
        ("plain words", "人民群众的生活一天比一天好", 50_000_000),
    ];
    println!("{:>14} {:>12} {:>10} {:>12} {:>10}", "input", "bytes", "seconds", "a tenth", "growth");
    for (name, piece, bytes) in cases {
        let read = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            timed(|| drop(reader.read("hostile.txt", text.as_bytes())))
        };
        let (tenth, whole) = (read(bytes / 10), read(bytes));
        println!("{name:>14} {bytes:>12} {whole:>10.2} {tenth:>12.2} {:>10.1}", whole / tenth);
        // Long cases: show each as it comes.
        let _ = std::io::stdout().flush();
    }
}

fn timed(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Articles, repeated or cut off so that together they have the size asked for.
fn corpus(articles: &[String], megabytes: f64) -> Vec<&str> {
    let mut bytes = 0;
    let fits = |text: &&str| {
        bytes += text.len();
        (bytes as f64) < megabytes * MEGABYTE
    };
    articles.iter().map(String::as_str).cycle().take_while(fits).collect()
}

fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let paths = std::fs::read_dir(folder).expect("samples are there").map(|entry| entry.expect("a file").path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("samples are UTF-8")).collect()
}

/// The articles of a file with one JSON object a line; `.gz` is unpacked by the system's gzip.
fn articles_of(path: &Path) -> Vec<String> {
    let text = if path.extension().is_some_and(|end| end == "gz") {
        let output = Command::new("gzip").arg("-dc").arg(path).stdout(Stdio::piped()).output().expect("gzip runs");
        String::from_utf8(output.stdout).expect("articles are UTF-8")
    } else {
        std::fs::read_to_string(path).expect("the file is readable")
    };
    let article = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("one JSON object a line");
        let part = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        format!("{}\n\n{}", part("title"), part("text"))
    };
    text.lines().map(article).collect()
}

/// The most memory that this process has had, where the system tells.
fn peak_mebibytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
