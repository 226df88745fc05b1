//! Taking away a section that no story stands in.

use base::{Fault, Id, Instant, No};
use store::{Db, Tx, params};

use super::{
    Section, all_in, note, one_in, rules,
    sql::{DELETE_SECTION, STORIES_IN_SECTION},
};
use crate::By;

/// Takes a section away.
///
/// # Errors
/// [`No::Absent`] where no such section is; refused for what [`rules::refuse_to_remove`] says.
pub async fn remove(db: &Db, id: Id<Section>, by: &By, now: Instant) -> Result<(), No> {
    let mut tx = db.begin().await?;
    let section = one_in(&mut tx, id).await?;
    let sections = all_in(&mut tx).await?.len();
    rules::refuse_to_remove(stories_in(&mut tx, id).await?, sections)?;
    tx.write(&DELETE_SECTION, params![id]).await?;
    let told = serde_json::json!({"slug": section.slug, "name": section.name});
    note(&mut tx, (id, "removed"), told, by, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn stories_in(tx: &mut Tx, id: Id<Section>) -> Result<u32, Fault> {
    let in_card = format!("%{id}%");
    let row = tx
        .read_one(&STORIES_IN_SECTION, params![id, in_card])
        .await?;
    row.map_or(Ok(0), |row| row.get("stories"))
}
