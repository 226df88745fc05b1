//! Signing in, staying in, signing out.

use base::{Fault, Instant, No, Refusal};
use jiff::ToSpan;
use store::{Db, Row, params};

use super::{Staff, Token, code::step_of, password, sql, staff_from};

/// Hours without a request after which a session ends (PROOFS V-05).
pub const IDLE_HOURS: i64 = 12;
/// Days after which every session ends.
pub const LONGEST_DAYS: i64 = 7;
/// Minutes between two notes that a session was used: one write for many requests.
const TOUCH_MINUTES: i64 = 5;

/// A session that stands, and how long it will.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Whose it is.
    pub staff: Staff,
    /// Until then it stands without a further request; never later than `ends_at`.
    pub fresh_until: Instant,
    /// When it ends whatever happens.
    pub ends_at: Instant,
}

impl Session {
    /// A session that was opened at this moment.
    pub fn opened(staff: Staff, now: Instant) -> Self {
        Self {
            staff,
            fresh_until: idle_after(now),
            ends_at: longest_after(now),
        }
    }
}

/// What somebody gives to sign in.
#[derive(Clone, Debug)]
pub struct Credentials<'a> {
    /// Their address.
    pub email: &'a str,
    /// Their password.
    pub password: &'a str,
    /// Six digits from their app.
    pub code: &'a str,
}

/// Signs in with password and code together.
///
/// # Errors
/// Refused with the same words and the same work whether the address, the password or the code is
/// wrong (V-52).
pub async fn sign_in(db: &Db, given: &Credentials<'_>, now: Instant) -> Result<(Staff, Token), No> {
    let email = given.email.trim().to_lowercase();
    let row = db.read_one(&sql::STAFF_BY_EMAIL, params![&email]).await?;
    let hash = row
        .as_ref()
        .map(|row| row.get("password_hash"))
        .transpose()?;
    let right = password::is_right(given.password, hash).await?;
    let Some(row) = row.filter(|_| right) else {
        return Err(wrong());
    };
    let step = code_step(&row, given.code, now)?.ok_or_else(wrong)?;
    let staff = staff_from(&row)?;
    let mut tx = db.begin().await?;
    if tx
        .write(&sql::USE_CODE, params![staff.id, step, true])
        .await?
        == 0
    {
        return Err(wrong());
    }
    let token = insert(&mut tx, &staff, now).await?;
    tx.commit().await?;
    Ok((staff, token))
}

/// Opens a session for somebody who just came in.
pub async fn open(db: &Db, staff: &Staff, now: Instant) -> Result<Token, Fault> {
    let mut tx = db.begin().await?;
    let token = insert(&mut tx, staff, now).await?;
    tx.commit().await?;
    Ok(token)
}

/// The session of this token, if it still stands.
pub async fn holder(db: &Db, token: &Token, now: Instant) -> Result<Option<Session>, Fault> {
    let Some(row) = db.read_one(&sql::SESSION, params![token.hash()]).await? else {
        return Ok(None);
    };
    let (mut seen, ends_at): (Instant, Instant) = (row.get("seen_at")?, row.get("ends_at")?);
    let staff = staff_from(&row)?;
    if now >= ends_at || now >= idle_after(seen) || staff.disabled_at.is_some() {
        return Ok(None);
    }
    if now >= seen.saturating_add(TOUCH_MINUTES.minutes()).unwrap_or(seen) {
        let mut tx = db.begin().await?;
        tx.write(&sql::TOUCH_SESSION, params![token.hash(), now])
            .await?;
        tx.commit().await?;
        seen = now;
    }
    Ok(Some(Session {
        staff,
        fresh_until: idle_after(seen).min(ends_at),
        ends_at,
    }))
}

/// Ends one session.
pub async fn end(db: &Db, token: &Token) -> Result<(), Fault> {
    let mut tx = db.begin().await?;
    tx.write(&sql::END_SESSION, params![token.hash()]).await?;
    tx.commit().await
}

/// Ends every session of everybody, as after a theft. Answers how many.
pub async fn end_all(db: &Db) -> Result<u64, Fault> {
    let mut tx = db.begin().await?;
    let ended = tx.write(&sql::END_ALL_SESSIONS, params![]).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Forgets sessions that no longer stand.
pub async fn sweep(db: &Db, now: Instant) -> Result<u64, Fault> {
    let idle = now.saturating_sub(IDLE_HOURS.hours()).unwrap_or(now);
    let mut tx = db.begin().await?;
    let swept = tx.write(&sql::SWEEP_SESSIONS, params![now, idle]).await?;
    tx.commit().await?;
    Ok(swept)
}

async fn insert(tx: &mut store::Tx, staff: &Staff, now: Instant) -> Result<Token, Fault> {
    let token = Token::fresh()?;
    let ends = longest_after(now);
    tx.write(
        &sql::INSERT_SESSION,
        params![token.hash(), staff.id, now, ends],
    )
    .await?;
    Ok(token)
}

fn idle_after(seen: Instant) -> Instant {
    seen.saturating_add(IDLE_HOURS.hours()).unwrap_or(seen)
}

fn longest_after(opened: Instant) -> Instant {
    let longest = (24 * LONGEST_DAYS).hours();
    opened.saturating_add(longest).unwrap_or(opened)
}

fn code_step(row: &Row, code: &str, now: Instant) -> Result<Option<i64>, Fault> {
    let confirmed: bool = row.get("code_confirmed")?;
    let disabled: Option<Instant> = row.get("disabled_at")?;
    if !confirmed || disabled.is_some() {
        return Ok(None);
    }
    let secret: Vec<u8> = row.get("code_secret")?;
    Ok(step_of(&secret, code, now, row.get("last_code_step")?))
}

fn wrong() -> No {
    Refusal::of("wrong-sign-in").into()
}
