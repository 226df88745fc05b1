//! Running stories: long-lived hubs that items join, and the live entries on their page.
//!
//! The acts are in [`begin`](mod@begin), [`change`](mod@change), [`remove`](mod@remove) and [`safety`];
//! those upon entries in [`entry`]. What must not be is in [`rules`].

pub mod begin;
pub mod change;
pub mod entry;
pub mod remove;
pub mod rules;
pub mod safety;
pub(crate) mod sql;

#[cfg(test)]
mod tests;

use base::{Document, Fault, Id, Instant, Language, No, Slug, no::Doing};
use serde::{Deserialize, Serialize};
use store::{Db, Row, Tx, params};

use crate::{
    By, history,
    section::FURNITURE_CHANGED,
    story::{from_word, word},
};
use sql::{
    ALL_RUNNING, COUNT_ENTRIES, ENTRIES, KEY_EVENTS, PUT_ENTRY, PUT_RUNNING, RUNNING_AT,
    RUNNING_BY_ID, SEARCH_RUNNING,
};

/// The most running stories one page of the list holds.
pub const MAX_LISTED: u32 = 200;

/// The most entries one page of a live page holds.
pub const ENTRIES_A_PAGE: u32 = 50;
/// The most key events listed beside it.
pub const MAX_KEY_EVENTS: u32 = 40;

/// A story that goes on (NEWSROOM 2.4).
#[derive(Clone, Debug, PartialEq)]
pub struct RunningStory {
    /// Its id.
    pub id: Id<RunningStory>,
    /// Its address: `/running/<slug>`.
    pub slug: Slug,
    /// Its name: “Apollo 13”.
    pub name: String,
    /// The label its stories carry.
    pub label: String,
    /// The language of its page.
    pub language: Language,
    /// Where it stands.
    pub state: RunningState,
    /// The standing summary: three to five lines.
    pub summary: Vec<String>,
    /// Lifts the meter from all of it, for everybody's safety.
    pub public_safety_open: bool,
    /// When somebody last read the summary through.
    pub reviewed_at: Option<Instant>,
    /// When it was begun.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// Grows by one with every change of its particulars.
    pub version: u32,
}

/// What can be set in a running story.
#[derive(Clone, Debug, PartialEq)]
pub struct Particulars {
    /// Its name.
    pub name: String,
    /// The label its stories carry.
    pub label: String,
    /// The language of its page.
    pub language: Language,
    /// Where it stands.
    pub state: RunningState,
    /// The standing summary, a line each.
    pub summary: Vec<String>,
}

/// Which running stories, and from where on.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words in the name.
    pub query: Option<String>,
    /// Where they stand.
    pub state: Option<RunningState>,
    /// Behind this one (its change and id), for the next page.
    pub after: Option<(Instant, Id<RunningStory>)>,
    /// How many, [`MAX_LISTED`] at most.
    pub limit: u32,
}

/// Where a running story stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunningState {
    /// Nothing yet.
    Watching,
    /// Just broke.
    Breaking,
    /// Moving.
    Developing,
    /// Slowing.
    WindingDown,
    /// Over.
    Closed,
}

impl RunningState {
    /// Whether its page is live.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Breaking | Self::Developing)
    }
}

/// One entry of a live page (NEWSROOM 2.5).
#[derive(Clone, Debug, PartialEq)]
pub struct LiveEntry {
    /// Its id.
    pub id: Id<LiveEntry>,
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
    /// How sure we are.
    pub status: EntryStatus,
    /// When it was made public.
    pub at: Instant,
    /// Grows by one with every change.
    pub version: u32,
}

/// How sure we are of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryStatus {
    /// Somebody says so.
    Reported,
    /// Checked.
    Confirmed,
    /// Others say otherwise.
    Disputed,
    /// Was wrong; a later entry says what is right.
    Corrected,
    /// Taken back.
    Withdrawn,
}

/// All running stories, the last changed first.
pub async fn all(db: &Db) -> Result<Vec<RunningStory>, Fault> {
    db.read(&ALL_RUNNING, params![])
        .await?
        .iter()
        .map(running_from)
        .collect()
}

/// A page of the list, the last changed first.
pub async fn list(db: &Db, filter: &Filter) -> Result<Vec<RunningStory>, Fault> {
    let words = filter.query.as_deref().map(str::to_lowercase);
    let pattern = words.map(|words| format!("%{}%", words.replace(['%', '\\'], "_")));
    let (before, id) = filter
        .after
        .unwrap_or((Instant::MAX, Id::from_uuid(uuid::Uuid::nil())));
    let state = filter.state.as_ref().map(word);
    let before = base::clock::to_micros(before);
    let limit = filter.limit.min(MAX_LISTED);
    let rows = db
        .read(&SEARCH_RUNNING, params![pattern, state, before, id, limit])
        .await?;
    rows.iter().map(running_from).collect()
}

