//! People on bylines: names with pages, not accounts.
//!
//! The acts are in [`add`](mod@add), [`change`](mod@change) and [`remove`](mod@remove); each is written
//! down with who and when. What must not be is in [`rules`].

pub mod add;
pub mod change;
pub mod remove;
pub mod rules;
pub(crate) mod sql;

#[cfg(test)]
mod tests;

use base::{Fault, Id, Instant, No, Slug};
use store::{Db, Row, Tx, params};

use crate::{
    By,
    alias::{self, Of},
    history,
    section::FURNITURE_CHANGED,
};
use sql::{ALL_PEOPLE, PERSON_BY_ID, PERSON_BY_NAME, PERSON_BY_SLUG, PUT_PERSON, SEARCH_PEOPLE};

/// The most people one page of the list holds.
pub const MAX_FOUND: u32 = 200;

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
    /// Grows by one with every change.
    pub version: u32,
}

/// What can be set of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Particulars {
    /// Their name as printed.
    pub name: String,
    /// What they are here.
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

/// The person of this id.
pub async fn one(db: &Db, id: Id<Person>) -> Result<Option<Person>, Fault> {
    let row = db.read_one(&PERSON_BY_ID, params![id]).await?;
    row.as_ref().map(person_from).transpose()
}

/// People whose name holds these words, by name, behind the name and id in `after`; `limit` at most,
/// and never more than [`MAX_FOUND`].
pub async fn search(
    db: &Db,
    words: &str,
    after: Option<(&str, Id<Person>)>,
    limit: u32,
) -> Result<Vec<Person>, Fault> {
    let pattern = format!("%{}%", words.to_lowercase().replace(['%', '\\'], "_"));
    let (name, id) = after.unwrap_or(("", Id::from_uuid(uuid::Uuid::nil())));
    db.read(
        &SEARCH_PEOPLE,
        params![pattern, name, id, limit.min(MAX_FOUND)],
    )
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

async fn one_in(tx: &mut Tx, id: Id<Person>) -> Result<Person, No> {
    let row = tx.read_one(&PERSON_BY_ID, params![id]).await?;
    Ok(row.as_ref().map(person_from).ok_or(No::Absent)??)
}

async fn at_slug(tx: &mut Tx, slug: &Slug) -> Result<Option<Person>, Fault> {
    let row = tx.read_one(&PERSON_BY_SLUG, params![slug.as_str()]).await?;
    row.as_ref().map(person_from).transpose()
}

/// Refuses an address that is somebody else's, now or by a name they had; `own` is the page it may lead to.
async fn refuse_taken(tx: &mut Tx, slug: &Slug, own: Option<&Slug>) -> Result<(), No> {
    rules::refuse_taken(at_slug(tx, slug).await?.map(|holder| holder.name))?;
    let leads_to = alias::target(tx, Of::Person, slug).await?;
    let foreign = leads_to.filter(|to| own.is_none_or(|own| own.as_str() != to));
    Ok(rules::refuse_taken(foreign)?)
}

/// Writes down who did what to a person, and tells the edition.
async fn note(
    tx: &mut Tx,
    (person, act): (&Person, &'static str),
    by: &By,
    now: Instant,
) -> Result<(), Fault> {
    let told = serde_json::json!({
        "slug": person.slug, "name": person.name, "role": person.role, "bio": person.bio,
    });
    let line = history::Line {
        what: "person",
        subject: person.id.to_string(),
        act,
        told,
    };
    history::note(tx, line, by, now).await?;
    let told = serde_json::json!({"what": "person"});
    store::outbox::emit(tx, FURNITURE_CHANGED, person.id.uuid(), told, now).await?;
    Ok(())
}

fn person_from(row: &Row) -> Result<Person, Fault> {
    Ok(Person {
        id: row.get("id")?,
        slug: crate::section::kept_slug(row)?,
        name: row.get("name")?,
        role: row.get("role")?,
        bio: row.get("bio")?,
        version: row.get("version")?,
    })
}
