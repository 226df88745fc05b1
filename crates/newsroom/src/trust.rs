//! Trust pages: what a newsroom tells its readers about itself (NEWSROOM 1.2), with starter text.

pub(crate) mod sql;

use base::{Document, Fault, Instant, Slug, no::Doing};
use store::{Db, Row, Tx, params};

use sql::{ALL_TRUST_PAGES, PUT_TRUST_PAGE};

/// One page of the slots a trusted newsroom fills.
#[derive(Clone, Debug, PartialEq)]
pub struct TrustPage {
    /// Its address: `/about/<slug>`.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: Document,
    /// Whether this is still the text it came with.
    pub starter: bool,
    /// Its place among them.
    pub position: u32,
    /// When it last changed.
    pub updated_at: Instant,
}

/// All of them, in order.
pub async fn all(db: &Db) -> Result<Vec<TrustPage>, Fault> {
    db.read(&ALL_TRUST_PAGES, params![])
        .await?
        .iter()
        .map(page_from)
        .collect()
}

/// Adds a page; with `page.starter` set, a page that was already adapted is left as it is.
pub async fn put(tx: &mut Tx, page: &TrustPage) -> Result<(), Fault> {
    let body = serde_json::to_value(&page.body).doing("writing a trust page")?;
    tx.write(
        &PUT_TRUST_PAGE,
        params![
            page.slug.as_str(),
            &page.title,
            body,
            page.starter,
            page.position,
            page.updated_at
        ],
    )
    .await?;
    Ok(())
}

fn page_from(row: &Row) -> Result<TrustPage, Fault> {
    Ok(TrustPage {
        slug: crate::section::kept_slug(row)?,
        title: row.get("title")?,
        body: row.document("body")?,
        starter: row.get("starter")?,
        position: row.get("position")?,
        updated_at: row.get("updated_at")?,
    })
}

macro_rules! starter {
    ($($slug:literal),+ $(,)?) => {
        &[$(($slug, include_str!(concat!("../starter/trust/", $slug, ".md")))),+]
    };
}

/// The text every new newsroom begins with, by slug: Markdown with the title in front. It is there
/// to be adapted; square brackets mark what only the newsroom can fill in.
pub const STARTER: &[(&str, &str)] = starter!(
    "mission",
    "ethics",
    "corrections",
    "verification",
    "unnamed-sources",
    "ownership",
    "masthead",
    "bylines",
    "diversity",
    "staffing",
    "feedback",
);
