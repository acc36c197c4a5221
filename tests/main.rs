//! The program as its users meet it, and the promises of the whole; a module checks one promise.

mod agreement;
mod architecture;
mod asking;
mod bad_input;
mod building;
mod disks;
mod evaluate;
mod explaining;
mod extracting;
mod formats;
mod identity;
mod killing;
mod pages;
mod querying;
mod readers;
mod robustness;
mod scores;
#[cfg(feature = "serve")]
mod serving;
mod support;
mod syncing;
mod validating;
