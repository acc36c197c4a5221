//! What can go wrong with a store, told with the remedy.

use std::io;
use std::path::{Path, PathBuf};

use oxigraph::store::StorageError;
use thiserror::Error;

use crate::message::Bilingual;

/// Why a store cannot be opened, read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Nothing is there.
    #[error("there is no store in {0}; make one with `parkgraph build PATH -l {0}`")]
    Missing(PathBuf),
    /// Something else is there.
    #[error("{0} is not a parkgraph store; give the folder of a store, or a new folder to build one in")]
    NotAStore(PathBuf),
    /// Another process has it.
    #[error("the store in {0} is in use by another process; wait for it to end, or stop it")]
    Locked(PathBuf),
    /// A newer program made it.
    #[error(
        "the store in {dir} has format {found}, this program knows up to {known}; update parkgraph, or build into a new folder"
    )]
    Newer {
        /// Folder of the store.
        dir: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format that this program can read.
        known: u32,
    },
    /// An older program wrote it.
    #[error(
        "the store in {dir} has format {found}, this program writes {known}; build it again from the articles into a new folder"
    )]
    Older {
        /// Folder of the store.
        dir: PathBuf,
        /// Its format.
        found: u32,
        /// The format that this program reads and writes.
        known: u32,
    },
    /// It cannot be written to.
    #[error("{0} cannot be written to (read-only disk or missing permission); use a writable folder")]
    ReadOnly(PathBuf),
    /// No room is left.
    #[error(
        "the disk of {0} is full; free some space and run the same command again: whole documents already stored are kept"
    )]
    Full(PathBuf),
    /// Its files are damaged.
    #[error("the store in {dir} is damaged ({detail}); remove the folder and build it again")]
    Damaged {
        /// Folder of the store.
        dir: PathBuf,
        /// What the storage layer says.
        detail: String,
    },
    /// Any other failure to read or write.
    #[error("cannot use the store in {dir}: {source}; check the disk and the permissions")]
    Io {
        /// Folder of the store.
        dir: PathBuf,
        /// The failure.
        source: io::Error,
    },
    /// A file that is not the RDF that its name tells.
    #[error(
        "{file} is not valid RDF: {detail}; correct it there, or end its name as its format wants (.ttl, .nt, .nq, .trig, .rdf)"
    )]
    NotRdf {
        /// The file.
        file: PathBuf,
        /// What is wrong, and where.
        detail: String,
    },
    /// The program was built without stores on disk.
    #[error("this parkgraph was built without stores on disk; build it with the feature `rocksdb`")]
    NoDisk,
}

impl StoreError {
    /// Explains a failure of the storage layer, whose kinds survive only as words of its message.
    pub(super) fn from_storage(dir: &Path, error: StorageError) -> Self {
        match error {
            StorageError::Io(source) => Self::from_io(dir, source),
            StorageError::Corruption(detail) => Self::Damaged { dir: dir.into(), detail: detail.to_string() },
            other => Self::from_io(dir, io::Error::other(other.to_string())),
        }
    }

    /// Explains a failure of the file system.
    pub(super) fn from_io(dir: &Path, source: io::Error) -> Self {
        let words = source.to_string().to_ascii_lowercase();
        let says = |what: &[&str]| what.iter().any(|word| words.contains(word));
        let dir = dir.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(dir),
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly(dir),
            _ if says(&["no space left", "space limit", "quota exceeded"]) => Self::Full(dir),
            _ if says(&["read-only file system", "permission denied", "only possible on read-write"]) => {
                Self::ReadOnly(dir)
            }
            _ if says(&["lock file", "/lock:", "lock hold by"]) => Self::Locked(dir),
            _ if says(&["corruption", "invalid argument", "no such file"]) => {
                Self::Damaged { dir, detail: source.to_string() }
            }
            _ => Self::Io { dir, source },
        }
    }
}

impl Bilingual for StoreError {
    fn zh(&self) -> String {
        match self {
            Self::Missing(dir) => {
                let dir = dir.display();
                format!("{dir} 里没有库；请先运行 `parkgraph build 路径 -l {dir}`")
            }
            Self::NotAStore(dir) => {
                format!("{} 不是 parkgraph 的库；请给出库所在的文件夹，或一个新文件夹来建库", dir.display())
            }
            Self::Locked(dir) => format!("{} 里的库正被另一个进程使用；请等它结束，或停止它", dir.display()),
            Self::Newer { dir, found, known } => format!(
                "{} 里的库格式为 {found}，本程序只认识到 {known}；请升级 parkgraph，或建到新文件夹里",
                dir.display()
            ),
            Self::Older { dir, found, known } => {
                format!("{} 里的库格式为 {found}，本程序使用 {known}；请用原文章重新建库到新文件夹里", dir.display())
            }
            Self::ReadOnly(dir) => format!("{} 不可写（只读磁盘或没有权限）；请换一个可写的文件夹", dir.display()),
            Self::Full(dir) => {
                format!("{} 所在的磁盘已满；请腾出空间后重新运行同一命令：已入库的完整文档都保留着", dir.display())
            }
            Self::Damaged { dir, detail } => {
                format!("{} 里的库已损坏（{detail}）；请删除该文件夹后重新建库", dir.display())
            }
            Self::Io { dir, source } => {
                format!("无法使用 {} 里的库：{source}；请检查磁盘和权限", dir.display())
            }
            Self::NotRdf { file, detail } => format!(
                "{} 不是有效的 RDF：{detail}；请在该处改正，或让文件名以其格式结尾（.ttl、.nt、.nq、.trig、.rdf）",
                file.display()
            ),
            Self::NoDisk => "这个 parkgraph 编译时没有磁盘库；请启用 `rocksdb` 特性重新编译".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_storage_layer_become_kinds() {
        let dir = Path::new("d");
        for (words, kind) in [
            (
                "IO error: No space left on device: While appending to file: d/000012.sst: No space left on device",
                "Full",
            ),
            ("IO error: While open a file for appending: d/LOG: Read-only file system", "ReadOnly"),
            ("IO error: While mkdir if missing: d: Permission denied", "ReadOnly"),
            ("IO error: While lock file: d/LOCK: Resource temporarily unavailable", "Locked"),
            ("Invalid argument: Column family not found: id2str", "Damaged"),
            ("IO error: Stale file handle: d", "Io"),
        ] {
            let error = StoreError::from_io(dir, io::Error::other(words));
            assert!(format!("{error:?}").starts_with(kind), "{words}: {error:?}");
            assert!(error.zh().contains('；') && error.to_string().contains(';'), "no remedy: {error}");
        }
    }
}
