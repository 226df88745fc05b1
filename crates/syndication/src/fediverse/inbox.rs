//! What comes in, while it waits for an answer: looked at, and written down if it asks for something.

use base::{Fault, Instant, Refusal};
use courier::fetch::host_of;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{Db, params};
use uuid::Uuid;

use super::{
    Actor, DEEPEST_ACTIVITY, LONGEST_ID, Voice, WAITING_MOST, arrival::CHECK, signature::Claim, sql,
};

/// An activity of somebody else's, as far as we understand it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its own id.
    id: String,
    /// Who does it.
    actor: String,
    /// What it asks of us; nothing in most of them.
    does: Option<Does>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Does {
    Follow {
        whom: String,
    },
    Undo {
        whom: Option<String>,
        id: Option<String>,
    },
    Leave,
}

/// What somebody asks of us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asks", rename_all = "snake_case")]
pub(super) enum Asked {
    /// To follow this actor, by an activity of this id.
    Follow { followed: String, id: String },
    /// To follow no more: this actor, or what was asked for by this id.
    Unfollow {
        followed: Option<String>,
        id: Option<String>,
    },
    /// To be forgotten.
    Leave,
}

/// What was written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub claim: Claim,
    pub actor: String,
    pub asked: Asked,
}

/// What became of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is written down, and will be checked.
    Written,
    /// It asks for nothing that we do.
    Dropped,
    /// Too much waits to be checked, of its host or in all; nothing was kept.
    Full,
}

impl Activity {
    /// Reads an activity. What is not understood of it is no mistake.
    ///
    /// # Errors
    /// Refused with `fediverse-activity` when it is no JSON object with an actor, or is nested too deeply.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        let refused = || Refusal::of("fediverse-activity");
        if !is_shallow(body) {
            return Err(refused());
        }
        let said: Value = serde_json::from_slice(body).map_err(|_| refused())?;
        let actor = id_of(&said["actor"]).ok_or_else(refused)?;
        let does = does(&said, &actor);
        Ok(Self {
            id: id_of(&said["id"]).unwrap_or_default(),
            actor,
            does,
        })
    }

    /// Refuses an activity that is signed with another server's key: whose own key it is, is seen when the
    /// key is fetched.
    ///
    /// # Errors
    /// Refused with `fediverse-another`.
    pub fn refuse_another(&self, claim: &Claim) -> Result<(), Refusal> {
        match (host_of(&claim.key_id), host_of(&self.actor)) {
            (Ok(of_key), Ok(own)) if of_key == own && claim.key_id.len() <= LONGEST_ID => Ok(()),
            _ => Err(Refusal::of("fediverse-another")),
        }
    }

    /// Writes down what is asked of an actor that `is_ours`, with a job that will check it.
    ///
    /// # Errors
    /// When the database is unavailable.
    pub async fn keep(
        self,
        db: &Db,
        (voice, is_ours): (&Voice, impl Fn(Actor) -> bool),
        claim: Claim,
        now: Instant,
    ) -> Result<Taken, Fault> {
        let Ok(host) = host_of(&self.actor) else {
            return Ok(Taken::Dropped);
        };
        let Some(asked) = self.asked(voice, is_ours) else {
            return Ok(Taken::Dropped);
        };
        // Nobody can take back, or leave, who does not follow: most of what servers send of people who
        // left is about people we never heard of.
        let follows = matches!(asked, Asked::Follow { .. });
        let known = db.read_one(&sql::ACTOR, params![&self.actor]).await?;
        if !follows && known.is_none() {
            return Ok(Taken::Dropped);
        }
        let mut tx = db.begin().await?;
        let counted = tx.read_one(&sql::COUNT_ARRIVALS, params![&host]).await?;
        let counted = counted.ok_or_else(|| Fault::new("counting what waits gave no number"))?;
        let (all, of_host): (u32, u32) = (counted.get("all_of_them")?, counted.get("of_host")?);
        if all >= WAITING_MOST.0 || of_host >= WAITING_MOST.1 {
            return Ok(Taken::Full);
        }
        let actor = self.actor;
        let kept = Kept {
            claim,
            actor,
            asked,
        };
        let document = json!(kept);
        let id = Uuid::now_v7();
        tx.write(&sql::PUT_ARRIVAL, params![id, host, document, now])
            .await?;
        CHECK.send(&mut tx, id, now, now).await?;
        tx.commit().await?;
        Ok(Taken::Written)
    }

    fn asked(&self, voice: &Voice, is_ours: impl Fn(Actor) -> bool) -> Option<Asked> {
        let ours = |id: &String| voice.actor_of(id).map(|actor| actor.to_string());
        Some(match self.does.as_ref()? {
            Does::Follow { whom } => {
                let actor = voice.actor_of(whom).filter(|actor| is_ours(*actor))?;
                Asked::Follow {
                    followed: actor.to_string(),
                    id: self.id.clone(),
                }
            }
            Does::Undo { whom, id } => Asked::Unfollow {
                followed: whom.as_ref().and_then(ours),
                id: id.clone(),
            },
            Does::Leave => Asked::Leave,
        })
    }
}

fn does(said: &Value, actor: &str) -> Option<Does> {
    let object = &said["object"];
    match said["type"].as_str()? {
        "Follow" => Some(Does::Follow {
            whom: id_of(object)?,
        }),
        "Undo" if object.is_string() || object["type"] == "Follow" => Some(Does::Undo {
            whom: id_of(&object["object"]),
            id: id_of(object),
        }),
        "Delete" if id_of(object)? == actor => Some(Does::Leave),
        _ => None,
    }
}

/// The id of something that is given whole or by its id alone. One that could be no id is none.
fn id_of(value: &Value) -> Option<String> {
    let id = value.as_str().or_else(|| value["id"].as_str())?;
    let is_id = !id.is_empty() && id.len() <= LONGEST_ID && !id.chars().any(char::is_control);
    is_id.then(|| id.to_string())
}

/// Whether no bracket stands deeper than [`DEEPEST_ACTIVITY`].
fn is_shallow(body: &[u8]) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST_ACTIVITY {
            return false;
        }
    }
    true
}
