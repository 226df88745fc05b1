//! A new section, at the end of the navigation.

use base::{Id, Instant, No, Refusals, Slug};
use store::Db;

use super::{Particulars, Section, add, all_in, note, rules};
use crate::By;

/// Adds a section behind all others. `slug` is its address; without one it is made from the name.
///
/// # Errors
/// Refused for every reason of [`rules::refusals`], [`rules::address`] and [`rules::refuse_one_more`].
pub async fn begin(
    db: &Db,
    slug: Option<Slug>,
    particulars: Particulars,
    by: &By,
    now: Instant,
) -> Result<Section, No> {
    let mut tx = db.begin().await?;
    let others = all_in(&mut tx).await?;
    rules::refuse_one_more(others.len())?;
    Refusals::none_of(rules::refusals(&particulars))?;
    let name = particulars.name.trim();
    let section = Section {
        id: Id::fresh(),
        slug: rules::address(slug, name, &others)?,
        name: name.into(),
        description: particulars.description.trim().into(),
        language: particulars.language,
        access: particulars.access,
        position: others
            .iter()
            .map(|other| other.position + 1)
            .max()
            .unwrap_or(0),
        version: 1,
    };
    let id = add(&mut tx, &section).await?;
    if id != section.id {
        // Another hand began one at this address between our look and our line.
        rules::address(Some(section.slug), name, &all_in(&mut tx).await?)?;
        return Err(No::Absent);
    }
    let told = serde_json::json!({"slug": section.slug, "name": section.name});
    note(&mut tx, (id, "begun"), told, by, now).await?;
    tx.commit().await?;
    Ok(section)
}
