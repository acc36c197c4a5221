//! A stretch of clean text taken for a name.

use crate::model::{CleanSpan, EntityKind};

/// What a tagged stretch is: a named thing, or a title that a body may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindKind {
    /// The name of an entity.
    Entity(EntityKind),
    /// An honour, list or grade: the object of a designation.
    Honour,
}

impl FindKind {
    /// Every kind, in the order of the taggers' labels.
    pub const ALL: [Self; 8] = [
        Self::Entity(EntityKind::Enterprise),
        Self::Entity(EntityKind::Organization),
        Self::Entity(EntityKind::Park),
        Self::Entity(EntityKind::Project),
        Self::Entity(EntityKind::Policy),
        Self::Entity(EntityKind::Industry),
        Self::Entity(EntityKind::Place),
        Self::Honour,
    ];

    /// Name of the label.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entity(kind) => kind.name(),
            Self::Honour => "Honour",
        }
    }

    /// The kind of entity, if it is one.
    pub fn entity(self) -> Option<EntityKind> {
        match self {
            Self::Entity(kind) => Some(kind),
            Self::Honour => None,
        }
    }

    /// Position in [`Self::ALL`].
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|kind| *kind == self).unwrap_or(Self::ALL.len() - 1)
    }
}

/// One find. Finds are sorted by start, the longer first; a nested one follows the one around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// Where it stands.
    pub span: CleanSpan,
    /// What it is.
    pub kind: FindKind,
    /// Index of the find in whose name it is nested.
    pub within: Option<u32>,
    /// How sure it is, in thousandths.
    pub confidence: u16,
    /// What made it.
    pub rule: &'static str,
}
