//! The grammar of questions, read from data files: frames (whole questions) and phrases (what narrows a list down).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::LazyLock;

use serde::Deserialize;

use super::examples;
use super::frame::{Asked, Frame};
use super::free;
use super::normal;
use super::pattern::Pattern;
use super::words::Words;
use crate::model::EntityKind;

/// The shipped frames, in the order in which they are tried.
const FRAMES: [(&str, &str); 40] = [
    ("check", include_str!("../../ontology/questions/check.toml")),
    ("register", include_str!("../../ontology/questions/register.toml")),
    ("difference", include_str!("../../ontology/questions/difference.toml")),
    ("compare", include_str!("../../ontology/questions/compare.toml")),
    ("choose", include_str!("../../ontology/questions/choose.toml")),
    ("most", include_str!("../../ontology/questions/most.toml")),
    ("path", include_str!("../../ontology/questions/path.toml")),
    ("nth", include_str!("../../ontology/questions/nth.toml")),
    ("top", include_str!("../../ontology/questions/top.toml")),
    ("rank", include_str!("../../ontology/questions/rank.toml")),
    ("average", include_str!("../../ontology/questions/average.toml")),
    ("sum", include_str!("../../ontology/questions/sum.toml")),
    ("planned-sum", include_str!("../../ontology/questions/planned-sum.toml")),
    ("count", include_str!("../../ontology/questions/count.toml")),
    ("planned", include_str!("../../ontology/questions/planned.toml")),
    ("completed", include_str!("../../ontology/questions/completed.toml")),
    ("investment", include_str!("../../ontology/questions/investment.toml")),
    ("location", include_str!("../../ontology/questions/location.toml")),
    ("status", include_str!("../../ontology/questions/status.toml")),
    ("investor", include_str!("../../ontology/questions/investor.toml")),
    ("issuer", include_str!("../../ontology/questions/issuer.toml")),
    ("partner", include_str!("../../ontology/questions/partner.toml")),
    ("designation", include_str!("../../ontology/questions/designation.toml")),
    ("industry", include_str!("../../ontology/questions/industry.toml")),
    ("member", include_str!("../../ontology/questions/member.toml")),
    ("hop-owner-honour", include_str!("../../ontology/questions/hop-owner-honour.toml")),
    ("hop-owner-else", include_str!("../../ontology/questions/hop-owner-else.toml")),
    ("hop-owner-place", include_str!("../../ontology/questions/hop-owner-place.toml")),
    ("hop-place", include_str!("../../ontology/questions/hop-place.toml")),
    ("hop-field", include_str!("../../ontology/questions/hop-field.toml")),
    ("hop-honour", include_str!("../../ontology/questions/hop-honour.toml")),
    ("hop-investor", include_str!("../../ontology/questions/hop-investor.toml")),
    ("hop-invested", include_str!("../../ontology/questions/hop-invested.toml")),
    ("hop-neighbours", include_str!("../../ontology/questions/hop-neighbours.toml")),
    ("holders", include_str!("../../ontology/questions/holders.toml")),
    ("every", include_str!("../../ontology/questions/every.toml")),
    ("related", include_str!("../../ontology/questions/related.toml")),
    ("list", include_str!("../../ontology/questions/list.toml")),
    ("observation", include_str!("../../ontology/questions/observation.toml")),
    ("about", include_str!("../../ontology/questions/about.toml")),
];

/// The shipped files that are no frames.
const TABLES: [(&str, &str); 4] = [
    ("words", include_str!("../../ontology/questions/words.toml")),
    ("english", include_str!("../../ontology/questions/english.toml")),
    ("indicators", include_str!("../../ontology/questions/indicators.toml")),
    ("phrases", include_str!("../../ontology/questions/phrases.toml")),
];

static SHIPPED: LazyLock<Result<Grammar, String>> = LazyLock::new(|| Grammar::assemble(&BTreeMap::new()));

/// Words, frames and phrases.
#[derive(Debug)]
pub struct Grammar {
    /// The words that patterns use.
    pub words: Words,
    frames: Vec<Frame>,
    phrases: Vec<Phrase>,
}

/// What a phrase says of the listed things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Narrowing {
    /// It has to do with a thing or field.
    Thing,
    /// It lies in a park or place.
    LocatedIn,
    /// A body invests in it, builds or runs it.
    Investor,
    /// It invests in, builds or runs a thing.
    InvestsIn,
    /// A body issued it.
    IssuedBy,
    /// It cooperates with a body.
    Partner,
    /// Its sum is at least so much.
    Over,
    /// Its sum is at most so much.
    Under,
    /// Its sum lies between two.
    Between,
    /// It has reached a stage.
    Status,
    /// It is told to be at an earlier stage and not to have reached this one.
    NotYet,
    /// It holds an honour.
    Designation,
    /// A document of that time tells it.
    During,
}

