//! Which files no row names any more.

use base::{Fault, Instant};
use jiff::SignedDuration;
use store::{Db, params, shelf::Hash};

use super::sql::{DELETE_REPLACED, IS_NAMED};

/// How long replaced prints are served on: pages and feeds kept elsewhere name them, 30 days.
pub const REPLACED_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How old a file has to be before it goes because nothing names it: it may be on its way into a row, 24 hours.
pub const GRACE: SignedDuration = SignedDuration::from_hours(24);

/// Forgets prints that were replaced long ago, and answers how many.
pub async fn forget_replaced(db: &Db, now: Instant) -> Result<u64, Fault> {
    let before = now.saturating_sub(REPLACED_KEPT).unwrap_or(now);
    let mut tx = db.begin().await?;
    let gone = tx.write(&DELETE_REPLACED, params![before]).await?;
    tx.commit().await?;
    Ok(gone)
}

/// Whether a row names this file.
pub async fn is_named(db: &Db, hash: Hash) -> Result<bool, Fault> {
    Ok(db.read_one(&IS_NAMED, params![hash]).await?.is_some())
}
