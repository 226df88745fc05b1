//! What an import did, in counts and warnings.

use serde::Serialize;

use crate::incoming::Warning;

/// Warnings listed one by one; beyond these they are counted.
pub const MAX_WARNINGS: usize = 10_000;

/// Counts of one run. A second run over the same archive counts nothing but `unchanged`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Published stories that are new here.
    pub stories: usize,
    /// Stories not yet published that are new here.
    pub drafts: usize,
    /// Stories waiting for their hour that are new here.
    pub scheduled: usize,
    /// Standing pages that are new here.
    pub pages: usize,
    /// Old addresses that lead on from now on.
    pub redirects: usize,
    /// Pieces left out, each with a warning that says why.
    pub skipped: usize,
    /// Stories and files that may hold one, left out whole because they could not be taken. What the
    /// old site itself had thrown away is not among them.
    pub left_out: usize,
    /// Stories that were here and changed at their source.
    pub changed: usize,
    /// Stories that were here, just so.
    pub unchanged: usize,
    /// Stories taken back because their source called them off.
    pub called_off: usize,
    /// Records of pictures that are new here.
    pub pictures: usize,
    /// People met.
    pub people: usize,
    /// Sections met.
    pub sections: usize,
    /// Running stories met.
    pub running: usize,
    /// Live entries met.
    pub entries: usize,
    /// Readers' comments that are new here or changed, kept for later.
    pub comments: usize,
    /// Comments met whose story is not here; they are kept by its address.
    pub comments_without_story: usize,
    /// Members that are new here or changed, kept for later.
    pub members: usize,
    /// What was not understood, changed or left out.
    pub warnings: Vec<Listed>,
    /// Warnings beyond [`MAX_WARNINGS`].
    pub more_warnings: usize,
}

/// A warning as reports list it.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// Where.
    #[serde(rename = "where")]
    pub place: String,
    /// What.
    pub what: String,
    /// Why, and what became of it.
    pub why: String,
}

impl Report {
    /// Adds a warning.
    pub fn warn(&mut self, warning: Warning) {
        if self.warnings.len() >= MAX_WARNINGS {
            self.more_warnings += 1;
            return;
        }
        let Warning { place, what, why } = warning;
        self.warnings.push(Listed { place, what, why });
    }

    /// Leaves a piece out, and says why.
    pub fn skip(&mut self, warning: Warning) {
        self.skipped += 1;
        self.warn(warning);
    }

    /// How many stories and pages are new or changed: what readers may notice.
    pub fn landed(&self) -> usize {
        self.stories + self.drafts + self.scheduled + self.pages + self.changed + self.called_off
    }
}

/// That something has no name an address could be made of.
pub(super) fn unnamed(what: &str, key: &str) -> Warning {
    Warning {
        place: key.into(),
        what: what.into(),
        why: "its name holds no letter an address could be made of; it was left out".into(),
    }
}
