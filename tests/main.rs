//! The program as its users meet it, and the promises of the whole; a module checks one promise.

mod agreement;
mod architecture;
mod asking;
mod bad_input;
mod building;
mod disks;
mod evaluate;
mod extracting;
mod killing;
mod querying;
mod readers;
mod robustness;
#[cfg(feature = "serve")]
mod serving;
mod support;
