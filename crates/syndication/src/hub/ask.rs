//! Asking to follow a feed, or to follow it no more: a row and a job, and nothing is fetched.

use base::{Fault, Instant, No, Refusal};
use store::{Db, Tx, params};
use uuid::Uuid;

use super::{
    FOLLOWED_BY_HOST_MOST, FOLLOWED_MOST, LEASE_SECONDS, SECRET_MOST, USUAL_LEASE_SECONDS,
    WAITING_MOST, sql, verify::VERIFY,
};

/// A request as it came, `topic` known to be a feed of ours.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// `subscribe` or `unsubscribe`.
    pub mode: &'a str,
    /// The feed's whole address.
    pub topic: &'a str,
    /// Where it is to be sent.
    pub callback: &'a str,
    /// For how long, in seconds; anything that is no number counts as not said.
    pub lease_seconds: Option<&'a str>,
    /// What its receiver will know us by.
    pub secret: Option<&'a str>,
}

/// Writes it down, to be verified.
///
/// # Errors
/// Refused with `hub-mode`, `hub-callback`, `too-long` for the secret, and `hub-full` when too much waits
/// or too many follow.
pub async fn ask(db: &Db, asked: Asked<'_>, now: Instant) -> Result<(), No> {
    let host = refuse(&asked)?;
    let lease = asked.lease_seconds.and_then(|text| text.parse().ok());
    let lease: i64 = lease.unwrap_or(USUAL_LEASE_SECONDS);
    let lease = lease.clamp(LEASE_SECONDS.0, LEASE_SECONDS.1);
    let secret = asked.secret.filter(|secret| !secret.is_empty());
    let secret = secret.map(|secret| secret.as_bytes().to_vec());
    let mut tx = db.begin().await?;
    refuse_one_more(&mut tx, &host, asked.mode).await?;
    let id = Uuid::now_v7();
    let (topic, callback, mode) = (asked.topic, asked.callback, asked.mode);
    let row = params![id, topic, callback, host, mode, secret, lease, now];
    tx.write(&sql::PUT_REQUEST, row).await?;
    VERIFY.send(&mut tx, id, now, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The callback's host, when nothing stands against the request.
fn refuse(asked: &Asked<'_>) -> Result<String, Refusal> {
    if !matches!(asked.mode, "subscribe" | "unsubscribe") {
        return Err(Refusal::on("hub.mode", "hub-mode"));
    }
    if asked
        .secret
        .is_some_and(|secret| secret.len() > SECRET_MOST)
    {
        return Err(Refusal::on("hub.secret", "too-long").with("limit", SECRET_MOST));
    }
    let refusal = |why: String| Refusal::on("hub.callback", "hub-callback").with("why", why);
    if asked.callback.contains('#') || asked.callback.chars().any(char::is_control) {
        return Err(refusal("it holds a # or a control character".into()));
    }
    courier::fetch::host_of(asked.callback).map_err(|unfetched| refusal(unfetched.to_string()))
}

async fn refuse_one_more(tx: &mut Tx, host: &str, mode: &str) -> Result<(), No> {
    let (waiting, of_host) = count(tx, &sql::COUNT_REQUESTS, host).await?;
    let is_full = waiting >= WAITING_MOST.0 || of_host >= WAITING_MOST.1;
    let (follow, follow_of_host) = count(tx, &sql::COUNT_SUBSCRIPTIONS, host).await?;
    let too_many = follow >= FOLLOWED_MOST || follow_of_host >= FOLLOWED_BY_HOST_MOST;
    if is_full || too_many && mode == "subscribe" {
        return Err(Refusal::of("hub-full").into());
    }
    Ok(())
}

async fn count(
    tx: &mut Tx,
    counting: &'static store::Statement,
    host: &str,
) -> Result<(u32, u32), Fault> {
    let row = tx.read_one(counting, params![host]).await?;
    let row = row.ok_or_else(|| Fault::new("counting who follows gave no number"))?;
    Ok((row.get("all_of_them")?, row.get("of_host")?))
}
