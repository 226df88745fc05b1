//! Taking away a running story that was never used.

use base::{Id, Instant, No};
use store::{Db, params};

use super::{
    RunningStory, note, one_in, rules,
    sql::{COUNT_ENTRIES, DELETE_RUNNING, DELETE_TURNS},
};
use crate::{By, story};

/// Takes a running story away. One that is over is closed instead: [`super::RunningState::Closed`].
///
/// # Errors
/// [`No::Absent`] where there is none; refused for what [`rules::refuse_to_remove`] says.
pub async fn remove(db: &Db, id: Id<RunningStory>, by: &By, now: Instant) -> Result<(), No> {
    let mut tx = db.begin().await?;
    let running = one_in(&mut tx, id).await?;
    let stories = story::holding(&mut tx, id.uuid()).await?;
    let entries = tx.read_one(&COUNT_ENTRIES, params![id]).await?;
    let entries = entries.map_or(Ok(0), |row| row.get("entries"))?;
    rules::refuse_to_remove(stories, entries)?;
    tx.write(&DELETE_TURNS, params![id]).await?;
    tx.write(&DELETE_RUNNING, params![id]).await?;
    note(&mut tx, (&running, "removed"), by, now).await?;
    tx.commit().await?;
    Ok(())
}
