//! Changing what has run, and saying so: the change, the note and the new page in one act.

use base::{Id, Instant, No, Refusal, Refusals};
use store::{Db, params};

use super::{
    NoteClass, Story, StoryId,
    draft::Sealing,
    limits,
    publish::{Customs, Going, go_out, refuse},
    read,
    revise::{Save, revised, write},
    rules::at_most,
    sql::INSERT_NOTE,
    word,
};
use crate::By;

/// A change to something that ran, with what readers are told.
#[derive(Clone, Debug)]
pub struct Correction<'a> {
    /// What changes; may be nothing when only a note is added.
    pub save: Save<'a>,
    /// The class of the change, one key at the desk.
    pub class: NoteClass,
    /// What readers are told: what was wrong and what is right.
    pub words: &'a str,
}

/// Corrects a public story: a revision, a note in its public history and the new page, or nothing.
///
/// # Errors
/// Refused for a story that is not public, for an empty or overlong note, and as for any save.
pub async fn correct(
    db: &Db,
    customs: &Customs,
    id: StoryId,
    correction: &Correction<'_>,
    (by, now): (&By, Instant),
) -> Result<Story, No> {
    let mut tx = db.begin().await?;
    let before = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    refuse_note(&before, correction.words)?;
    let fields = revised(&before, &correction.save)?;
    if fields != before.fields {
        let sealing = Sealing {
            by,
            at: now,
            why: Some(correction.words),
        };
        write(&mut tx, &before, &fields, &sealing).await?;
    }
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    refuse(&mut tx, customs, &story, now).await?;
    let note = Id::<super::Note>::fresh();
    let class = word(&correction.class);
    tx.write(
        &INSERT_NOTE,
        params![
            note,
            id,
            story.revision,
            class,
            correction.words,
            &by.name,
            now
        ],
    )
    .await?;
    let going = Going {
        zone: &customs.zone,
        by,
        at: now,
        first_at: now,
        changed: true,
        told: true,
    };
    go_out(&mut tx, &story, &going).await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    tx.commit().await?;
    Ok(story)
}

fn refuse_note(story: &Story, words: &str) -> Result<(), Refusals> {
    if !story.is_public() {
        return Err(Refusal::of("not-published").into());
    }
    let mut no = Vec::new();
    if words.trim().is_empty() {
        no.push(Refusal::on("text", "missing"));
    }
    at_most(&mut no, "text", Some(words), limits::NOTE);
    Refusals::none_of(no)
}
