//! Taking a webhook away, with its log. What was on its way to it is dropped.

use base::{Id, No};
use store::{Db, params};

use super::{Webhook, sql};

/// Takes it away.
///
/// # Errors
/// [`No::Absent`] when there is none.
pub async fn remove(db: &Db, id: Id<Webhook>) -> Result<(), No> {
    let mut tx = db.begin().await?;
    tx.write(&sql::DELETE_DELIVERIES, params![id]).await?;
    if tx.write(&sql::DELETE_WEBHOOK, params![id]).await? == 0 {
        return Err(No::Absent);
    }
    tx.commit().await?;
    Ok(())
}
