//! Where pictures run, and what of them keeps a story from going out.

use std::collections::BTreeSet;

use base::{Fault, Id, Instant, No, Refusal, document};
use store::{Db, Row, Tx, params};

use super::{
    Picture, PictureId, one_in,
    rights::Why,
    sql::{FORGET_USES, INSERT_USE, USES_OF_PICTURE},
};
use crate::{
    running::{LiveEntry, sql::ENTRIES_WITH},
    section,
    story::{Card, Fields, StoryId},
    task::Place,
    trust::sql::TRUST_PAGES_WITH,
};

/// Places of one kind that are listed for one picture.
pub const MAX_USES: u32 = 1_000;

/// A place that readers see and a picture stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// Where.
    pub place: Place,
    /// Its address.
    pub path: String,
    /// Its headline or title; that of the running story for a live entry without one.
    pub title: String,
    /// Whether the picture leads it.
    pub is_lead: bool,
}

/// Where a picture runs: stories, then live entries, each the newest first, then pages about the newsroom in their order.
///
/// # Errors
/// Faults only.
pub async fn uses(db: &Db, id: PictureId) -> Result<Vec<Use>, Fault> {
    let held = held(id);
    let stories = db.read(&USES_OF_PICTURE, params![id, MAX_USES]).await?;
    let entries = db.read(&ENTRIES_WITH, params![&held, MAX_USES]).await?;
    let pages = db.read(&TRUST_PAGES_WITH, params![held]).await?;
    all(&stories, &entries, &pages)
}

/// Writes down which pictures of ours a story shows, as it goes out.
pub(crate) async fn note_uses(tx: &mut Tx, story: StoryId, fields: &Fields) -> Result<(), Fault> {
    tx.write(&FORGET_USES, params![story]).await?;
    for (at, picture) in named(fields) {
        if let Some(id) = picture.id {
            tx.write(&INSERT_USE, params![story, id, at == LEAD])
                .await?;
        }
    }
    Ok(())
}

/// What of its pictures keeps a story from going out: each is named, with the rule.
pub(crate) async fn refusals(
    tx: &mut Tx,
    fields: &Fields,
    (credit_needed, now): (bool, Instant),
) -> Result<Vec<Refusal>, Fault> {
    let mut no = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, used) in named(fields) {
        let Some(id) = used.id else { continue };
        if !seen.insert((id, used.credit.is_some())) {
            continue;
        }
        match one_in(tx, id).await {
            Ok(picture) => no.extend(refusal(at, used, &picture, (credit_needed, now))),
            Err(No::Failed(fault)) => return Err(fault),
            Err(_) => no.push(Refusal::on(at, "picture-unknown").with("name", id)),
        }
    }
    Ok(no)
}

fn refusal(
    at: String,
    used: &document::Picture,
    picture: &Picture,
    (credit_needed, now): (bool, Instant),
) -> Option<Refusal> {
    let credit = used.credit.as_ref().or(picture.fields.credit.as_ref());
    let is_credited = credit.is_some_and(|credit| !credit.trim().is_empty());
    match &picture.pull {
        Some(pull) if pull.why == Why::Pulled => Some(
            Refusal::on(at, "picture-pulled")
                .with("name", name(picture))
                .with("reason", &pull.reason),
        ),
        _ if picture.lapses_at.is_some_and(|ends| ends <= now) => Some(lapsed(at, picture)),
        _ if credit_needed && !is_credited => {
            Some(Refusal::on(at, "picture-no-credit").with("name", name(picture)))
        }
        _ => None,
    }
}

/// That a picture's term is over, and since when.
pub(super) fn lapsed(at: impl Into<std::borrow::Cow<'static, str>>, picture: &Picture) -> Refusal {
    let end = picture
        .fields
        .rights_end
        .as_ref()
        .map_or("", |told| told.as_str());
    Refusal::on(at, "picture-lapsed")
        .with("name", name(picture))
        .with("end", end)
}

/// Every picture that a story names.
pub(crate) fn pictures_of(fields: &Fields) -> impl Iterator<Item = &document::Picture> {
    let inside = fields.body.pictures().into_iter();
    let inside = inside.map(|(_, picture)| picture);
    fields.lead_picture.iter().chain(inside)
}

/// The field of the picture that leads a story.
const LEAD: &str = "lead_picture";

fn named(fields: &Fields) -> Vec<(String, &document::Picture)> {
    let lead = fields.lead_picture.iter();
    let lead = lead.map(|picture| (LEAD.to_string(), picture));
    lead.chain(fields.body.pictures()).collect()
}

/// What people call a picture: its title, the beginning of its caption, or its file's name.
fn name(picture: &Picture) -> String {
    const LONG_ENOUGH: usize = 60;
    let said = picture
        .fields
        .title
        .as_ref()
        .or(picture.fields.caption.as_ref());
    let said = said.map_or(picture.file.name.as_str(), String::as_str);
    said.chars().take(LONG_ENOUGH).collect()
}

/// As [`uses`], inside an act.
pub(super) async fn uses_in(tx: &mut Tx, id: PictureId) -> Result<Vec<Use>, Fault> {
    let held = held(id);
    let stories = tx.read(&USES_OF_PICTURE, params![id, MAX_USES]).await?;
    let entries = tx.read(&ENTRIES_WITH, params![&held, MAX_USES]).await?;
    let pages = tx.read(&TRUST_PAGES_WITH, params![held]).await?;
    all(&stories, &entries, &pages)
}

/// How a text that holds a picture is found: by its id, as documents write it.
fn held(id: PictureId) -> String {
    format!("%\"{id}\"%")
}

fn all(stories: &[Row], entries: &[Row], pages: &[Row]) -> Result<Vec<Use>, Fault> {
    let stories = stories.iter().map(use_from);
    let entries = entries.iter().map(entry_use);
    let pages = pages.iter().map(page_use);
    stories.chain(entries).chain(pages).collect()
}

fn use_from(row: &Row) -> Result<Use, Fault> {
    Ok(Use {
        place: Place::Story(row.get("story_id")?),
        path: row.get("path")?,
        title: row.document::<Card>("card")?.headline,
        is_lead: row.get("is_lead")?,
    })
}

fn entry_use(row: &Row) -> Result<Use, Fault> {
    let (id, running): (Id<LiveEntry>, String) = (row.get("id")?, row.get("slug")?);
    let title: Option<String> = row.get("title")?;
    Ok(Use {
        place: Place::Entry(id),
        path: format!("/running/{running}#e{id}"),
        title: title.map_or_else(|| row.get("name"), Ok)?,
        is_lead: false,
    })
}

fn page_use(row: &Row) -> Result<Use, Fault> {
    let slug = section::kept_slug(row)?;
    Ok(Use {
        path: format!("/about/{slug}"),
        place: Place::Page(slug),
        title: row.get("title")?,
        is_lead: false,
    })
}
