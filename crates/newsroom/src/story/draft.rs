//! Starting a story.

use base::{Fault, Id, Instant, No, Refusals};
use store::{Db, Tx, params};

use super::{
    Change, DeskState, Fields, Kind, Story, StoryId, read, refs, rules,
    sql::{INSERT_REVISION, INSERT_STORY},
    word,
};
use crate::By;

/// Starts a story from the fields given; the rest take their defaults.
///
/// # Errors
/// Refused when a field is unknown, of the wrong kind, over its limit, or points at nothing.
pub async fn draft(db: &Db, change: &Change, by: &By, now: Instant) -> Result<Story, No> {
    let fields = change.over(&Fields::default())?;
    Refusals::none_of(rules::refusals(&fields))?;
    let mut tx = db.begin().await?;
    refs::refuse_unknown(&mut tx, &fields).await?;
    let id = Id::fresh();
    insert(
        &mut tx,
        &Draft {
            id,
            kind: Kind::Story,
            fields: &fields,
            by,
            at: now,
        },
    )
    .await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    tx.commit().await?;
    Ok(story)
}

/// A first revision about to be written.
pub(super) struct Draft<'a> {
    pub id: StoryId,
    pub kind: Kind,
    pub fields: &'a Fields,
    pub by: &'a By,
    pub at: Instant,
}

/// Writes the story's row and its first revision.
pub(super) async fn insert(tx: &mut Tx, draft: &Draft<'_>) -> Result<(), Fault> {
    let fields = draft.fields;
    tx.write(
        &INSERT_STORY,
        params![
            draft.id,
            word(&draft.kind),
            &fields.headline,
            fields.section_id,
            fields.running_story_id,
            fields.language.tag(),
            word(&DeskState::Draft),
            draft.at
        ],
    )
    .await?;
    seal(
        tx,
        draft.id,
        1,
        fields,
        &Sealing {
            by: draft.by,
            at: draft.at,
            why: None,
        },
    )
    .await
}

/// Who seals a revision, when and why.
pub(super) struct Sealing<'a> {
    pub by: &'a By,
    pub at: Instant,
    pub why: Option<&'a str>,
}

/// Writes one revision; it is never changed again.
pub(super) async fn seal(
    tx: &mut Tx,
    id: StoryId,
    number: u32,
    fields: &Fields,
    sealing: &Sealing<'_>,
) -> Result<(), Fault> {
    let json = serde_json::Value::Object(Change::to_all(fields).0);
    let by = sealing.by;
    tx.write(
        &INSERT_REVISION,
        params![
            id,
            number,
            json,
            by.staff,
            &by.name,
            sealing.at,
            sealing.why
        ],
    )
    .await?;
    Ok(())
}
