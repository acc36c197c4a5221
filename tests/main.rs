//! Every integration test in one binary; a module checks one promise.

mod architecture;
mod evaluate;
