//! The saved queries: those shipped with the program and those of the user's folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use oxigraph::model::Term;

use super::header::{Header, Parameter, Words};
use super::parameter::SavedError;

/// The shipped queries: name and text of each file in `queries/`.
const SHIPPED: &[(&str, &str)] = &[
    ("document-facts", include_str!("../../queries/document-facts.rq")),
    ("documents", include_str!("../../queries/documents.rq")),
    ("enterprises-by-designation", include_str!("../../queries/enterprises-by-designation.rq")),
    ("evidence", include_str!("../../queries/evidence.rq")),
    ("industries-of-park", include_str!("../../queries/industries-of-park.rq")),
    ("investment-by-park", include_str!("../../queries/investment-by-park.rq")),
    ("investors", include_str!("../../queries/investors.rq")),
    ("observations", include_str!("../../queries/observations.rq")),
    ("policies-by-issuer", include_str!("../../queries/policies-by-issuer.rq")),
    ("project-status", include_str!("../../queries/project-status.rq")),
    ("projects-by-industry", include_str!("../../queries/projects-by-industry.rq")),
    ("projects-over-amount", include_str!("../../queries/projects-over-amount.rq")),
];

/// A query with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedQuery {
    /// Its name: the file's without `.rq`.
    pub name: String,
    /// What it is called.
    pub title: Words,
    /// What it does.
    pub summary: Words,
    /// Its parameters in order.
    pub parameters: Vec<Parameter>,
    /// The whole text.
    pub sparql: String,
}

impl SavedQuery {
    /// Reads the text of a query file.
    ///
    /// # Errors
    /// When a header line cannot be read or the title is missing.
    pub fn parse(name: &str, text: &str) -> Result<Self, SavedError> {
        let Header { title, summary, parameters } = Header::parse(name, text)?;
        Ok(Self { name: name.to_owned(), title, summary, parameters, sparql: text.to_owned() })
    }

    /// A query typed by hand. Each variable in `set` is a parameter whose type its value tells: an IRI, a number or text.
    pub fn ad_hoc(sparql: &str, set: &[(String, String)]) -> Self {
        let parameters = set.iter().map(|(name, value)| Parameter::guessed(name, value)).collect();
        let (title, summary) = (Words::default(), Words::default());
        Self { name: String::new(), title, summary, parameters, sparql: sparql.to_owned() }
    }

    /// The values of all parameters: those in `set` by name, else their defaults.
    ///
    /// # Errors
    /// When the query has no such parameter or the value is of another type.
    pub fn bindings(&self, set: &[(String, String)]) -> Result<Vec<(&str, Term)>, SavedError> {
        if let Some((name, _)) = set.iter().find(|(name, _)| self.parameters.iter().all(|it| it.name != *name)) {
            let known: Vec<_> = self.parameters.iter().map(|it| it.name.as_str()).collect();
            let (query, name, known) = (self.name.clone(), name.clone(), known.join(" "));
            return Err(SavedError::NoParameter { query, name, known });
        }
        let value = |parameter: &Parameter| match set.iter().rfind(|(name, _)| *name == parameter.name) {
            Some((_, value)) => parameter.term(value),
            None => Ok(parameter.default.clone()),
        };
        self.parameters.iter().map(|it| Ok((it.name.as_str(), value(it)?))).collect()
    }
}

/// Queries by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue(BTreeMap<String, SavedQuery>);

impl Catalogue {
    /// The shipped queries.
    ///
    /// # Errors
    /// When a header is wrong, which a test rules out.
    pub fn shipped() -> Result<Self, SavedError> {
        let read = |(name, text): &(&str, &str)| Ok(((*name).to_owned(), SavedQuery::parse(name, text)?));
        SHIPPED.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Adds the `.rq` files of a folder, which replace shipped queries of the same name.
    ///
    /// # Errors
    /// When the folder or a file cannot be read, or a header is wrong.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), SavedError> {
        let failed = |source| SavedError::Folder { folder: folder.into(), source };
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|it| it == "rq") {
                let name = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
                let query = SavedQuery::parse(&name, &fs::read_to_string(&path).map_err(failed)?)?;
                self.0.insert(name, query);
            }
        }
        Ok(())
    }

    /// The query of that name.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, name: &str) -> Result<&SavedQuery, SavedError> {
        let known = || self.0.keys().map(String::as_str).collect::<Vec<_>>().join(" ");
        self.0.get(name).ok_or_else(|| SavedError::Unknown { name: name.to_owned(), known: known() })
    }

    /// All queries in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &SavedQuery> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_file_is_shipped() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
        let mut files: Vec<_> = fs::read_dir(folder)
            .expect("folder")
            .map(|entry| entry.expect("entry").path().file_stem().expect("name").to_string_lossy().into_owned())
            .collect();
        files.sort();
        assert_eq!(files, SHIPPED.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}
