//! Tasks that end by themselves: the picture may run again, or its place no longer names it.

use std::collections::BTreeSet;

use base::{Fault, Id, Instant, document};
use store::{Row, Tx, params};

use super::{
    How, Place, Task,
    sql::{COMPLETE, OPEN_OF_ENTRY, OPEN_OF_PAGE, OPEN_OF_PICTURE, OPEN_OF_STORY},
};
use crate::{By, picture::PictureId, story::word};

/// Ends what waits because of a picture that may run again.
pub(crate) async fn of_picture(
    tx: &mut Tx,
    picture: PictureId,
    hand: (&By, Instant),
) -> Result<(), Fault> {
    let waiting = tx.read(&OPEN_OF_PICTURE, params![picture]).await?;
    for row in &waiting {
        end(tx, row.get("id")?, How::Restored, hand).await?;
    }
    Ok(())
}

/// Ends what waits upon a place that goes out with these pictures: of those it does not name any more.
pub(crate) async fn at(
    tx: &mut Tx,
    place: &Place,
    named: impl Iterator<Item = &document::Picture>,
    hand: (&By, Instant),
) -> Result<(), Fault> {
    let waiting = waiting_at(tx, place).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let named: BTreeSet<PictureId> = named.filter_map(|picture| picture.id).collect();
    for row in &waiting {
        if !named.contains(&row.get("picture_id")?) {
            end(tx, row.get("id")?, How::Changed, hand).await?;
        }
    }
    Ok(())
}

async fn waiting_at(tx: &mut Tx, place: &Place) -> Result<Vec<Row>, Fault> {
    match place {
        Place::Story(id) => tx.read(&OPEN_OF_STORY, params![*id]).await,
        Place::Entry(id) => tx.read(&OPEN_OF_ENTRY, params![*id]).await,
        Place::Page(slug) => tx.read(&OPEN_OF_PAGE, params![slug.as_str()]).await,
    }
}

async fn end(tx: &mut Tx, id: Id<Task>, how: How, (by, now): (&By, Instant)) -> Result<(), Fault> {
    let row = params![id, word(&how), by.staff, &by.name, now];
    tx.write(&COMPLETE, row).await?;
    Ok(())
}
