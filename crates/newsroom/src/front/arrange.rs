//! Arranging the front: the whole of it at once, upon the arrangement the editor was looking at.

use std::collections::{HashMap, HashSet};

use base::{Fault, Instant, No, Refusal, Refusals, no::Doing};
use store::{Db, Tx, params};

use super::{
    Front, MAX_SLOTS, Slot, front_in, slots_from,
    sql::{
        ALL_SLOTS, CLEAR_SLOTS, INSERT_ARRANGEMENT, KIND_OF_STORY, NEWEST_ARRANGEMENT, PUT_SLOT,
    },
};
use crate::{
    By,
    section::FURNITURE_CHANGED,
    story::{Kind, StoryId, from_word, word},
};

/// An arrangement about to be made.
#[derive(Clone, Debug)]
pub struct Arrangement<'a> {
    /// The version the editor was looking at; 0 for a front that nobody has arranged.
    pub upon: u32,
    /// The slots in order.
    pub slots: &'a [Slot],
}

/// Sets the whole front anew; readers have it with the next edition, at once.
///
/// # Errors
/// Refused with `somebody-arranged-first` when the front moved on since `arrangement.upon`, and
/// for every reason of [`refusals_to_arrange`]. The same slots again make no new version.
pub async fn arrange(
    db: &Db,
    arrangement: &Arrangement<'_>,
    by: &By,
    now: Instant,
) -> Result<Front, No> {
    let mut tx = db.begin().await?;
    let version = newest_version(&mut tx).await?;
    if version != arrangement.upon {
        return Err(arranged_first(arrangement.upon, version).into());
    }
    let slots = arrangement.slots;
    let kinds = kinds_of(&mut tx, slots).await?;
    Refusals::none_of(refusals_to_arrange(slots, &kinds))?;
    if slots_from(&tx.read(&ALL_SLOTS, params![]).await?)? == slots {
        return Ok(front_in(&mut tx).await?);
    }
    if !write(&mut tx, version + 1, slots, by, now).await? {
        return Err(arranged_first(arrangement.upon, version + 1).into());
    }
    let front = front_in(&mut tx).await?;
    tx.commit().await?;
    Ok(front)
}

/// Fills a front that nobody has arranged, from an archive that had one. The first
/// [`MAX_SLOTS`] are taken. Answers whether it was.
pub async fn take_in(tx: &mut Tx, slots: &[Slot], by: &By, now: Instant) -> Result<bool, Fault> {
    if newest_version(tx).await? > 0 {
        return Ok(false);
    }
    let most = slots.len().min(MAX_SLOTS as usize);
    write(tx, 1, &slots[..most], by, now).await
}

/// What stands against these slots; `kinds` says of each story that is there what it is.
///
/// A story that is not public yet is no reason: it waits in its slot and does not show.
pub fn refusals_to_arrange(slots: &[Slot], kinds: &HashMap<StoryId, Kind>) -> Vec<Refusal> {
    let mut no = Vec::new();
    if slots.len() > MAX_SLOTS as usize {
        let many = Refusal::on("slots", "too-many").with("limit", MAX_SLOTS);
        no.push(many.with("given", slots.len()));
    }
    let mut seen = HashSet::new();
    for (nth, slot) in slots.iter().enumerate().take(MAX_SLOTS as usize) {
        let refused = match kinds.get(&slot.story_id) {
            None => Some("unknown-story"),
            Some(Kind::Page) => Some("not-for-the-front"),
            Some(Kind::Story) if !seen.insert(slot.story_id) => Some("twice-on-the-front"),
            Some(Kind::Story) => None,
        };
        no.extend(refused.map(|key| Refusal::on(format!("slots[{nth}].story_id"), key)));
    }
    no
}

fn arranged_first(yours: u32, theirs: u32) -> Refusal {
    let first = Refusal::of("somebody-arranged-first").with("yours", yours);
    first.with("theirs", theirs)
}

async fn newest_version(tx: &mut Tx) -> Result<u32, Fault> {
    let newest = tx.read_one(&NEWEST_ARRANGEMENT, params![]).await?;
    newest.map_or(Ok(0), |row| row.get("version"))
}

/// Looks no further than a front can reach: a longer list is refused whatever is in it.
async fn kinds_of(tx: &mut Tx, slots: &[Slot]) -> Result<HashMap<StoryId, Kind>, Fault> {
    let mut kinds = HashMap::new();
    for slot in slots.iter().take(MAX_SLOTS as usize) {
        if let Some(row) = tx.read_one(&KIND_OF_STORY, params![slot.story_id]).await? {
            kinds.insert(slot.story_id, from_word(&row.get::<String>("kind")?)?);
        }
    }
    Ok(kinds)
}

/// Writes the version's line of history, the slots and the event; `false` when another hand wrote
/// this version first.
async fn write(
    tx: &mut Tx,
    version: u32,
    slots: &[Slot],
    by: &By,
    now: Instant,
) -> Result<bool, Fault> {
    let history = serde_json::to_value(slots).doing("writing the front's history")?;
    let line = params![version, history, by.staff, &by.name, now];
    if tx.write(&INSERT_ARRANGEMENT, line).await? == 0 {
        return Ok(false);
    }
    tx.write(&CLEAR_SLOTS, params![]).await?;
    for (position, slot) in (1u32..).zip(slots) {
        let row = params![position, slot.story_id, word(&slot.weight)];
        tx.write(&PUT_SLOT, row).await?;
    }
    let told = serde_json::json!({"what": "front", "version": version});
    store::outbox::emit(tx, FURNITURE_CHANGED, uuid::Uuid::nil(), told, now).await?;
    Ok(true)
}
