//! Every integration test in one binary; a module checks one promise.

mod agreement;
mod architecture;
mod bad_input;
mod building;
mod disks;
mod evaluate;
mod extracting;
mod killing;
mod querying;
mod robustness;
mod support;
