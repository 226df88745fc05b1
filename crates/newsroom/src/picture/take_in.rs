//! A picture comes in: its file is on the shelf, it was looked at, and the first prints are made.

use base::{Id, Instant, No, document::Prints};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use store::{Db, params, shelf::Hash};

use super::{
    DEVELOP, Fields, File, Picture, PictureId, as_document, ask_for, lay, note, one_in,
    sql::{INSERT_PICTURE, PICTURE_OF_ORIGINAL},
};
use crate::By;

/// A picture that is ready to be taken in.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The file as it came, already on the shelf.
    pub original: Hash,
    /// What it is.
    pub file: File,
    /// What it said itself, as it was read; kept whatever the desk makes of it.
    pub said: Value,
    /// What is said of it from now on.
    pub fields: Fields,
    /// What the desk should know.
    pub remarks: Vec<String>,
    /// The first prints, already on the shelf.
    pub prints: Prints,
}

/// Takes a picture in, and asks for the rest of its prints. The second answer is whether it is new: the very same
/// file is one picture, however often it is brought.
///
/// # Errors
/// Faults only: what may be wrong with a picture was refused before.
pub async fn take_in(
    db: &Db,
    zone: &TimeZone,
    arrival: Arrival,
    (by, now): (&By, Instant),
) -> Result<(Picture, bool), No> {
    let key = arrival.original.to_string();
    let mut tx = db.begin().await?;
    let id = PictureId::fresh();
    let fields = arrival.fields.tidied();
    let prints = super::album::with_record(arrival.prints, &fields);
    let row = params![
        id,
        &key,
        arrival.said,
        now,
        as_document(&fields)?,
        fields.words(&arrival.file.name),
        fields.credit.as_deref().unwrap_or_default().to_lowercase(),
        fields.place_words(),
        fields.taken.as_ref().map(|told| told.as_str().to_string()),
        fields.rights_end.as_ref().and_then(|told| told.ends(zone)),
        arrival.original,
        as_document(&arrival.file)?,
        as_document(&arrival.remarks)?,
        as_document(&prints)?,
        by.staff,
        &by.name
    ];
    if tx.write(&INSERT_PICTURE, row).await? == 0 {
        let there = tx.read_one(&PICTURE_OF_ORIGINAL, params![&key]).await?;
        let there: PictureId = there.ok_or(No::Absent)?.get("id")?;
        return Ok((one_in(&mut tx, there).await?, false));
    }
    lay::name_prints(&mut tx, id, &prints).await?;
    let told = json!({"file": arrival.file.name, "original": key});
    note(&mut tx, (id, "uploaded"), told, by, now).await?;
    ask_for(&mut tx, DEVELOP, id, now).await?;
    let picture = one_in(&mut tx, id).await?;
    tx.commit().await?;
    Ok((picture, true))
}

/// The picture with this original, where it is here already.
pub async fn known(db: &Db, original: Hash) -> Result<Option<Picture>, base::Fault> {
    let row = db
        .read_one(&PICTURE_OF_ORIGINAL, params![original.to_string()])
        .await?;
    match row {
        Some(row) => super::one(db, Id::from_uuid(row.get("id")?)).await,
        None => Ok(None),
    }
}
