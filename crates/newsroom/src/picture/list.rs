//! The library: pictures found by words, credit, place, date and rights.

use base::{Fault, Id, Instant, No, Refusal};
use store::{Db, params};

use super::{
    Picture, PictureId, picture_from,
    rights::{LAPSING, Rights},
    sql::LIST_PICTURES,
};
use crate::story::list::contains;

/// The most pictures on one page.
pub const MAX_LISTED: u32 = 200;
/// Characters of what is looked for.
pub const MAX_QUERY: usize = 200;

/// Which pictures, and from where on.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words in what is said of it.
    pub query: Option<String>,
    /// Words in the credit.
    pub credit: Option<String>,
    /// Words in the place.
    pub place: Option<String>,
    /// Taken on this day or later: `2026-01-31`, or a part of it from the left.
    pub taken_from: Option<String>,
    /// Taken on this day or earlier.
    pub taken_to: Option<String>,
    /// Whose rights stand so.
    pub rights: Option<Rights>,
    /// After this one (its arrival and id).
    pub after: Option<(Instant, PictureId)>,
    /// How many, [`MAX_LISTED`] at most.
    pub limit: u32,
}

/// One page, the last that came first.
///
/// # Errors
/// `too-long` on the words that are.
pub async fn pictures(db: &Db, filter: &Filter, now: Instant) -> Result<Vec<Picture>, No> {
    for (name, words) in [
        ("q", &filter.query),
        ("credit", &filter.credit),
        ("place", &filter.place),
    ] {
        if words
            .as_ref()
            .is_some_and(|words| words.chars().count() > MAX_QUERY)
        {
            return Err(Refusal::on(name, "too-long")
                .with("limit", MAX_QUERY)
                .into());
        }
    }
    let pattern = |words: &Option<String>| words.as_deref().map(contains);
    let nobody = Id::from_uuid(uuid::Uuid::max());
    let (before, before_id) = filter.after.unwrap_or((Instant::MAX, nobody));
    let row = params![
        pattern(&filter.query),
        pattern(&filter.credit),
        pattern(&filter.place),
        filter.taken_from.clone(),
        // A day told more shortly than it is stored counts whole: `2026` takes in all of that year.
        filter.taken_to.as_ref().map(|day| format!("{day}~")),
        filter.rights.as_ref().map(crate::story::word),
        now,
        now.saturating_add(LAPSING).unwrap_or(now),
        base::clock::to_micros(before),
        before_id,
        filter.limit.clamp(1, MAX_LISTED)
    ];
    let rows = db.read(&LIST_PICTURES, row).await?;
    Ok(rows
        .iter()
        .map(picture_from)
        .collect::<Result<_, Fault>>()?)
}
