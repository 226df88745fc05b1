//! Moments as feeds write them: RFC 3339 and its shorter forms, RFC 822 and what is made of it.

use base::Instant;
use jiff::{
    civil::{Date, DateTime, Time},
    tz::Offset,
};

/// Characters of a date; the longest honest one has some fifty.
const MAX_DATE: usize = 100;
/// Two digits below this are of this century (RFC 2822 section 4.3).
const CENTURY: i16 = 50;

/// A moment, and whether its zone had to be assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// The moment.
    pub at: Instant,
    /// Whether the zone is missing or not known; then UTC was assumed.
    pub assumed: bool,
}

/// Reads a date in any of the forms met in feeds; `None` when there is no making it out.
pub(super) fn read(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_DATE {
        return None;
    }
    w3c(text).or_else(|| mail(text))
}

/// `2012-01-05T14:30:46Z`, `2012-01-05 14:30 +0100`, `2012-01-05`, `2012-01` (W3C-DTF).
fn w3c(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    if bytes.len() < 7 || !bytes[..4].iter().all(u8::is_ascii_digit) || bytes[4] != b'-' {
        return None;
    }
    let (date, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    let date: Date = match date.len() {
        7 => format!("{date}-01").parse().ok()?,
        _ => date.parse().ok()?,
    };
    let rest = rest.trim_start_matches(['T', 't', ' ']).trim();
    let end = rest
        .find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, ':' | '.' | ',')))
        .unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    let time = match clock {
        "" => Time::midnight(),
        clock => time(clock, None)?,
    };
    moment(date.to_datetime(time), zone.trim())
}

/// `Thu, 05 Jan 2012 14:30:46 +0000` and its kin: the weekday wrong or missing, two digits of a year,
/// months in full, no seconds, AM and PM, zones by name, `Thu Jan  5 14:30:46 2012`.
fn mail(text: &str) -> Option<Moment> {
    let text = without_comments(text);
    let mut parts = Parts::default();
    for word in text
        .split([' ', ',', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
    {
        parts.take(word);
    }
    let date = Date::new(parts.year?, parts.month?, parts.day?).ok()?;
    let time = match &parts.clock {
        Some(clock) => time(clock, parts.afternoon)?,
        None => Time::midnight(),
    };
    moment(date.to_datetime(time), &parts.zone)
}

#[derive(Default)]
struct Parts {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    clock: Option<String>,
    afternoon: Option<bool>,
    zone: String,
}

impl Parts {
    fn take(&mut self, word: &str) {
        let signed = word.strip_prefix(['+', '-']);
        let is_number = word.starts_with(|ch: char| ch.is_ascii_digit());
        if word.contains(':') && is_number {
            // A zone may be glued to the clock: 14:30:46+0100, 14:30Z. It is shorter than the word,
            // so that this comes to an end.
            let end = word.find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, ':' | '.')));
            let (clock, zone) = word.split_at(end.unwrap_or(word.len()));
            self.clock = Some(clock.into());
            if !zone.is_empty() {
                self.take(zone);
            }
        } else if signed.is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_digit())) {
            self.zone = word.into();
        } else if is_number {
            self.number(word);
        } else {
            self.name(word);
        }
    }

    fn number(&mut self, word: &str) {
        if let Some((day, rest)) = word.split_once('-') {
            // 05-Jan-2012
            self.take(day);
            rest.split('-').for_each(|part| self.take(part));
            return;
        }
        let digits = word.trim_end_matches(|ch: char| !ch.is_ascii_digit());
        let Ok(number) = digits.parse::<i16>() else {
            return;
        };
        match (self.day, self.year) {
            (None, _) if (1..=31).contains(&number) => self.day = i8::try_from(number).ok(),
            (_, None) if number >= 100 => self.year = Some(number),
            (_, None) if number < CENTURY => self.year = Some(2000 + number),
            (_, None) => self.year = Some(1900 + number),
            _ => {}
        }
    }

    fn name(&mut self, word: &str) {
        const MONTHS: [&str; 12] = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ];
        let lower = word.trim_end_matches('.').to_ascii_lowercase();
        match lower.as_str() {
            "am" => return self.afternoon = Some(false),
            "pm" => return self.afternoon = Some(true),
            _ => {}
        }
        let month = MONTHS.iter().position(|month| lower.starts_with(month));
        if let (Some(month), None) = (month, self.month) {
            self.month = i8::try_from(month + 1).ok();
        } else if self.clock.is_some() && self.zone.is_empty() {
            self.zone = word.into();
        }
    }
}

