//! What is said of a setting that cannot be used.

use std::fmt;

/// A setting that cannot be used, and why: one clear line (PROOFS F-34).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The setting, or the file.
    pub setting: String,
    /// What is wrong, and what it takes.
    pub why: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.setting, self.why)
    }
}
impl std::error::Error for Wrong {}

pub(super) fn wrong(setting: impl Into<String>, why: impl fmt::Display) -> Wrong {
    Wrong {
        setting: setting.into(),
        why: why.to_string(),
    }
}
