//! Taking a story back: its address stays and says so.

use std::iter;

use base::{Fault, Instant, No, Refusal, Refusals};
use store::{Db, Tx, params};

use super::{
    Publication, Story, StoryId, limits, read,
    rules::{at_most, refuse_passed},
    sql::{REVISION, UNPUBLISH, UNSCHEDULE, WITHDRAW},
    take_in::Import,
};
use crate::{
    By,
    task::{self, Place},
};

/// The event that a story was taken back.
pub const STORY_WITHDRAWN: &str = "story.withdrawn";

/// Why, and what to read instead.
#[derive(Clone, Debug, Default)]
pub struct Notice<'a> {
    /// The revision the editor was looking at, where that was said.
    pub upon: Option<u32>,
    /// What readers are told at the story's address.
    pub reason: &'a str,
    /// What the newsroom notes for itself, such as who complained; readers never see it.
    pub note: Option<&'a str>,
    /// The story to read instead.
    pub substitute: Option<StoryId>,
}

/// Takes a public story back from every surface and leaves a notice at its address.
///
/// # Errors
/// Refused with `somebody-saved-first` when the story moved on since `notice.upon`, for a story that
/// is not public, without a reason, or with an unknown substitute.
pub async fn withdraw(
    db: &Db,
    id: StoryId,
    notice: &Notice<'_>,
    by: &By,
    now: Instant,
) -> Result<Story, No> {
    let mut tx = db.begin().await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    if let Some(upon) = notice.upon {
        refuse_passed(&story, upon)?;
    }
    let Some(public) = &story.publication else {
        return Err(Refusal::of("not-published").into());
    };
    refuse(&mut tx, id, notice).await?;
    let headline = headline_that_ran(&mut tx, id, public.revision).await?;
    tx.write(&UNPUBLISH, params![id]).await?;
    tx.write(&UNSCHEDULE, params![id]).await?;
    task::settle::at(&mut tx, &Place::Story(id), iter::empty(), (by, now)).await?;
    tx.write(
        &WITHDRAW,
        params![
            id,
            &public.path,
            headline,
            notice.reason,
            notice.note.map(str::trim).filter(|note| !note.is_empty()),
            notice.substitute,
            by.staff,
            &by.name,
            now
        ],
    )
    .await?;
    let told = serde_json::json!({"path": public.path});
    store::outbox::emit(&mut tx, STORY_WITHDRAWN, id.uuid(), told, now).await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    tx.commit().await?;
    Ok(story)
}

/// Takes back a public story that its source called off, within an import's transaction. Listeners are told.
pub(super) async fn of_source(
    tx: &mut Tx,
    story: &Story,
    public: &Publication,
    reason: &str,
    import: &Import<'_>,
) -> Result<(), Fault> {
    let headline = match headline_that_ran(tx, story.id, public.revision).await {
        Ok(headline) => headline,
        Err(No::Failed(fault)) => return Err(fault),
        Err(_) => story.fields.headline.clone(),
    };
    let (note, substitute): (Option<&str>, Option<StoryId>) = (None, None);
    tx.write(&UNPUBLISH, params![story.id]).await?;
    tx.write(&UNSCHEDULE, params![story.id]).await?;
    let hand = (import.by, import.now);
    task::settle::at(tx, &Place::Story(story.id), iter::empty(), hand).await?;
    tx.write(
        &WITHDRAW,
        params![
            story.id,
            &public.path,
            headline,
            reason,
            note,
            substitute,
            import.by.staff,
            &import.by.name,
            import.now
        ],
    )
    .await?;
    let told = serde_json::json!({"path": public.path});
    store::outbox::emit(tx, STORY_WITHDRAWN, story.id.uuid(), told, import.now).await
}

/// The headline readers saw; what was saved since was never before them, and is not for the notice.
async fn headline_that_ran(tx: &mut Tx, id: StoryId, revision: u32) -> Result<String, No> {
    let ran = tx.read_one(&REVISION, params![id, revision]).await?;
    let ran = ran.ok_or(No::Absent)?;
    Ok(read::fields_from(&ran)?.headline)
}

async fn refuse(tx: &mut Tx, id: StoryId, notice: &Notice<'_>) -> Result<(), No> {
    let mut no = Vec::new();
    if notice.reason.trim().is_empty() {
        no.push(Refusal::on("reason", "missing"));
    }
    at_most(&mut no, "reason", Some(notice.reason), limits::NOTE);
    at_most(&mut no, "note", notice.note, limits::NOTE);
    if let Some(substitute) = notice.substitute {
        let known = read::story_in(tx, substitute)
            .await?
            .is_some_and(|story| story.is_public());
        if !known || substitute == id {
            no.push(Refusal::on("substitute", "unknown-story"));
        }
    }
    Refusals::none_of(no).map_err(No::from)
}
