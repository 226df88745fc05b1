//! A new person, who can stand on bylines from now on.

use base::{Id, Instant, No, Refusals, Slug};
use store::{Db, params};

use super::{Particulars, Person, note, refuse_taken, rules, sql::ADD_PERSON};
use crate::By;

/// Adds a person. `slug` is the address of their page; without one it is made from the name.
///
/// # Errors
/// Refused for every reason of [`rules::refusals`], [`rules::address`] and [`rules::refuse_taken`].
pub async fn add(
    db: &Db,
    slug: Option<Slug>,
    particulars: Particulars,
    by: &By,
    now: Instant,
) -> Result<Person, No> {
    Refusals::none_of(rules::refusals(&particulars))?;
    let Particulars { name, role, bio } = rules::trimmed(particulars);
    let person = Person {
        id: Id::fresh(),
        slug: rules::address(slug, &name)?,
        name,
        role,
        bio,
        version: 1,
    };
    let mut tx = db.begin().await?;
    refuse_taken(&mut tx, &person.slug, None).await?;
    let (role, bio) = (person.role.as_deref(), person.bio.as_deref());
    let slug = person.slug.as_str();
    let row = params![person.id, slug, &person.name, role, bio, now];
    if tx.write(&ADD_PERSON, row).await? == 0 {
        // Another hand took the address between our look and our line.
        refuse_taken(&mut tx, &person.slug, None).await?;
        return Err(No::Absent);
    }
    note(&mut tx, (&person, "added"), by, now).await?;
    tx.commit().await?;
    Ok(person)
}
