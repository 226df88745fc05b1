//! Reading a story for the desk, and its revisions.

use base::{Fault, Id, Instant};
use store::{Db, Row, params};

use super::{
    BegunBy, DeskState, Fields, Note, Publication, Story, StoryId, Withdrawal, from_word,
    sql::{NEWEST_REVISION, NOTES_OF_STORY, REVISION, REVISIONS, STORY_BY_ID},
};

/// The most revisions one answer lists.
pub const MAX_REVISIONS: u32 = 500;

/// One revision in a story's history.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Its number, from 1.
    pub number: u32,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Instant,
    /// Why, in a few words.
    pub why: Option<String>,
}

/// The story, or `None` when there is none of this id.
pub async fn story(db: &Db, id: StoryId) -> Result<Option<Story>, Fault> {
    let Some(row) = db.read_one(&STORY_BY_ID, params![id]).await? else {
        return Ok(None);
    };
    let notes = db.read(&NOTES_OF_STORY, params![id]).await?;
    assemble(&row, &notes).map(Some)
}

/// The same within a transaction that is about to change it.
pub async fn story_in(tx: &mut store::Tx, id: StoryId) -> Result<Option<Story>, Fault> {
    let Some(row) = tx.read_one(&STORY_BY_ID, params![id]).await? else {
        return Ok(None);
    };
    let notes = tx.read(&NOTES_OF_STORY, params![id]).await?;
    assemble(&row, &notes).map(Some)
}

/// The number of its newest revision, or `None` when there is no story of this id.
pub async fn newest_revision(db: &Db, id: StoryId) -> Result<Option<u32>, Fault> {
    let row = db.read_one(&NEWEST_REVISION, params![id]).await?;
    row.map(|row| row.get("revision")).transpose()
}

/// The history of a story, newest first, behind the revision `after`; `limit` at most, and never more
/// than [`MAX_REVISIONS`].
pub async fn revisions(
    db: &Db,
    id: StoryId,
    after: Option<u32>,
    limit: u32,
) -> Result<Vec<Revision>, Fault> {
    let (before, limit) = (after.unwrap_or(u32::MAX), limit.min(MAX_REVISIONS));
    let rows = db.read(&REVISIONS, params![id, before, limit]).await?;
    rows.iter()
        .map(|row| {
            Ok(Revision {
                number: row.get("number")?,
                by: row.get("made_by_name")?,
                at: row.get("made_at")?,
                why: row.get("why")?,
            })
        })
        .collect()
}

/// The fields as they were in one revision.
pub async fn fields_of_revision(
    db: &Db,
    id: StoryId,
    number: u32,
) -> Result<Option<Fields>, Fault> {
    let row = db.read_one(&REVISION, params![id, number]).await?;
    row.as_ref().map(fields_from).transpose()
}

/// The same within a transaction.
pub async fn fields_of_revision_in(
    tx: &mut store::Tx,
    id: StoryId,
    number: u32,
) -> Result<Option<Fields>, Fault> {
    let row = tx.read_one(&REVISION, params![id, number]).await?;
    row.as_ref().map(fields_from).transpose()
}

fn assemble(row: &Row, notes: &[Row]) -> Result<Story, Fault> {
    Ok(Story {
        id: row.get("id")?,
        kind: from_word(&row.get::<String>("kind")?)?,
        revision: row.get("revision")?,
        fields: fields_from(row)?,
        begun_by: BegunBy {
            staff: row.get("begun_by")?,
            name: row.get("begun_by_name")?,
        },
        desk_state: from_word::<DeskState>(&row.get::<String>("desk_state")?)?,
        publication: publication_from(row)?,
        withdrawal: withdrawal_from(row)?,
        due_at: row.get("due_at")?,
        notes: notes.iter().map(note_from).collect::<Result<_, Fault>>()?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// Reads the `fields` column.
pub(crate) fn fields_from(row: &Row) -> Result<Fields, Fault> {
    row.document("fields")
}

fn publication_from(row: &Row) -> Result<Option<Publication>, Fault> {
    let Some(path) = row.get::<Option<String>>("path")? else {
        return Ok(None);
    };
    Ok(Some(Publication {
        revision: row.get("public_revision")?,
        path,
        first_at: row.get("first_at")?,
        changed_at: row.get("changed_at")?,
        by: row.get("published_by_name")?,
    }))
}

fn withdrawal_from(row: &Row) -> Result<Option<Withdrawal>, Fault> {
    let Some(reason) = row.get::<Option<String>>("reason")? else {
        return Ok(None);
    };
    Ok(Some(Withdrawal {
        reason,
        note: row.get("note")?,
        substitute: row.get::<Option<Id<Story>>>("substitute_id")?,
        at: row.get("withdrawn_at")?,
        by: row.get("withdrawn_by_name")?,
    }))
}

/// Reads one line of public history.
pub(crate) fn note_from(row: &Row) -> Result<Note, Fault> {
    Ok(Note {
        class: from_word(&row.get::<String>("class")?)?,
        words: row.get("words")?,
        at: row.get("noted_at")?,
    })
}
