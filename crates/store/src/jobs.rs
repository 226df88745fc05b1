//! Work that may follow: a durable queue, each job done at least once by whoever claims it.
//!
//! A job must bear being run twice. What fails is tried again later and later, and after
//! [`ATTEMPTS_MOST`] is set aside as dead: kept, shown, and run again by a person's wish (F-26).

use std::hash::{BuildHasher, RandomState};

use base::{Fault, Instant};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::{db::Db, error::StoreError, params, row::Row, sql, tx::Tx, value::Value};

/// How often a job is run before it is set aside. Counted before the run, so that a job that takes
/// the process down with it is counted too (F-26).
pub const ATTEMPTS_MOST: u32 = 5;

/// How long a claimed job is ours, in seconds. A runner that needs longer calls [`renew`].
pub const LEASE: SignedDuration = SignedDuration::from_secs(300);

/// The largest payload of a job or an event, in bytes of JSON: what is larger belongs into a row of
/// its own, and the payload names it.
pub const PAYLOAD_MOST_BYTES: usize = 64 * 1024;

/// The most kinds that one claim can ask for: the statement has so many places.
pub const KINDS_MOST: usize = 16;

/// The most dead jobs that [`dead`] lists.
pub const DEAD_SHOWN_MOST: u32 = 500;

/// The first wait after a failure, in seconds; each further one is at most twice as long.
const FIRST_WAIT_SECONDS: u64 = 5;

/// The longest wait between two tries, in seconds.
const LONGEST_WAIT_SECONDS: u64 = 3600;

/// How much of a failure's words is kept, in characters.
const WHY_MOST_CHARACTERS: usize = 2000;

/// Work to be done.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// What is to be done; `dateline`'s wiring names its runner.
    pub kind: &'static str,
    /// With a key, there is at most one living job of this kind and key: asking again while it waits
    /// replaces its payload and keeps the earlier time; asking while it runs lets it run once more.
    pub key: Option<String>,
    /// What the runner needs to know.
    pub payload: serde_json::Value,
    /// Not before this.
    pub run_at: Instant,
}

/// Work, claimed or dead.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// What it is the only living job of, if anything.
    pub key: Option<String>,
    /// What the runner needs to know.
    pub payload: serde_json::Value,
    /// When it was wanted.
    pub run_at: Instant,
    /// Which run this is, from 1.
    pub attempt: u32,
    /// Which claim this is: a claim that has been overtaken can neither finish nor fail the job.
    pub fence: i64,
    /// When it was set aside, if it was.
    pub dead_at: Option<Instant>,
    /// What the last run failed with.
    pub why: Option<String>,
}

/// What happens to a job or an event that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterFailure {
    /// It comes again.
    Again {
        /// Not before this.
        at: Instant,
    },
    /// It was set aside.
    Dead,
    /// It was no longer ours: somebody else has claimed or finished it since.
    NotOurs,
}

impl AfterFailure {
    pub(crate) fn of(touched: u64, next: Option<Instant>) -> Self {
        match next {
            _ if touched == 0 => Self::NotOurs,
            Some(at) => Self::Again { at },
            None => Self::Dead,
        }
    }
}

/// Writes a job into the transaction, and answers with its id, or that of the living job with the
/// same key.
///
/// # Errors
/// When the payload is larger than [`PAYLOAD_MOST_BYTES`], or as [`Tx::write`].
pub async fn enqueue(tx: &mut Tx, job: NewJob, now: Instant) -> Result<Uuid, Fault> {
    enqueue_as(
        tx,
        job.kind.to_owned(),
        job.key,
        (job.payload, job.run_at),
        now,
    )
    .await
}

