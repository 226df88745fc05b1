//! Adapting a trust page: title and text at once, upon the version the editor was looking at.

use base::{Document, Instant, No, Refusal, Refusals, Slug};
use store::Db;

use super::{Act, TrustPage, page_in, settle};
use crate::{By, story::rules::at_most};

/// Characters of a title: it stands at the foot of every page, beside ten others.
pub const LONGEST_TITLE: usize = 80;

/// A page about to be changed.
#[derive(Clone, Copy, Debug)]
pub struct Adaptation<'a> {
    /// The version the editor was looking at.
    pub upon: u32,
    /// The title.
    pub title: &'a str,
    /// The text.
    pub body: &'a Document,
}

/// Gives a page these words; where it is shown, readers have them with the next edition, at once.
///
/// # Errors
/// [`No::Absent`] where no such page is. Refused with `somebody-changed-first` when the page moved on
/// since `adaptation.upon`, and for every reason of [`refusals_to_adapt`]. The same words again make
/// no version, and starter text that nobody touched stays starter text.
pub async fn adapt(
    db: &Db,
    slug: &Slug,
    adaptation: &Adaptation<'_>,
    by: &By,
    now: Instant,
) -> Result<TrustPage, No> {
    let mut tx = db.begin().await?;
    let page = page_in(&mut tx, slug).await?;
    page.refuse_passed(adaptation.upon)?;
    let (title, body) = (adaptation.title.trim(), adaptation.body);
    Refusals::none_of(refusals_to_adapt(title, body))?;
    if page.title == title && page.body == *body {
        return Ok(page);
    }
    let next = TrustPage {
        title: title.into(),
        body: body.clone(),
        starter: false,
        updated_at: now,
        changed_by: Some(by.name.clone()),
        ..page
    };
    settle(tx, next, Act::Adapted, by, now).await
}

/// What no trust page may be. Words left in square brackets are no reason: a page may be worked on
/// for weeks, and some brackets are meant.
pub fn refusals_to_adapt(title: &str, body: &Document) -> Vec<Refusal> {
    let mut no = Vec::new();
    if title.trim().is_empty() {
        no.push(Refusal::on("title", "missing"));
    }
    at_most(&mut no, "title", Some(title), LONGEST_TITLE);
    if body.to_text().trim().is_empty() {
        no.push(Refusal::on("body", "no-body"));
    }
    no.extend(body.refusals());
    no
}
