//! Events: what happened, written in the transaction that made it happen, handled at least once after.
//!
//! A handler must bear being called twice with the same event: the process may end between the
//! handling and [`done`]. An event whose handling fails is tried again later and later, and after
//! [`ATTEMPTS_MOST`] is set aside as dead: kept, shown, and run again by a person's wish.

use base::{Fault, Instant};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::{
    db::Db,
    jobs::{AfterFailure, Payload, next_try, shortened},
    params,
    row::Row,
    sql,
    tx::Tx,
};

/// How often an event is handled before it is set aside. Counted before the handling, so that an
/// event that takes the process down with it is counted too (F-26).
pub const ATTEMPTS_MOST: u32 = 8;

/// How long a taken event is ours, in seconds. Afterwards somebody else takes it.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// The most dead events that [`dead`] lists.
pub const DEAD_SHOWN_MOST: u32 = 500;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its own id; later events have greater ids.
    pub id: Uuid,
    /// What happened, such as `story-published`.
    pub kind: String,
    /// To what it happened.
    pub subject: Uuid,
    /// What the listeners need to know beyond that.
    pub payload: serde_json::Value,
    /// When.
    pub at: Instant,
    /// Which try at handling it this is, from 1.
    pub attempt: u32,
    /// When it was set aside, if it was.
    pub dead_at: Option<Instant>,
    /// What the last try failed with.
    pub why: Option<String>,
}

/// Writes an event into the transaction: it happened if and only if the transaction commits.
///
/// # Errors
/// When the payload is larger than [`crate::jobs::PAYLOAD_MOST_BYTES`], or as [`Tx::write`].
pub async fn emit(
    tx: &mut Tx,
    kind: &'static str,
    subject: Uuid,
    payload: serde_json::Value,
    now: Instant,
) -> Result<(), Fault> {
    let payload = Payload::checked(payload)?;
    tx.write(
        &sql::EVENT_EMIT,
        params![Uuid::now_v7(), kind, subject, payload.0, now],
    )
    .await?;
    tx.ring_on_commit();
    Ok(())
}

/// Takes up to `limit` events that nobody handles, oldest first, for [`LEASE`].
///
/// # Errors
/// When the database is unavailable.
pub async fn take(db: &Db, limit: u32, now: Instant) -> Result<Vec<Event>, Fault> {
    if db
        .read_one(&sql::EVENT_IS_DUE, params![now])
        .await?
        .is_none()
    {
        return Ok(Vec::new());
    }
    let mut tx = db.begin().await?;
    let why = "every try ended with the process";
    tx.write(&sql::EVENT_BURY_SPENT, params![now, ATTEMPTS_MOST, why])
        .await?;
    let rows = tx
        .read(&sql::EVENT_TAKE, params![now, now + LEASE, limit])
        .await?;
    tx.commit().await?;
    let mut events = rows.iter().map(event).collect::<Result<Vec<_>, _>>()?;
    events.sort_by_key(|event| (event.at, event.id));
    Ok(events)
}

/// The event is handled, and goes.
///
/// # Errors
/// When the database is unavailable; the event will then come again.
pub async fn done(db: &Db, event: &Event) -> Result<(), Fault> {
    let mut tx = db.begin().await?;
    done_in(&mut tx, event).await?;
    tx.commit().await
}

/// The event is handled if and only if the transaction commits.
///
/// # Errors
/// As [`Tx::write`].
pub async fn done_in(tx: &mut Tx, event: &Event) -> Result<(), Fault> {
    tx.write(&sql::EVENT_DONE, params![event.id]).await?;
    Ok(())
}

/// The event could not be handled: it comes again later, or is set aside after [`ATTEMPTS_MOST`].
///
/// # Errors
/// When the database is unavailable; the event will then come again when its lease ends.
pub async fn failed(
    db: &Db,
    event: &Event,
    why: &str,
    now: Instant,
) -> Result<AfterFailure, Fault> {
    let next = next_try(event.attempt, ATTEMPTS_MOST, now);
    let dead_at = next.is_none().then_some(now);
    let why = shortened(why);
    let mut tx = db.begin().await?;
    let failed = params![event.id, event.attempt, next, dead_at, why];
    let touched = tx.write(&sql::EVENT_FAILED, failed).await?;
    tx.commit().await?;
    Ok(AfterFailure::of(touched, next))
}

/// The events that were set aside, latest first, at most [`DEAD_SHOWN_MOST`].
///
/// # Errors
/// When the database is unavailable.
pub async fn dead(db: &Db) -> Result<Vec<Event>, Fault> {
    db.read(&sql::EVENTS_DEAD, params![DEAD_SHOWN_MOST])
        .await?
        .iter()
        .map(event)
        .collect()
}

/// Lets a dead event be handled once more from the beginning. Answers whether there was one.
///
/// # Errors
/// When the database is unavailable.
pub async fn revive(db: &Db, id: Uuid, now: Instant) -> Result<bool, Fault> {
    let mut tx = db.begin().await?;
    let revived = tx.write(&sql::EVENT_REVIVE, params![id, now]).await?;
    tx.ring_on_commit();
    tx.commit().await?;
    Ok(revived > 0)
}

/// How many events are still to be handled, also those somebody is at.
///
/// # Errors
/// When the database is unavailable.
pub async fn waiting(db: &Db) -> Result<u64, Fault> {
    let row = db.read_one(&sql::EVENTS_WAITING, params![]).await?;
    row.map_or(Ok(0), |row| row.get("waiting"))
}

fn event(row: &Row) -> Result<Event, Fault> {
    Ok(Event {
        id: row.get("id")?,
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        payload: row.get("payload")?,
        at: row.get("at")?,
        attempt: row.get("attempts")?,
        dead_at: row.get("dead_at")?,
        why: row.get("why")?,
    })
}
