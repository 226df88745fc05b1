//! `PUT /pictures/{picture}/focus`: the point that every crop keeps.

use axum::extract::State;
use http::StatusCode;
use newsroom::picture::{Focus, PictureId, refocus::refocus};
use web::{Answer, Problem};

use super::face;
use crate::{Api, address::AtPicture, idempotency, write::Write};

/// Sets it; the crops follow within seconds.
pub async fn update(
    State(api): State<Api>,
    AtPicture(id): AtPicture,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| set(api, write, id)).await
}

async fn set(api: Api, write: Write, id: PictureId) -> Result<Answer, Problem> {
    let focus: Focus = write.read()?;
    let hand = (&write.acting.by, api.clock.now());
    let picture = refocus(&api.db, id, focus, hand).await?;
    face::answer(&api, StatusCode::OK, &picture)
}
