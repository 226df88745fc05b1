//! Trust pages: what a newsroom tells its readers about itself (NEWSROOM 1.2), with starter text.
//!
//! The acts are in [`adapt`](mod@adapt), [`restore`](mod@restore) and [`show`](mod@show). Readers never
//! see starter text: it is nobody's policy until somebody makes it theirs, and so the edition holds
//! the pages that are shown and no others (docs/decisions/0013). Each act makes a version, which keeps
//! the whole text, who and when: nothing that was ever on a page is lost.

pub mod adapt;
mod gaps;
pub mod restore;
pub mod show;
pub(crate) mod sql;
pub mod version;

#[cfg(test)]
mod tests;

use base::{Document, Fault, Instant, No, Refusal, Slug, no::Doing};
use serde::{Deserialize, Serialize};
use store::{Db, Row, Tx, params};

use crate::{
    By, section,
    story::word,
    task::{self, Place},
};
use sql::{
    ALL_TRUST_PAGES, INSERT_TRUST_VERSION, LAY_OUT_TRUST_PAGE, SHOWN_TRUST_PAGES, TRUST_PAGE,
    UPDATE_TRUST_PAGE,
};

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
    /// When its words last changed.
    pub updated_at: Instant,
    /// Who changed them; nobody while they are as they came.
    pub changed_by: Option<String>,
    /// Grows by one with every act.
    pub version: u32,
    /// Whether readers see it.
    pub shown: bool,
}

/// What was done to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// It came with its starter text.
    LaidOut,
    /// Title and text were changed.
    Adapted,
    /// An earlier text was put back.
    Restored,
    /// It was put on the site.
    Shown,
    /// It was taken off.
    Hidden,
}

/// All of them, in order.
pub async fn all(db: &Db) -> Result<Vec<TrustPage>, Fault> {
    let rows = db.read(&ALL_TRUST_PAGES, params![]).await?;
    rows.iter().map(page_from).collect()
}

/// Those that readers see, in order.
pub async fn shown(db: &Db) -> Result<Vec<TrustPage>, Fault> {
    let rows = db.read(&SHOWN_TRUST_PAGES, params![]).await?;
    rows.iter().map(page_from).collect()
}

/// The page of this address, shown or not.
pub async fn page(db: &Db, slug: &Slug) -> Result<Option<TrustPage>, Fault> {
    let row = db.read_one(&TRUST_PAGE, params![slug.as_str()]).await?;
    row.as_ref().map(page_from).transpose()
}

/// Adds a page with the text it comes with, which readers do not see. One that is there stays as it is.
pub async fn lay_out(
    tx: &mut Tx,
    slug: Slug,
    (title, body): (String, Document),
    position: u32,
    now: Instant,
) -> Result<(), Fault> {
    let page = TrustPage {
        slug,
        title,
        body,
        starter: true,
        position,
        updated_at: now,
        changed_by: None,
        version: 1,
        shown: false,
    };
    let row = params![
        page.slug.as_str(),
        &page.title,
        written(&page.body)?,
        page.starter,
        page.position,
        page.updated_at,
        page.version,
        page.shown,
        page.changed_by.as_deref()
    ];
    if tx.write(&LAY_OUT_TRUST_PAGE, row).await? > 0 {
        keep_version(tx, &page, Act::LaidOut, None, now).await?;
    }
    Ok(())
}

impl TrustPage {
    /// What nobody has filled in yet: everything in square brackets, in order, as it stands there.
    pub fn gaps(&self) -> Vec<String> {
        gaps::in_text(&self.title)
            .chain(gaps::in_text(&self.body.to_text()))
            .collect()
    }

    /// Refuses an act upon a version that has passed: nobody's words are overwritten unseen.
    fn refuse_passed(&self, upon: u32) -> Result<(), Refusal> {
        if self.version == upon {
            return Ok(());
        }
        let passed = Refusal::of("somebody-changed-first").with("yours", upon);
        Err(passed.with("theirs", self.version))
    }
}

/// The page as it stands in this transaction.
async fn page_in(tx: &mut Tx, slug: &Slug) -> Result<TrustPage, No> {
    let row = tx.read_one(&TRUST_PAGE, params![slug.as_str()]).await?;
    Ok(row.as_ref().map(page_from).ok_or(No::Absent)??)
}

/// Writes the page as `next` has it, the line of its history and the event, and commits. Answers the
/// page with its new version.
async fn settle(
    mut tx: Tx,
    mut next: TrustPage,
    act: Act,
    by: &By,
    now: Instant,
) -> Result<TrustPage, No> {
    let row = params![
        next.slug.as_str(),
        next.version,
        &next.title,
        written(&next.body)?,
        next.starter,
        next.shown,
        next.updated_at,
        next.changed_by.as_deref()
    ];
    if tx.write(&UPDATE_TRUST_PAGE, row).await? == 0 {
        let passed = Refusal::of("somebody-changed-first").with("yours", next.version);
        return Err(passed.into());
    }
    next.version += 1;
    keep_version(&mut tx, &next, act, Some(by), now).await?;
    let place = Place::Page(next.slug.clone());
    let pictures = next.body.pictures().into_iter();
    let seen = pictures.filter(|_| next.shown).map(|(_, picture)| picture);
    task::settle::at(&mut tx, &place, seen, (by, now)).await?;
    section::tell(&mut tx, now).await?;
    tx.commit().await?;
    Ok(next)
}

async fn keep_version(
    tx: &mut Tx,
    page: &TrustPage,
    act: Act,
    by: Option<&By>,
    now: Instant,
) -> Result<(), Fault> {
    let row = params![
        page.slug.as_str(),
        page.version,
        word(&act),
        &page.title,
        written(&page.body)?,
        page.starter,
        page.shown,
        by.and_then(|by| by.staff),
        by.map(|by| by.name.as_str()),
        now
    ];
    tx.write(&INSERT_TRUST_VERSION, row).await?;
    Ok(())
}

fn written(body: &Document) -> Result<serde_json::Value, Fault> {
    serde_json::to_value(body).doing("writing a trust page")
}

fn page_from(row: &Row) -> Result<TrustPage, Fault> {
    Ok(TrustPage {
        slug: section::kept_slug(row)?,
        title: row.get("title")?,
        body: row.document("body")?,
        starter: row.get("starter")?,
        position: row.get("position")?,
        updated_at: row.get("updated_at")?,
        changed_by: row.get("changed_by_name")?,
        version: row.get("version")?,
        shown: row.get("shown")?,
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
