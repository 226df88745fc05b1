//! The front: slots that editors fill; what they leave empty takes the newest.
//!
//! The act is in [`arrange`](mod@arrange). A slot's place is its place in the list, so that there
//! can be no gap. A story that readers cannot see may stand in a slot: it shows there from the
//! moment it goes out, and until then the front looks as if the slot were not there.

pub mod arrange;
pub(crate) mod sql;

#[cfg(test)]
mod tests;

use base::{Fault, Instant};
use serde::{Deserialize, Serialize};
use store::{Db, Row, Tx, params};

use crate::story::{StoryId, from_word, list::Listed, list::listed};
use sql::{ALL_SLOTS, NEWEST_ARRANGEMENT, SLOTS_OF_THE_DESK};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// The story in it.
    pub story_id: StoryId,
    /// How large it stands.
    pub weight: Weight,
}

/// The front as the desk sees it.
#[derive(Clone, Debug)]
pub struct Front {
    /// How often it has been arranged; 0 when nobody ever did.
    pub version: u32,
    /// Who arranged it last, and when.
    pub arranged: Option<Arranged>,
    /// What stands in the slots, in order.
    pub slots: Vec<Placed>,
}

/// Who arranged the front, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arranged {
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A story in its slot, public or not.
#[derive(Clone, Debug)]
pub struct Placed {
    /// How large it stands.
    pub weight: Weight,
    /// The story.
    pub story: Listed,
}

/// The slots in order.
pub async fn slots(db: &Db) -> Result<Vec<Slot>, Fault> {
    slots_from(&db.read(&ALL_SLOTS, params![]).await?)
}

/// The front with the stories in its slots, whatever state they are in.
pub async fn front(db: &Db) -> Result<Front, Fault> {
    let newest = db.read_one(&NEWEST_ARRANGEMENT, params![]).await?;
    let placed = db.read(&SLOTS_OF_THE_DESK, params![]).await?;
    front_from(newest.as_ref(), &placed)
}

/// The same within the transaction that has just arranged it.
async fn front_in(tx: &mut Tx) -> Result<Front, Fault> {
    let newest = tx.read_one(&NEWEST_ARRANGEMENT, params![]).await?;
    let placed = tx.read(&SLOTS_OF_THE_DESK, params![]).await?;
    front_from(newest.as_ref(), &placed)
}

fn front_from(newest: Option<&Row>, placed: &[Row]) -> Result<Front, Fault> {
    Ok(Front {
        version: newest.map_or(Ok(0), |row| row.get("version"))?,
        arranged: newest.map(arranged_from).transpose()?,
        slots: placed.iter().map(placed_from).collect::<Result<_, _>>()?,
    })
}

fn arranged_from(row: &Row) -> Result<Arranged, Fault> {
    Ok(Arranged {
        by: row.get("arranged_by_name")?,
        at: row.get("arranged_at")?,
    })
}

fn placed_from(row: &Row) -> Result<Placed, Fault> {
    Ok(Placed {
        weight: from_word(&row.get::<String>("weight")?)?,
        story: listed(row)?,
    })
}

fn slots_from(rows: &[Row]) -> Result<Vec<Slot>, Fault> {
    let slot = |row: &Row| {
        Ok(Slot {
            story_id: row.get("story_id")?,
            weight: from_word(&row.get::<String>("weight")?)?,
        })
    };
    rows.iter().map(slot).collect()
}
