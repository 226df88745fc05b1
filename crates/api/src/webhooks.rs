//! `/webhooks`: addresses that are told what readers are told, for whoever administers the house.

pub mod deliveries;

use axum::extract::State;
use base::{Id, Instant};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use syndication::{
    told::Occasion,
    webhook::{self, Webhook, change::change, create::create as make, remove::remove},
};
use web::{Answer, Problem};

use crate::{Api, address::AtWebhook, current::found_at, idempotency, write::Write};

#[derive(Debug, Serialize)]
struct Webhooks {
    webhooks: Vec<Line>,
    events: [&'static str; Occasion::ALL.len()],
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<Webhook>,
    url: String,
    events: Vec<&'static str>,
    on: bool,
    off: Option<Off>,
    failing_since: Option<Instant>,
    created_at: Instant,
    created_by: String,
}

#[derive(Debug, Serialize)]
struct Off {
    at: Instant,
    why: String,
}

#[derive(Debug, Serialize)]
struct Made {
    #[serde(flatten)]
    webhook: Line,
    secret: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    url: String,
    events: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    url: String,
    events: Vec<String>,
    on: bool,
}

/// All of them, with the events there are.
pub async fn index(State(api): State<Api>) -> Result<Answer, Problem> {
    let webhooks = webhook::all(&api.db).await?.into_iter().map(line).collect();
    let events = Occasion::ALL.map(Occasion::word);
    Answer::json(StatusCode::OK, &Webhooks { webhooks, events })
}

/// One of them.
pub async fn show(State(api): State<Api>, AtWebhook(id): AtWebhook) -> Result<Answer, Problem> {
    Answer::json(StatusCode::OK, &line(webhook::one(&api.db, id).await?))
}

/// `POST`: a new one. Its secret is in the answer and never again, so no `Idempotency-Key` keeps it.
pub async fn create(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    let asked: Asked = write.read()?;
    let (by, now) = (&write.acting.by, api.clock.now());
    let (webhook, secret) = make(&api.db, &asked.url, &asked.events, by, now).await?;
    let at = format!("/api/v1/webhooks/{}", webhook.id);
    let made = Made {
        webhook: line(webhook),
        secret: secret.reveal(),
    };
    let answer = Answer::json(StatusCode::CREATED, &made)?;
    Ok(found_at(&at, answer))
}

/// `PUT …/{webhook}`: address, events, and whether it is on.
pub async fn update(
    State(api): State<Api>,
    AtWebhook(id): AtWebhook,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| set(api, write, id)).await
}

/// `DELETE …/{webhook}`: gone, with its log.
pub async fn destroy(
    State(api): State<Api>,
    AtWebhook(id): AtWebhook,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| take_away(api, write, id)).await
}

async fn set(api: Api, write: Write, id: Id<Webhook>) -> Result<Answer, Problem> {
    let Changed { url, events, on } = write.read()?;
    let by = (&write.acting.by, api.clock.now());
    let webhook = change(&api.db, id, (&url, &events, on), by).await?;
    Answer::json(StatusCode::OK, &line(webhook))
}

async fn take_away(api: Api, write: Write, id: Id<Webhook>) -> Result<Answer, Problem> {
    write.read_nothing()?;
    remove(&api.db, id).await?;
    Ok(Answer::empty())
}

fn line(webhook: Webhook) -> Line {
    Line {
        id: webhook.id,
        url: webhook.url,
        events: webhook.events.into_iter().map(Occasion::word).collect(),
        on: webhook.off.is_none(),
        off: webhook.off.map(|off| Off {
            at: off.at,
            why: off.why,
        }),
        failing_since: webhook.failing_since,
        created_at: webhook.created_at,
        created_by: webhook.created_by,
    }
}
