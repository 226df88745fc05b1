//! `/stories/{story}/withdrawal`: taking a story back with a reason, for good.

use axum::extract::State;
use newsroom::story::{StoryId, withdraw::Notice};
use serde::Deserialize;
use web::{Answer, Problem};

use super::publication::withdrawn;
use crate::{Api, address::AtStory, idempotency, write::Write};

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
    let notice = Notice {
        upon: write.upon_if_said()?,
        reason: &asked.reason,
        note: asked.note.as_deref(),
        substitute: asked.substitute,
    };
    withdrawn(&api, id, &notice, &write.acting.by).await
}
