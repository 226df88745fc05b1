//! `/stories/{story}/withdrawal`: taking a story back with a reason, for good.

use axum::extract::State;
use base::Refusal;
use http::StatusCode;
use newsroom::story::{
    StoryId,
    withdraw::{Notice, withdraw},
};
use serde::Deserialize;
use web::{Answer, Problem};

use super::publication::refuse_passed;
use crate::{Api, address::AtStory, face, idempotency, write::Write};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    reason: String,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    substitute: Option<StoryId>,
}

/// `PUT …/withdrawal`: a notice with the reason stays at the story's address.
pub async fn create(
    State(api): State<Api>,
    AtStory(id): AtStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| take_back(api, write, id)).await
}

async fn take_back(api: Api, write: Write, id: StoryId) -> Result<Answer, Problem> {
    write.acting.may_withdraw()?;
    let asked: Withdrawal = write.read()?;
    refuse_note(asked.note.as_deref())?;
    refuse_passed(&api, &write, id).await?;
    let notice = Notice {
        reason: &asked.reason,
        substitute: asked.substitute,
    };
    let story = withdraw(&api.db, id, &notice, &write.acting.by, api.clock.now()).await?;
    face::answer(StatusCode::OK, &story)
}

/// The newsroom's record of a withdrawal has no room for a note that readers never see. Refusing
/// says so; taking it and keeping nothing would not.
fn refuse_note(note: Option<&str>) -> Result<(), Refusal> {
    match note {
        Some(note) if !note.trim().is_empty() => Err(Refusal::on("note", "no-room-for-a-note")),
        _ => Ok(()),
    }
}
