//! Other files for a picture: all of its prints, or the same with other words in them.

use base::{Fault, Instant, document::Prints};
use store::{Db, Tx, params};

use super::{
    PictureId, State, album, as_document, one_in,
    sql::{INSERT_PRINT, LAY_PRINTS, REPLACE_PRINTS, SET_STATE},
    tell, word,
};

/// Lays these prints before readers in place of the `printed`-th, and answers whether that was still so: where other
/// files were laid meanwhile nothing is done, and whoever asked looks again.
///
/// Pages that are already open or kept elsewhere name the files there were, so those are served on for a while.
///
/// # Errors
/// Faults only.
pub async fn lay(
    db: &Db,
    (id, printed): (PictureId, u32),
    prints: Prints,
    remarks: &[String],
    (state, now): (State, Instant),
) -> Result<bool, Fault> {
    let mut tx = db.begin().await?;
    let Ok(picture) = one_in(&mut tx, id).await else {
        return Ok(true);
    };
    let prints = album::with_record(prints, &picture.fields);
    let row = params![
        id,
        printed,
        as_document(&prints)?,
        as_document(&remarks)?,
        word(&state)
    ];
    if tx.write(&LAY_PRINTS, row).await? == 0 {
        return Ok(false);
    }
    tx.write(&REPLACE_PRINTS, params![id, now]).await?;
    name_prints(&mut tx, id, &prints).await?;
    tell(&mut tx, id, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Notes that the rest of a picture's prints cannot be made.
///
/// # Errors
/// Faults only.
pub async fn give_up(db: &Db, id: PictureId) -> Result<(), Fault> {
    let mut tx = db.begin().await?;
    tx.write(&SET_STATE, params![id, word(&State::Undeveloped)])
        .await?;
    tx.commit().await
}

pub(super) async fn name_prints(tx: &mut Tx, id: PictureId, prints: &Prints) -> Result<(), Fault> {
    for print in &prints.all {
        let row = params![print.hash, id, word(&print.format)];
        tx.write(&INSERT_PRINT, row).await?;
    }
    Ok(())
}
