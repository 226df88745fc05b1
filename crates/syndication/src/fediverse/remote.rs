//! Somebody else: fetched from the address that is their id, and read.

use base::{Fault, Instant};
use courier::{
    Sender, Unsent,
    fetch::{host_and_target, host_of},
};
use serde_json::Value;
use store::{Row, Tx, params};

use super::{ACTIVITY_JSON, Actor, LONGEST_ID, Voice, key::PublicKey, signature, sql};

/// Somebody of another server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remote {
    pub id: String,
    pub host: String,
    pub key_id: String,
    pub key: PublicKey,
    /// Where answers go that are for them alone.
    pub inbox: String,
    /// Where stories go: one inbox for all at their server, where it has that.
    pub send_to: String,
}

/// Why somebody could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unfound {
    /// They may be there later: not before this, where it was said.
    Later(Option<Instant>),
    /// Their server says that they are no more.
    Gone,
    /// What is there is nobody who could follow.
    Nobody(&'static str),
}

impl Remote {
    pub(super) fn from(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            id: row.get("id")?,
            host: row.get("host")?,
            key_id: row.get("key_id")?,
            key: PublicKey::kept(row.get("key")?),
            inbox: row.get("inbox")?,
            send_to: row.get("send_to")?,
        })
    }

    pub(super) async fn put(&self, tx: &mut Tx, now: Instant) -> Result<(), Fault> {
        let key = self.key.der().to_vec();
        let row = params![
            &self.id,
            &self.host,
            &self.key_id,
            key,
            &self.inbox,
            &self.send_to,
            now
        ];
        tx.write(&sql::PUT_ACTOR, row).await?;
        Ok(())
    }
}

/// Fetches whoever has this id. The request is signed, since some servers show nobody to strangers.
pub(super) async fn fetch(
    sender: &Sender,
    voice: &Voice,
    id: &str,
    now: Instant,
) -> Result<Remote, Unfound> {
    let nobody = |_| Unfound::Nobody("its id is no address that can be fetched");
    let (host, target) = host_and_target(id).map_err(nobody)?;
    let signer = (voice, Actor::Newsroom);
    let headers = signature::headers(signer, (&host, &target), None, now);
    let mut headers = headers.map_err(|_| Unfound::Later(None))?;
    headers.push(("accept", ACTIVITY_JSON.into()));
    let fetched = match sender.get(id, &headers).await {
        Ok(fetched) => fetched,
        Err(Unsent::Resting { until, .. }) => return Err(Unfound::Later(Some(until))),
        Err(_) => return Err(Unfound::Later(None)),
    };
    match fetched.status {
        200..=299 => read(id, fetched.media_type.as_deref(), &fetched.body),
        404 | 410 => Err(Unfound::Gone),
        429 | 500.. => Err(Unfound::Later(None)),
        _ => Err(Unfound::Nobody("its server does not show it")),
    }
}

/// Reads an actor, of which everything has to be at its own host: whoever names another's inbox would have us
/// send there.
fn read(id: &str, media_type: Option<&str>, body: &[u8]) -> Result<Remote, Unfound> {
    let essence = media_type.unwrap_or_default().split(';').next();
    let essence = essence.unwrap_or_default().trim();
    if !matches!(essence, ACTIVITY_JSON | "application/ld+json") {
        return Err(Unfound::Nobody("what is at its id is no activity"));
    }
    let unread = Unfound::Nobody("what is at its id cannot be read");
    let Ok(said) = serde_json::from_slice::<Value>(body) else {
        return Err(unread);
    };
    let text = |value: &Value| value.as_str().map(String::from);
    let (key, host) = (&said["publicKey"], host_of(id).unwrap_or_default());
    if said["id"] != id || key["owner"] != id {
        return Err(Unfound::Nobody("it says to be somebody else"));
    }
    let pem = key["publicKeyPem"].as_str().and_then(PublicKey::read);
    let fields = (text(&key["id"]), pem, text(&said["inbox"]));
    let (Some(key_id), Some(key), Some(inbox)) = fields else {
        return Err(Unfound::Nobody("it has no key or no inbox"));
    };
    let shared = text(&said["endpoints"]["sharedInbox"]);
    let send_to = shared.unwrap_or_else(|| inbox.clone());
    let is_here = |url: &str| url.len() <= LONGEST_ID && host_of(url).is_ok_and(|it| it == host);
    if !(is_here(&inbox) && is_here(&send_to) && key_id.len() <= LONGEST_ID) {
        return Err(Unfound::Nobody("its inbox is at another host"));
    }
    Ok(Remote {
        id: id.into(),
        host,
        key_id,
        key,
        inbox,
        send_to,
    })
}
