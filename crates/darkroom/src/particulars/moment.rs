//! A date as pictures tell it: often without a zone, sometimes without an hour or even a day.

use std::fmt;

use jiff::{civil, tz::Offset};
use serde::{Deserialize, Serialize, de};

/// A moment with no more parts than were told, written as ISO 8601 has it: `1970-04`, `1970-04-13`,
/// `1970-04-13T21:08:00`, `1970-04-13T21:08:00-06:00`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment(String);

impl Moment {
    /// Reads what XMP has (a part of ISO 8601); nothing where it is no date.
    pub fn of_iso(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let (date, clock) = match raw.split_once(['T', ' ']) {
            Some((date, clock)) => (date, Some(clock)),
            None => (raw, None),
        };
        let mut parts = date.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|month| number(month, 2));
        let day = parts.next().map(|day| number(day, 2));
        if parts.next().is_some() {
            return None;
        }
        let told = match (month, day) {
            (None, _) => return (clock.is_none() && year > 0).then(|| Self(format!("{year:04}"))),
            (Some(month), None) => civil_date(year, month?, 1)?.strftime("%Y-%m").to_string(),
            (Some(month), Some(day)) => civil_date(year, month?, day?)?.to_string(),
        };
        match clock.filter(|_| day.is_some()) {
            Some(clock) => Some(Self(told.clone() + &time(clock).unwrap_or_default())),
            None => Some(Self(told)),
        }
    }

    /// Reads EXIF's `1970:04:13 21:08:00` with its offset, where one is told.
    pub fn of_exif(date_time: &str, offset: Option<&str>) -> Option<Self> {
        let (date, clock) = date_time.trim().split_once(' ')?;
        let offset = offset.unwrap_or_default().trim();
        Self::of_iso(&format!("{}T{clock}{offset}", date.replace(':', "-")))
    }

    /// Reads IIM's `19700413` with `210800-0600`, where an hour is told. Noughts stand for what is not known.
    pub fn of_iim(date: &str, clock: Option<&str>) -> Option<Self> {
        let date = date.trim();
        if date.len() != 8 || !date.is_ascii() {
            return None;
        }
        let (year, month, day) = (&date[..4], &date[4..6], &date[6..]);
        match (month, day) {
            ("00", _) => Self::of_iso(year),
            (_, "00") => Self::of_iso(&format!("{year}-{month}")),
            _ => {
                let clock = clock.filter(|clock| clock.len() >= 6 && clock.is_ascii());
                let clock = clock.map(|clock| {
                    let (hms, offset) = clock.split_at(6);
                    format!("T{}:{}:{}{offset}", &hms[..2], &hms[2..4], &hms[4..])
                });
                Self::of_iso(&format!(
                    "{year}-{month}-{day}{}",
                    clock.unwrap_or_default()
                ))
            }
        }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day, where one is told.
    pub fn day(&self) -> Option<civil::Date> {
        self.0.get(..10)?.parse().ok()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = String::deserialize(deserializer)?;
        Self::of_iso(&raw).ok_or_else(|| de::Error::custom("is no moment"))
    }
}

fn civil_date(year: i32, month: i32, day: i32) -> Option<civil::Date> {
    let small = |number: i32| i8::try_from(number).ok();
    civil::Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()
}

/// `21:08`, `21:08:00`, `21:08:00.25`, each with `Z`, `-06:00`, `-0600` or no zone. Seconds are kept whole.
fn time(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let zone = raw.find(['Z', '+', '-']).unwrap_or(raw.len());
    let (clock, zone) = raw.split_at_checked(zone)?;
    let mut parts = clock.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = number(parts.next()?, 2)?;
    let second = match parts.next() {
        Some(second) => number(second.split('.').next()?, 2)?,
        None => 0,
    };
    // A leap second is told as the one before it.
    let small = |number: i32| i8::try_from(number).ok();
    let time = civil::Time::new(small(hour)?, small(minute)?, small(second.min(59))?, 0).ok()?;
    Some(format!("T{time}{}", offset(zone).unwrap_or_default()))
}

fn offset(zone: &str) -> Option<String> {
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("Z", "") => return Some("Z".into()),
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let (hours, minutes) = digits.split_at_checked(2)?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    let is_offset =
        minutes < 60 && Offset::from_seconds(sign * (hours * 60 + minutes) * 60).is_ok();
    let sign = if sign > 0 { '+' } else { '-' };
    is_offset.then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

fn number(digits: &str, count: usize) -> Option<i32> {
    let is_number = digits.len() == count && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}
