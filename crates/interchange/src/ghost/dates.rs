//! Moments as Ghost writes them: milliseconds up to 0.11, then ISO 8601 or SQL, always UTC.

use base::Instant;
use jiff::{civil::DateTime, tz::Offset};
use serde_json::Value;

/// The moment that a value names.
pub(super) fn moment(value: &Value) -> Option<Instant> {
    match value {
        Value::Number(number) => {
            let whole = number.as_i64();
            millis(whole.or_else(|| number.as_f64().map(|number| number as i64))?)
        }
        Value::String(text) => written(text.trim()),
        _ => None,
    }
}

fn written(text: &str) -> Option<Instant> {
    if text.len() > 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return millis(text.parse().ok()?);
    }
    if text.starts_with("0000") {
        return None;
    }
    text.parse().ok().or_else(|| {
        let civil: DateTime = text.replacen(' ', "T", 1).parse().ok()?;
        Offset::UTC.to_timestamp(civil).ok()
    })
}

/// Nought means no date: a column that was never filled.
fn millis(millis: i64) -> Option<Instant> {
    (millis != 0)
        .then(|| Instant::from_millisecond(millis).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(value: Value, expected: Option<&str>) {
        let found = moment(&value).map(|at| at.to_string());
        assert_eq!(found.as_deref(), expected, "{value}");
    }

    #[test]
    fn a_moment_is_read_however_a_version_wrote_it() {
        check(json!(1388318310783i64), Some("2013-12-29T11:58:30.783Z"));
        check(json!("1388318310783"), Some("2013-12-29T11:58:30.783Z"));
        check(json!(1388318310783.0), Some("2013-12-29T11:58:30.783Z"));
        check(
            json!("2021-03-24T04:34:10.000Z"),
            Some("2021-03-24T04:34:10Z"),
        );
        check(
            json!("2021-03-24T06:34:10+02:00"),
            Some("2021-03-24T04:34:10Z"),
        );
        check(json!("2017-09-01 12:30:05"), Some("2017-09-01T12:30:05Z"));
        check(json!("2017-09-01"), Some("2017-09-01T00:00:00Z"));
        for nothing in [
            json!(null),
            json!(0),
            json!(""),
            json!("soon"),
            json!("0000-00-00 00:00:00"),
            json!({}),
            json!(1e300),
        ] {
            check(nothing, None);
        }
    }
}
