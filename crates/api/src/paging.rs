//! Lists a page at a time: how many, and from where on. A cursor names the last line that was read, so that no line is
//! skipped or told twice when others come or go meanwhile.

use base::{Id, Instant, Refusal};
use web::Pairs;

/// How many lines a page of a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When a request names no number.
    pub usual: u32,
    /// At most.
    pub most: u32,
}

/// A page of a list: its lines, and the cursor behind them where there may be more.
pub fn next<T>(lines: &[T], limit: u32, cursor: impl FnOnce(&T) -> String) -> Option<String> {
    let is_full = lines.len() == limit as usize;
    lines.last().filter(|_| is_full).map(cursor)
}

/// How many lines are asked for, as `limit`.
///
/// # Errors
/// `wrong-value` for what is no number, `out-of-range` for none or more than there can be.
pub fn limit(query: &Pairs, span: Span) -> Result<u32, Refusal> {
    let limit = query.read("limit")?.unwrap_or(span.usual);
    if (1..=span.most).contains(&limit) {
        return Ok(limit);
    }
    Err(Refusal::on("limit", "out-of-range")
        .with("least", 1)
        .with("most", span.most))
}

/// The place behind a line that stands where its moment puts it: microseconds, and its id.
pub fn moment_cursor<Kind>(at: Instant, id: Id<Kind>) -> String {
    format!("{}.{id}", at.as_microsecond())
}

/// The moment and id in `after`.
///
/// # Errors
/// `wrong-value` for anything that no answer gave as `next`.
pub fn after_moment<Kind>(query: &Pairs) -> Result<Option<(Instant, Id<Kind>)>, Refusal> {
    let parse = |cursor: &str| {
        let (at, id) = cursor.split_once('.')?;
        let at = Instant::from_microsecond(at.parse().ok()?).ok()?;
        // Nothing here changed before 1970, and PostgreSQL knows no moment before 4713 BC.
        (at >= Instant::UNIX_EPOCH).then_some((at, id.parse().ok()?))
    };
    after(query, parse)
}

/// The place behind a line that stands where its name puts it.
pub fn name_cursor<Kind>(name: &str, id: Id<Kind>) -> String {
    format!("{id}.{name}")
}

/// The name and id in `after`.
///
/// # Errors
/// As [`after_moment`].
pub fn after_name<Kind>(query: &Pairs) -> Result<Option<(String, Id<Kind>)>, Refusal> {
    let parse = |cursor: &str| {
        let (id, name) = cursor.split_once('.')?;
        (!name.contains('\0')).then_some((name.to_string(), id.parse().ok()?))
    };
    after(query, parse)
}

/// A number from 1 on, as a cursor spells it.
pub fn number(cursor: &str) -> Option<u32> {
    let number: u32 = cursor.parse().ok()?;
    (number > 0 && number.to_string() == cursor).then_some(number)
}

/// What `after` says, where it is there.
///
/// # Errors
/// `wrong-value` where `parse` finds no place in it.
pub fn after<T>(
    query: &Pairs,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Refusal> {
    let Some(cursor) = query.get("after") else {
        return Ok(None);
    };
    let unread = || Refusal::on("after", "wrong-value").with("expected", "place");
    parse(cursor).map(Some).ok_or_else(unread)
}
