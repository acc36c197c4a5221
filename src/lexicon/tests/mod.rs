//! What fires and what does not, and that the shipped files are sound.

mod cases;
mod folder;
mod shipped;
