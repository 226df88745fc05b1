//! Saying which point of a picture every crop keeps.

use base::{Instant, No, Refusal};
use serde_json::json;
use store::{Db, params};

use super::{
    DEVELOP, Focus, Picture, PictureId, ask_for, note, one_in, refuse_foreign, sql::REFOCUS_PICTURE,
};
use crate::By;

/// Thousandths there are along a side.
const THOUSANDTHS: u16 = 1_000;

/// Sets the focus; the crops are made anew by a job. Who sets it last is right: it is one point, and seen at once.
///
/// # Errors
/// [`No::Absent`] where there is no such picture; `not-your-picture`; `out-of-range` for a point outside of it.
pub async fn refocus(
    db: &Db,
    id: PictureId,
    focus: Focus,
    (by, now): (&By, Instant),
) -> Result<Picture, No> {
    for (side, at) in [("x", focus.x), ("y", focus.y)] {
        if at > THOUSANDTHS {
            return Err(Refusal::on(side, "out-of-range")
                .with("least", 0)
                .with("most", THOUSANDTHS)
                .into());
        }
    }
    let mut tx = db.begin().await?;
    let before = one_in(&mut tx, id).await?;
    refuse_foreign(&before, by)?;
    if before.focus == focus {
        return Ok(before);
    }
    tx.write(&REFOCUS_PICTURE, params![id, focus.x, focus.y, now])
        .await?;
    let told = json!({"before": before.focus, "after": focus});
    note(&mut tx, (id, "refocused"), told, by, now).await?;
    ask_for(&mut tx, DEVELOP, id, now).await?;
    let picture = one_in(&mut tx, id).await?;
    tx.commit().await?;
    Ok(picture)
}
