//! Moments in words, in the page's language and the newsroom's zone.

use base::{Instant, Language};
use jiff::tz::TimeZone;
use serde::Serialize;
use web::{Fact, Words};

/// A moment for machines and for people.
#[derive(Clone, Debug, Serialize)]
pub struct When {
    /// RFC 3339 with the newsroom's offset.
    pub iso: String,
    /// In words.
    pub words: String,
}

/// How much of a moment is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The day.
    Day,
    /// The day and the time.
    Time,
    /// The time alone.
    TimeOnly,
    /// Day and month, without the year.
    DayOfYear,
}

/// RFC 3339 with the offset of the zone.
pub fn iso(zone: &TimeZone, at: Instant) -> String {
    let local = at.to_zoned(zone.clone());
    local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Says when, in a language and zone.
pub struct Saying<'a> {
    /// The words.
    pub words: &'a Words,
    /// The page's language.
    pub language: &'a Language,
    /// The newsroom's zone.
    pub zone: &'a TimeZone,
}

impl Saying<'_> {
    /// The moment in words.
    pub fn when(&self, at: Instant, detail: Detail) -> When {
        let local = at.to_zoned(self.zone.clone());
        let key = match detail {
            Detail::Day => "date-day",
            Detail::Time => "date-time",
            Detail::TimeOnly => "date-time-only",
            Detail::DayOfYear => "date-day-of-year",
        };
        let month = self.month(local.month());
        let facts = [
            ("day", Fact::from(local.day().to_string())),
            ("month", Fact::from(month)),
            ("year", Fact::from(local.year().to_string())),
            ("time", Fact::from(local.strftime("%H:%M").to_string())),
        ];
        When {
            iso: iso(self.zone, at),
            words: self.words.say(self.language, key, &facts),
        }
    }

    /// A day of the calendar in words.
    pub fn day(&self, day: jiff::civil::Date) -> String {
        let facts = [
            ("day", Fact::from(day.day().to_string())),
            ("month", Fact::from(self.month(day.month()))),
        ];
        self.words.say(self.language, "date-day-of-year", &facts)
    }

    /// A day of the calendar with its year, in words.
    pub fn full_day(&self, day: jiff::civil::Date) -> String {
        let facts = [
            ("day", Fact::from(day.day().to_string())),
            ("month", Fact::from(self.month(day.month()))),
            ("year", Fact::from(day.year().to_string())),
        ];
        self.words.say(self.language, "date-day", &facts)
    }

    /// A month of a year in words.
    pub fn month_of_year(&self, year: i16, month: i8) -> String {
        let facts = [
            ("month", Fact::from(self.month(month))),
            ("year", Fact::from(year.to_string())),
        ];
        self.words.say(self.language, "date-month", &facts)
    }

    /// The name of a month.
    pub fn month(&self, month: i8) -> String {
        self.words
            .say(self.language, &format!("month-{month}"), &[])
    }
}
