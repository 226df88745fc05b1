//! A clock that only a test moves.

use std::sync::{Mutex, PoisonError};

use base::Instant;
use jiff::SignedDuration;

/// When every newsroom of these tests opens: a Sunday at noon, in the middle of a month.
pub const OPENS: Instant = Instant::constant(1_795_348_800, 0);

/// The newsroom's clock.
pub struct Clock {
    now: Mutex<Instant>,
    /// How many more readings there are before the one that panics.
    breaks_after: Mutex<Option<u32>>,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            now: Mutex::new(OPENS),
            breaks_after: Mutex::default(),
        }
    }
}

impl base::Clock for Clock {
    fn now(&self) -> Instant {
        let breaks = {
            let mut left = lock(&self.breaks_after);
            let breaks = *left == Some(0);
            *left = left.and_then(|left| left.checked_sub(1));
            breaks
        };
        assert!(!breaks, "the clock was told to break");
        *lock(&self.now)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Clock {
    /// Moves to this moment, such as `2026-12-01T00:00:00Z`.
    ///
    /// # Panics
    /// When the text is no moment.
    pub fn moves_to(&self, moment: &str) {
        let moment = moment.parse().expect("a moment as in RFC 3339");
        *lock(&self.now) = moment;
    }

    /// Panics once in whoever asks for the time after so many others have: a fault in the middle of work.
    pub fn breaks_after(&self, readings: u32) {
        *lock(&self.breaks_after) = Some(readings);
    }

    /// Whether the panic that was ordered is still to come; it will not come after this.
    pub fn mends(&self) -> bool {
        lock(&self.breaks_after).take().is_some()
    }

    /// Lets so much time pass.
    pub fn passes(&self, span: SignedDuration) {
        *lock(&self.now) += span;
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
