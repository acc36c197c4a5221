//! The program as its users meet it.

mod asking;
mod bad_input;
mod building;
mod disks;
mod extracting;
mod killing;
mod querying;
mod readers;
mod support;
