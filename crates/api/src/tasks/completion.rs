//! `/tasks/{task}/completion`: that a task is done, and that it is not, after all.

use axum::extract::State;
use base::Id;
use http::StatusCode;
use newsroom::task::{
    Task,
    complete::{complete, reopen},
};
use web::{Answer, Problem};

use super::face;
use crate::{Api, address::AtTask, idempotency, write::Write};

/// `PUT`: it is done. Who said so first is kept.
pub async fn create(
    State(api): State<Api>,
    AtTask(id): AtTask,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| end(api, write, id)).await
}

/// `DELETE`: it waits again.
pub async fn destroy(
    State(api): State<Api>,
    AtTask(id): AtTask,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| put_back(api, write, id)).await
}

async fn end(api: Api, write: Write, id: Id<Task>) -> Result<Answer, Problem> {
    write.read_nothing()?;
    let hand = (&write.acting.by, api.clock.now());
    let task = complete(&api.db, id, hand).await?;
    Answer::json(StatusCode::OK, &face(task))
}

async fn put_back(api: Api, write: Write, id: Id<Task>) -> Result<Answer, Problem> {
    write.read_nothing()?;
    let task = reopen(&api.db, id).await?;
    Answer::json(StatusCode::OK, &face(task))
}
