//! What readers are told when something that ran is changed (NEWSROOM 1.3).

use base::Instant;
use serde::{Deserialize, Serialize};

/// The class of a change, and so its public label. Only some are ours to apologise for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteClass {
    /// The world moved: what is new, in a line.
    Update,
    /// A small slip put right.
    Refile,
    /// We were wrong: what was wrong and what is right.
    Correction,
    /// True but misleading.
    Clarification,
    /// A failure of judgement, framing or sourcing.
    EditorsNote,
}

impl NoteClass {
    /// Whether it belongs in the public log of corrections.
    pub fn is_logged(self) -> bool {
        matches!(
            self,
            Self::Correction | Self::Clarification | Self::EditorsNote
        )
    }

    /// Whether it stands in a box above the text.
    pub fn is_grave(self) -> bool {
        matches!(self, Self::Correction | Self::EditorsNote)
    }
}

/// One note in a story's public history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Its class.
    pub class: NoteClass,
    /// What readers are told.
    pub words: String,
    /// When.
    pub at: Instant,
}
