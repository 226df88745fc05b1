//! A clock that only a test moves.

use std::sync::{Mutex, PoisonError};

use base::Instant;
use jiff::SignedDuration;

/// When every newsroom of these tests opens: a Sunday at noon, in the middle of a month.
pub const OPENS: Instant = Instant::constant(1_795_348_800, 0);

/// The newsroom's clock.
pub struct Clock(Mutex<Instant>);

impl Default for Clock {
    fn default() -> Self {
        Self(Mutex::new(OPENS))
    }
}

impl base::Clock for Clock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock {
    /// Moves to this moment, such as `2026-12-01T00:00:00Z`.
    ///
    /// # Panics
    /// When the text is no moment.
    pub fn moves_to(&self, moment: &str) {
        let moment = moment.parse().expect("a moment as in RFC 3339");
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = moment;
    }

    /// Lets so much time pass.
    pub fn passes(&self, span: SignedDuration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += span;
    }
}

/// Spans of time as one says them.
pub trait Spans {
    /// So many seconds.
    fn seconds(self) -> SignedDuration;
    /// So many hours.
    fn hours(self) -> SignedDuration;
    /// So many days.
    fn days(self) -> SignedDuration;
}

impl Spans for i64 {
    fn seconds(self) -> SignedDuration {
        SignedDuration::from_secs(self)
    }

    fn hours(self) -> SignedDuration {
        SignedDuration::from_hours(self)
    }

    fn days(self) -> SignedDuration {
        SignedDuration::from_hours(24 * self)
    }
}
