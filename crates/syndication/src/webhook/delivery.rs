//! The log of deliveries: what was sent where, how often, and what was answered.

use base::{Fault, Id, Instant, No};
use store::{Db, Row, params};
use uuid::Uuid;

use super::{Webhook, deliver::BRING, sql};

/// Lines of the log in one list.
pub const LISTED_MOST: u32 = 100;

/// A message on its way to one webhook, or there.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Its id.
    pub id: Id<Delivery>,
    /// The id its receiver sees, the same at every try.
    pub message: Uuid,
    /// The word of what happened.
    pub kind: String,
    /// `waiting`, `delivered` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What was answered last, if anything was.
    pub status: Option<u16>,
    /// Why it was not taken.
    pub why: Option<String>,
    /// When it was written down.
    pub made_at: Instant,
    /// When it was last tried.
    pub tried_at: Option<Instant>,
    /// When it will be tried, while it waits.
    pub next_at: Option<Instant>,
}

/// The newest lines of a webhook's log before `before`, newest first, at most [`LISTED_MOST`].
///
/// # Errors
/// When the database is unavailable.
pub async fn listed(
    db: &Db,
    webhook: Id<Webhook>,
    before: Option<Id<Delivery>>,
) -> Result<Vec<Delivery>, Fault> {
    let before = before.map_or(Uuid::max(), Id::uuid);
    let rows = db
        .read(&sql::DELIVERIES, params![webhook, before, LISTED_MOST])
        .await?;
    rows.iter().map(from).collect()
}

/// Sends it again, from the first try on, whatever came of it before. Its receiver sees the same id.
///
/// # Errors
/// [`No::Absent`] when there is no such delivery; refused with `webhook-is-off` while nothing is sent.
pub async fn send_again(
    db: &Db,
    (webhook, delivery): (Id<Webhook>, Id<Delivery>),
    now: Instant,
) -> Result<Delivery, No> {
    let mut tx = db.begin().await?;
    let held = tx.read_one(&sql::WEBHOOK, params![webhook]).await?;
    let held = super::from(&held.ok_or(No::Absent)?)?;
    if tx
        .write(&sql::BEGIN_AGAIN, params![webhook, delivery, now])
        .await?
        == 0
    {
        return Err(No::Absent);
    }
    if held.off.is_some() {
        return Err(base::Refusal::of("webhook-is-off").into());
    }
    BRING.send(&mut tx, delivery.uuid(), now, now).await?;
    let row = tx
        .read_one(&sql::DELIVERY, params![webhook, delivery])
        .await?;
    let row = from(&row.ok_or(No::Absent)?)?;
    tx.commit().await?;
    Ok(row)
}

fn from(row: &Row) -> Result<Delivery, Fault> {
    let status: Option<u32> = row.get("status")?;
    Ok(Delivery {
        id: row.get("id")?,
        message: row.get("message_id")?,
        kind: row.get("kind")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        status: status.and_then(|status| status.try_into().ok()),
        why: row.get("why")?,
        made_at: row.get("made_at")?,
        tried_at: row.get("tried_at")?,
        next_at: row.get("next_at")?,
    })
}
