//! A new webhook, and the secret that its owner sees once.

use base::{Fault, Id, Instant, No};
use newsroom::By;
use store::{Db, params};

use super::{Secret, Webhook, rules, sql};

/// Makes one, and the secret by which its receiver knows us.
///
/// # Errors
/// Refused for every reason of [`rules::refuse`], and for one too many.
pub async fn create(
    db: &Db,
    url: &str,
    events: &[String],
    by: &By,
    now: Instant,
) -> Result<(Webhook, Secret), No> {
    let events = rules::refuse(url, events)?;
    let secret = Secret::fresh()?;
    let webhook = Webhook {
        id: Id::fresh(),
        url: url.into(),
        events,
        created_at: now,
        created_by: by.name.clone(),
        failing_since: None,
        off: None,
    };
    let mut tx = db.begin().await?;
    let counted = tx.read_one(&sql::COUNT_WEBHOOKS, params![]).await?;
    let webhooks: u32 = counted
        .ok_or_else(|| Fault::new("counting webhooks gave no number"))?
        .get("webhooks")?;
    rules::refuse_one_more(webhooks as usize)?;
    let (id, words) = (webhook.id, rules::words(&webhook.events));
    let row = params![id, url, words, secret.bytes().to_vec(), now, &by.name];
    tx.write(&sql::INSERT_WEBHOOK, row).await?;
    tx.commit().await?;
    Ok((webhook, secret))
}
