//! Changing what an entry of a live page says, and how sure we are of it.

use base::{Id, Instant, No, Refusal, Refusals};
use store::Db;

use super::{Particulars, note, one_in, update};
use crate::{
    By, frame,
    running::{EntryStatus, LiveEntry, RunningStory, rules},
    task::{self, Place},
};

/// Sets what an entry says, upon the version that was looked at. Its moment stays.
///
/// # Errors
/// [`No::Absent`] where there is no such entry. `entry-taken-down` where it was taken down,
/// `somebody-changed-first` when it was changed since `upon`, and every reason of
/// [`rules::entry_refusals`]. The same again changes nothing.
pub async fn amend(
    db: &Db,
    (running, id, upon): (Id<RunningStory>, Id<LiveEntry>, u32),
    given: Particulars,
    (by, now): (&By, Instant),
) -> Result<LiveEntry, No> {
    let mut tx = db.begin().await?;
    let before = one_in(&mut tx, running, id).await?;
    if before.version != upon {
        return Err(passed(upon, before.version).into());
    }
    if before.status == EntryStatus::Withdrawn {
        return Err(Refusal::of("entry-taken-down").into());
    }
    Refusals::none_of(rules::entry_refusals(&given))?;
    frame::refuse_unknown(&mut tx, &given.body).await?;
    let after = LiveEntry {
        title: given.title,
        body: given.body,
        byline: given.byline,
        key_event: given.key_event,
        pinned: given.pinned,
        status: given.status,
        ..before.clone()
    };
    if after == before {
        return Ok(before);
    }
    if !update(&mut tx, upon, &after).await? {
        return Err(passed(upon, upon + 1).into());
    }
    note(&mut tx, running, (&before, "amended"), by, now).await?;
    let pictures = after.body.pictures().into_iter();
    let pictures = pictures.map(|(_, picture)| picture);
    task::settle::at(&mut tx, &Place::Entry(id), pictures, (by, now)).await?;
    tx.commit().await?;
    let version = upon + 1;
    Ok(LiveEntry { version, ..after })
}

fn passed(yours: u32, theirs: u32) -> Refusal {
    let passed = Refusal::of("somebody-changed-first").with("yours", yours);
    passed.with("theirs", theirs)
}
