//! Old addresses of pages that moved: a person's, a topic's, a running story's.

use base::{Fault, Instant};
use store::{Tx, params};

use super::sql::{FOLLOW_PAGE, FORGET_OLD_PAGE, LEAD_ON};

/// The page at `from` is at `to` from now on, and what led to `from` leads there at once. A story's
/// own old address is not taken from it.
pub(crate) async fn lead_on(tx: &mut Tx, from: &str, to: &str, now: Instant) -> Result<(), Fault> {
    tx.write(&FORGET_OLD_PAGE, params![to]).await?;
    tx.write(&FOLLOW_PAGE, params![from, to]).await?;
    tx.write(&LEAD_ON, params![from, to, now]).await?;
    Ok(())
}
