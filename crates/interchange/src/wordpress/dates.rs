//! Moments as WordPress writes them: UTC where it has one, else local time, else the feed's.

use base::Instant;
use jiff::{civil::DateTime, tz::Offset};

use super::xml::Item;

/// A moment of an item, and whether its zone had to be assumed.
pub(super) struct Moment {
    /// The moment.
    pub at: Instant,
    /// Whether only a local time was there, of a zone not known.
    pub assumed: bool,
}

/// When the item was (or will be) published, by the best of its dates.
pub(super) fn published(item: &Item, offset: Option<i64>) -> Option<Moment> {
    certain(utc(item.field("wp:post_date_gmt")))
        .or_else(|| certain(feed_date(item.field("pubDate"))))
        .or_else(|| local(item.field("wp:post_date"), offset))
}

/// When the item was last changed.
pub(super) fn modified(item: &Item, offset: Option<i64>) -> Option<Instant> {
    utc(item.field("wp:post_modified_gmt"))
        .or_else(|| local(item.field("wp:post_modified"), offset).map(|moment| moment.at))
}

/// Seconds that the site's clock is ahead of UTC, where an item tells both times.
pub(super) fn offset(item: &Item) -> Option<i64> {
    let local = civil(item.field("wp:post_date"))?
        .to_zoned(jiff::tz::TimeZone::UTC)
        .ok()?;
    let utc = utc(item.field("wp:post_date_gmt"))?;
    let seconds = local.timestamp().as_second() - utc.as_second();
    // Zones lie between -12 and +14 hours; anything else is a date changed by hand.
    (-12 * 3600..=14 * 3600)
        .contains(&seconds)
        .then_some(seconds)
}

fn certain(at: Option<Instant>) -> Option<Moment> {
    at.map(|at| Moment { at, assumed: false })
}

fn local(text: &str, offset: Option<i64>) -> Option<Moment> {
    let seconds = i32::try_from(offset.unwrap_or(0)).ok()?;
    let zone = Offset::from_seconds(seconds).ok()?;
    Some(Moment {
        at: zone.to_timestamp(civil(text)?).ok()?,
        assumed: offset.is_none(),
    })
}

fn utc(text: &str) -> Option<Instant> {
    Offset::UTC.to_timestamp(civil(text)?).ok()
}

/// `2012-01-05 14:30:46`; nought for a year means no date.
fn civil(text: &str) -> Option<DateTime> {
    if text.starts_with("0000") || text.starts_with('-') {
        return None;
    }
    text.replacen(' ', "T", 1).parse().ok()
}

/// `Thu, 05 Jan 2012 14:30:46 +0000`; drafts have the year -1 or 1999 there, with no meaning.
fn feed_date(text: &str) -> Option<Instant> {
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let nothing = text.contains("30 Nov 1999 00:00:00") || text.contains("30 Nov -0001");
    (!nothing).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fields: &[(&str, &str)], offset: Option<i64>, expected: Option<&str>) {
        let mut item = Item::default();
        for (name, text) in fields {
            item.fields.insert((*name).into(), (*text).into());
        }
        let found = published(&item, offset).map(|moment| moment.at.to_string());
        assert_eq!(found.as_deref(), expected, "{fields:?}");
    }

    #[test]
    fn the_best_date_is_taken() {
        let none = "0000-00-00 00:00:00";
        let gmt = ("wp:post_date_gmt", "2012-01-05 14:30:46");
        check(
            &[gmt, ("wp:post_date", "2012-01-05 09:30:46")],
            None,
            Some("2012-01-05T14:30:46Z"),
        );
        check(
            &[
                ("wp:post_date_gmt", none),
                ("wp:post_date", "2012-01-05 09:30:46"),
            ],
            Some(-18_000),
            Some("2012-01-05T14:30:46Z"),
        );
        check(
            &[("pubDate", "Thu, 05 Jan 2012 14:30:46 +0000")],
            None,
            Some("2012-01-05T14:30:46Z"),
        );
        check(
            &[
                ("pubDate", "Mon, 30 Nov -0001 00:00:00 +0000"),
                ("wp:post_date", none),
            ],
            None,
            None,
        );
        check(
            &[("wp:post_date", "2012-01-05")],
            None,
            Some("2012-01-05T00:00:00Z"),
        );
        check(&[("wp:post_date", "soon")], None, None);
    }
}
