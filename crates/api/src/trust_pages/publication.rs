//! `…/publication`: a trust page on the site, and off it.

use axum::extract::State;
use base::Slug;
use newsroom::trust::show::{Showing, show};
use web::{Answer, Problem};

use super::answer_or_refuse;
use crate::{Api, address::AtTrustPage, idempotency, write::Write};

/// `PUT`: readers see it from this moment.
pub async fn create(
    State(api): State<Api>,
    AtTrustPage(slug): AtTrustPage,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| turn(api, write, slug, true)).await
}

/// `DELETE`: it has no address any more; its text stays at the desk.
pub async fn destroy(
    State(api): State<Api>,
    AtTrustPage(slug): AtTrustPage,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| turn(api, write, slug, false)).await
}

async fn turn(api: Api, write: Write, slug: Slug, shown: bool) -> Result<Answer, Problem> {
    write.read_nothing()?;
    let upon = write.upon_if_said()?;
    let (by, now) = (&write.acting.by, api.clock.now());
    let done = show(&api.db, &slug, Showing { upon, shown }, by, now).await;
    answer_or_refuse(&api, &slug, done).await
}
