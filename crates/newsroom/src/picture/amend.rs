//! Changing what is said of a picture.

use base::{Instant, No, Refusal, Refusals};
use jiff::tz::TimeZone;
use serde_json::json;
use store::{Db, params};

use super::{
    Fields, PRESS, Picture, PictureId, album, as_document, ask_for, note, one_in, refuse_foreign,
    rights::Why,
    sql::{AMEND_PICTURE, RESTORE_PICTURE},
    tell,
};
use crate::{By, task};

/// Sets the fields, upon the version that was looked at; they are written into the served files by a job, without
/// developing anew. A picture that was taken from readers because its term was over comes back when the term is longer.
///
/// # Errors
/// [`No::Absent`] where there is no such picture; `not-your-picture`; `somebody-changed-first`; what [`Fields::refusals`] says.
pub async fn amend(
    db: &Db,
    zone: &TimeZone,
    (id, upon): (PictureId, u32),
    fields: Fields,
    (by, now): (&By, Instant),
) -> Result<Picture, No> {
    let mut tx = db.begin().await?;
    let before = one_in(&mut tx, id).await?;
    refuse_foreign(&before, by)?;
    if before.version != upon {
        return Err(passed(upon, before.version).into());
    }
    let fields = fields.tidied();
    Refusals::none_of(fields.refusals())?;
    if fields == before.fields {
        return Ok(before);
    }
    let lapses_at = fields.rights_end.as_ref().and_then(|told| told.ends(zone));
    let row = params![
        id,
        upon,
        as_document(&fields)?,
        fields.words(&before.file.name),
        fields.credit.as_deref().unwrap_or_default().to_lowercase(),
        fields.place_words(),
        fields.taken.as_ref().map(|told| told.as_str().to_string()),
        lapses_at,
        as_document(&album::with_record(before.prints, &fields, &before.file))?,
        now
    ];
    if tx.write(&AMEND_PICTURE, row).await? == 0 {
        return Err(passed(upon, upon + 1).into());
    }
    let had_lapsed = before.pull.is_some_and(|pull| pull.why == Why::Lapsed);
    if had_lapsed && lapses_at.is_none_or(|ends| ends > now) {
        tx.write(&RESTORE_PICTURE, params![id]).await?;
        task::settle::of_picture(&mut tx, id, (by, now)).await?;
        note(&mut tx, (id, "restored"), json!({"why": "term"}), by, now).await?;
    }
    let told = json!({"before": as_document(&before.fields)?});
    note(&mut tx, (id, "amended"), told, by, now).await?;
    ask_for(&mut tx, PRESS, id, now).await?;
    tell(&mut tx, id, now).await?;
    let picture = one_in(&mut tx, id).await?;
    tx.commit().await?;
    Ok(picture)
}

fn passed(yours: u32, theirs: u32) -> Refusal {
    let passed = Refusal::of("somebody-changed-first").with("yours", yours);
    passed.with("theirs", theirs)
}
