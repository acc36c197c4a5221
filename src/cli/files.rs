//! Which files to read, and the name under which each is kept.
//!
//! The name of a file is `parent/file`, of a file inside a given folder `folder/path/to/file`, always with `/`, of the
//! real path, so that it does not depend on where the program is started. Files that would share a name get more of
//! their parents in front.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::Failure;

/// File name extensions that are read inside folders; a file that is named itself is always read.
const EXTENSIONS: [&str; 4] = ["txt", "text", "md", "markdown"];

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceFile {
    /// The name under which the store keeps it.
    pub(super) key: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its size in bytes.
    pub(super) bytes: u64,
}

/// The files to read in order of their keys, and the paths that cannot be read with the reason.
pub(super) struct Found {
    pub(super) files: Vec<SourceFile>,
    pub(super) missing: Vec<(PathBuf, Failure)>,
}

/// Looks for text files. Each file comes once, however often it is named.
pub(super) fn find(paths: &[PathBuf]) -> Found {
    let (mut depths, mut missing) = (BTreeMap::new(), Vec::new());
    for given in paths {
        match list(given) {
            Ok(found) => found.into_iter().for_each(|(path, depth)| {
                let longest = depths.entry(path).or_insert(depth);
                *longest = depth.max(*longest);
            }),
            Err(failure) => missing.push((given.clone(), failure)),
        }
    }
    let mut files: Vec<_> = keys(depths).into_iter().map(|(path, key)| source(path, key)).collect();
    files.sort_by(|a, b| a.key.cmp(&b.key));
    Found { files, missing }
}

fn source(path: PathBuf, key: String) -> SourceFile {
    let bytes = path.metadata().map_or(0, |data| data.len());
    SourceFile { key, path, bytes }
}

/// The files at a given path, each with the number of last components of its path that name it.
fn list(given: &Path) -> Result<Vec<(PathBuf, usize)>, Failure> {
    let shown = given.display();
    let real = given.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            Failure::new(format!("{shown} 不存在；请检查路径"), format!("{shown} does not exist; check the path"))
        }
        _ => Failure::from(error),
    })?;
    if real.is_file() {
        return Ok(vec![(real, 2)]);
    }
    let base = real.components().count();
    let mut files = Vec::new();
    for entry in WalkDir::new(&real).follow_links(true).into_iter().filter_entry(|it| it.depth() == 0 || !is_hidden(it))
    {
        let entry = entry.map_err(|error| Failure::from(io::Error::from(error)))?;
        if entry.file_type().is_file() && is_text(entry.path()) {
            files.push((entry.path().to_owned(), entry.path().components().count() - base + 1));
        }
    }
    if files.is_empty() {
        let kinds = EXTENSIONS.map(|it| format!(".{it}")).join(" ");
        return Err(Failure::new(
            format!("{shown} 里没有文本文件（{kinds}）；请给出含有文章的文件夹，或直接给出文件"),
            format!("there is no text file ({kinds}) in {shown}; give a folder with articles, or name the files"),
        ));
    }
    Ok(files)
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|it| EXTENSIONS.contains(&it.as_str()))
}

/// Gives each path its key: its last components, as many as asked for and more until no two keys are equal.
fn keys(mut depths: BTreeMap<PathBuf, usize>) -> BTreeMap<PathBuf, String> {
    loop {
        let mut owners = BTreeMap::<_, Vec<_>>::new();
        for (path, depth) in &depths {
            owners.entry(tail(path, *depth)).or_default().push(path.clone());
        }
        let clashing: Vec<_> = owners.values().filter(|paths| paths.len() > 1).flatten().collect();
        if clashing.is_empty() {
            return owners
                .into_iter()
                .flat_map(|(key, paths)| paths.into_iter().map(move |path| (path, key.clone())))
                .collect();
        }
        for path in clashing {
            *depths.entry(path.clone()).or_default() += 1;
        }
    }
}

/// The last `depth` names of a path, joined by `/`.
fn tail(path: &Path, depth: usize) -> String {
    let names: Vec<_> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        })
        .collect();
    names[names.len().saturating_sub(depth)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_as_short_as_they_can_be_told_apart() {
        for (paths, expected) in [
            (vec![("/data/2018/a.txt", 2), ("/data/2019/a.txt", 2)], vec!["2018/a.txt", "2019/a.txt"]),
            (
                vec![("/x/2018/a.txt", 2), ("/y/2018/a.txt", 2), ("/y/2018/b.txt", 2)],
                vec!["x/2018/a.txt", "y/2018/a.txt", "2018/b.txt"],
            ),
            (vec![("/data/paper/2018/a.txt", 3), ("/a.txt", 2)], vec!["a.txt", "paper/2018/a.txt"]),
        ] {
            let found = keys(paths.iter().map(|(path, depth)| (PathBuf::from(path), *depth)).collect());
            assert_eq!(found.into_values().collect::<Vec<_>>(), expected);
        }
    }
}
