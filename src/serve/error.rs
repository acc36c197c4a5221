//! Why the server did not start or had to stop.

use std::net::SocketAddr;
use std::path::PathBuf;

use thiserror::Error;

use crate::ask::AskError;
use crate::learn::WeightsError;
use crate::message::Bilingual;
use crate::query::SavedError;
use crate::store::StoreError;

/// Why the server did not start or had to stop.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Somebody else listens there.
    #[error("{0} is taken, perhaps by another `parkgraph serve`; stop that one, or choose another with --bind {ip}:{port}", ip = .0.ip(), port = .0.port().wrapping_add(1))]
    Taken(SocketAddr),
    /// The address cannot be listened at.
    #[error("cannot listen at {address} ({source}); give an address of this machine, such as --bind 127.0.0.1:7878")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// The failure.
        source: std::io::Error,
    },
    /// Writing was allowed without a token.
    #[error(
        "writing needs a token that clients send: put one of 16 or more characters in a file and give --token-file FILE"
    )]
    NoToken,
    /// A token that is too short to protect anything.
    #[error("a token in {0} has fewer than 16 characters; take a longer one")]
    ShortToken(PathBuf),
    /// A file that cannot be read.
    #[error("cannot read {path} ({source}); check the path")]
    File {
        /// The file.
        path: PathBuf,
        /// The failure.
        source: std::io::Error,
    },
    /// The machine refuses threads or sockets.
    #[error("the server failed: {0}; try again")]
    Machine(#[from] std::io::Error),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The saved queries cannot be read.
    #[error(transparent)]
    Queries(#[from] SavedError),
    /// The question patterns cannot be read.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// The reader of articles cannot be made.
    #[error(transparent)]
    Reader(#[from] WeightsError),
}

impl Bilingual for ServeError {
    fn zh(&self) -> String {
        match self {
            Self::Taken(address) => {
                let (ip, port) = (address.ip(), address.port().wrapping_add(1));
                format!(
                    "{address} 已被占用，可能已有 `parkgraph serve` 在运行；请停止它，或换一个地址：--bind {ip}:{port}"
                )
            }
            Self::Bind { address, source } => {
                format!("无法监听 {address}（{source}）；请给出本机的地址，例如 --bind 127.0.0.1:7878")
            }
            Self::NoToken => {
                "允许写入时需要客户端出示令牌：请把一个不少于 16 个字符的令牌写入文件，并给出 --token-file FILE"
                    .to_owned()
            }
            Self::ShortToken(path) => format!("{} 中有令牌不足 16 个字符；请换一个更长的", path.display()),
            Self::File { path, source } => format!("无法读取 {}（{source}）；请检查路径", path.display()),
            Self::Machine(error) => format!("服务出错：{error}；请重试"),
            Self::Store(error) => error.zh(),
            Self::Queries(error) => error.zh(),
            Self::Ask(error) => error.zh(),
            Self::Reader(error) => error.zh(),
        }
    }
}
