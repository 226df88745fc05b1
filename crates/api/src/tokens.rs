//! `/tokens`: keys by which machines use the API. A secret is shown once, to whoever made it.
//!
//! There is no `Idempotency-Key` here: what would be kept is a secret. A token whose answer got lost is
//! ended, and another made.

pub mod revocation;

use axum::extract::State;
use base::{Id, Instant};
use http::StatusCode;
use newsroom::staff::api_token::{self, ApiToken, Kept, LONGEST_DAYS, MAX_LISTED, New, Scope};
use serde::{Deserialize, Serialize};
use web::{Answer, Json, Problem, Query};

use crate::{
    Api,
    acting::Present,
    address::AtToken,
    current::found_at,
    paging::{self, Span},
};

/// Tokens on a page of the list.
pub const SPAN: Span = Span {
    usual: 50,
    most: MAX_LISTED,
};
/// Days after which a token ends that was made without saying when.
pub const USUAL_DAYS: i64 = 365;

const _: () = assert!(USUAL_DAYS <= LONGEST_DAYS);

#[derive(Debug, Serialize)]
struct Tokens {
    tokens: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<ApiToken>,
    name: String,
    scopes: Vec<&'static str>,
    /// Who made it and answers for it; none for one made on the machine itself.
    owner: Option<String>,
    created_at: Instant,
    expires_at: Option<Instant>,
    revoked_at: Option<Instant>,
    /// Whether it still lets a machine in.
    good: bool,
}

#[derive(Debug, Serialize)]
struct Made {
    #[serde(flatten)]
    line: Line,
    /// The secret, this once.
    token: String,
}

/// A token to be made.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    name: String,
    scopes: Vec<Word>,
    /// In [`USUAL_DAYS`] when left out.
    expires_at: Option<Instant>,
}

/// A scope as it is written.
#[derive(Clone, Copy, Deserialize)]
enum Word {
    #[serde(rename = "stories:read")]
    StoriesRead,
    #[serde(rename = "stories:write")]
    StoriesWrite,
    #[serde(rename = "publish")]
    Publish,
}

/// `GET`: newest first, those that ended among them.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    let limit = paging::limit(&query, SPAN)?;
    let tokens = api_token::list(&api.db, paging::after_moment(&query)?, limit).await?;
    let cursor = |kept: &Kept| paging::moment_cursor(kept.created_at, kept.token.id);
    let now = api.clock.now();
    let page = Tokens {
        next: paging::next(&tokens, limit, cursor),
        tokens: tokens.into_iter().map(|kept| line(kept, now)).collect(),
    };
    Answer::json(StatusCode::OK, &page)
}

/// `GET …/{token}`.
pub async fn show(State(api): State<Api>, AtToken(id): AtToken) -> Result<Answer, Problem> {
    answer(&api, id).await
}

/// `POST`: a new one; its maker answers for it.
pub async fn create(
    State(api): State<Api>,
    Present(session): Present,
    Json(asked): Json<Asked>,
) -> Result<Answer, Problem> {
    let now = api.clock.now();
    let usual = jiff::SignedDuration::from_hours(24 * USUAL_DAYS);
    let scopes: Vec<Scope> = asked.scopes.into_iter().map(scope).collect();
    let new = New {
        name: &asked.name,
        scopes: &scopes,
        expires_at: asked.expires_at.or(now.checked_add(usual).ok()),
        owner: Some(&session.staff),
    };
    let (kept, token) = api_token::make(&api.db, &new, now).await?;
    let (account, id) = (session.staff.id, kept.token.id);
    tracing::info!(%account, %id, "staff {account} made the API token {id}");
    let made = Made {
        line: line(kept, now),
        token: token.reveal().into(),
    };
    let answer = Answer::json(StatusCode::CREATED, &made)?;
    Ok(found_at(&format!("/api/v1/tokens/{id}"), answer))
}

async fn answer(api: &Api, id: Id<ApiToken>) -> Result<Answer, Problem> {
    let kept = api_token::one(&api.db, id).await?;
    let kept = kept.ok_or_else(Problem::absent)?;
    Answer::json(StatusCode::OK, &line(kept, api.clock.now()))
}

fn scope(word: Word) -> Scope {
    match word {
        Word::StoriesRead => Scope::StoriesRead,
        Word::StoriesWrite => Scope::StoriesWrite,
        Word::Publish => Scope::Publish,
    }
}

fn line(kept: Kept, now: Instant) -> Line {
    let good = kept.is_good(now);
    Line {
        id: kept.token.id,
        name: kept.token.name,
        scopes: kept.token.scopes.into_iter().map(Scope::word).collect(),
        owner: kept.owner,
        created_at: kept.created_at,
        expires_at: kept.expires_at,
        revoked_at: kept.revoked_at,
        good,
    }
}