/// The running story of this id.
pub async fn one(db: &Db, id: Id<RunningStory>) -> Result<Option<RunningStory>, Fault> {
    let row = db.read_one(&RUNNING_BY_ID, params![id]).await?;
    row.as_ref().map(running_from).transpose()
}

/// Adds a running story, or changes the one with its slug. Answers the id it has.
pub async fn put(tx: &mut Tx, running: &RunningStory) -> Result<Id<RunningStory>, Fault> {
    let summary =
        serde_json::to_value(&running.summary).doing("writing a running story's summary")?;
    let row = tx
        .read_one(
            &PUT_RUNNING,
            params![
                running.id,
                running.slug.as_str(),
                &running.name,
                &running.label,
                running.language.tag(),
                word(&running.state),
                summary,
                running.public_safety_open,
                running.reviewed_at,
                running.created_at,
                running.updated_at
            ],
        )
        .await?;
    row.ok_or_else(|| Fault::new("a running story was put and is not there"))?
        .get("id")
}

/// Adds an entry, or changes the one with its id.
pub async fn put_entry(
    tx: &mut Tx,
    running: Id<RunningStory>,
    entry: &LiveEntry,
) -> Result<(), Fault> {
    let body = serde_json::to_value(&entry.body).doing("writing a live entry")?;
    tx.write(
        &PUT_ENTRY,
        params![
            entry.id,
            running,
            entry.title.as_deref(),
            body,
            entry.byline.as_deref(),
            entry.key_event,
            entry.pinned,
            word(&entry.status),
            entry.at
        ],
    )
    .await?;
    Ok(())
}

/// One page of entries, newest first.
pub async fn entries(
    db: &Db,
    running: Id<RunningStory>,
    offset: u32,
) -> Result<Vec<LiveEntry>, Fault> {
    let rows = db
        .read(&ENTRIES, params![running, ENTRIES_A_PAGE, offset])
        .await?;
    rows.iter().map(entry_from).collect()
}

/// The key events, newest first.
pub async fn key_events(db: &Db, running: Id<RunningStory>) -> Result<Vec<LiveEntry>, Fault> {
    let rows = db
        .read(&KEY_EVENTS, params![running, MAX_KEY_EVENTS])
        .await?;
    rows.iter().map(entry_from).collect()
}

/// How many entries there are.
pub async fn count_entries(db: &Db, running: Id<RunningStory>) -> Result<u32, Fault> {
    db.read_one(&COUNT_ENTRIES, params![running])
        .await?
        .map_or(Ok(0), |row| row.get("entries"))
}

async fn one_in(tx: &mut Tx, id: Id<RunningStory>) -> Result<RunningStory, No> {
    let row = tx.read_one(&RUNNING_BY_ID, params![id]).await?;
    Ok(row.as_ref().map(running_from).ok_or(No::Absent)??)
}

/// Refuses an address that another running story has.
async fn refuse_taken(tx: &mut Tx, slug: &Slug) -> Result<(), No> {
    let row = tx.read_one(&RUNNING_AT, params![slug.as_str()]).await?;
    let holder = row.as_ref().map(running_from).transpose()?;
    Ok(rules::refuse_taken(holder.as_ref())?)
}

/// Writes down who did what to a running story, and tells the edition.
async fn note(
    tx: &mut Tx,
    (running, act): (&RunningStory, &'static str),
    by: &By,
    now: Instant,
) -> Result<(), Fault> {
    let told = serde_json::json!({
        "slug": running.slug, "name": running.name, "label": running.label,
        "language": running.language, "state": running.state, "summary": running.summary,
    });
    let line = history::Line {
        what: "running story",
        subject: running.id.to_string(),
        act,
        told,
    };
    history::note(tx, line, by, now).await?;
    let told = serde_json::json!({"what": "running story"});
    store::outbox::emit(tx, FURNITURE_CHANGED, running.id.uuid(), told, now).await?;
    Ok(())
}

fn running_from(row: &Row) -> Result<RunningStory, Fault> {
    Ok(RunningStory {
        id: row.get("id")?,
        slug: crate::section::kept_slug(row)?,
        name: row.get("name")?,
        label: row.get("label")?,
        language: crate::section::kept_language(row)?,
        state: from_word(&row.get::<String>("state")?)?,
        summary: row.document("summary")?,
        public_safety_open: row.get("public_safety_open")?,
        reviewed_at: row.get("reviewed_at")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}

fn entry_from(row: &Row) -> Result<LiveEntry, Fault> {
    Ok(LiveEntry {
        id: row.get("id")?,
        title: row.get("title")?,
        body: row.document("body")?,
        byline: row.get("byline")?,
        key_event: row.get("key_event")?,
        pinned: row.get("pinned")?,
        status: from_word(&row.get::<String>("status")?)?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}