/// Claims the job of these kinds that has been due longest, for [`LEASE`].
///
/// # Errors
/// When more than [`KINDS_MOST`] kinds are named, or the database is unavailable.
pub async fn claim(db: &Db, kinds: &[&'static str], now: Instant) -> Result<Option<Job>, Fault> {
    let Some(kinds) = padded(kinds)? else {
        return Ok(None);
    };
    let mut due = params![now];
    due.extend(kinds.iter().cloned());
    if db.read_one(&sql::JOB_IS_DUE, due.clone()).await?.is_none() {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    let why = "every run ended with the process";
    tx.write(
        &sql::JOB_BURY_SPENT,
        params![now, ATTEMPTS_MOST, why, false],
    )
    .await?;
    due.extend(params![now + LEASE, true]);
    let claimed = tx.read_one(&sql::JOB_CLAIM, due).await?;
    tx.commit().await?;
    claimed.as_ref().map(job).transpose()
}

/// Keeps a claimed job for another [`LEASE`]. Answers whether it was still ours.
///
/// # Errors
/// When the database is unavailable.
pub async fn renew(db: &Db, job: &Job, now: Instant) -> Result<bool, Fault> {
    let mut tx = db.begin().await?;
    let touched = tx
        .write(&sql::JOB_RENEW, params![job.id, job.fence, now + LEASE])
        .await?;
    tx.commit().await?;
    Ok(touched > 0)
}

/// The job is done, and goes; or waits again, if it was wanted again while it ran.
///
/// # Errors
/// When the database is unavailable; the job will then run again.
pub async fn done(db: &Db, job: &Job) -> Result<(), Fault> {
    let mut tx = db.begin().await?;
    done_in(&mut tx, job).await?;
    tx.commit().await
}

/// The job is done if and only if the transaction commits. Answers whether it was still ours; if
/// not, the transaction should be dropped, because somebody else does the same work.
///
/// # Errors
/// As [`Tx::write`].
pub async fn done_in(tx: &mut Tx, job: &Job) -> Result<bool, Fault> {
    if tx.write(&sql::JOB_DONE, params![job.id, job.fence]).await? > 0 {
        return Ok(true);
    }
    tx.ring_on_commit();
    Ok(tx
        .write(&sql::JOB_DONE_ONCE, params![job.id, job.fence, false])
        .await?
        > 0)
}

/// The job could not be done: it runs again later, or is set aside after [`ATTEMPTS_MOST`].
///
/// # Errors
/// When the database is unavailable; the job will then run again when its lease ends.
pub async fn failed(db: &Db, job: &Job, why: &str, now: Instant) -> Result<AfterFailure, Fault> {
    let next = next_try(job.attempt, ATTEMPTS_MOST, now);
    let dead_at = next.is_none().then_some(now);
    let mut tx = db.begin().await?;
    let failed = params![job.id, job.fence, next, dead_at, shortened(why), false];
    let touched = tx.write(&sql::JOB_FAILED, failed).await?;
    tx.commit().await?;
    Ok(AfterFailure::of(touched, next))
}

/// When the next job, of whatever kind, may be claimed; none if there is none.
///
/// # Errors
/// When the database is unavailable.
pub async fn due_at(db: &Db) -> Result<Option<Instant>, Fault> {
    let row = db.read_one(&sql::JOB_NEXT, params![]).await?;
    row.map(|row| row.get("due_at")).transpose()
}

/// The jobs that were set aside, latest first, at most [`DEAD_SHOWN_MOST`].
///
/// # Errors
/// When the database is unavailable.
pub async fn dead(db: &Db) -> Result<Vec<Job>, Fault> {
    db.read(&sql::JOBS_DEAD, params![DEAD_SHOWN_MOST])
        .await?
        .iter()
        .map(job)
        .collect()
}

/// Enqueues a dead job afresh, merging with a living one of the same key. Answers whether there was one.
///
/// # Errors
/// When the database is unavailable.
pub async fn revive(db: &Db, id: Uuid, now: Instant) -> Result<bool, Fault> {
    let mut tx = db.begin().await?;
    let Some(row) = tx.read_one(&sql::JOB_EXHUME, params![id]).await? else {
        return Ok(false);
    };
    let what = (row.get("payload")?, now);
    enqueue_as(&mut tx, row.get("kind")?, row.get("key")?, what, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// How many jobs wait or run.
///
/// # Errors
/// When the database is unavailable.
pub async fn waiting(db: &Db) -> Result<u64, Fault> {
    let row = db.read_one(&sql::JOBS_WAITING, params![]).await?;
    row.map_or(Ok(0), |row| row.get("waiting"))
}

/// A payload that is not too large.
pub(crate) struct Payload(pub(crate) serde_json::Value);

impl Payload {
    pub(crate) fn checked(payload: serde_json::Value) -> Result<Self, Fault> {
        let bytes = payload.to_string().len();
        if bytes > PAYLOAD_MOST_BYTES {
            let why =
                format!("a payload may have {PAYLOAD_MOST_BYTES} bytes, this one has {bytes}");
            return Err(Fault::while_(
                "writing an event or a job",
                StoreError::Parameters(why),
            ));
        }
        Ok(Self(payload))
    }
}

/// When to try again after this attempt, or never: exponential with full jitter, so that a hundred
/// that failed together do not come back together.
pub(crate) fn next_try(attempt: u32, most: u32, now: Instant) -> Option<Instant> {
    if attempt >= most {
        return None;
    }
    let doublings = attempt.saturating_sub(1).min(20);
    let ceiling = (FIRST_WAIT_SECONDS << doublings).min(LONGEST_WAIT_SECONDS);
    // Never less than a second: a failure is not tried again at once.
    let wait = 1_000 + chance() % (ceiling * 1_000);
    Some(now + SignedDuration::from_millis(i64::try_from(wait).unwrap_or(i64::MAX)))
}

/// The beginning of a failure's words: a page of HTML in an error must not fill the table.
pub(crate) fn shortened(why: &str) -> String {
    why.chars()
        .filter(|character| *character != '\0')
        .take(WHY_MOST_CHARACTERS)
        .collect()
}

/// A number nobody can foresee; each `RandomState` has keys of its own.
fn chance() -> u64 {
    RandomState::new().hash_one(())
}

async fn enqueue_as(
    tx: &mut Tx,
    kind: String,
    key: Option<String>,
    (payload, run_at): (serde_json::Value, Instant),
    now: Instant,
) -> Result<Uuid, Fault> {
    let payload = Payload::checked(payload)?;
    let fields = params![Uuid::now_v7(), kind, key, payload.0, run_at, now, false];
    let row = tx.read_one(&sql::JOB_ENQUEUE, fields).await?;
    tx.ring_on_commit();
    let row = row.ok_or_else(|| Fault::new("enqueueing a job gave back no id"))?;
    row.get("id")
}

/// The kinds, the last of them repeated until all places of the statement are filled.
fn padded(kinds: &[&'static str]) -> Result<Option<Vec<Value>>, Fault> {
    if kinds.len() > KINDS_MOST {
        let why = format!("a claim may name {KINDS_MOST} kinds, not {}", kinds.len());
        return Err(Fault::while_("claiming a job", StoreError::Parameters(why)));
    }
    let Some(last) = kinds.last() else {
        return Ok(None);
    };
    let filled = kinds.iter().chain(std::iter::repeat(last)).take(KINDS_MOST);
    Ok(Some(
        filled.map(|kind| Value::Text((*kind).to_owned())).collect(),
    ))
}

fn job(row: &Row) -> Result<Job, Fault> {
    Ok(Job {
        id: row.get("id")?,
        kind: row.get("kind")?,
        key: row.get("key")?,
        payload: row.get("payload")?,
        run_at: row.get("run_at")?,
        attempt: row.get("attempts")?,
        fence: row.get("fence")?,
        dead_at: row.get("dead_at")?,
        why: row.get("why")?,
    })
}
