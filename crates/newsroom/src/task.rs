//! Tasks: what the desk is to look at because something happened elsewhere, each with its place and its reason.
//!
//! A task is raised in the transaction of what gave rise to it. A person says that it is done
//! ([`complete`](mod@complete)), or it is settled by itself ([`settle`](mod@settle)) when nothing is left to look at.

pub mod complete;
pub mod settle;
pub(crate) mod sql;

use base::{Fault, Id, Instant, Slug};
use serde::{Deserialize, Serialize};
use store::{Db, Row, Tx, params};

use crate::{
    picture::{PictureId, Why},
    running::LiveEntry,
    section,
    story::{StoryId, from_word, word},
};
use sql::{COUNT_OPEN, INSERT_TASK, LIST_TASKS, TASKS_OF_PICTURE};

/// Waiting tasks that are counted; beyond, it is said that there are more.
pub const COUNTED_MOST: u32 = 1_000;

/// Something to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its id.
    pub id: Id<Task>,
    /// What gave rise to it.
    pub kind: Kind,
    /// The picture it is about.
    pub picture: PictureId,
    /// Where to look.
    pub place: Place,
    /// The address of that place when it was raised.
    pub path: String,
    /// What the place was called then.
    pub title: String,
    /// Why it was raised.
    pub why: Why,
    /// When.
    pub raised_at: Instant,
    /// Who did it, once it is done.
    pub done: Option<Done>,
}

/// What gives rise to tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A picture was taken off a place that readers see.
    PictureTakenOff,
}

/// A place of the site where something is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A story.
    Story(StoryId),
    /// An entry of a live page.
    Entry(Id<LiveEntry>),
    /// A page about the newsroom.
    Page(Slug),
}

/// That a task is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What ended it.
    pub how: How,
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// What ends a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Somebody said so.
    ByHand,
    /// The place went out again without the picture.
    Changed,
    /// The picture may run again.
    Restored,
}

/// A task about to be raised.
#[derive(Clone, Debug)]
pub(crate) struct Raised<'a> {
    pub kind: Kind,
    pub picture: PictureId,
    pub place: &'a Place,
    pub path: &'a str,
    pub title: &'a str,
    pub why: Why,
}

/// Where a page of a list begins: behind this moment and id.
pub type After = (Instant, Id<Task>);

/// Tasks that wait, or those that are done, the last raised first.
///
/// # Errors
/// Faults only.
pub async fn list(
    db: &Db,
    are_done: bool,
    after: Option<After>,
    most: u32,
) -> Result<Vec<Task>, Fault> {
    let first = (Instant::MAX, Id::from_uuid(uuid::Uuid::max()));
    let (at, id) = after.unwrap_or(first);
    let rows = db
        .read(&LIST_TASKS, params![are_done, at, id, most])
        .await?;
    rows.iter().map(task_from).collect()
}

/// How many wait, [`COUNTED_MOST`] at most.
///
/// # Errors
/// Faults only.
pub async fn count_open(db: &Db) -> Result<u32, Fault> {
    let row = db.read_one(&COUNT_OPEN, params![COUNTED_MOST]).await?;
    row.map_or(Ok(0), |row| row.get("open"))
}

/// Everything that was to be looked at because of a picture, done or not, the last first.
///
/// # Errors
/// Faults only.
pub async fn of_picture(db: &Db, picture: PictureId, most: u32) -> Result<Vec<Task>, Fault> {
    let rows = db.read(&TASKS_OF_PICTURE, params![picture, most]).await?;
    rows.iter().map(task_from).collect()
}

pub(crate) async fn raise(tx: &mut Tx, raised: &Raised<'_>, now: Instant) -> Result<(), Fault> {
    let (story, entry, page) = columns(raised.place);
    let row = params![
        Id::<Task>::fresh(),
        word(&raised.kind),
        raised.picture,
        story,
        entry,
        page,
        raised.path,
        raised.title,
        word(&raised.why),
        now
    ];
    tx.write(&INSERT_TASK, row).await?;
    Ok(())
}

/// A place as its three columns, of which one is set.
fn columns(place: &Place) -> (Option<StoryId>, Option<Id<LiveEntry>>, Option<&str>) {
    match place {
        Place::Story(id) => (Some(*id), None, None),
        Place::Entry(id) => (None, Some(*id), None),
        Place::Page(slug) => (None, None, Some(slug.as_str())),
    }
}

fn task_from(row: &Row) -> Result<Task, Fault> {
    Ok(Task {
        id: row.get("id")?,
        kind: from_word(&row.get::<String>("kind")?)?,
        picture: row.get("picture_id")?,
        place: place_from(row)?,
        path: row.get("path")?,
        title: row.get("title")?,
        why: from_word(&row.get::<String>("why")?)?,
        raised_at: row.get("raised_at")?,
        done: done_from(row)?,
    })
}

fn place_from(row: &Row) -> Result<Place, Fault> {
    if let Some(id) = row.get("story_id")? {
        return Ok(Place::Story(id));
    }
    if let Some(id) = row.get("entry_id")? {
        return Ok(Place::Entry(id));
    }
    section::slug_in(row, "page").map(Place::Page)
}

fn done_from(row: &Row) -> Result<Option<Done>, Fault> {
    let Some(how) = row.get::<Option<String>>("how")? else {
        return Ok(None);
    };
    Ok(Some(Done {
        how: from_word(&how)?,
        by: row.get("done_by_name")?,
        at: row.get("done_at")?,
    }))
}
