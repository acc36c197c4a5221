//! Pairs of names, decided by the whole chain.
