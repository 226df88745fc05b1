//! Asking a callback, once, whether it wants what was asked for in its name (section 5.3).

use base::{Fault, Instant};
use courier::Sender;
use jiff::SignedDuration;
use ring::rand::{SecureRandom, SystemRandom};
use store::{Db, Row, Tx, jobs::Job, params};
use uuid::Uuid;

use super::sql;
use crate::errand::Errand;

/// The kind of the job.
pub const VERIFICATION: &str = "hub.verification";

/// The verification of one request.
pub(super) const VERIFY: Errand = Errand {
    kind: VERIFICATION,
    row: "request",
};

/// Bytes of chance in a challenge.
const CHALLENGE_BYTES: usize = 24;

/// Asks the callback, and does what it confirms. Whatever else it answers, or when it does not, the
/// request is forgotten: who wants it asks again.
///
/// # Errors
/// When the database is unavailable.
pub async fn run(db: &Db, sender: &Sender, job: &Job, now: Instant) -> Result<(), Fault> {
    let id = VERIFY.row_of(job)?;
    let Some(row) = db.read_one(&sql::REQUEST, params![id]).await? else {
        return Ok(());
    };
    let request = Request::from(&row)?;
    let is_confirmed = request.is_confirmed(sender).await?;
    let mut tx = db.begin().await?;
    // A newer request for the same has taken this one's place: that one counts.
    if tx.write(&sql::DELETE_REQUEST, params![id]).await? == 0 || !is_confirmed {
        return tx.commit().await;
    }
    request.settle(&mut tx, now).await?;
    tx.commit().await
}

struct Request {
    topic: String,
    callback: String,
    host: String,
    mode: String,
    secret: Option<Vec<u8>>,
    lease_seconds: i64,
}

impl Request {
    fn from(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            topic: row.get("topic")?,
            callback: row.get("callback")?,
            host: row.get("host")?,
            mode: row.get("mode")?,
            secret: row.get("secret")?,
            lease_seconds: row.get("lease_seconds")?,
        })
    }

    async fn settle(self, tx: &mut Tx, now: Instant) -> Result<(), Fault> {
        let Self {
            topic, callback, ..
        } = self;
        if self.mode == "unsubscribe" {
            let whose = params![topic, callback];
            tx.write(&sql::DELETE_SUBSCRIPTION_OF, whose).await?;
            return Ok(());
        }
        let ends_at = now + SignedDuration::from_secs(self.lease_seconds);
        let (id, host, secret) = (Uuid::now_v7(), self.host, self.secret);
        let row = params![id, topic, callback, host, secret, now, ends_at];
        tx.write(&sql::PUT_SUBSCRIPTION, row).await?;
        Ok(())
    }

    async fn is_confirmed(&self, sender: &Sender) -> Result<bool, Fault> {
        let challenge = challenge()?;
        let address = self.asking(&challenge);
        Ok(match sender.get(&address, &[]).await {
            Ok(answer) => {
                (200..300).contains(&answer.status) && answer.body == challenge.as_bytes()
            }
            Err(_) => false,
        })
    }

    /// The callback's own address, its query kept, with ours behind it.
    fn asking(&self, challenge: &str) -> String {
        let joint = if self.callback.contains('?') {
            '&'
        } else {
            '?'
        };
        let mut address = format!(
            "{}{joint}hub.mode={}&hub.topic={}&hub.challenge={challenge}",
            self.callback,
            self.mode,
            coded(&self.topic)
        );
        if self.mode == "subscribe" {
            address.push_str(&format!("&hub.lease_seconds={}", self.lease_seconds));
        }
        address
    }
}

fn challenge() -> Result<String, Fault> {
    let mut bytes = [0; CHALLENGE_BYTES];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Fault::new("the machine gave no random bytes"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Percent-coded but for what has no meaning in a query.
fn coded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_18_a_callback_keeps_its_query_and_a_feed_adds_nothing_of_its_own() {
        #[track_caller]
        fn check(callback: &str, topic: &str, asking: &str) {
            let request = Request {
                topic: topic.into(),
                callback: callback.into(),
                host: String::new(),
                mode: "unsubscribe".into(),
                secret: None,
                lease_seconds: 1,
            };
            assert_eq!(request.asking("c"), asking);
        }
        check(
            "https://a.example/in",
            "https://b.example/x&hub.mode=subscribe#",
            "https://a.example/in?hub.mode=unsubscribe\
             &hub.topic=https%3A%2F%2Fb.example%2Fx%26hub.mode%3Dsubscribe%23&hub.challenge=c",
        );
        check(
            "https://a.example/in?k=v",
            "t",
            "https://a.example/in?k=v&hub.mode=unsubscribe&hub.topic=t&hub.challenge=c",
        );
    }
}
