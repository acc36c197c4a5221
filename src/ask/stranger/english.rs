//! English names in a question that nothing knows: Dongsheng in the output value of Dongsheng Science Park.

use crate::ask::gazetteer::Gazetteer;
use crate::ask::names::{Names, pinyin};
use crate::ask::tag::Tagged;
use crate::ask::words::Words;
use crate::store::{Store, StoreError};

/// What closes the names of zones, in pinyin, as against English.
const ENDS: [&str; 10] =
    ["", "shi", "xinqu", "gaoxinqu", "jingkaiqu", "kaifaqu", "baoshuiqu", "kejiyuan", "chanyeyuan", "gongyeyuan"];
/// Shortest word that is looked at, in letters.
const LEAST: usize = 3;

/// The words of an English question that are written as names and are neither known to the questions nor said by any name or
/// sentence. `original` is the question as asked, `tagged` the same with its finds marked.
///
/// # Errors
/// If the store cannot be read.
pub fn proper_names(
    store: &Store,
    names: &Names,
    original: &str,
    tagged: &Tagged,
    words: &Words,
) -> Result<Option<String>, StoreError> {
    let is_chinese = |c: char| c.is_alphabetic() && !c.is_ascii();
    if original.chars().any(is_chinese) {
        return Ok(None);
    }
    let left: Vec<&str> = split(&tagged.text).collect();
    for word in split(original).skip(1) {
        let lower = word.to_ascii_lowercase();
        let named = word.starts_with(|c: char| c.is_ascii_uppercase()) && word.len() >= LEAST;
        let asks = || words.lists.values().flatten().any(|known| split(known).any(|part| part == lower));
        let term = || words.english.iter().any(|(term, _)| split(term).any(|part| part == lower));
        if named && left.contains(&lower.as_str()) && !asks() && !term() {
            let sentences = names.sentences(store)?;
            let said = |text: &str| names.has_key_with(&[text]) || sentences.says(text);
            let read = lower.replace('\'', "");
            let zone = ENDS.iter().any(|end| names.is_read(&format!("{read}{end}")));
            let place = || Gazetteer::shipped().stems().any(|stem| pinyin(stem) == read && said(stem));
            if !said(&lower) && !zone && !place() {
                return Ok(Some(word.to_owned()));
            }
        }
    }
    Ok(None)
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\'')).filter(|word| !word.is_empty())
}
