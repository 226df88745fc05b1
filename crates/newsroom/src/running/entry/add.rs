//! Saying something on a live page.

use base::{Id, Instant, No, Refusals};
use store::Db;

use super::{Particulars, note};
use crate::{
    By, frame,
    running::{LiveEntry, RunningStory, one_in, put_entry, rules},
};

/// Puts an entry on the page of a running story, at this moment. Readers have it at once.
///
/// # Errors
/// [`No::Absent`] where there is no such running story; every reason of [`rules::entry_refusals`].
pub async fn add(
    db: &Db,
    running: Id<RunningStory>,
    given: Particulars,
    by: &By,
    now: Instant,
) -> Result<LiveEntry, No> {
    let mut tx = db.begin().await?;
    one_in(&mut tx, running).await?;
    Refusals::none_of(rules::entry_refusals(&given))?;
    frame::refuse_unknown(&mut tx, &given.body).await?;
    let entry = LiveEntry {
        id: Id::fresh(),
        title: given.title,
        body: given.body,
        byline: given.byline,
        key_event: given.key_event,
        pinned: given.pinned,
        status: given.status,
        at: now,
        version: 1,
    };
    put_entry(&mut tx, running, &entry).await?;
    note(&mut tx, running, (&entry, "added"), by, now).await?;
    tx.commit().await?;
    Ok(entry)
}
