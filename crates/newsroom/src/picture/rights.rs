//! Whether a picture may run: a pure function of its record and the hour.

use base::Instant;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::Picture;

/// So long before its term ends a picture is said to be lapsing: time to ask for more, 30 days.
pub const LAPSING: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How a picture's rights stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rights {
    /// It may run.
    Fine,
    /// Nobody is credited.
    NoCredit,
    /// It may run, and not for long.
    Lapsing,
    /// Its term is over.
    Lapsed,
    /// Somebody pulled it.
    Pulled,
}

/// Why a picture was taken from readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Somebody pulled it.
    Pulled,
    /// Its term is over.
    Lapsed,
}

impl Picture {
    /// How its rights stand at this hour.
    pub fn rights(&self, now: Instant) -> Rights {
        let soon = now.saturating_add(LAPSING).unwrap_or(now);
        let ends = self.lapses_at.unwrap_or(Instant::MAX);
        if self
            .pull
            .as_ref()
            .is_some_and(|pull| pull.why == Why::Pulled)
        {
            Rights::Pulled
        } else if ends <= now {
            Rights::Lapsed
        } else if ends <= soon {
            Rights::Lapsing
        } else if self.fields.credit.is_none() {
            Rights::NoCredit
        } else {
            Rights::Fine
        }
    }
}
