//! How much an archive held.

use std::collections::BTreeMap;

use super::{Incoming, IncomingState, Kind};

/// What a whole archive held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Stories, pages not among them.
    pub stories: usize,
    /// Standing pages.
    pub pages: usize,
    /// Stories and pages that readers do not see yet.
    pub unpublished: usize,
    /// Records of pictures.
    pub pictures: usize,
    /// People.
    pub people: usize,
    /// Sections.
    pub sections: usize,
    /// Topics.
    pub topics: usize,
    /// Running stories.
    pub running: usize,
    /// Readers' comments kept.
    pub comments: usize,
    /// Members kept.
    pub members: usize,
    /// Warnings given.
    pub warnings: usize,
    /// What was left out, by its kind.
    pub left_out: BTreeMap<String, usize>,
}

impl Summary {
    /// Counts one piece.
    pub fn count(&mut self, piece: &Incoming) {
        match piece {
            Incoming::Site(_) | Incoming::OldPage(_) => {}
            Incoming::Comment(_) => self.comments += 1,
            Incoming::Member(_) => self.members += 1,
            Incoming::Person(_) => self.people += 1,
            Incoming::Section(_) => self.sections += 1,
            Incoming::Topic(_) => self.topics += 1,
            Incoming::Picture(_) => self.pictures += 1,
            Incoming::LiveRunning(_) => self.running += 1,
            Incoming::Warning(_) => self.warnings += 1,
            Incoming::Story(story) => {
                match story.kind {
                    Kind::Story => self.stories += 1,
                    Kind::Page => self.pages += 1,
                }
                self.comments += story.comments.len();
                if !matches!(story.state, IncomingState::Published(_)) {
                    self.unpublished += 1;
                }
            }
        }
    }
}
