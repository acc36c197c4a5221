//! Which files to read, and the name under which each is kept.
//!
//! The name of a file is `parent/file`, of a file inside a given folder `folder/path/to/file`, always with `/`, of the
//! real path, so that it does not depend on where the program is started. Files that would share a name get more of
//! their parents in front.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use encoding_rs::GB18030;
use walkdir::WalkDir;

use super::Failure;

/// File name extensions of what holds no articles; such files are passed over in folders, and read where they are named.
const PASSED_OVER: [&str; 64] = [
    "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "svg", "ico", "psd", "mp3", "mp4", "avi", "mov", "wmv",
    "flv", "wav", "m4a", "css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf", "eot", "exe", "dll", "so", "dylib",
    "bin", "class", "jar", "pyc", "py", "sh", "bat", "rs", "c", "h", "java", "go", "sql", "db", "sqlite", "ini", "cfg",
    "conf", "toml", "yaml", "yml", "lock", "log", "tmp", "bak", "lnk", "xml", "ttl", "nt", "nq", "rq", "weights",
];

/// Longest that standard input may be, in bytes.
const MOST_INPUT: u64 = 1 << 30;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceFile {
    /// The name under which the store keeps it.
    pub(super) key: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its size in bytes.
    pub(super) bytes: u64,
    /// True where it was named itself, false where it was found in a folder.
    pub(super) named: bool,
}

/// The files to read in order of their keys, the paths that cannot be read with the reason, and how many files of
/// folders hold no articles.
pub(super) struct Found {
    pub(super) files: Vec<SourceFile>,
    pub(super) missing: Vec<(PathBuf, Failure)>,
    pub(super) passed_over: usize,
}

/// Looks for files. Each comes once, however often it is named; `-` is standard input.
pub(super) fn find(paths: &[PathBuf]) -> Found {
    let mut search = Search::default();
    for given in paths.iter().filter(|path| path.as_os_str() != "-") {
        if let Err(failure) = search.list(given) {
            search.missing.push((given.clone(), failure));
        }
    }
    let Search { depths, named, missing, passed_over, .. } = search;
    let source = |(path, key): (PathBuf, String)| {
        let bytes = path.metadata().map_or(0, |data| data.len());
        SourceFile { key, bytes, named: named.contains(&path), path }
    };
    let mut files: Vec<_> = keys(depths).into_iter().map(source).collect();
    if paths.iter().any(|path| path.as_os_str() == "-") {
        files.push(SourceFile { key: "stdin".to_owned(), path: PathBuf::from("-"), bytes: 0, named: true });
    }
    files.sort_by(|a, b| a.key.cmp(&b.key));
    Found { files, missing, passed_over }
}

/// Everything on standard input.
pub(super) fn input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MOST_INPUT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_INPUT {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "standard input is larger than 1 GB; give files"));
    }
    Ok(bytes)
}

/// What was found so far.
#[derive(Default)]
struct Search {
    /// Paths, and how many of their last components name them.
    depths: BTreeMap<PathBuf, usize>,
    named: BTreeSet<PathBuf>,
    missing: Vec<(PathBuf, Failure)>,
    passed_over: usize,
    /// Folders that links led to: each is entered once.
    entered: BTreeSet<PathBuf>,
}

impl Search {
    fn list(&mut self, given: &Path) -> Result<(), Failure> {
        let shown = given.display();
        let real = given.canonicalize().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Failure::new(format!("{shown} 不存在；请检查路径"), format!("{shown} does not exist; check the path"))
            }
            _ => Failure::from(error),
        })?;
        if !real.is_dir() {
            self.named.insert(real.clone());
            self.add(real, 2);
            return Ok(());
        }
        let (before, lost) = (self.depths.len(), self.missing.len());
        self.folder(&real, &real, 1);
        if self.depths.len() == before && self.missing.len() == lost {
            return Err(Failure::new(
                format!("{shown} 里没有可读的文档；请给出含有文章的文件夹，或直接给出文件"),
                format!("there is no document in {shown}; give a folder with articles, or name the files"),
            ));
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf, depth: usize) {
        let longest = self.depths.entry(path).or_insert(depth);
        *longest = depth.max(*longest);
    }

    /// Lists a folder; its files are named from `depth` components above on. Links inside `base` lead to what is listed
    /// anyway, and other folders are entered once, so that loops end.
    fn folder(&mut self, folder: &Path, base: &Path, depth: usize) {
        let above = folder.components().count() - depth;
        let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|it| it.depth() == 0 || !is_hidden(it)) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    self.missing.push((path, Failure::from(io::Error::from(error))));
                    continue;
                }
            };
            let path = entry.path();
            if entry.path_is_symlink() {
                self.link(path, base);
            } else if entry.file_type().is_file() {
                if is_passed_over(path) {
                    self.passed_over += 1;
                } else {
                    self.add(path.to_owned(), path.components().count() - above);
                }
            }
        }
    }

    fn link(&mut self, path: &Path, base: &Path) {
        match path.canonicalize() {
            Ok(target) if target.starts_with(base) => {}
            Ok(target) if target.is_dir() => {
                if self.entered.insert(target.clone()) {
                    self.folder(&target, base, 1);
                }
            }
            Ok(target) if target.is_file() && !is_passed_over(&target) => self.add(target, 2),
            Ok(_) => {}
            Err(error) => {
                let failure = Failure::new(
                    format!("链接失效（{error}）；请修复或删除它"),
                    format!("the link leads nowhere ({error}); mend it or remove it"),
                );
                self.missing.push((path.to_owned(), failure));
            }
        }
    }
}

/// Hidden files, and what programs leave behind while they run.
fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || name.starts_with("~$") || matches!(&*name, "Thumbs.db" | "desktop.ini" | "__MACOSX")
}

fn is_passed_over(path: &Path) -> bool {
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|it| PASSED_OVER.contains(&it.as_str()))
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
            Component::Normal(name) => Some(readable(name)),
            _ => None,
        })
        .collect();
    names[names.len().saturating_sub(depth)..].join("/")
}

/// A name as people read it: UTF-8, else GB18030, as Chinese systems write it.
fn readable(name: &OsStr) -> Cow<'_, str> {
    name.to_str().map_or_else(|| GB18030.decode(name.as_encoded_bytes()).0, Cow::Borrowed)
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
