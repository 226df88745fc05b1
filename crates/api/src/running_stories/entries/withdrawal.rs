//! `…/withdrawal`: taking a live entry down.

use axum::extract::State;
use newsroom::running::entry::take_down::take_down;
use serde::Deserialize;
use web::{Answer, Problem};

use super::answer;
use crate::{Api, address::AtEntry, idempotency, write::Write};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Told to readers in its place.
    reason: Option<String>,
}

/// `PUT`: its words go from the site, and its place says so. Once more changes nothing.
pub async fn create(State(api): State<Api>, at: AtEntry, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| take_back(api, write, at)).await
}

async fn take_back(api: Api, write: Write, at: AtEntry) -> Result<Answer, Problem> {
    let AtEntry(running, id) = at;
    let asked: Asked = write.read()?;
    let hand = (&write.acting.by, api.clock.now());
    answer(take_down(&api.db, (running, id), asked.reason.as_deref(), hand).await?)
}
