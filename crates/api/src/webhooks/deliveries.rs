//! `/webhooks/{webhook}/deliveries`: the log of what was sent, and sending again.

use axum::extract::State;
use base::{Id, Instant};
use http::StatusCode;
use serde::Serialize;
use syndication::webhook::{
    self, Delivery, Webhook,
    delivery::{self, LISTED_MOST},
};
use web::{Answer, Problem, Query};

use crate::{
    Api,
    address::{AtDelivery, AtWebhook},
    idempotency,
    write::Write,
};

#[derive(Debug, Serialize)]
struct Deliveries {
    deliveries: Vec<Line>,
    next: Option<Id<Delivery>>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<Delivery>,
    message: String,
    event: String,
    state: String,
    attempts: u32,
    status: Option<u16>,
    why: Option<String>,
    made_at: Instant,
    tried_at: Option<Instant>,
    next_at: Option<Instant>,
}

/// The log, newest first; `?after=…` for the part behind a line.
pub async fn index(
    State(api): State<Api>,
    AtWebhook(id): AtWebhook,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let after = query.read("after")?;
    webhook::one(&api.db, id).await?;
    let lines = delivery::listed(&api.db, id, after).await?;
    let is_full = lines.len() == LISTED_MOST as usize;
    let next = lines.last().map(|line| line.id).filter(|_| is_full);
    let deliveries = lines.into_iter().map(line).collect();
    Answer::json(StatusCode::OK, &Deliveries { deliveries, next })
}

/// `POST …/{delivery}/redelivery`: sends it again, now.
pub async fn send_again(
    State(api): State<Api>,
    AtDelivery(webhook, delivery): AtDelivery,
    write: Write,
) -> Result<Answer, Problem> {
    let which = (webhook, delivery);
    idempotency::once(api, write, move |api, write| again(api, write, which)).await
}

async fn again(
    api: Api,
    write: Write,
    which: (Id<Webhook>, Id<Delivery>),
) -> Result<Answer, Problem> {
    write.read_nothing()?;
    let sent = delivery::send_again(&api.db, which, api.clock.now()).await?;
    Answer::json(StatusCode::ACCEPTED, &line(sent))
}

fn line(delivery: Delivery) -> Line {
    Line {
        id: delivery.id,
        message: format!("msg_{}", delivery.message.simple()),
        event: delivery.kind,
        state: delivery.state,
        attempts: delivery.attempts,
        status: delivery.status,
        why: delivery.why,
        made_at: delivery.made_at,
        tried_at: delivery.tried_at,
        next_at: delivery.next_at,
    }
}
