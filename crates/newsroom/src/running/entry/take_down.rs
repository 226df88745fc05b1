//! Taking an entry of a live page down: its words go from the site, and its place says so.

use base::{Document, Id, Instant, No, Refusal, Refusals};
use store::Db;

use super::{note, one_in, update};
use crate::{
    By,
    running::{EntryStatus, LiveEntry, RunningStory},
    story::{limits::NOTE, rules::at_most},
    task::{self, Place},
};

/// Takes an entry down. Readers see that there was one and, where it is given, why; the history keeps
/// its words. Taking it down again changes nothing.
///
/// # Errors
/// [`No::Absent`] where there is no such entry; `too-long` for a reason of more than [`NOTE`]
/// characters; `somebody-changed-first` when it was changed in this moment.
pub async fn take_down(
    db: &Db,
    (running, id): (Id<RunningStory>, Id<LiveEntry>),
    reason: Option<&str>,
    (by, now): (&By, Instant),
) -> Result<LiveEntry, No> {
    let mut no = Vec::new();
    at_most(&mut no, "reason", reason, NOTE);
    Refusals::none_of(no)?;
    let mut tx = db.begin().await?;
    let before = one_in(&mut tx, running, id).await?;
    if before.status == EntryStatus::Withdrawn {
        return Ok(before);
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let after = LiveEntry {
        title: None,
        body: Document::of_paragraphs(reason),
        key_event: false,
        pinned: false,
        status: EntryStatus::Withdrawn,
        ..before.clone()
    };
    if !update(&mut tx, before.version, &after).await? {
        return Err(Refusal::of("somebody-changed-first").into());
    }
    note(&mut tx, running, (&before, "taken down"), by, now).await?;
    let pictures = after.body.pictures().into_iter();
    let pictures = pictures.map(|(_, picture)| picture);
    task::settle::at(&mut tx, &Place::Entry(id), pictures, (by, now)).await?;
    tx.commit().await?;
    let version = before.version + 1;
    Ok(LiveEntry { version, ..after })
}
