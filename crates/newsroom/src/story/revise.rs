//! Changing a story's fields: every save is a revision, and no save undoes another unseen.

use base::{Fault, Instant, No, Refusal, Refusals};
use store::{Db, Tx, params};

use super::{
    Change, Fields, Story, StoryId,
    draft::{Sealing, seal},
    read, refs, rules,
    sql::{SCHEDULE, SET_DESK_STATE, UNSCHEDULE, UPDATE_STORY},
    word,
};
use crate::By;

/// A change about to be saved.
#[derive(Clone, Debug)]
pub struct Save<'a> {
    /// The revision the editor was looking at.
    pub upon: u32,
    /// What changes.
    pub change: &'a Change,
    /// Why, in a few words, for the history.
    pub why: Option<&'a str>,
}

/// Saves a change as a new revision. Readers see it when it is published.
///
/// # Errors
/// Refused with `somebody-saved-first` when the story moved on since `save.upon`, with
/// `not-your-story` or `no-longer-a-draft` for a contributor ([`rules::refuse_foreign`]), and for fields
/// that are unknown or over their limit. A save that changes nothing makes no revision.
pub async fn revise(
    db: &Db,
    id: StoryId,
    save: &Save<'_>,
    by: &By,
    now: Instant,
) -> Result<Story, No> {
    let mut tx = db.begin().await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    rules::refuse_foreign(&story, by)?;
    let fields = revised(&story, save)?;
    if fields == story.fields {
        return Ok(story);
    }
    let why = save.why;
    write(&mut tx, &story, &fields, &Sealing { by, at: now, why }).await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    tx.commit().await?;
    Ok(story)
}

/// How far along the desk the story is now: handed in, ready, or put aside.
pub async fn move_on_desk(
    db: &Db,
    id: StoryId,
    to: super::DeskState,
    now: Instant,
) -> Result<Story, No> {
    let mut tx = db.begin().await?;
    if tx
        .write(&SET_DESK_STATE, params![id, word(&to), now])
        .await?
        == 0
    {
        return Err(No::Absent);
    }
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    tx.commit().await?;
    Ok(story)
}

/// The fields after the save, or every reason against it.
pub(super) fn revised(story: &Story, save: &Save<'_>) -> Result<Fields, Refusals> {
    rules::refuse_passed(story, save.upon)?;
    let fields = save.change.over(&story.fields)?;
    Refusals::none_of(rules::refusals(&fields))?;
    Ok(fields)
}

/// Writes the next revision and the columns that lists search by.
pub(super) async fn write(
    tx: &mut Tx,
    story: &Story,
    fields: &Fields,
    sealing: &Sealing<'_>,
) -> Result<(), No> {
    refs::refuse_unknown(tx, fields).await?;
    let changed = tx
        .write(
            &UPDATE_STORY,
            params![
                story.id,
                story.revision,
                &fields.headline,
                fields.section_id,
                fields.running_story_id,
                fields.language.tag(),
                sealing.at
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Refusal::of("somebody-saved-first")
            .with("yours", story.revision)
            .into());
    }
    seal(tx, story.id, story.revision + 1, fields, sealing).await?;
    reschedule(tx, story, fields, sealing.by).await?;
    Ok(())
}

/// A story that waits follows its field: another hour is its hour, and none means it waits no more.
async fn reschedule(tx: &mut Tx, story: &Story, fields: &Fields, by: &By) -> Result<(), Fault> {
    let Some(due_at) = story.due_at else {
        return Ok(());
    };
    match fields.scheduled_for {
        None => tx.write(&UNSCHEDULE, params![story.id]).await?,
        Some(hour) if hour != due_at => {
            let row = params![story.id, hour, by.staff, &by.name];
            tx.write(&SCHEDULE, row).await?
        }
        Some(_) => 0,
    };
    Ok(())
}