#[derive(Debug)]
struct Phrase {
    narrowing: Narrowing,
    strict: Vec<Pattern>,
    loose: Vec<Pattern>,
    hits: Vec<String>,
    misses: Vec<String>,
}

/// The stretches of a question that a pattern found, by the name of the slot.
pub type Slots = BTreeMap<String, String>;

/// A frame that fits a question.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// The frame.
    pub frame: &'a Frame,
    /// What its slots hold.
    pub slots: Slots,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhrasesFile {
    phrase: Vec<PhraseRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseRow {
    filter: Narrowing,
    patterns: Vec<String>,
    hits: Vec<String>,
    misses: Vec<String>,
}

/// Words that say nothing wherever they stand, and are in no name.
const NOISE: [&str; 4] = ["单个", "单体项目里", "来着", "究竟"];

impl Grammar {
    /// The grammar that the program ships.
    ///
    /// # Errors
    /// What is wrong with a file; a test keeps the shipped ones right.
    pub fn shipped() -> Result<&'static Self, &'static str> {
        SHIPPED.as_ref().map_err(String::as_str)
    }

    /// The shipped grammar with a `.toml` file, or those of a folder, laid over it: a file of the same name takes the
    /// place of the shipped one, any other is one more frame, tried before the shipped ones.
    ///
    /// # Errors
    /// What is wrong with a file or the folder, as a sentence.
    pub fn with_folder(folder: &Path) -> Result<Self, String> {
        let told = |path: &Path| {
            let path = path.display().to_string();
            move |error: std::io::Error| format!("{path}: {error}")
        };
        let mut files = BTreeMap::new();
        let paths: Vec<PathBuf> = if folder.is_file() {
            vec![folder.to_owned()]
        } else {
            let entries = std::fs::read_dir(folder).map_err(told(folder))?;
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(told(folder))?
        };
        for path in paths {
            if let (Some(stem), Some("toml")) = (path.file_stem(), path.extension().and_then(|end| end.to_str())) {
                let text = std::fs::read_to_string(&path).map_err(told(&path))?;
                files.insert(stem.to_string_lossy().into_owned(), text);
            }
        }
        Self::assemble(&files)
    }

    /// The grammar of the shipped files, each replaced by the one of that name in `own`, which may have more.
    fn assemble(own: &BTreeMap<String, String>) -> Result<Self, String> {
        let text = |name: &str, shipped: &'static str| own.get(name).map_or(shipped, String::as_str).to_owned();
        let [words, english, indicators, phrases] = TABLES.map(|(name, shipped)| text(name, shipped));
        let known = |name: &str| TABLES.iter().chain(&FRAMES).any(|(shipped, _)| *shipped == name);
        let more = own.iter().filter(|(name, _)| !known(name)).map(|(name, text)| (name.clone(), text.clone()));
        let frames: Vec<(String, String)> =
            more.chain(FRAMES.map(|(name, shipped)| (name.to_owned(), text(name, shipped)))).collect();
        let frames: Vec<(&str, &str)> = frames.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        Self::read(Words::read(&words, &english, &indicators)?, &frames, &phrases)
    }

    /// Compiles frames (stem and text of each file) and phrases.
    ///
    /// # Errors
    /// What is wrong with a file, as a sentence.
    pub fn read(words: Words, frames: &[(&str, &str)], phrases: &str) -> Result<Self, String> {
        let frames = frames.iter().map(|(name, text)| Frame::read(name, text, &words)).collect::<Result<_, _>>()?;
        let file: PhrasesFile = toml::from_str(phrases).map_err(|e| format!("phrases.toml: {e}"))?;
        let phrases = file.phrase.into_iter().map(|row| Phrase::read(row, &words)).collect::<Result<_, _>>()?;
        Ok(Self { words, frames, phrases })
    }

    /// Every example that is not read as its file says, as a sentence.
    pub fn faults(&self) -> Vec<String> {
        let frames =
            self.frames.iter().flat_map(|frame| examples::frame(self, &frame.name, &frame.hits, &frame.misses));
        let phrases = self.phrases.iter().flat_map(|row| examples::phrase(self, row.narrowing, &row.hits, &row.misses));
        frames.chain(phrases).collect()
    }

    /// A question as patterns read it: folded, without what only opens or closes it.
    pub fn strip(&self, question: &str) -> String {
        let mut folded = normal::fold(question);
        for word in NOISE {
            folded = folded.replace(word, "");
        }
        let mut rest = normal::trim_marks(&folded);
        while let Some(inner) = self.words.closing.iter().find_map(|word| rest.strip_suffix(word.as_str())) {
            rest = normal::trim_marks(inner);
        }
        while let Some(inner) = self.words.opening.iter().find_map(|word| rest.strip_prefix(word.as_str())) {
            rest = normal::trim_marks(inner);
        }
        rest.to_owned()
    }

    /// Every frame that fits, in order; each pattern that fits gives one candidate.
    pub fn candidates<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Candidate<'a>> {
        // 吗 makes a question of a statement; behind another question it says nothing.
        let whole: Rc<[char]> = text.chars().collect();
        let bare: Rc<[char]> = text.trim_end_matches('吗').chars().collect();
        self.frames.iter().flat_map(move |frame| {
            let text = if frame.ask == Asked::Check { whole.clone() } else { bare.clone() };
            let fits = move |pattern: &Pattern| pattern.slots(&text).map(|slots| Candidate { frame, slots });
            frame.patterns.iter().filter_map(fits)
        })
    }

    /// The reading by words alone, which is the last to be tried.
    pub fn free(&self, text: &str) -> Option<Candidate<'_>> {
        let (wanted, slots) = free::read(text, &self.words)?;
        let ask = if wanted == free::Wanted::Count { Asked::Count } else { Asked::List };
        let frame = self.frames.iter().find(|frame| frame.ask == ask)?;
        Some(Candidate { frame, slots })
    }

    /// The phrases that begin `text`, their names being finds: the length of each in bytes, what it says, its slots;
    /// the longest first, of equally long ones the first of the file.
    pub fn phrases(&self, text: &str) -> Vec<(usize, Narrowing, Slots)> {
        let rows = self.phrases.iter().flat_map(|phrase| phrase.strict.iter().map(move |pattern| (phrase, pattern)));
        let text: Vec<char> = text.chars().collect();
        let bytes = |length: usize| text[..length].iter().map(|c| c.len_utf8()).sum::<usize>();
        let found = rows.filter_map(|(row, pattern)| {
            let (length, slots) = pattern.matched(&text)?;
            Some((bytes(length), row.narrowing, slots))
        });
        let mut found: Vec<_> = found.filter(|(length, ..)| *length > 0).collect();
        found.sort_by_key(|(length, ..)| std::cmp::Reverse(*length));
        found
    }

    /// The ways in which the whole of `text` is a phrase about a name that is no find; the plain one last.
    pub fn loose_phrases(&self, text: &str) -> Vec<(Narrowing, Slots)> {
        let rows = self.phrases.iter().flat_map(|phrase| phrase.loose.iter().map(move |pattern| (phrase, pattern)));
        let text: Vec<char> = text.chars().collect();
        let found = rows.filter_map(|(phrase, pattern)| Some((phrase.narrowing, pattern.slots(&text)?)));
        let mut found: Vec<_> = found.filter(|(_, slots)| slots.contains_key("name")).collect();
        found.sort_by_key(|(narrowing, _)| *narrowing == Narrowing::Thing);
        found
    }
}

