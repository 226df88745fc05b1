//! One try at bringing an activity to an inbox, run as a job.

use base::{Fault, Instant};
use bytes::Bytes;
use courier::{Letter, Sender, fetch::host_and_target};
use jiff::SignedDuration;
use newsroom::story::StoryId;
use store::{Db, Row, Tx, jobs::Job, params};
use uuid::Uuid;

use super::{ACTIVITY_JSON, Actor, Voice, actor_in, signature, sql};
use crate::{
    errand::Errand,
    patience::{Came, came, next_try},
    webhook::FAILING_DAYS,
};

/// The kind of the job.
pub const DELIVERY: &str = "fediverse.delivery";

/// One try at a delivery.
const BRING: Errand = Errand {
    kind: DELIVERY,
    row: "delivery",
};

/// What is told of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Yes, you follow.
    Accept,
    /// A story is there.
    Create,
    /// The newsroom passes on a story of a section.
    Announce,
    /// A story changed.
    Update,
    /// A story was taken back.
    Delete,
}

impl Act {
    const ALL: [Self; 5] = [
        Self::Accept,
        Self::Create,
        Self::Announce,
        Self::Update,
        Self::Delete,
    ];

    /// Its word, as activities have it for their type.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accept => "Accept",
            Self::Create => "Create",
            Self::Announce => "Announce",
            Self::Update => "Update",
            Self::Delete => "Delete",
        }
    }
}

/// What is delivered: a story as it is when it is sent, or words that are written down already.
pub(super) enum Told {
    Story(StoryId),
    Payload(String),
}

/// Something to be sent.
#[derive(Debug)]
pub struct Due {
    id: Uuid,
    /// The event that it tells of, by which its receivers know a repeat.
    pub event: Uuid,
    /// What it does.
    pub act: Act,
    /// In whose name.
    pub actor: Actor,
    /// The story, where it is about one.
    pub story: Option<StoryId>,
    /// What is written down already.
    pub payload: Option<String>,
    /// When it was written down.
    pub at: Instant,
    send_to: String,
    tries: u32,
}

/// What a delivery's job is about; nothing, when it is over.
///
/// # Errors
/// When the database is unavailable.
pub async fn due(db: &Db, job: &Job) -> Result<Option<Due>, Fault> {
    let id = BRING.row_of(job)?;
    let row = db.read_one(&sql::DELIVERY, params![id]).await?;
    row.map(|row| Due::from(id, &row)).transpose()
}

impl Due {
    fn from(id: Uuid, row: &Row) -> Result<Self, Fault> {
        let word: String = row.get("act")?;
        let act = Act::ALL.into_iter().find(|act| act.word() == word);
        Ok(Self {
            id,
            event: row.get("event_id")?,
            act: act
                .ok_or_else(|| Fault::new(format!("“{word}” is kept as an act and is none")))?,
            actor: actor_in(row)?,
            story: row.get("story_id")?,
            payload: row.get("payload")?,
            at: row.get("made_at")?,
            send_to: row.get("send_to")?,
            tries: row.get("tries")?,
        })
    }

    /// Sends the activity, and writes down what came of it. Nothing to send, because things have moved on, ends
    /// it. Whoever is gone, or took nothing for [`FAILING_DAYS`], is forgotten.
    ///
    /// # Errors
    /// When the database is unavailable.
    pub async fn deliver(
        &self,
        (db, sender): (&Db, &Sender),
        voice: &Voice,
        activity: Option<Bytes>,
        now: Instant,
    ) -> Result<(), Fault> {
        let came = match activity {
            Some(activity) => Some(self.send(sender, voice, activity, now).await?),
            None => None,
        };
        let mut tx = db.begin().await?;
        match came {
            None => self.end(&mut tx).await?,
            Some(Came::Taken(_)) => {
                self.end(&mut tx).await?;
                tx.write(&sql::TOOK, params![&self.send_to]).await?;
            }
            Some(Came::Gone) => self.forget_place(&mut tx).await?,
            Some(Came::Rests(until)) => BRING.send(&mut tx, self.id, until, now).await?,
            Some(Came::Refused { rest, .. }) => self.failed(&mut tx, rest, now).await?,
        }
        tx.commit().await
    }

    async fn send(
        &self,
        sender: &Sender,
        voice: &Voice,
        body: Bytes,
        now: Instant,
    ) -> Result<Came, Fault> {
        let Ok((host, target)) = host_and_target(&self.send_to) else {
            return Ok(Came::Gone);
        };
        let signer = (voice, self.actor);
        let mut headers = signature::headers(signer, (&host, &target), Some(&body), now)?;
        headers.push(("content-type", ACTIVITY_JSON.into()));
        let letter = Letter {
            to: &self.send_to,
            headers,
            body,
        };
        Ok(came(sender.post(&letter).await))
    }

    async fn end(&self, tx: &mut Tx) -> Result<(), Fault> {
        tx.write(&sql::DELETE_DELIVERY, params![self.id]).await?;
        Ok(())
    }

    async fn failed(
        &self,
        tx: &mut Tx,
        rest: Option<SignedDuration>,
        now: Instant,
    ) -> Result<(), Fault> {
        tx.write(&sql::DELIVERY_TRIED, params![self.id]).await?;
        let row = tx
            .read_one(&sql::FAILED, params![&self.send_to, now])
            .await?;
        let since: Option<Instant> = row.map(|row| row.get("failing_since")).transpose()?;
        let long = SignedDuration::from_hours(24 * FAILING_DAYS);
        if since.is_some_and(|since| since + long <= now) {
            return self.forget_place(tx).await;
        }
        match next_try(self.tries + 1, rest, now) {
            Some(next) => BRING.send(tx, self.id, next, now).await,
            None => self.end(tx).await,
        }
    }

    async fn forget_place(&self, tx: &mut Tx) -> Result<(), Fault> {
        let place = || params![&self.send_to];
        tx.write(&sql::DELETE_FOLLOWERS_AT, place()).await?;
        tx.write(&sql::DELETE_ACTORS_AT, place()).await?;
        tx.write(&sql::DELETE_DELIVERIES_TO, place()).await?;
        Ok(())
    }
}

/// Writes down that this is to be sent there, once for each event, act and place, with a job that does it.
pub(super) async fn write(
    tx: &mut Tx,
    (event, act, actor): (Uuid, Act, Actor),
    told: &Told,
    send_to: &str,
    now: Instant,
) -> Result<(), Fault> {
    let (story, payload) = match told {
        Told::Story(id) => (Some(*id), None),
        Told::Payload(words) => (None, Some(words.as_str())),
    };
    let (id, actor) = (Uuid::now_v7(), actor.to_string());
    let row = params![id, event, act.word(), actor, story, payload, send_to, now];
    if tx.write(&sql::INSERT_DELIVERY, row).await? > 0 {
        BRING.send(tx, id, now, now).await?;
    }
    Ok(())
}
