//! `…/revocation`: ending a token.

use axum::extract::State;
use base::Id;
use newsroom::staff::api_token::{self, ApiToken};
use web::{Answer, Problem};

use super::answer;
use crate::{Api, address::AtToken, idempotency, write::Write};

/// `PUT`: it opens nothing from this moment, and for good. Once more changes nothing.
pub async fn create(
    State(api): State<Api>,
    AtToken(id): AtToken,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| revoke(api, write, id)).await
}

async fn revoke(api: Api, write: Write, id: Id<ApiToken>) -> Result<Answer, Problem> {
    write.read_nothing()?;
    if api_token::revoke(&api.db, id, api.clock.now()).await? {
        let account = write.acting.caller;
        tracing::info!(%account, %id, "staff {account} ended the API token {id}");
    }
    answer(&api, id).await
}
