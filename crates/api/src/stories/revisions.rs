//! `/stories/{story}/revisions`: what a story was before.

use axum::extract::State;
use base::{Instant, Refusal};
use http::StatusCode;
use manuscript::seal;
use newsroom::story::{
    Note, NoteClass, StoryId,
    read::{self, MAX_REVISIONS},
};
use serde::Serialize;
use serde_json::{Map, Value};
use web::{Answer, Problem, Query};

use crate::{
    Api,
    address::{AtRevision, AtStory},
    face, idempotency,
    paging::{self, Span},
    write::Write,
};

#[derive(Debug, Serialize)]
struct Revisions {
    revisions: Vec<Revision>,
    next: Option<String>,
}

/// Revisions on a page of the list.
pub const SPAN: Span = Span {
    usual: MAX_REVISIONS,
    most: MAX_REVISIONS,
};

#[derive(Debug, Serialize)]
struct Revision {
    number: u32,
    at: Instant,
    by: String,
    why: Option<String>,
    /// The class of the note readers were given with it, if any.
    public_class: Option<NoteClass>,
}

/// `GET …/revisions`: newest first.
pub async fn index(
    State(api): State<Api>,
    AtStory(id): AtStory,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let limit = paging::limit(&query, SPAN)?;
    let after = paging::after(&query, paging::number)?;
    let story = read::story(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    let revisions = read::revisions(&api.db, id, after, limit).await?;
    let next = paging::next(&revisions, limit, |revision| revision.number.to_string());
    let revisions = revisions.into_iter().map(|revision| Revision {
        public_class: class_of(&story.notes, &revision),
        number: revision.number,
        at: revision.at,
        by: revision.by,
        why: revision.why,
    });
    let revisions = revisions.collect();
    Answer::json(StatusCode::OK, &Revisions { revisions, next })
}

/// `POST …/revisions`: seals what was written in the story's manuscript until now as its newest revision. With
/// nothing new in it the story stays as it is.
pub async fn create(
    State(api): State<Api>,
    AtStory(id): AtStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| seal_one(api, write, id)).await
}

async fn seal_one(api: Api, write: Write, id: StoryId) -> Result<Answer, Problem> {
    let mut members: Map<String, Value> = write.read()?;
    let why = super::why(members.shift_remove("why"))?;
    if let Some(name) = members.keys().next() {
        return Err(Refusal::on(name.clone(), "unknown-field").into());
    }
    let (by, now) = (&write.acting.by, api.clock.now());
    match seal::seal(&api.db, id, Some(by), why.as_deref(), now).await {
        Ok(sealed) => face::answer(StatusCode::OK, &sealed.story),
        Err(no) => {
            write.acting.log_foreign(&no);
            Err(face::refused(&api, id, no).await)
        }
    }
}

/// `GET …/revisions/{number}`: the fields as they were then.
pub async fn show(State(api): State<Api>, at: AtRevision) -> Result<Answer, Problem> {
    let AtRevision(id, number) = at;
    let fields = read::fields_of_revision(&api.db, id, number).await?;
    Answer::json(StatusCode::OK, &fields.ok_or_else(Problem::absent)?)
}

/// A correction writes its note and its revision in one act, at one moment and with the same words.
fn class_of(notes: &[Note], revision: &read::Revision) -> Option<NoteClass> {
    let why = revision.why.as_deref();
    let told = |note: &&Note| note.at == revision.at && Some(note.words.as_str()) == why;
    notes.iter().find(told).map(|note| note.class)
}
