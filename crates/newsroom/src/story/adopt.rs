//! Adopting pictures: a story that named pictures elsewhere names our own from now on.
//!
//! Nothing that readers are told changes, so neither does the hour at which the story last changed.

use std::collections::HashMap;

use base::{
    Fault, Id, Instant, No,
    document::{Href, Picture},
};
use jiff::tz::TimeZone;
use store::{Db, Tx, params};

use super::{
    Fields, Story, StoryId,
    draft::Sealing,
    publish::{Going, go_out},
    read, revise,
    sql::{REVISION, TAKEN_IN_AFTER},
};
use crate::{By, picture::PictureId};

/// Stories asked for at once.
pub const PAGE: u32 = 200;
/// What the history says.
const WHY: &str = "pictures were brought into the house";

/// What a use of a picture elsewhere says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Its address, as it stands in the story.
    pub address: String,
    /// What it says itself: caption, alternative text, credit.
    pub caption: Option<String>,
    /// As above.
    pub alt: Option<String>,
    /// As above.
    pub credit: Option<String>,
}

/// What takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    /// Our picture.
    pub id: PictureId,
    /// A file of it, for programs that know no ids.
    pub src: Href,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Stories that came in from elsewhere, at most [`PAGE`] behind `after`, or the first.
pub async fn taken_in_after(db: &Db, after: Option<StoryId>) -> Result<Vec<StoryId>, Fault> {
    let after = after.unwrap_or(Id::from_uuid(uuid::Uuid::nil()));
    let rows = db.read(&TAKEN_IN_AFTER, params![after, PAGE]).await?;
    rows.iter().map(|row| row.get("story_id")).collect()
}

/// The pictures elsewhere that a story names, in its newest revision and in the one that readers see; each once.
pub async fn foreign(db: &Db, id: StoryId) -> Result<Vec<Foreign>, Fault> {
    let Some(story) = read::story(db, id).await? else {
        return Ok(Vec::new());
    };
    let public = match public_below(&story) {
        Some(number) => read::fields_of_revision(db, id, number).await?,
        None => None,
    };
    let mut found: Vec<Foreign> = Vec::new();
    for fields in [Some(&story.fields), public.as_ref()].into_iter().flatten() {
        let lead = fields.lead_picture.iter();
        let all = lead.chain(
            fields
                .body
                .pictures()
                .into_iter()
                .map(|(_, picture)| picture),
        );
        for picture in all.filter(|picture| picture.id.is_none()) {
            let one = foreign_from(picture);
            if !found.iter().any(|other| other.address == one.address) {
                found.push(one);
            }
        }
    }
    Ok(found)
}

/// Lets the story name ours wherever it names an address in `ours`, and answers whether it did. A public story is laid
/// before readers as it was; what an editor has begun on top of it stays on top of it.
///
/// # Errors
/// [`No::Absent`], or `somebody-saved-first` when the desk was quicker: then nothing was changed.
pub async fn adopt(
    db: &Db,
    zone: &TimeZone,
    id: StoryId,
    ours: &HashMap<String, Ours>,
    (by, now): (&By, Instant),
) -> Result<bool, No> {
    let mut tx = db.begin().await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    let newest = adopted(&story.fields, ours);
    let sealing = Sealing {
        by,
        at: now,
        why: Some(WHY),
    };
    let public = match public_below(&story) {
        Some(number) => fields_in(&mut tx, id, number).await?,
        None => None,
    };
    let public = public.and_then(|fields| adopted(&fields, ours));
    let is_newest_public = story.publication.is_some() && public_below(&story).is_none();
    match (public, newest) {
        (None, None) => return Ok(false),
        (None, Some(fields)) if is_newest_public => {
            lay(&mut tx, (zone, &story, &fields), &sealing).await?;
        }
        (None, Some(fields)) => revise::write(&mut tx, &story, &fields, &sealing).await?,
        (Some(fields), newest) => {
            lay(&mut tx, (zone, &story, &fields), &sealing).await?;
            // What the desk has begun is the newest again, with or without other pictures.
            let begun = newest.unwrap_or_else(|| story.fields.clone());
            let laid = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
            revise::write(&mut tx, &laid, &begun, &sealing).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

/// Writes these fields as the newest revision, and lays that before readers.
async fn lay(
    tx: &mut Tx,
    (zone, story, fields): (&TimeZone, &Story, &Fields),
    sealing: &Sealing<'_>,
) -> Result<(), No> {
    revise::write(tx, story, fields, sealing).await?;
    let story = read::story_in(tx, story.id).await?.ok_or(No::Absent)?;
    let going = Going {
        zone,
        by: sealing.by,
        at: sealing.at,
        first_at: sealing.at,
        changed: false,
        told: false,
        note: None,
    };
    go_out(tx, &story, &going).await?;
    Ok(())
}

/// The fields with ours in place of what lies elsewhere; nothing where that changes nothing.
fn adopted(fields: &Fields, ours: &HashMap<String, Ours>) -> Option<Fields> {
    let mut fields = fields.clone();
    let mut count = 0;
    let mut put = |picture: &mut Picture| {
        let found = ours.get(picture.src.as_str());
        if let Some(ours) = found.filter(|_| picture.id.is_none()) {
            picture.id = Some(ours.id);
            picture.src = ours.src.clone();
            picture.width = Some(ours.width);
            picture.height = Some(ours.height);
            count += 1;
        }
        true
    };
    if let Some(lead) = &mut fields.lead_picture {
        put(lead);
    }
    fields.body.keep_pictures(&mut put);
    (count > 0).then_some(fields)
}

/// The revision that readers see, where it is not the newest.
fn public_below(story: &Story) -> Option<u32> {
    let public = story.publication.as_ref()?.revision;
    (public < story.revision).then_some(public)
}

async fn fields_in(tx: &mut Tx, id: StoryId, number: u32) -> Result<Option<Fields>, Fault> {
    let row = tx.read_one(&REVISION, params![id, number]).await?;
    row.as_ref().map(read::fields_from).transpose()
}

fn foreign_from(picture: &Picture) -> Foreign {
    Foreign {
        address: picture.src.as_str().into(),
        caption: picture.caption.clone(),
        alt: Some(picture.alt.clone()).filter(|alt| !alt.is_empty()),
        credit: picture.credit.clone(),
    }
}
