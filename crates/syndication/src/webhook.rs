//! Webhooks: addresses that are told what readers are told, signed, with a log of every delivery.
//!
//! The scheme is Standard Webhooks: `webhook-id`, `webhook-timestamp` and `webhook-signature`, whose
//! secret the owner is shown once. It is kept in the database as it is, since it has to sign.

pub mod announce;
pub mod change;
pub mod create;
pub mod deliver;
pub mod delivery;
pub mod remove;
pub mod rules;
mod sign;
pub(crate) mod sql;

#[cfg(test)]
mod tests;

use base::{Fault, Id, Instant, No};
use store::{Db, Row, params};

pub use delivery::Delivery;
pub use sign::Secret;

use crate::told::Occasion;

/// Days of failing without one success after which a webhook is turned off.
pub const FAILING_DAYS: i64 = 5;

/// Days for which deliveries are kept in the log.
pub const KEPT_DAYS: i64 = 30;

/// An address that is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// Its id.
    pub id: Id<Webhook>,
    /// Where it is.
    pub url: String,
    /// What it is told of.
    pub events: Vec<Occasion>,
    /// When it was made.
    pub created_at: Instant,
    /// By whom.
    pub created_by: String,
    /// Since when nothing was taken, if that is so.
    pub failing_since: Option<Instant>,
    /// Whether nothing is sent, since when and why.
    pub off: Option<Off>,
}

/// A webhook to which nothing is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Off {
    /// Since then.
    pub at: Instant,
    /// For this reason, in words.
    pub why: String,
}

/// All of them, the oldest first.
///
/// # Errors
/// When the database is unavailable.
pub async fn all(db: &Db) -> Result<Vec<Webhook>, Fault> {
    let rows = db.read(&sql::WEBHOOKS, params![]).await?;
    rows.iter().map(from).collect()
}

/// One of them.
///
/// # Errors
/// [`No::Absent`] when there is none.
pub async fn one(db: &Db, id: Id<Webhook>) -> Result<Webhook, No> {
    let row = db.read_one(&sql::WEBHOOK, params![id]).await?;
    Ok(from(&row.ok_or(No::Absent)?)?)
}

/// Forgets deliveries that are older than [`KEPT_DAYS`].
///
/// # Errors
/// When the database is unavailable.
pub async fn sweep(db: &Db, now: Instant) -> Result<(), Fault> {
    let old = now - jiff::SignedDuration::from_hours(24 * KEPT_DAYS);
    let mut tx = db.begin().await?;
    tx.write(&sql::SWEEP_DELIVERIES, params![old]).await?;
    tx.write(&sql::SWEEP_MESSAGES, params![old]).await?;
    tx.commit().await
}

fn from(row: &Row) -> Result<Webhook, Fault> {
    let words: String = row.get("events")?;
    let off_at: Option<Instant> = row.get("off_at")?;
    let off_why: Option<String> = row.get("off_why")?;
    Ok(Webhook {
        id: row.get("id")?,
        url: row.get("url")?,
        events: words.split(' ').filter_map(Occasion::of_word).collect(),
        created_at: row.get("created_at")?,
        created_by: row.get("created_by_name")?,
        failing_since: row.get("failing_since")?,
        off: off_at.map(|at| Off {
            at,
            why: off_why.unwrap_or_default(),
        }),
    })
}
