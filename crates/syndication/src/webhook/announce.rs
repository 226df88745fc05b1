//! Writing down what is to be delivered to whom, in the transaction in which an event is heard.

use base::{Fault, Id, Instant};
use serde_json::{Value, json};
use store::{Tx, outbox::Event, params};
use uuid::Uuid;

use super::{Delivery, Webhook, deliver::BRING, from, sql};
use crate::told::Occasion;

/// Writes a delivery and a job for each webhook that is on and asked for this occasion. An event that
/// is heard twice is delivered once.
///
/// `data` is made of public fields alone ([`crate::told`]).
///
/// # Errors
/// When the database is unavailable.
pub async fn announce(
    tx: &mut Tx,
    event: &Event,
    occasion: Occasion,
    data: &Value,
    now: Instant,
) -> Result<(), Fault> {
    let rows = tx.read(&sql::WEBHOOKS, params![]).await?;
    let webhooks = rows.iter().map(from).collect::<Result<Vec<_>, _>>()?;
    let listens = |webhook: &&Webhook| webhook.off.is_none() && webhook.events.contains(&occasion);
    let listening: Vec<&Webhook> = webhooks.iter().filter(listens).collect();
    if listening.is_empty() {
        return Ok(());
    }
    let (kind, at) = (occasion.word(), event.at);
    let payload = json!({"type": kind, "timestamp": at, "data": data}).to_string();
    let row = params![Uuid::now_v7(), event.id, kind, payload, at];
    let message = tx.read_one(&sql::INSERT_MESSAGE, row).await?;
    let message: Uuid = message
        .ok_or_else(|| Fault::new("writing what webhooks are told gave back no id"))?
        .get("id")?;
    for webhook in listening {
        let id = Id::<Delivery>::fresh();
        let row = params![id, webhook.id, message, now];
        if tx.write(&sql::INSERT_DELIVERY, row).await? > 0 {
            BRING.send(tx, id.uuid(), now, now).await?;
        }
    }
    Ok(())
}