impl Phrase {
    fn read(row: PhraseRow, words: &Words) -> Result<Self, String> {
        if row.hits.is_empty() || row.misses.is_empty() {
            return Err(format!("phrases.toml: {:?} needs hits and misses", row.filter));
        }
        let strict = row.patterns.iter().map(|p| Pattern::beginning(p, words)).collect::<Result<_, _>>()?;
        let loose = row.patterns.iter().map(|p| Pattern::whole(p, words)).collect::<Result<_, _>>()?;
        Ok(Self { narrowing: row.filter, strict, loose, hits: row.hits, misses: row.misses })
    }
}

/// The kind that the slot `kind` names.
pub fn kind_of(words: &Words, slots: &Slots) -> Option<EntityKind> {
    words.kind(slots.get("kind")?.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_read_as_they_say() {
        let grammar = Grammar::shipped().expect("the shipped files can be read");
        assert_eq!(grammar.faults(), Vec::<String>::new());
    }

    #[test]
    fn files_without_examples_are_refused() {
        let words = Grammar::shipped().expect("the shipped files can be read").words.clone();
        let bare = "title = \"t\"\nplan = \"list\"\npatterns = [\"<what>\"]\nhits = []\nmisses = []\n";
        assert!(Grammar::read(words.clone(), &[("bare", bare)], "phrase = []").is_err_and(|e| e.contains("bare.toml")));
        let odd = bare.replace("<what>", "{nothing}").replace("hits = []", "[[hits]]\nquestion = \"q\"\nslots = {}");
        assert!(Grammar::read(words, &[("odd", &odd)], "phrase = []").is_err_and(|e| e.contains("odd.toml")));
    }

    #[test]
    fn every_file_of_questions_is_read() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology/questions");
        let others = ["words", "english", "indicators", "phrases", "common", "clues"];
        for entry in std::fs::read_dir(folder).expect("the folder is in the repository") {
            let path = entry.expect("it can be listed").path();
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
            assert!(
                others.contains(&stem.as_str()) || FRAMES.iter().any(|(name, _)| *name == stem),
                "{stem} is not read"
            );
        }
    }
}
