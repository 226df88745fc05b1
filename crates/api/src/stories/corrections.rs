//! `/stories/{story}/corrections`: changing what has run, and telling readers.

use axum::extract::State;
use http::StatusCode;
use newsroom::story::{
    NoteClass, StoryId,
    correct::{Correction, correct},
    revise::Save,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use web::{Answer, Problem};

use crate::{Api, address::AtStory, face, fields, idempotency, stories::seal_first, write::Write};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    class: NoteClass,
    text: String,
    #[serde(default)]
    changes: Map<String, Value>,
}

/// `POST …/corrections`: the change, the note and the new page at once, upon the revision in
/// `If-Match`.
pub async fn create(
    State(api): State<Api>,
    AtStory(id): AtStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| put_right(api, write, id)).await
}

async fn put_right(api: Api, write: Write, id: StoryId) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let asked: Asked = write.read()?;
    let change = fields::taken(asked.changes);
    if change.0.contains_key("body") {
        seal_first(&api, id).await?;
    }
    let correction = Correction {
        save: Save {
            upon,
            change: &change,
            why: None,
        },
        class: asked.class,
        words: &asked.text,
    };
    let (customs, now) = (&api.customs, api.clock.now());
    match correct(&api.db, customs, id, &correction, (&write.acting.by, now)).await {
        Ok(story) => face::answer(StatusCode::CREATED, &story),
        Err(no) => Err(face::refused(&api, id, no).await),
    }
}
