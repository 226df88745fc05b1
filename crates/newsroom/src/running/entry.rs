//! Live entries: what is said on a running story's page as it happens, and the acts upon it.
//!
//! The acts are in [`add`](mod@add), [`amend`](mod@amend) and [`take_down`](mod@take_down). Each keeps
//! the entry as it was; readers see it as it is.

pub mod add;
pub mod amend;
pub mod take_down;

use base::{Document, Fault, Id, Instant, No, no::Doing};
use store::{Db, Tx, params};

use super::{
    EntryStatus, LiveEntry, RunningStory, entry_from,
    sql::{ENTRIES_AFTER, ENTRY, TOUCH_RUNNING, UPDATE_ENTRY},
};
use crate::{By, history, story::word};

/// The event that a live page says something new.
pub const LIVE_PAGE_CHANGED: &str = "live-page.changed";
/// The most entries one page of the list holds.
pub const MAX_LISTED: u32 = 200;

/// What can be said in an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Particulars {
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Its text.
    pub body: Document,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Listed among the key events.
    pub key_event: bool,
    /// Stands on top as well.
    pub pinned: bool,
    /// How sure we are; an entry is withdrawn by [`take_down`](mod@take_down) alone.
    pub status: EntryStatus,
}

/// Which entries of a running story, and from where on.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this status.
    pub status: Option<EntryStatus>,
    /// Key events, or all others.
    pub key_event: Option<bool>,
    /// Behind this one (its moment and id), for the next page.
    pub after: Option<(Instant, Id<LiveEntry>)>,
    /// How many, [`MAX_LISTED`] at most.
    pub limit: u32,
}

/// A page of a running story's entries, newest first; those taken down among them.
pub async fn list(
    db: &Db,
    running: Id<RunningStory>,
    filter: &Filter,
) -> Result<Vec<LiveEntry>, Fault> {
    let (before, id) = filter
        .after
        .unwrap_or((Instant::MAX, Id::from_uuid(uuid::Uuid::max())));
    let status = filter.status.as_ref().map(word);
    let before = base::clock::to_micros(before);
    let limit = filter.limit.min(MAX_LISTED);
    let row = params![running, before, id, status, filter.key_event, limit];
    let rows = db.read(&ENTRIES_AFTER, row).await?;
    rows.iter().map(entry_from).collect()
}

/// One entry of a running story.
pub async fn one(
    db: &Db,
    running: Id<RunningStory>,
    id: Id<LiveEntry>,
) -> Result<Option<LiveEntry>, Fault> {
    let row = db.read_one(&ENTRY, params![running, id]).await?;
    row.as_ref().map(entry_from).transpose()
}

async fn one_in(
    tx: &mut Tx,
    running: Id<RunningStory>,
    id: Id<LiveEntry>,
) -> Result<LiveEntry, No> {
    let row = tx.read_one(&ENTRY, params![running, id]).await?;
    Ok(row.as_ref().map(entry_from).ok_or(No::Absent)??)
}

/// Writes what the entry is from now on, unless another hand did first.
async fn update(tx: &mut Tx, upon: u32, after: &LiveEntry) -> Result<bool, Fault> {
    let body = serde_json::to_value(&after.body).doing("writing a live entry")?;
    let (title, byline) = (after.title.as_deref(), after.byline.as_deref());
    let status = word(&after.status);
    let (key_event, pinned) = (after.key_event, after.pinned);
    let row = params![
        after.id, upon, title, body, byline, key_event, pinned, status
    ];
    Ok(tx.write(&UPDATE_ENTRY, row).await? > 0)
}

/// Writes down who did what to an entry, and tells its live page.
async fn note(
    tx: &mut Tx,
    running: Id<RunningStory>,
    (entry, act): (&LiveEntry, &'static str),
    by: &By,
    now: Instant,
) -> Result<(), Fault> {
    let told = serde_json::json!({
        "running_story": running, "title": entry.title, "body": entry.body,
        "byline": entry.byline, "key_event": entry.key_event, "pinned": entry.pinned,
        "status": entry.status,
    });
    let line = history::Line {
        what: "live entry",
        subject: entry.id.to_string(),
        act,
        told,
    };
    history::note(tx, line, by, now).await?;
    tx.write(&TOUCH_RUNNING, params![running, now]).await?;
    let told = serde_json::json!({"entry": entry.id, "act": act});
    store::outbox::emit(tx, LIVE_PAGE_CHANGED, running.uuid(), told, now).await?;
    Ok(())
}
