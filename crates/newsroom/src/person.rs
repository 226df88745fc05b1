//! People on bylines: names with pages, not accounts.

pub(crate) mod sql;

use base::{Fault, Id, Instant, Slug};
use store::{Db, Row, Tx, params};

use sql::{ALL_PEOPLE, PERSON_BY_NAME, PUT_PERSON, SEARCH_PEOPLE};

/// The most people one search answers with.
pub const MAX_FOUND: u32 = 20;

/// Somebody who writes, photographs or translates.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their id.
    pub id: Id<Person>,
    /// Their page: `/author/<slug>`.
    pub slug: Slug,
    /// Their name as printed.
    pub name: String,
    /// What they are here: “Science editor”.
    pub role: Option<String>,
    /// A few sentences for their page.
    pub bio: Option<String>,
}

/// Everybody, by name.
pub async fn all(db: &Db) -> Result<Vec<Person>, Fault> {
    db.read(&ALL_PEOPLE, params![])
        .await?
        .iter()
        .map(person_from)
        .collect()
}

/// People whose name holds these words.
pub async fn search(db: &Db, words: &str) -> Result<Vec<Person>, Fault> {
    let pattern = format!("%{}%", words.to_lowercase().replace(['%', '\\'], "_"));
    db.read(&SEARCH_PEOPLE, params![pattern, MAX_FOUND])
        .await?
        .iter()
        .map(person_from)
        .collect()
}

/// Adds a person, or completes the one with this slug; what is known is not forgotten.
pub async fn put(tx: &mut Tx, person: &Person, now: Instant) -> Result<Id<Person>, Fault> {
    let row = tx
        .read_one(
            &PUT_PERSON,
            params![
                person.id,
                person.slug.as_str(),
                &person.name,
                person.role.as_deref(),
                person.bio.as_deref(),
                now
            ],
        )
        .await?;
    row.ok_or_else(|| Fault::new("a person was put and is not there"))?
        .get("id")
}

/// The person of exactly this name.
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Option<Id<Person>>, Fault> {
    tx.read_one(&PERSON_BY_NAME, params![name])
        .await?
        .map(|row| row.get("id"))
        .transpose()
}

fn person_from(row: &Row) -> Result<Person, Fault> {
    Ok(Person {
        id: row.get("id")?,
        slug: crate::section::kept_slug(row)?,
        name: row.get("name")?,
        role: row.get("role")?,
        bio: row.get("bio")?,
    })
}
