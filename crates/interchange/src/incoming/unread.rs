//! How a reading ends before the archive does.

use std::fmt;

use super::Incoming;

/// The receiver of the pieces wants no more of them; the sentence says why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Stop(pub String);

/// Who receives the pieces.
pub type Take<'a> = dyn FnMut(Incoming) -> Result<(), Stop> + 'a;

/// Why an archive was not read to its end. What was handed over before stays valid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It is no archive of this kind; nothing was handed over.
    #[error("{0}")]
    Refused(String),
    /// It broke off or is damaged.
    #[error("{0}")]
    Broken(Broken),
    /// The receiver stopped it.
    #[error("{0}")]
    Stopped(Stop),
}

impl From<Stop> for Unread {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

/// Where an archive is damaged.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Broken {
    /// The line of the unpacked file, from 1; nought when it could not be read as far as a line.
    pub line: u64,
    /// The item there, or the last one before: `item 12, “The bridge reopens”`.
    pub item: Option<String>,
    /// What is wrong and what can be done.
    pub why: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        f.write_str(&self.why)?;
        match &self.item {
            Some(item) => write!(f, " ({item})"),
            None => Ok(()),
        }
    }
}
