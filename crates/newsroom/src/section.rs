//! Sections: where on the site a story belongs, and the reading rule it takes from there.
//!
//! The acts are in [`begin`](mod@begin), [`change`](mod@change), [`order`](mod@order) and
//! [`remove`](mod@remove); each is written down with who and when. What must not be is in [`rules`].

pub mod begin;
pub mod change;
pub mod order;
pub mod remove;
pub mod rules;
pub(crate) mod sql;

#[cfg(test)]
mod tests;

use base::{Fault, Id, Instant, Language, No, Slug};
use store::{Db, Row, Statement, Tx, params};

use crate::{
    By,
    story::{Access, from_word, word},
};
use sql::{ADD_SECTION, ALL_SECTIONS, INSERT_SECTION_CHANGE, PUT_SECTION, SECTION_BY_ID};

/// The event that something around the stories changed: sections, people, fronts, trust pages.
pub const FURNITURE_CHANGED: &str = "furniture.changed";

/// A section of the site.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its id.
    pub id: Id<Section>,
    /// Its address: `/section/<slug>`.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// A sentence about it.
    pub description: String,
    /// The language of its edition.
    pub language: Language,
    /// Who may read its stories, unless a story says otherwise.
    pub access: Access,
    /// Its place in the navigation.
    pub position: u32,
    /// Grows by one with every change of its particulars.
    pub version: u32,
}

/// What can be set in a section; its address stays what it was when it began.
#[derive(Clone, Debug, PartialEq)]
pub struct Particulars {
    /// Its name.
    pub name: String,
    /// A sentence about it; may be empty.
    pub description: String,
    /// The language of its edition.
    pub language: Language,
    /// Who may read its stories, unless a story says otherwise.
    pub access: Access,
}

/// All sections in the order of the navigation.
pub async fn all(db: &Db) -> Result<Vec<Section>, Fault> {
    db.read(&ALL_SECTIONS, params![])
        .await?
        .iter()
        .map(section_from)
        .collect()
}

/// The section of this id.
pub async fn one(db: &Db, id: Id<Section>) -> Result<Option<Section>, Fault> {
    let row = db.read_one(&SECTION_BY_ID, params![id]).await?;
    row.as_ref().map(section_from).transpose()
}

/// Adds a section, or changes the one with its slug. Answers the id it has.
pub async fn put(tx: &mut Tx, section: &Section) -> Result<Id<Section>, Fault> {
    write(tx, section, &PUT_SECTION).await
}

/// Adds a section unless its slug is taken: what the desk has set is not undone by an import.
pub async fn add(tx: &mut Tx, section: &Section) -> Result<Id<Section>, Fault> {
    write(tx, section, &ADD_SECTION).await
}

/// Tells the edition that sections changed.
pub async fn tell(tx: &mut Tx, now: Instant) -> Result<(), Fault> {
    let nobody = uuid::Uuid::nil();
    store::outbox::emit(tx, FURNITURE_CHANGED, nobody, serde_json::json!({}), now).await?;
    Ok(())
}

async fn all_in(tx: &mut Tx) -> Result<Vec<Section>, Fault> {
    let rows = tx.read(&ALL_SECTIONS, params![]).await?;
    rows.iter().map(section_from).collect()
}

async fn one_in(tx: &mut Tx, id: Id<Section>) -> Result<Section, No> {
    let row = tx.read_one(&SECTION_BY_ID, params![id]).await?;
    Ok(row.as_ref().map(section_from).ok_or(No::Absent)??)
}

/// Writes down who did what to a section, and tells the edition.
async fn note(
    tx: &mut Tx,
    (id, act): (Id<Section>, &'static str),
    told: serde_json::Value,
    by: &By,
    now: Instant,
) -> Result<(), Fault> {
    let change = Id::<Change>::fresh();
    let row = params![change, id, act, told, by.staff, &by.name, now];
    tx.write(&INSERT_SECTION_CHANGE, row).await?;
    tell(tx, now).await
}

/// One change, in the history of sections.
enum Change {}

async fn write(
    tx: &mut Tx,
    section: &Section,
    statement: &'static Statement,
) -> Result<Id<Section>, Fault> {
    let row = tx
        .read_one(
            statement,
            params![
                section.id,
                section.slug.as_str(),
                &section.name,
                &section.description,
                section.language.tag(),
                word(&section.access),
                section.position
            ],
        )
        .await?;
    row.ok_or_else(|| Fault::new("a section was put and is not there"))?
        .get("id")
}

fn section_from(row: &Row) -> Result<Section, Fault> {
    Ok(Section {
        id: row.get("id")?,
        slug: kept_slug(row)?,
        name: row.get("name")?,
        description: row.get("description")?,
        language: kept_language(row)?,
        access: from_word(&row.get::<String>("access")?)?,
        position: row.get("position")?,
        version: row.get("version")?,
    })
}

/// Reads the `slug` column.
pub(crate) fn kept_slug(row: &Row) -> Result<Slug, Fault> {
    slug_in(row, "slug")
}

/// Reads a column that holds a slug.
pub(crate) fn slug_in(row: &Row, column: &str) -> Result<Slug, Fault> {
    let text: String = row.get(column)?;
    text.parse()
        .map_err(|error| Fault::while_("reading a kept slug", error))
}

/// Reads the `language` column.
pub(crate) fn kept_language(row: &Row) -> Result<Language, Fault> {
    let text: String = row.get("language")?;
    text.parse()
        .map_err(|error| Fault::while_("reading a kept language", error))
}
