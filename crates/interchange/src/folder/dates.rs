//! Moments as people write them into front matter.

use base::Instant;
use jiff::{
    civil::{Date, DateTime, Time},
    tz::{Offset, TimeZone},
};

/// Reads `2019-03-27 13:00:00 -0500`, `2015-12-08 10:00:00 -5`, `2021-05-11`, RFC 3339 and the
/// like; `zone` is that of times without one.
pub(super) fn read(text: &str, zone: &TimeZone) -> Option<Instant> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Instant>() {
        return Some(at);
    }
    let date: Date = text.get(..10)?.parse().ok()?;
    let rest = text[10..].trim_start_matches(['T', 't', ' ']);
    let time_end = rest
        .find(|ch: char| !ch.is_ascii_digit() && ch != ':' && ch != '.')
        .unwrap_or(rest.len());
    let (time, offset) = rest.split_at(time_end);
    let civil = DateTime::from_parts(date, time_of(time)?);
    match offset.trim() {
        "" => civil
            .to_zoned(zone.clone())
            .ok()
            .map(|zoned| zoned.timestamp()),
        "Z" | "z" | "UTC" | "GMT" => Offset::UTC.to_timestamp(civil).ok(),
        offset => offset_of(offset)?.to_timestamp(civil).ok(),
    }
}

fn time_of(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let mut next = || match parts.next() {
        None | Some("") => Some(0),
        Some(part) => part.split('.').next()?.parse::<i8>().ok(),
    };
    Time::new(next()?, next()?, next()?, 0).ok()
}

/// `-5`, `-05`, `-0500`, `+05:30`.
fn offset_of(text: &str) -> Option<Offset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        3 | 4 => digits.split_at(digits.len() - 2),
        _ => return None,
    };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(sign * seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let found = read(text, &TimeZone::UTC).map(|at| at.to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        check("2019-03-27 13:00:00 -0500", Some("2019-03-27T18:00:00Z"));
        check("2015-12-08 10:00:00 -5", Some("2015-12-08T15:00:00Z"));
        check("2021-05-11", Some("2021-05-11T00:00:00Z"));
        check("1970-04-13T21:44:00-06:00", Some("1970-04-14T03:44:00Z"));
        check("2021-05-11T10:30Z", Some("2021-05-11T10:30:00Z"));
        check("2021-05-11 10:30 +05:30", Some("2021-05-11T05:00:00Z"));
        check("yesterday", None);
        check("2021-13-11", None);
        check("2021-01-11 99:00", None);
    }
}
