//! Sending a feed that is new to everybody who follows it.
//!
//! After anything changed, one round looks at each feed that is followed and compares it with what was
//! last seen of it. So whatever made a feed new, a story, a withdrawal, a name of a section, its
//! followers hear of it, and of nothing else.

use base::{Fault, Instant};
use bytes::Bytes;
use courier::{Letter, Sender};
use jiff::SignedDuration;
use ring::{
    digest::{SHA256, digest},
    hmac,
};
use serde_json::json;
use store::{
    Db, Tx,
    jobs::{self, Job, NewJob},
    params,
};
use uuid::Uuid;

use super::sql;
use crate::{
    errand::Errand,
    patience::{Came, came, next_try},
    webhook::FAILING_DAYS,
};

/// The kind of the job that looks at every feed that is followed.
pub const ROUND: &str = "hub.round";
/// The kind of the job that sends a feed to one follower.
pub const DELIVERY: &str = "hub.delivery";

/// One try at sending a feed.
const BRING: Errand = Errand {
    kind: DELIVERY,
    row: "follower",
};

/// A feed as anybody reads it.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Its type.
    pub media_type: String,
    /// Its bytes.
    pub body: Bytes,
}

/// A feed that somebody follows, and what was last seen of it.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its whole address.
    pub url: String,
    seen: Option<Vec<u8>>,
}

/// Lets a round begin, if anybody follows anything. Rounds that are asked for while one waits are one.
///
/// # Errors
/// When the database is unavailable.
pub async fn begin(tx: &mut Tx, now: Instant) -> Result<(), Fault> {
    if tx.read_one(&sql::ANYBODY, params![now]).await?.is_none() {
        return Ok(());
    }
    let job = NewJob {
        kind: ROUND,
        key: Some("all".into()),
        payload: json!({}),
        run_at: now,
    };
    jobs::enqueue(tx, job, now).await?;
    Ok(())
}

/// The feeds that somebody follows.
///
/// # Errors
/// When the database is unavailable.
pub async fn topics(db: &Db, now: Instant) -> Result<Vec<Topic>, Fault> {
    let rows = db.read(&sql::TOPICS, params![now]).await?;
    let topic = |row: &store::Row| {
        Ok(Topic {
            url: row.get("topic")?,
            seen: row.get("seen")?,
        })
    };
    rows.iter().map(topic).collect()
}

/// Lets this feed be sent to all who follow it, unless it is as it was last seen.
///
/// # Errors
/// When the database is unavailable.
pub async fn spread(db: &Db, topic: &Topic, feed: &Feed, now: Instant) -> Result<(), Fault> {
    let seen = digest(&SHA256, &feed.body).as_ref().to_vec();
    if topic.seen.as_ref() == Some(&seen) {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    tx.write(&sql::PUT_TOPIC, params![&topic.url, seen]).await?;
    for row in tx.read(&sql::FOLLOWERS, params![&topic.url, now]).await? {
        BRING.send(&mut tx, row.get("id")?, now, now).await?;
    }
    tx.commit().await
}

/// Somebody who is to be sent a feed.
#[derive(Debug)]
pub struct Follower {
    id: Uuid,
    /// The feed's whole address.
    pub topic: String,
    callback: String,
    secret: Option<Vec<u8>>,
    tries: u32,
}

/// Whom a delivery's job is about; nobody, when they follow no more.
///
/// # Errors
/// When the database is unavailable.
pub async fn follower(db: &Db, job: &Job, now: Instant) -> Result<Option<Follower>, Fault> {
    let id = BRING.row_of(job)?;
    let row = db.read_one(&sql::SUBSCRIPTION, params![id, now]).await?;
    let follower = |row: store::Row| {
        Ok(Follower {
            id,
            topic: row.get("topic")?,
            callback: row.get("callback")?,
            secret: row.get("secret")?,
            tries: row.get("tries")?,
        })
    };
    row.map(follower).transpose()
}

impl Follower {
    /// Sends them the feed as it is now, and writes down what came of it. Whoever is gone, or took
    /// nothing for [`FAILING_DAYS`], follows no more.
    ///
    /// # Errors
    /// When the database is unavailable.
    pub async fn deliver(
        &self,
        (db, sender): (&Db, &Sender),
        feed: &Feed,
        hub: &str,
        now: Instant,
    ) -> Result<(), Fault> {
        let letter = Letter {
            to: &self.callback,
            headers: self.headers(feed, hub),
            body: feed.body.clone(),
        };
        let came = came(sender.post(&letter).await);
        let mut tx = db.begin().await?;
        match came {
            Came::Taken(_) => drop(tx.write(&sql::TOOK, params![self.id]).await?),
            Came::Gone => drop(
                tx.write(&sql::DELETE_SUBSCRIPTION, params![self.id])
                    .await?,
            ),
            Came::Rests(until) => BRING.send(&mut tx, self.id, until, now).await?,
            Came::Refused { rest, .. } => self.failed(&mut tx, rest, now).await?,
        }
        tx.commit().await
    }

    fn headers(&self, feed: &Feed, hub: &str) -> Vec<(&'static str, String)> {
        let link = format!("<{hub}>; rel=\"hub\", <{}>; rel=\"self\"", self.topic);
        let mut headers = vec![("content-type", feed.media_type.clone()), ("link", link)];
        if let Some(secret) = &self.secret {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
            let tag = hmac::sign(&key, &feed.body);
            let digits: String = tag
                .as_ref()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            headers.push(("x-hub-signature", format!("sha256={digits}")));
        }
        headers
    }

    async fn failed(
        &self,
        tx: &mut Tx,
        rest: Option<SignedDuration>,
        now: Instant,
    ) -> Result<(), Fault> {
        let Some(row) = tx.read_one(&sql::FAILED, params![self.id, now]).await? else {
            return Ok(());
        };
        let since: Instant = row.get("failing_since")?;
        if since + SignedDuration::from_hours(24 * FAILING_DAYS) <= now {
            tx.write(&sql::DELETE_SUBSCRIPTION, params![self.id])
                .await?;
            return Ok(());
        }
        // After the last of these tries the next change tries again.
        match next_try(self.tries + 1, rest, now) {
            Some(next) => BRING.send(tx, self.id, next, now).await,
            None => Ok(()),
        }
    }
}
