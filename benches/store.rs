//! Ten thousand made-up documents, by default, through the store: building, adding, removing, opening.
//!
//! The documents are the samples with other names, places and sums, drawn by a seeded generator; replacements have the
//! length of what they replace, so that a reading can be varied like its text. Run
//! `cargo bench --bench store -- [COUNT [FOLDER]]` for the figures, with the store kept in FOLDER where one is given,
//! `cargo bench --bench store -- again FOLDER COUNT` for what changes of such a store cost, and
//! `cargo bench --bench store -- write FOLDER [COUNT]` for the texts. Beside seconds by the clock stand those of the processor, of all
//! threads, which other work on the machine changes less.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use parkgraph::lexicon::{Class, Lexicon};
use parkgraph::model::{EntityKind, Reading};
use parkgraph::reader::{ArticleReader, Read};
use parkgraph::store::{Mode, Store};

const SEED: u64 = 20_260_401;
const DOCUMENTS: usize = 10_000;
/// Documents handed to the store at a time, as the program does.
const BATCH: usize = 512;
/// Documents that are added, and removed, one by one.
const CHANGES: usize = 5;
/// New names are made of these characters and so many after them: with few, most names would differ by one character.
const FIRST: u32 = 0x4E00;
const SYLLABLES: usize = 4000;

/// A small generator of numbers; the same seed gives the same documents everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }
}

/// A sample as it was read, with the words that vary.
struct Sample {
    text: String,
    reading: Reading,
    places: Vec<String>,
    brands: Vec<String>,
}

fn cities() -> Vec<String> {
    let lexicon = Lexicon::shared();
    let entries = (0..lexicon.len() as u32).filter_map(|id| lexicon.entry(id));
    let cities = entries.filter(|entry| entry.class() == Class::PlacePrefecture).map(|entry| entry.label());
    cities
        .filter_map(|label| label.strip_suffix('市'))
        .filter(|it| it.chars().count() == 2)
        .map(str::to_owned)
        .collect()
}

fn samples(cities: &[String]) -> Vec<Sample> {
    let reader = ArticleReader::shipped().expect("the shipped models");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut paths: Vec<_> = fs::read_dir(folder).expect("samples").map(|it| it.expect("entry").path()).collect();
    paths.sort();
    let utf8 = |path: std::path::PathBuf| {
        let text = String::from_utf8(fs::read(&path).expect("sample")).ok()?;
        let name = path.file_name()?.to_string_lossy().into_owned();
        name.ends_with(".txt").then_some((name, text))
    };
    let sample = |(name, text): (String, String)| {
        let reading = reader.read(&name, text.as_bytes()).expect("samples can be read");
        let places = cities.iter().filter(|city| text.contains(*city)).cloned().collect::<Vec<_>>();
        let company = |name: &String| {
            let start: String = name.chars().take(2).collect();
            (!places.contains(&start) && start.chars().all(|c| c > '\u{4E00}')).then_some(start)
        };
        // What else has a name of its own varies too, or the documents would be reprints of each other.
        let named = |kind| !matches!(kind, EntityKind::Place | EntityKind::Industry);
        let owners = reading.entities.iter().filter(|it| named(it.kind));
        let mut brands: Vec<_> = owners.filter_map(|it| company(&it.names[0])).collect();
        brands.sort();
        brands.dedup();
        Sample { text, reading, places, brands }
    };
    paths.into_iter().filter_map(utf8).map(sample).collect()
}

/// Replacements of one document, each as long as what it replaces.
struct Variation {
    words: BTreeMap<String, String>,
    digits: u64,
}

impl Variation {
    fn draw(sample: &Sample, cities: &[String], dice: &mut Dice) -> Self {
        let syllable =
            |dice: &mut Dice| char::from_u32(FIRST + dice.roll(SYLLABLES) as u32).expect("all are ideographs");
        let mut words = BTreeMap::new();
        for place in &sample.places {
            words.insert(place.clone(), cities[dice.roll(cities.len())].clone());
        }
        for brand in &sample.brands {
            let new = [syllable(dice), syllable(dice)];
            words.insert(brand.clone(), new.iter().collect());
        }
        Self { words, digits: dice.roll(usize::MAX) as u64 }
    }

    fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        'outer: while let Some(first) = rest.chars().next() {
            for (from, to) in &self.words {
                if let Some(after) = rest.strip_prefix(from.as_str()) {
                    out.push_str(to);
                    rest = after;
                    continue 'outer;
                }
            }
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
        self.sums(&out)
    }

    /// Other digits before 亿 and 万.
    fn sums(&self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for at in 1..chars.len() {
            if matches!(chars[at], '亿' | '万') && chars[at - 1].is_ascii_digit() {
                let digit = (chars[at - 1] as u64 + self.digits / (1 + at as u64 % 7)) % 9 + 1;
                chars[at - 1] = char::from_digit(digit as u32, 10).unwrap_or('1');
            }
        }
        chars.into_iter().collect()
    }

    fn reading(&self, sample: &Sample, key: &str) -> Reading {
        let mut reading = sample.reading.clone();
        reading.document.key = key.to_owned();
        reading.document.hash = key.to_owned();
        reading.document.title = reading.document.title.map(|it| self.text(&it));
        reading.sentences.iter_mut().for_each(|it| it.text = self.text(&it.text));
        for entity in &mut reading.entities {
            entity.names.iter_mut().for_each(|it| *it = self.text(it));
            entity.mentions.iter_mut().for_each(|it| it.evidence.text = self.text(&it.evidence.text));
        }
        reading.amounts.iter_mut().for_each(|it| it.evidence.text = self.text(&it.evidence.text));
        let relations = reading.relations.iter_mut().flat_map(|it| &mut it.evidence);
        relations.for_each(|it| it.text = self.text(&it.text));
        reading.observations.iter_mut().for_each(|it| it.evidence.text = self.text(&it.evidence.text));
        reading
    }
}

