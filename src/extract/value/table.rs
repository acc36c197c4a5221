//! Bare numbers in the cells of a table whose header tells their unit.
