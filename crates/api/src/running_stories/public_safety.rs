//! `…/public-safety`: a running story's switch that opens all its stories to everybody.

use axum::extract::State;
use base::Id;
use newsroom::running::{RunningStory, safety};
use web::{Answer, Problem};

use super::answer;
use crate::{Api, address::AtRunningStory, idempotency, write::Write};

/// `PUT`: no meter and no wall on any of its stories, from this moment.
pub async fn create(
    State(api): State<Api>,
    AtRunningStory(id): AtRunningStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| turn(api, write, id, true)).await
}

/// `DELETE`: each of its stories by its own rule again.
pub async fn destroy(
    State(api): State<Api>,
    AtRunningStory(id): AtRunningStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| turn(api, write, id, false)).await
}

async fn turn(api: Api, write: Write, id: Id<RunningStory>, open: bool) -> Result<Answer, Problem> {
    write.read_nothing()?;
    let (by, now) = (&write.acting.by, api.clock.now());
    answer(safety::turn(&api.db, id, open, by, now).await?)
}
