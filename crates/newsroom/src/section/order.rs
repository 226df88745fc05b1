//! The order of sections in the navigation, all of them at once.

use base::{Id, Instant, No};
use store::{Db, params};

use super::{Section, all_in, note, rules, sql::PLACE_SECTION};
use crate::By;

/// Sets the order of the navigation. Who orders last is right: an order is seen whole by whoever sets
/// it, and setting it back is one move.
///
/// # Errors
/// Refused for what [`rules::refuse_order`] says. The order there is already changes nothing.
pub async fn order(
    db: &Db,
    order: &[Id<Section>],
    by: &By,
    now: Instant,
) -> Result<Vec<Section>, No> {
    let mut tx = db.begin().await?;
    let before = all_in(&mut tx).await?;
    rules::refuse_order(order, &before)?;
    let Some(first) = order.first() else {
        return Ok(before);
    };
    if before
        .iter()
        .map(|section| section.id)
        .eq(order.iter().copied())
    {
        return Ok(before);
    }
    for (position, id) in (0u32..).zip(order) {
        tx.write(&PLACE_SECTION, params![*id, position]).await?;
    }
    let told = serde_json::json!({"order": order});
    note(&mut tx, (*first, "ordered"), told, by, now).await?;
    let after = all_in(&mut tx).await?;
    tx.commit().await?;
    Ok(after)
}
