//! Our WebSub hub (W3C Recommendation, 2018): programs follow a feed and are sent it when it is new.
//!
//! Who asks is a stranger, and so is the address they give. It is asked once, by a job, whether it
//! wants what was asked for; nobody is sent anything before it said so, and the request itself makes
//! us do nothing but write a row ([`ask`]). Caps are per host of the callback and in all.

pub mod ask;
pub mod spread;
pub(crate) mod sql;
pub mod verify;

use base::{Fault, Instant};
use jiff::SignedDuration;
use store::{Db, params};

/// The shortest and longest time for which a feed is followed, in seconds; then it is asked for again.
pub const LEASE_SECONDS: (i64, i64) = (60 * 60, 30 * 24 * 60 * 60);
/// The time when none was asked for, in seconds (the Recommendation suggests ten days).
pub const USUAL_LEASE_SECONDS: i64 = 10 * 24 * 60 * 60;
/// Bytes of a secret (section 5.1: less than 200).
pub const SECRET_MOST: usize = 199;
/// Followings in all.
pub const FOLLOWED_MOST: u32 = 10_000;
/// Followings with callbacks at one host.
pub const FOLLOWED_BY_HOST_MOST: u32 = 500;
/// Requests that wait to be verified, in all and with callbacks at one host.
pub const WAITING_MOST: (u32, u32) = (1_000, 20);
/// Minutes after which a request that nobody verified is forgotten.
pub const WAITING_MINUTES: i64 = 60;

/// Forgets what has run out, and requests that nobody verified.
///
/// # Errors
/// When the database is unavailable.
pub async fn sweep(db: &Db, now: Instant) -> Result<(), Fault> {
    let old = now - SignedDuration::from_mins(WAITING_MINUTES);
    let mut tx = db.begin().await?;
    tx.write(&sql::SWEEP_REQUESTS, params![old]).await?;
    tx.write(&sql::SWEEP_SUBSCRIPTIONS, params![now]).await?;
    tx.write(&sql::SWEEP_TOPICS, params![]).await?;
    tx.commit().await
}
