//! Changing where a webhook is and what it is told, and turning it on and off.

use base::{Id, Instant, No};
use newsroom::By;
use store::{Db, params};

use super::{Webhook, from, rules, sql};

/// Sets its address, its events and whether it is on. What failed before is forgiven; what was not
/// delivered while it was off can be sent again by hand.
///
/// # Errors
/// [`No::Absent`] when there is none; refused as [`rules::refuse`] says.
pub async fn change(
    db: &Db,
    id: Id<Webhook>,
    (url, events, on): (&str, &[String], bool),
    (by, now): (&By, Instant),
) -> Result<Webhook, No> {
    let events = rules::refuse(url, events)?;
    let mut tx = db.begin().await?;
    let before = tx.read_one(&sql::WEBHOOK, params![id]).await?;
    let before = from(&before.ok_or(No::Absent)?)?;
    let (off_at, off_why) = match (on, before.off) {
        (true, _) => (None, None),
        (false, Some(off)) => (Some(off.at), Some(off.why)),
        (false, None) => (Some(now), Some(format!("{} turned it off", by.name))),
    };
    let row = params![id, url, rules::words(&events), off_at, off_why.clone()];
    tx.write(&sql::UPDATE_WEBHOOK, row).await?;
    if let Some(why) = off_why {
        tx.write(&sql::GIVE_UP, params![id, why]).await?;
    }
    let after = tx.read_one(&sql::WEBHOOK, params![id]).await?;
    let after = from(&after.ok_or(No::Absent)?)?;
    tx.commit().await?;
    Ok(after)
}
