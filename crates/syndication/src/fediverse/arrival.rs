//! Checking what came in by its key, and doing what it asks, as a job.

use base::{Fault, Instant};
use courier::Sender;
use serde_json::json;
use store::{Db, Tx, jobs::Job, params};
use uuid::Uuid;

use super::{
    Actor, FOLLOWERS_BY_HOST_MOST, FOLLOWERS_MOST, Voice,
    deliver::{self, Act},
    full,
    inbox::{Asked, Kept},
    remote::{self, Remote, Unfound},
    sql,
};
use crate::{errand::Errand, patience::next_try};

/// The kind of the job.
pub const ARRIVAL: &str = "fediverse.arrival";

/// The check of one arrival.
pub(super) const CHECK: Errand = Errand {
    kind: ARRIVAL,
    row: "arrival",
};

/// How often a key is fetched before a request is dropped: who means it asks again.
pub const TRIES_MOST: u32 = 4;

/// Checks it and does it. What is not true, or cannot be checked, is dropped.
///
/// # Errors
/// When the database is unavailable.
pub async fn run(
    (db, sender): (&Db, &Sender),
    voice: &Voice,
    job: &Job,
    now: Instant,
) -> Result<(), Fault> {
    let id = CHECK.row_of(job)?;
    let Some(row) = db.read_one(&sql::ARRIVAL, params![id]).await? else {
        return Ok(());
    };
    let kept: Kept = row.document("document")?;
    let tries: u32 = row.get("tries")?;
    let by = signer(db, sender, (voice, &kept), now).await?;
    let mut tx = db.begin().await?;
    if let Err(Unfound::Later(until)) = &by
        && tries + 1 < TRIES_MOST
    {
        tx.write(&sql::ARRIVAL_TRIED, params![id]).await?;
        let next = until.or_else(|| next_try(tries + 1, None, now));
        CHECK.send(&mut tx, id, next.unwrap_or(now), now).await?;
        return tx.commit().await;
    }
    tx.write(&sql::DELETE_ARRIVAL, params![id]).await?;
    match (by, &kept.asked) {
        (Ok(remote), asked) => settle(&mut tx, voice, (&remote, asked), now).await?,
        // Their own server says so: that needs no signature, and there is no key any more to check one by.
        (Err(Unfound::Gone), Asked::Leave) => forget(&mut tx, &kept.actor).await?,
        (Err(unfound), _) => {
            let why = format!("{unfound:?}");
            tracing::info!(why, "what another server sent was dropped: {why}");
        }
    }
    tx.commit().await
}

/// Whoever signed it, when they did: by the key we have of them, or else by the one that their server shows now,
/// asked once.
async fn signer(
    db: &Db,
    sender: &Sender,
    (voice, kept): (&Voice, &Kept),
    now: Instant,
) -> Result<Result<Remote, Unfound>, Fault> {
    let signed =
        |remote: &Remote| remote.key_id == kept.claim.key_id && kept.claim.is_true(&remote.key);
    let known = db.read_one(&sql::ACTOR, params![&kept.actor]).await?;
    let known = known.as_ref().map(Remote::from).transpose()?;
    if let Some(known) = known.filter(signed) {
        return Ok(Ok(known));
    }
    let fetched = remote::fetch(sender, voice, &kept.actor, now).await;
    Ok(fetched.and_then(|remote| match signed(&remote) {
        true => Ok(remote),
        false => Err(Unfound::Nobody("its signature is not of its key")),
    }))
}

async fn settle(
    tx: &mut Tx,
    voice: &Voice,
    (remote, asked): (&Remote, &Asked),
    now: Instant,
) -> Result<(), Fault> {
    match asked {
        Asked::Follow { followed, id } => {
            let Ok(actor) = followed.parse::<Actor>() else {
                return Ok(());
            };
            if is_full(tx, remote).await? {
                tracing::warn!(why = %full(), "nobody more can follow from {}", remote.host);
                return Ok(());
            }
            remote.put(tx, now).await?;
            let row = params![&remote.id, followed, id, now];
            tx.write(&sql::PUT_FOLLOWER, row).await?;
            accept(tx, voice, (remote, actor, id), now).await
        }
        Asked::Unfollow { followed, id } => {
            if let Some(followed) = followed {
                tx.write(&sql::DELETE_FOLLOWER, params![&remote.id, followed])
                    .await?;
            } else if let Some(id) = id {
                tx.write(&sql::DELETE_FOLLOWER_BY_ACTIVITY, params![&remote.id, id])
                    .await?;
            }
            tx.write(&sql::DELETE_IDLE_ACTOR, params![&remote.id])
                .await?;
            Ok(())
        }
        Asked::Leave => forget(tx, &remote.id).await,
    }
}

/// Whether one more would be one too many; whoever follows already is counted.
async fn is_full(tx: &mut Tx, remote: &Remote) -> Result<bool, Fault> {
    if tx
        .read_one(&sql::ACTOR, params![&remote.id])
        .await?
        .is_some()
    {
        return Ok(false);
    }
    let counted = tx
        .read_one(&sql::COUNT_ACTORS, params![&remote.host])
        .await?;
    let counted = counted.ok_or_else(|| Fault::new("counting followers gave no number"))?;
    let (all, of_host): (u32, u32) = (counted.get("all_of_them")?, counted.get("of_host")?);
    Ok(all >= FOLLOWERS_MOST || of_host >= FOLLOWERS_BY_HOST_MOST)
}

async fn forget(tx: &mut Tx, actor: &str) -> Result<(), Fault> {
    tx.write(&sql::DELETE_FOLLOWERS_OF_ACTOR, params![actor])
        .await?;
    tx.write(&sql::DELETE_IDLE_ACTOR, params![actor]).await?;
    Ok(())
}

/// Says yes, to themselves.
async fn accept(
    tx: &mut Tx,
    voice: &Voice,
    (remote, actor, activity): (&Remote, Actor, &str),
    now: Instant,
) -> Result<(), Fault> {
    let (event, own) = (Uuid::now_v7(), voice.id(actor));
    let payload = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{own}#accept-{event}"),
        "type": "Accept",
        "actor": own,
        "object": {"id": activity, "type": "Follow", "actor": remote.id, "object": own},
    });
    let what = (event, Act::Accept, actor);
    let told = deliver::Told::Payload(payload.to_string());
    deliver::write(tx, what, &told, &remote.inbox, now).await
}
