//! Reading one published revision for the page that shows it. The body comes closed.

use base::{Fault, Instant, Language, No, no::Doing};
use serde_json::Value;
use store::{Db, Row, params};

use crate::{
    picture::album::Album,
    section::kept_language,
    story::{Fields, Note, StoryId, read::note_from, sql},
    visible::Body,
};

/// One revision as the public renderer gets it.
pub struct Copy {
    /// Every field but the body, which is empty here.
    pub fields: Fields,
    /// The body, closed.
    pub body: Body,
    /// What readers were told about changes, oldest first.
    pub notes: Vec<Note>,
}

/// Reads one revision, with the prints of its pictures, which are served at `media`, laid in.
///
/// # Errors
/// [`No::Absent`] when there is no such revision.
pub async fn copy(db: &Db, id: StoryId, revision: u32, media: &str) -> Result<Copy, No> {
    let row = db
        .read_one(&sql::REVISION, params![id, revision])
        .await?
        .ok_or(No::Absent)?;
    let notes = db.read(&sql::NOTES_OF_STORY, params![id]).await?;
    let mut json: Value = row.get("fields")?;
    let mut body = Body::from_fields(&mut json)?;
    if let Some(fields) = json.as_object_mut() {
        fields.remove("body");
    }
    body.lay_in(&Album::of(db, body.pictures(), media).await?);
    Ok(Copy {
        fields: serde_json::from_value(json).doing("reading a revision's fields")?,
        body,
        notes: notes.iter().map(note_from).collect::<Result<_, Fault>>()?,
    })
}

/// What stands at an address where no public story is.
#[derive(Clone, Debug, PartialEq)]
pub enum Elsewhere {
    /// The story was taken back.
    Withdrawn(Notice),
    /// It has moved there.
    MovedTo(String),
}

/// The notice at a withdrawn story's address.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The story.
    pub story: StoryId,
    /// Its headline, as it was.
    pub headline: String,
    /// The language it was written in.
    pub language: Language,
    /// What readers are told.
    pub reason: String,
    /// What they had been told about it before, oldest first.
    pub notes: Vec<Note>,
    /// What to read instead.
    pub substitute: Option<StoryId>,
    /// When it was taken back.
    pub at: Instant,
}

/// What an address that is no public story's stands for.
///
/// A path with control characters is none: a database would not even look it up (PROOFS A-01).
pub async fn elsewhere(db: &Db, path: &str) -> Result<Option<Elsewhere>, Fault> {
    if path.chars().any(char::is_control) {
        return Ok(None);
    }
    if let Some(row) = db.read_one(&sql::NOTICE_AT, params![path]).await? {
        let notice = notice(db, &row).await?;
        return Ok(Some(Elsewhere::Withdrawn(notice)));
    }
    let Some(row) = db
        .read_one(&sql::OLD_ADDRESS, params![old_form(path)])
        .await?
    else {
        return Ok(None);
    };
    let page: Option<String> = row.get("leads_to")?;
    let story: Option<String> = row.get("path")?;
    Ok(page
        .or(story)
        .filter(|to| to != path)
        .map(Elsewhere::MovedTo))
}

async fn notice(db: &Db, row: &Row) -> Result<Notice, Fault> {
    let story = row.get("story_id")?;
    let notes = db.read(&sql::NOTES_OF_STORY, params![story]).await?;
    Ok(Notice {
        story,
        headline: row.get("headline")?,
        language: kept_language(row)?,
        reason: row.get("reason")?,
        notes: notes.iter().map(note_from).collect::<Result<_, Fault>>()?,
        substitute: row.get("substitute_id")?,
        at: row.get("withdrawn_at")?,
    })
}

/// The one form in which old addresses are kept and looked up: one slash between segments and none
/// at the end, small letters. Old sites answered with and without, and search engines remember all
/// of them.
pub fn old_form(path: &str) -> String {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let mut form = String::with_capacity(path.len());
    for segment in segments {
        form.push('/');
        form.push_str(&segment.to_lowercase());
    }
    if form.is_empty() && !path.is_empty() {
        form.push('/');
    }
    form
}
