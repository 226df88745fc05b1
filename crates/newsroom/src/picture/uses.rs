//! Where pictures run, and what of them keeps a story from going out.

use std::collections::BTreeSet;

use base::{Fault, Instant, No, Refusal, document};
use store::{Db, Row, Tx, params};

use super::{
    Picture, PictureId, one_in,
    rights::Why,
    sql::{FORGET_USES, INSERT_USE, TAKEN_OFF, USES_OF_PICTURE},
};
use crate::story::{Card, Fields, StoryId, from_word};

/// Stories that are listed for one picture.
pub const MAX_USES: u32 = 1_000;

/// A running story that a picture stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The story.
    pub story: StoryId,
    /// Its address.
    pub path: String,
    /// Its headline.
    pub headline: String,
    /// Whether the picture leads it.
    pub is_lead: bool,
}

/// A running story that a picture was taken off: what the desk is to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenOff {
    /// The story.
    pub story: StoryId,
    /// Its address then.
    pub path: String,
    /// Its headline then.
    pub headline: String,
    /// Why.
    pub why: Why,
    /// When.
    pub at: Instant,
}

/// Where a picture runs, the newest first.
pub async fn uses(db: &Db, id: PictureId) -> Result<Vec<Use>, Fault> {
    let rows = db.read(&USES_OF_PICTURE, params![id, MAX_USES]).await?;
    rows.iter().map(use_from).collect()
}

/// Stories it was taken off, the last first.
pub async fn taken_off(db: &Db, id: PictureId) -> Result<Vec<TakenOff>, Fault> {
    let rows = db.read(&TAKEN_OFF, params![id, MAX_USES]).await?;
    let line = |row: &Row| {
        Ok(TakenOff {
            story: row.get("story_id")?,
            path: row.get("path")?,
            headline: row.get("headline")?,
            why: from_word(&row.get::<String>("why")?)?,
            at: row.get("taken_off_at")?,
        })
    };
    rows.iter().map(line).collect()
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

pub(super) async fn uses_in(tx: &mut Tx, id: PictureId) -> Result<Vec<Use>, Fault> {
    let rows = tx.read(&USES_OF_PICTURE, params![id, MAX_USES]).await?;
    rows.iter().map(use_from).collect()
}

fn use_from(row: &Row) -> Result<Use, Fault> {
    Ok(Use {
        story: row.get("story_id")?,
        path: row.get("path")?,
        headline: row.document::<Card>("card")?.headline,
        is_lead: row.get("is_lead")?,
    })
}
