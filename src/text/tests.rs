//! Cases and invariants of reading as a whole.
