//! Judges which of the things found are related, and how.

mod candidate;
mod company;
mod ends;
mod figure;
mod judge;
mod near;
mod network;
mod numbers;
pub mod observation;
mod pair;
mod scene;
mod status;
mod subject;
mod telling;
mod thing;

pub use candidate::{Candidate, End, candidates};
pub use company::{Company, company};
pub use figure::{FigureJudges, JudgedFigure, Standing, judge_figures};
pub use judge::{Knowledge, RelationJudge, RelationJudges, Statement, judge};
pub use scene::{Item, ItemKind, Scene, Seats, Section, Sum};
pub use subject::{SubjectOption, subject_options};
pub use thing::{ThingJudge, ThingJudges, Things, thing_margins};
