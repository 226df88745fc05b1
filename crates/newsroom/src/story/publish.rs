//! Laying a story before its readers.

use base::{Fault, Instant, No, Refusal, Refusals, Slug};
use jiff::tz::TimeZone;
use store::{Db, Tx, params};

use super::{
    Card, Kind, Story, StoryId, read, rules,
    sql::{
        COUNT_NOTES, DUE, FORGET_OLD_ADDRESS, HOLDER_OF_PATH, KEEP_OLD_ADDRESS, NEXT_DUE, PUBLISH,
        SCHEDULE, UNSCHEDULE,
    },
};
use crate::{
    By,
    picture::uses,
    task::{self, Place},
};

/// The event that a story's public face changed.
pub const STORY_PUBLISHED: &str = "story.published";
/// How many numbered addresses are tried when headlines repeat within a month.
const MAX_NAMESAKES: u32 = 1_000;
/// How many overdue stories go out in one round of the scheduler.
const MAX_DUE: u32 = 100;

/// What this newsroom does its own way when stories go out.
#[derive(Clone, Debug)]
pub struct Customs {
    /// Where its months and days begin.
    pub zone: TimeZone,
    /// Whether a picture of ours needs a credit before it runs.
    pub credit_needed: bool,
}

impl Default for Customs {
    /// UTC, and no picture without its credit.
    fn default() -> Self {
        Self {
            zone: TimeZone::UTC,
            credit_needed: true,
        }
    }
}

/// Publishes the newest revision at this hour, or at the hour it is scheduled for. With `upon`, it
/// is that revision that goes out, or none.
///
/// The address is made once, from the month (in the newsroom's zone) and the slug; a story that is
/// already public keeps it unless its slug was changed, and then the old one leads on.
///
/// # Errors
/// `somebody-saved-first` when the story moved on since `upon`; every reason against it at once: no headline, no section, an embargo, a broken limit.
pub async fn publish(
    db: &Db,
    customs: &Customs,
    id: StoryId,
    upon: Option<u32>,
    (by, now): (&By, Instant),
) -> Result<Story, No> {
    let mut tx = db.begin().await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    if let Some(upon) = upon {
        rules::refuse_passed(&story, upon)?;
    }
    refuse(&mut tx, customs, &story, now).await?;
    match story
        .fields
        .scheduled_for
        .filter(|hour| *hour > now && !story.is_public())
    {
        Some(hour) => schedule(&mut tx, id, hour, by).await?,
        None => {
            let going = Going {
                zone: &customs.zone,
                by,
                at: now,
                first_at: now,
                changed: true,
                told: true,
                note: None,
            };
            go_out(&mut tx, &story, &going).await?;
        }
    }
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    tx.commit().await?;
    Ok(story)
}

/// Publishes what is due. The rows are the truth: a restart or a second scheduler changes nothing.
///
/// Answers how many went out. A story that is refused stays due and is logged.
pub async fn publish_due(db: &Db, customs: &Customs, now: Instant) -> Result<u32, Fault> {
    let mut published = 0;
    for row in db.read(&DUE, params![now, MAX_DUE]).await? {
        let id: StoryId = row.get("story_id")?;
        let by = By {
            staff: row.get("scheduled_by")?,
            name: row.get("scheduled_by_name")?,
            role: None,
        };
        match publish(db, customs, id, None, (&by, now)).await {
            Ok(_) => published += 1,
            Err(No::Failed(fault)) => return Err(fault),
            Err(no) => tracing::warn!(story = %id, %no, "a scheduled story could not go out"),
        }
    }
    Ok(published)
}

/// When the next story is due.
pub async fn next_due(db: &Db) -> Result<Option<Instant>, Fault> {
    db.read_one(&NEXT_DUE, params![])
        .await?
        .map(|row| row.get("due_at"))
        .transpose()
}

/// Every reason against laying this story before readers, its pictures' among them.
pub(super) async fn refuse(
    tx: &mut Tx,
    customs: &Customs,
    story: &Story,
    now: Instant,
) -> Result<(), No> {
    let mut no = rules::refusals_to_publish(story, now);
    let rule = (customs.credit_needed, now);
    no.extend(uses::refusals(tx, &story.fields, rule).await?);
    Refusals::none_of(no).map_err(No::from)
}

async fn schedule(tx: &mut Tx, id: StoryId, hour: Instant, by: &By) -> Result<(), Fault> {
    tx.write(&SCHEDULE, params![id, hour, by.staff, &by.name])
        .await?;
    Ok(())
}

/// How and when a story goes out.
pub(super) struct Going<'a> {
    /// Whose months count.
    pub zone: &'a TimeZone,
    /// Whose hand.
    pub by: &'a By,
    /// When the row is written.
    pub at: Instant,
    /// When it first went out, for a story that was not public before.
    pub first_at: Instant,
    /// Whether what readers see really changed.
    pub changed: bool,
    /// Whether listeners hear of it one by one; an import tells them once, at its end.
    pub told: bool,
    /// The class and the words of what readers are told of the change, where they are told something.
    pub note: Option<(&'a str, &'a str)>,
}

