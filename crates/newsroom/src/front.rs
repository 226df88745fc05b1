//! The front: slots that editors fill; what they leave empty takes the newest.

pub(crate) mod sql;

use base::{Fault, Instant};
use serde::{Deserialize, Serialize};
use store::{Db, Tx, params};

use crate::{
    section::FURNITURE_CHANGED,
    story::{StoryId, from_word, word},
};
use sql::{ALL_SLOTS, CLEAR_SLOTS, PUT_SLOT};

/// The most slots a front has.
pub const MAX_SLOTS: u32 = 40;

/// How large a story stands on the front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// The one that leads.
    Lead,
    /// Beside the lead.
    Major,
    /// Below.
    Plain,
    /// A line.
    Brief,
}

/// One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its place, from 1.
    pub position: u32,
    /// The story in it.
    pub story: StoryId,
    /// How large it stands.
    pub weight: Weight,
}

/// The slots in order.
pub async fn slots(db: &Db) -> Result<Vec<Slot>, Fault> {
    db.read(&ALL_SLOTS, params![])
        .await?
        .iter()
        .map(|row| {
            Ok(Slot {
                position: row.get("position")?,
                story: row.get("story_id")?,
                weight: from_word(&row.get::<String>("weight")?)?,
            })
        })
        .collect()
}

/// Sets the whole front anew.
pub async fn arrange(tx: &mut Tx, slots: &[Slot], now: Instant) -> Result<(), Fault> {
    tx.write(&CLEAR_SLOTS, params![]).await?;
    for slot in slots.iter().take(MAX_SLOTS as usize) {
        tx.write(
            &PUT_SLOT,
            params![slot.position, slot.story, word(&slot.weight)],
        )
        .await?;
    }
    let told = serde_json::json!({"what": "front"});
    store::outbox::emit(tx, FURNITURE_CHANGED, uuid::Uuid::nil(), told, now).await
}
