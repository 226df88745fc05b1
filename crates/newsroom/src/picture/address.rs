//! Where pictures of ours were found elsewhere: the same address is the same picture, whatever lies there later.

use base::{Fault, Instant};
use store::{Db, params};

use super::{
    Picture, PictureId, one,
    sql::{PICTURE_AT_ADDRESS, REMEMBER_ADDRESS},
};

/// The picture that was found at this address; nothing where none was.
pub async fn found_at(db: &Db, address: &str) -> Result<Option<Picture>, Fault> {
    let row = db.read_one(&PICTURE_AT_ADDRESS, params![address]).await?;
    match row {
        Some(row) => one(db, row.get("picture_id")?).await,
        None => Ok(None),
    }
}

/// Remembers that this picture was found at that address. The first that was found there stays.
pub async fn remember(db: &Db, address: &str, id: PictureId, now: Instant) -> Result<(), Fault> {
    let mut tx = db.begin().await?;
    tx.write(&REMEMBER_ADDRESS, params![address, id, now])
        .await?;
    tx.commit().await
}
