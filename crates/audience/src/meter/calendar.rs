//! The publisher's days and months: the meter counts by calendar month, the allowance by day.

use std::sync::{PoisonError, RwLock};

use base::{Fault, Instant, no::Doing};
use jiff::{civil::Date, tz::TimeZone};

/// The day that a moment falls on in the publisher's zone, and the month around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today {
    /// Which day, in days since 1 January 1970 of the civil calendar.
    pub day: u16,
    /// The first day of the month, counted likewise.
    pub period_start: u16,
    /// The day's first moment.
    pub begins: Instant,
    /// The next day's first moment.
    pub ends: Instant,
    /// The next month's first moment, when the meter starts anew.
    pub period_ends: Instant,
}

impl Today {
    /// The day of `now` in `zone`. Where the clocks change at midnight, a day begins when it begins.
    ///
    /// # Errors
    /// When the moment lies at the end of the calendar (the year 9999).
    pub fn at(now: Instant, zone: &TimeZone) -> Result<Self, Fault> {
        let date = now.to_zoned(zone.clone()).date();
        let first_moment = |date: Date| {
            let midnight = date.to_zoned(zone.clone());
            midnight
                .map(|day| day.timestamp())
                .doing("finding the first moment of a day")
        };
        let tomorrow = date.tomorrow().doing("finding the next day")?;
        let month_ends = date
            .last_of_month()
            .tomorrow()
            .doing("finding the next month")?;
        Ok(Self {
            day: days_since_1970(date),
            period_start: days_since_1970(date.first_of_month()),
            begins: first_moment(date)?,
            ends: first_moment(tomorrow)?,
            period_ends: first_moment(month_ends)?,
        })
    }

    /// Whether `now` falls on this day.
    pub fn holds(&self, now: Instant) -> bool {
        self.begins <= now && now < self.ends
    }
}

/// Days since 1 January 1970; what does not fit two bytes (before it, after 2149) sticks to the ends.
fn days_since_1970(date: Date) -> u16 {
    // Two civil midnights without a zone are whole days apart.
    let epoch = Date::constant(1970, 1, 1);
    let days = date.duration_since(epoch).as_hours() / 24;
    u16::try_from(days.max(0)).unwrap_or(u16::MAX)
}

/// Remembers the present day, because finding it costs more than all of the meter's cryptography.
pub(super) struct Calendar {
    zone: TimeZone,
    today: RwLock<Option<Today>>,
}

impl Calendar {
    pub(super) fn new(zone: TimeZone) -> Self {
        Self {
            zone,
            today: RwLock::new(None),
        }
    }

    /// The day of `now`.
    ///
    /// # Errors
    /// As [`Today::at`].
    pub(super) fn today(&self, now: Instant) -> Result<Today, Fault> {
        let remembered = *self.today.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(today) = remembered.filter(|today| today.holds(now)) {
            return Ok(today);
        }
        let today = Today::at(now, &self.zone)?;
        *self.today.write().unwrap_or_else(PoisonError::into_inner) = Some(today);
        Ok(today)
    }
}
