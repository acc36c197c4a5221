//! The sentences that a report rests on, by document. Sections cite them; the last section lists those that were cited.

use std::collections::{BTreeMap, BTreeSet};

use super::html::{both, escaped, section};
use crate::graph::Sentence;
use crate::store::{DocumentInfo, Store, StoreError};

/// Citations of one fact at most; more of them would say the same.
const MOST: usize = 3;

/// The documents of a store with the sentences cited so far.
pub struct Sources {
    documents: BTreeMap<String, (usize, DocumentInfo)>,
    cited: BTreeMap<String, BTreeSet<(u64, u64, String)>>,
}

impl Sources {
    /// The documents of a store; nothing is cited yet.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let numbered = store.documents()?.into_iter().enumerate();
        let documents = numbered.map(|(number, info)| (info.key.clone(), (number + 1, info))).collect();
        Ok(Self { documents, cited: BTreeMap::new() })
    }

    /// Number of documents.
    pub fn count(&self) -> usize {
        self.documents.len()
    }

    /// First and last date of publication.
    pub fn dates(&self) -> Option<(&str, &str)> {
        let dates = || self.documents.values().filter_map(|(_, info)| info.published.as_deref());
        Some((dates().min()?, dates().max()?))
    }

    /// The latest date of publication of some documents.
    pub fn latest<'a>(&'a self, keys: &'a [String]) -> Option<&'a str> {
        keys.iter().filter_map(|key| self.documents.get(key)?.1.published.as_deref()).max()
    }

    /// Links to sentences, which the last section will list.
    pub fn cite(&mut self, sentences: impl IntoIterator<Item = Sentence>) -> String {
        let distinct: BTreeSet<Sentence> = sentences.into_iter().collect();
        let mut links = String::new();
        let mut last = (0, 0_u8);
        for Sentence { document, quote, begin, end } in distinct.into_iter().take(MOST) {
            let Some((number, _)) = self.documents.get(&document) else { continue };
            // A second sentence of the same document gets a letter: 3, 3b, 3c.
            last = (*number, if last.0 == *number { last.1 + 1 } else { 0 });
            let letter = ["", "b", "c"].get(usize::from(last.1)).unwrap_or(&"+");
            let quote: String = quote.split_whitespace().collect::<Vec<_>>().join(" ");
            links += &format!(
                "<a class=\"cite\" href=\"#q{number}-{begin}-{end}\" title=\"{}\">{number}{letter}</a>",
                escaped(&quote)
            );
            self.cited.entry(document).or_default().insert((begin, end, quote));
        }
        links
    }

    /// The documents with the sentences that were cited.
    pub fn section(&self) -> String {
        let mut inside = format!(
            "<p class=\"note\">{}</p>\n",
            both(
                "每个数字链接到所依据的原文句子；方括号内是句子在原文中的字符位置。",
                "Each number leads to the sentence behind a fact; brackets tell its character positions in the source."
            )
        );
        for (key, (number, info)) in &self.documents {
            let title = info.title.as_deref().unwrap_or(key);
            let date = info.published.as_deref().unwrap_or_default();
            inside += &format!(
                "<details class=\"source\" id=\"d{number}\"><summary><b class=\"number\">{number}</b> {} <span class=\"quiet\">{} {}</span></summary>\n<ol>",
                escaped(title),
                escaped(date),
                escaped(key)
            );
            for (begin, end, quote) in self.cited.get(key).into_iter().flatten() {
                inside += &format!(
                    "<li id=\"q{number}-{begin}-{end}\">{} <span class=\"quiet\">[{begin}–{end}]</span></li>\n",
                    escaped(quote)
                );
            }
            inside += "</ol></details>\n";
        }
        section("sources", "来源", "Sources", &inside)
    }
}
