//! Time comes in as a value: only `main` and the server hold the real clock, tests move their own.

use std::sync::Arc;

/// A moment, UTC. The database keeps microseconds, so [`Clock::now`] never gives finer ones.
pub type Instant = jiff::Timestamp;

/// Earlier than anything a newsroom dates, and a date to both databases (PostgreSQL begins in
/// 4713 BC): where a walk through time begins.
pub const EARLIEST: Instant = Instant::constant(-100_000_000_000, 0);

/// Something that can be asked what time it is.
pub trait Clock: Send + Sync {
    /// The present moment, cut to whole microseconds.
    fn now(&self) -> Instant;
}

/// A clock to hand around.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's own clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        to_micros(Instant::now())
    }
}

/// Cuts a moment to the microseconds that both databases can keep.
pub fn to_micros(at: Instant) -> Instant {
    Instant::from_microsecond(at.as_microsecond()).unwrap_or(at)
}
