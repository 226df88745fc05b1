//! One try at a delivery, run as a job.

use base::{Fault, Id, Instant};
use bytes::Bytes;
use courier::{Letter, Sender};
use jiff::SignedDuration;
use store::{Db, Row, Tx, jobs::Job, params};
use uuid::Uuid;

use super::{Delivery, FAILING_DAYS, Secret, Webhook, sql};
use crate::{
    errand::Errand,
    patience::{Came, came, next_try},
};

/// The kind of the job.
pub const DELIVERY: &str = "webhook.delivery";

/// One try at a delivery.
pub(super) const BRING: Errand = Errand {
    kind: DELIVERY,
    row: "delivery",
};

/// Tries it, and writes down what came of it and when to try again. A delivery that is not there any
/// more, or was made by somebody else meanwhile, is nothing to do.
///
/// # Errors
/// When the database is unavailable; what the receiver does is no fault of ours.
pub async fn run(db: &Db, sender: &Sender, job: &Job, now: Instant) -> Result<(), Fault> {
    let id = Id::<Delivery>::from_uuid(BRING.row_of(job)?);
    let Some(row) = db.read_one(&sql::TO_DELIVER, params![id]).await? else {
        return Ok(());
    };
    let due = Due::from(id, &row)?;
    let came = due.send(sender, now).await;
    let mut tx = db.begin().await?;
    due.note(&mut tx, came, now).await?;
    tx.commit().await
}

struct Due {
    id: Id<Delivery>,
    webhook: Id<Webhook>,
    url: String,
    secret: Secret,
    message: Uuid,
    payload: String,
    attempts: u32,
}

impl Due {
    fn from(id: Id<Delivery>, row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            id,
            webhook: row.get("webhook_id")?,
            url: row.get("url")?,
            secret: Secret::of(row.get("secret")?),
            message: row.get("message_id")?,
            payload: row.get("payload")?,
            attempts: row.get("attempts")?,
        })
    }

    async fn send(&self, sender: &Sender, now: Instant) -> Came {
        let message = format!("msg_{}", self.message.simple());
        let mut headers = self.secret.headers(&message, now, &self.payload);
        headers.push(("content-type", "application/json".into()));
        let letter = Letter {
            to: &self.url,
            headers,
            body: Bytes::copy_from_slice(self.payload.as_bytes()),
        };
        came(sender.post(&letter).await)
    }

    async fn note(&self, tx: &mut Tx, came: Came, now: Instant) -> Result<(), Fault> {
        match came {
            Came::Taken(status) => {
                self.tried(tx, "delivered", (Some(status), None), (now, None))
                    .await?;
                tx.write(&sql::TOOK, params![self.webhook]).await?;
                Ok(())
            }
            Came::Gone => {
                let why = "the receiver answered that it is gone for good (410)";
                self.tried(tx, "failed", (Some(410), Some(why)), (now, None))
                    .await?;
                self.turn_off(tx, why, now).await
            }
            Came::Rests(until) => {
                let why = "its host rests, because it did not answer or asked for it";
                tx.write(&sql::PUT_OFF, params![self.id, why, until])
                    .await?;
                BRING.send(tx, self.id.uuid(), until, now).await
            }
            Came::Refused { status, why, rest } => {
                let next = next_try(self.attempts + 1, rest, now);
                let state = if next.is_some() { "waiting" } else { "failed" };
                self.tried(tx, state, (status, Some(&why)), (now, next))
                    .await?;
                if let Some(next) = next {
                    BRING.send(tx, self.id.uuid(), next, now).await?;
                }
                self.count_failure(tx, now).await
            }
        }
    }

    async fn tried(
        &self,
        tx: &mut Tx,
        state: &str,
        (status, why): (Option<u16>, Option<&str>),
        (now, next): (Instant, Option<Instant>),
    ) -> Result<(), Fault> {
        let status = status.map(u32::from);
        tx.write(
            &sql::NOTE_TRY,
            params![self.id, state, status, why, now, next],
        )
        .await?;
        Ok(())
    }

    async fn count_failure(&self, tx: &mut Tx, now: Instant) -> Result<(), Fault> {
        let row = tx
            .read_one(&sql::FAILED, params![self.webhook, now])
            .await?;
        let Some(row) = row else { return Ok(()) };
        let since: Instant = row.get("failing_since")?;
        if since + SignedDuration::from_hours(24 * FAILING_DAYS) > now {
            return Ok(());
        }
        let why = format!("nothing was taken for {FAILING_DAYS} days");
        self.turn_off(tx, &why, now).await
    }

    async fn turn_off(&self, tx: &mut Tx, why: &str, now: Instant) -> Result<(), Fault> {
        let turned = tx
            .write(&sql::TURN_OFF, params![self.webhook, now, why])
            .await?;
        tx.write(&sql::GIVE_UP, params![self.webhook, why]).await?;
        if turned > 0 {
            let webhook = self.webhook;
            tracing::warn!(%webhook, why, "webhook {webhook} was turned off: {why}");
        }
        Ok(())
    }
}