fn key(number: usize) -> String {
    format!("made/{:02}/{number:05}.txt", number % 50)
}

/// The resident set of this process, now or at its peak, in megabytes.
fn memory(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|it| it.strip_prefix(line)).unwrap_or("0");
    found.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

/// Seconds of the processor that this process has used, of which the system counts a hundred a second.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (start, used) = (Instant::now(), processor());
    let result = work();
    println!("{what}: {:.3} s, {:.2} of the processor", start.elapsed().as_secs_f64(), processor() - used);
    result
}

fn write(folder: &str, count: usize) {
    let cities = cities();
    let samples = samples(&cities);
    let mut dice = Dice(SEED);
    for number in 0..count {
        let sample = &samples[number % samples.len()];
        let path = Path::new(folder).join(key(number));
        fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        fs::write(path, Variation::draw(sample, &cities, &mut dice).text(&sample.text)).expect("file");
    }
}

fn measure(count: usize, kept: Option<&String>) {
    let cities = cities();
    let samples = samples(&cities);
    let mut dice = Dice(SEED);
    let mut make = |number: usize| {
        let sample = &samples[number % samples.len()];
        Variation::draw(sample, &cities, &mut dice).reading(sample, &key(number))
    };
    let folder = tempfile::tempdir().expect("folder");
    let dir = kept.map_or_else(|| folder.path().join("graph"), PathBuf::from);
    let store = Store::open(&dir, Mode::Write).expect("store");
    let (mut seconds, mut bytes, mut used) = (0.0, 0, 0.0);
    let mut loader = store.loader("bench").expect("loader");
    for start in (0..count).step_by(BATCH) {
        let batch: Vec<Reading> = (start..count.min(start + BATCH)).map(&mut make).collect();
        bytes += (start..count.min(start + BATCH)).map(|it| samples[it % samples.len()].text.len()).sum::<usize>();
        let (clock, before) = (Instant::now(), processor());
        loader.add(&batch).expect("add");
        let took = clock.elapsed().as_secs_f64();
        seconds += took;
        used += processor() - before;
        println!("  {:6} documents, {took:.2} s, {:.0} MB", start + batch.len(), memory("VmRSS:"));
    }
    let (clock, before) = (Instant::now(), processor());
    loader.finish().expect("finish");
    seconds += clock.elapsed().as_secs_f64();
    println!("  one step: {:.2} s, {:.0} MB", clock.elapsed().as_secs_f64(), memory("VmRSS:"));
    let clock = Instant::now();
    store.optimize().expect("optimize");
    let order = clock.elapsed().as_secs_f64();
    used += processor() - before;
    let (documents, megabytes) = (count as f64, bytes as f64 / 1e6);
    println!(
        "build: {seconds:.2} s + {order:.2} s in order, {used:.1} of the processor, {:.0} documents/s, {:.2} MB/s, \
         {} statements, peak {:.0} MB",
        documents / (seconds + order),
        megabytes / (seconds + order),
        store.len().expect("length"),
        memory("VmHWM:")
    );
    drop(store);
    let readings: Vec<Reading> = (0..CHANGES).map(|round| make(count + round)).collect();
    change(&dir, &readings, 0);
}

/// Adds documents to a store one by one, and removes as many from a number on.
fn change(dir: &Path, readings: &[Reading], from: usize) {
    let store = timed("open to write", || Store::open(dir, Mode::Write).expect("store"));
    for reading in readings {
        timed("add one", || store.put(std::slice::from_ref(reading), "bench").expect("put"));
    }
    for round in 0..readings.len() {
        timed("remove one", || store.remove(&key(from + round * 7)).expect("remove"));
    }
    drop(store);
    let store = timed("open to read", || Store::open(dir, Mode::Read).expect("store"));
    timed("one lookup", || {
        store.label(parkgraph::rdf::entity_iri(EntityKind::Place, "合肥市").as_ref()).expect("label")
    });
}

/// Changes a store that an earlier run kept by documents that it does not hold.
fn again(dir: &Path, count: usize) {
    let cities = cities();
    let samples = samples(&cities);
    let mut dice = Dice(SEED + 1);
    let new = |number: usize| {
        let sample = &samples[number % samples.len()];
        Variation::draw(sample, &cities, &mut dice).reading(sample, &key(number))
    };
    let readings: Vec<Reading> = (count..count + CHANGES).map(new).collect();
    change(dir, &readings, count / 2);
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let count = |at: usize| arguments.get(at).and_then(|it| it.parse().ok()).unwrap_or(DOCUMENTS);
    match arguments.first().map(String::as_str) {
        Some("again") => again(Path::new(arguments.get(1).map_or("made", String::as_str)), count(2)),
        Some("write") => write(arguments.get(1).map_or("made", String::as_str), count(2)),
        _ => measure(count(0), arguments.get(1)),
    }
}