/// Comments stand in brackets (RFC 822 section 3.4.3): `(Central European Time)`.
fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|ch| {
            match ch {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

fn time(clock: &str, afternoon: Option<bool>) -> Option<Time> {
    let clock = clock.split(['.', ',']).next()?;
    let mut parts = clock.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute) = (parts.next()??, parts.next().unwrap_or(Some(0))?);
    let second = parts.next().unwrap_or(Some(0))?;
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    // A leap second is the last one of its minute here.
    Time::new(hour, minute, second.min(59), 0).ok()
}

fn moment(local: DateTime, zone: &str) -> Option<Moment> {
    let offset = offset(zone);
    let at = offset.unwrap_or(Offset::UTC).to_timestamp(local).ok()?;
    Some(Moment {
        at,
        assumed: offset.is_none(),
    })
}

/// A zone as numbers or by the names of RFC 822, with those of Europe that feeds use.
fn offset(zone: &str) -> Option<Offset> {
    let minutes = match zone.to_ascii_uppercase().as_str() {
        "Z" | "GMT" | "UT" | "UTC" | "WET" => 0,
        "EST" => -5 * 60,
        "EDT" => -4 * 60,
        "CST" => -6 * 60,
        "CDT" => -5 * 60,
        "MST" => -7 * 60,
        "MDT" => -6 * 60,
        "PST" => -8 * 60,
        "PDT" => -7 * 60,
        "CET" | "MEZ" | "WEST" => 60,
        "CEST" | "MESZ" | "EET" => 2 * 60,
        "EEST" | "MSK" => 3 * 60,
        other => numeric(other)?,
    };
    Offset::from_seconds(minutes * 60).ok()
}

/// `+0100`, `-05:30`, `+1`, `GMT+0100`.
fn numeric(zone: &str) -> Option<i32> {
    let zone = zone.trim_start_matches("GMT").trim_start_matches("UTC");
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = zone[1..].chars().filter(|ch| *ch != ':').collect();
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number, 0),
        _ => (number / 100, number % 100),
    };
    // Zones lie between -12 and +14 hours; `-00:00` says that the zone is not known, and means UTC.
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, at: &str) {
        let found = read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (found.at.to_string().as_str(), found.assumed),
            (at, false),
            "{text}"
        );
    }

    #[track_caller]
    fn check_assumed(text: &str, at: &str) {
        let found = read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (found.at.to_string().as_str(), found.assumed),
            (at, true),
            "{text}"
        );
    }

    #[test]
    fn a_date_is_read_in_every_form_that_feeds_write_it_in() {
        let at = "2012-01-05T14:30:46Z";
        check("Thu, 05 Jan 2012 14:30:46 +0000", at);
        check("Thu, 5 Jan 2012 09:30:46 EST", at);
        check("Fri, 05 January 12 15:30:46 +01:00", at);
        check(
            "5 Jan 2012 15:30:46 CET (Central European (winter) Time)",
            at,
        );
        check("Thu, 05-Jan-2012 14:30:46 GMT", at);
        check("Thu Jan  5 14:30:46 UTC 2012", at);
        check("January 5, 2012 2:30:46 PM GMT", at);
        check("Thu, 05 Jan 2012 14:30:46Z", at);
        check("2012-01-05T14:30:46Z", at);
        check("2012-01-05T15:30:46.123+0100", at);
        check("2012-01-05 14:30:46 UTC", at);
        check("2012-01-05t04:30:46-10:00", at);
        check("Thu, 05 Jan 2012 14:30 GMT", "2012-01-05T14:30:00Z");
        check("31 Dec 1998 23:59:60 GMT", "1998-12-31T23:59:59Z");
        check("05 Jan 98 12:00:00 GMT", "1998-01-05T12:00:00Z");
    }

    #[test]
    fn a_date_without_a_zone_that_is_known_is_taken_as_utc_and_says_so() {
        check_assumed("2012-01-05", "2012-01-05T00:00:00Z");
        check_assumed("2012-01", "2012-01-01T00:00:00Z");
        check_assumed("2012-01-05T14:30:46", "2012-01-05T14:30:46Z");
        check_assumed("Thu, 05 Jan 2012 14:30:46", "2012-01-05T14:30:46Z");
        check_assumed("Thu, 05 Jan 2012 14:30:46 XYZ", "2012-01-05T14:30:46Z");
        check_assumed("05 Jan 2012", "2012-01-05T00:00:00Z");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "Thu, 32 Jan 2012 00:00:00 GMT",
            "2012-13-01",
            "12345",
            "a:b",
            "Sat, 04 May x5:00:00 +0200",
            "::",
            "+",
            "2012-1é-05",
            "5 Jan 99999 10:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
