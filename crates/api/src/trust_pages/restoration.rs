//! `PUT …/restoration`: an earlier text of a trust page once more, the starter text among them.

use axum::extract::State;
use base::Slug;
use newsroom::trust::restore::restore;
use serde::Deserialize;
use web::{Answer, Problem};

use super::answer_or_refuse;
use crate::{Api, address::AtTrustPage, idempotency, write::Write};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    version: u32,
}

/// Puts the words of a version back, upon the version in `If-Match`.
pub async fn create(
    State(api): State<Api>,
    AtTrustPage(slug): AtTrustPage,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| put_back(api, write, slug)).await
}

async fn put_back(api: Api, write: Write, slug: Slug) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let Asked { version } = write.read()?;
    let (by, now) = (&write.acting.by, api.clock.now());
    let done = restore(&api.db, &slug, (upon, version), by, now).await;
    answer_or_refuse(&api, &slug, done).await
}
