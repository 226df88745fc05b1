//! Changing what a section is called, says of itself, is written in and asks of readers.

use base::{Id, Instant, No, Refusal, Refusals};
use store::{Db, params};

use super::{Particulars, Section, note, one_in, rules, sql::UPDATE_SECTION};
use crate::{
    By,
    opener::Opener,
    story::{Access, word},
};

/// Sets the particulars of a section, upon the version that was looked at. A change of the reading
/// rule holds for every story in it with the next edition, at once.
///
/// # Errors
/// [`No::Absent`] where no such section is. Refused with `somebody-changed-first` when it moved on
/// since `upon`, and for every reason of [`rules::refusals`]. The same particulars again change nothing.
pub async fn change(
    db: &Db,
    (id, upon): (Id<Section>, u32),
    particulars: Particulars,
    by: &By,
    now: Instant,
) -> Result<Section, No> {
    let mut tx = db.begin().await?;
    let before = one_in(&mut tx, id).await?;
    let passed = |theirs: u32| {
        let passed = Refusal::of("somebody-changed-first").with("yours", upon);
        passed.with("theirs", theirs)
    };
    if before.version != upon {
        return Err(passed(before.version).into());
    }
    Refusals::none_of(rules::refusals(&particulars))?;
    let after = Section {
        name: particulars.name.trim().into(),
        description: particulars.description.trim().into(),
        language: particulars.language,
        access: particulars.access,
        ..before.clone()
    };
    if after == before {
        return Ok(before);
    }
    let (language, access) = (after.language.tag(), word(&after.access));
    let row = params![id, upon, &after.name, &after.description, language, &access];
    if tx.write(&UPDATE_SECTION, row).await? == 0 {
        return Err(passed(upon + 1).into());
    }
    let told = serde_json::json!({
        "name": after.name, "description": after.description, "language": language, "access": access,
    });
    note(&mut tx, (id, "changed"), told, by, now).await?;
    if (after.access == Access::Open) != (before.access == Access::Open) {
        Opener::Section(id).tell(&mut tx, now).await?;
    }
    tx.commit().await?;
    Ok(Section {
        version: upon + 1,
        ..after
    })
}