/// Writes the publication's row and its event, within the caller's transaction.
pub(super) async fn go_out(tx: &mut Tx, story: &Story, going: &Going<'_>) -> Result<String, No> {
    let first_at = story
        .publication
        .as_ref()
        .map_or(going.first_at, |before| before.first_at);
    let changed_at = match &story.publication {
        Some(before) if !going.changed => before.changed_at,
        _ => going.at,
    };
    let path = address(tx, story, first_at, going.zone).await?;
    keep_old_address(tx, story, &path, going.at).await?;
    let mut card = Card::of(story.kind, &story.fields);
    card.notes = count_notes(tx, story.id).await?;
    card.updated_at = (changed_at > first_at).then_some(changed_at);
    let card = serde_json::to_value(&card)
        .map_err(|error| Fault::while_("writing a story's card", error))?;
    let by = going.by;
    tx.write(
        &PUBLISH,
        params![
            story.id,
            story.revision,
            &path,
            card,
            first_at,
            changed_at,
            by.staff,
            &by.name
        ],
    )
    .await?;
    tx.write(&UNSCHEDULE, params![story.id]).await?;
    uses::note_uses(tx, story.id, &story.fields).await?;
    let pictures = uses::pictures_of(&story.fields);
    task::settle::at(tx, &Place::Story(story.id), pictures, (by, going.at)).await?;
    if going.told {
        let note = going.note;
        let told = serde_json::json!({
            "revision": story.revision, "path": path, "first": story.publication.is_none(),
            "note": note.map(|(class, text)| serde_json::json!({"class": class, "text": text})),
        });
        store::outbox::emit(tx, STORY_PUBLISHED, story.id.uuid(), told, going.at).await?;
    }
    Ok(path)
}

async fn count_notes(tx: &mut Tx, id: StoryId) -> Result<u32, Fault> {
    tx.read_one(&COUNT_NOTES, params![id])
        .await?
        .map_or(Ok(0), |row| row.get("notes"))
}

/// The story's address: the one it has, or a free one made from month and slug.
async fn address(
    tx: &mut Tx,
    story: &Story,
    first_at: Instant,
    zone: &TimeZone,
) -> Result<String, No> {
    let wanted = match &story.fields.slug {
        Some(slug) => slug.clone(),
        None => Slug::from_words(&story.fields.headline).unwrap_or_else(|| by_id(story.id)),
    };
    let room = room(story.kind, first_at, zone);
    let current = story
        .publication
        .as_ref()
        .map(|before| before.path.as_str());
    if let Some(current) = current.filter(|path| keeps(path, &room, &wanted, &story.fields.slug)) {
        return Ok(current.to_string());
    }
    for number in 1..=MAX_NAMESAKES {
        let slug = if number == 1 {
            wanted.clone()
        } else {
            wanted.numbered(number)
        };
        let path = format!("{room}{slug}");
        if is_free(tx, &path, story.id).await? {
            return Ok(path);
        }
    }
    Err(Refusal::on("slug", "address-taken")
        .with("address", format!("{room}{wanted}"))
        .into())
}

/// A public story keeps its address when no slug was asked for or the one asked for is its own.
fn keeps(path: &str, room: &str, wanted: &Slug, asked: &Option<Slug>) -> bool {
    let Some(last) = path.strip_prefix(room) else {
        return asked.is_none();
    };
    asked.is_none() || last == wanted.as_str() || is_numbered(last, wanted)
}

fn is_numbered(last: &str, wanted: &Slug) -> bool {
    last.strip_prefix(wanted.as_str())
        .and_then(|tail| tail.strip_prefix('-'))
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Where addresses of this kind live.
fn room(kind: Kind, first_at: Instant, zone: &TimeZone) -> String {
    match kind {
        Kind::Page => "/pages/".into(),
        Kind::Story => first_at
            .to_zoned(zone.clone())
            .strftime("/%Y/%m/")
            .to_string(),
    }
}

/// A headline of signs alone still needs an address.
fn by_id(id: StoryId) -> Slug {
    let words = format!("story {}", &id.to_string()[24..]);
    Slug::from_words(&words).unwrap_or_else(|| unreachable!("an id is letters and digits"))
}

async fn is_free(tx: &mut Tx, path: &str, id: StoryId) -> Result<bool, Fault> {
    for row in tx.read(&HOLDER_OF_PATH, params![path]).await? {
        if row.get::<StoryId>("story_id")? != id {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn keep_old_address(
    tx: &mut Tx,
    story: &Story,
    path: &str,
    now: Instant,
) -> Result<(), Fault> {
    tx.write(&FORGET_OLD_ADDRESS, params![path, story.id])
        .await?;
    if let Some(before) = story
        .publication
        .as_ref()
        .filter(|before| before.path != path)
    {
        tx.write(&KEEP_OLD_ADDRESS, params![&before.path, story.id, now])
            .await?;
    }
    Ok(())
}
