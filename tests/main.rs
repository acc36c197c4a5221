//! The program as its users meet it.

mod bad_input;
mod building;
mod disks;
mod extracting;
mod killing;
mod querying;
mod support;
