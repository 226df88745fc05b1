//! ninjs 1.x, 2.x and 3.x of the IPTC: one item, an array of items, or a folder's file of either.
//!
//! Wire copy waits for the desk: a usable item becomes a draft, one withheld is for the staff's eyes, one
//! cancelled is thrown away. The document as it came is kept beside the story, so that no field of it is lost.

mod item;

use serde_json::Value;

use crate::{
    handing::Handing,
    incoming::{Incoming, Summary, Take, Unread},
    margin::Margin,
};

pub use item::Generation;

/// Bytes of one file. A day of an agency's text with its associations has a few dozen megabytes.
pub const MAX_FILE: usize = 64 * 1024 * 1024;
/// Under which name the document as it came is kept beside its story.
pub const KEPT: &str = "ninjs";

/// Reads a file of one item or an array of them and hands over its stories in order. All are judged before
/// the first is handed over.
///
/// # Errors
/// [`Unread::Refused`] when the file is too large, is no JSON or an item breaks a rule, with the item, the
/// field and the rule; [`Unread::Stopped`] when `take` wants no more.
pub fn read(bytes: &[u8], take: &mut Take) -> Result<Summary, Unread> {
    if bytes.len() > MAX_FILE {
        let why = format!("the file is larger than {MAX_FILE} bytes, the most that is read");
        return Err(Unread::Refused(why));
    }
    let whole: Value = serde_json::from_slice(bytes)
        .map_err(|error| Unread::Refused(format!("it is no JSON: {error}")))?;
    let items = match whole {
        Value::Array(items) => items,
        one => vec![one],
    };
    let mut read = Vec::new();
    for (nth, item) in items.into_iter().enumerate() {
        let place = format!("item {}", nth + 1);
        let mut margin = Margin::new("ninjs");
        let story = item::read(item, &place, &mut margin)
            .map_err(|why| Unread::Refused(format!("{place}: {why}")))?;
        read.push((story, margin));
    }
    let mut out = Handing::to(take);
    for (story, margin) in read {
        let place = story.place.clone();
        out.hand(Incoming::Story(Box::new(story)))?;
        for warning in margin.into_warnings(&place) {
            out.hand(Incoming::Warning(warning))?;
        }
    }
    Ok(out.summary)
}

#[cfg(test)]
mod tests;
