//! Taking in a story that comes from elsewhere: once, however often it is brought.

use base::{Fault, Id, Instant, No, Refusals};
use jiff::tz::TimeZone;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{Tx, params};

use super::{
    Change, DeskState, Fields, Kind, NoteClass, StoryId,
    draft::{Draft, Sealing, insert},
    publish::{Going, go_out},
    read, revise, rules,
    sql::{
        HOLDER_OF_PATH, INSERT_NOTE, KEEP_OLD_ADDRESS, KEEP_OLD_PAGE, KEPT_OF, KEPT_OF_STORY,
        REMEMBER_TAKEN_IN, SCHEDULE, SET_DESK_STATE, TAKE_IN_PICTURE, TAKEN_IN, UNSCHEDULE,
    },
    withdraw, word,
};
use crate::{By, reading::old_form};

/// A story on its way in.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Where it comes from: `wordpress https://example.org`.
    pub source: String,
    /// Its key there.
    pub source_key: String,
    /// A story or a standing page.
    pub kind: Kind,
    /// What is written in it.
    pub fields: Fields,
    /// Whether and when it went out.
    pub standing: Standing,
    /// Addresses it had; each leads to it from now on.
    pub old_addresses: Vec<String>,
    /// What readers were told about it.
    pub notes: Vec<super::Note>,
    /// What has no field here yet (comments, custom fields): kept whole.
    pub kept: Value,
}

/// Whether and when an arrival went out where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Never.
    Draft {
        /// When it was last worked on.
        at: Instant,
    },
    /// It will.
    Scheduled {
        /// Its hour.
        at: Instant,
    },
    /// It did.
    Published {
        /// When first.
        first_at: Instant,
        /// When it last really changed.
        changed_at: Instant,
    },
}

/// What became of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was not here before.
    New(StoryId),
    /// It was, and has changed there since.
    Changed(StoryId),
    /// It was, just so.
    Unchanged(StoryId),
}

/// Whose months addresses count by, whose hand, and when.
pub struct Import<'a> {
    /// The newsroom's zone.
    pub zone: &'a TimeZone,
    /// The import's name.
    pub by: &'a By,
    /// Now.
    pub now: Instant,
}

/// The event that many stories came in at once, which tells of none by itself.
pub const ARCHIVE_TAKEN_IN: &str = "archive.taken_in";

/// Tells listeners, once for a whole batch, that stories came in.
pub async fn tell_of_batch(tx: &mut Tx, now: Instant) -> Result<(), Fault> {
    store::outbox::emit(tx, ARCHIVE_TAKEN_IN, uuid::Uuid::nil(), Value::Null, now).await
}

/// Takes in one story within the caller's transaction: all of it or nothing.
///
/// # Errors
/// Refused for fields over their limits, and for a published one, without a headline.
pub async fn take_in(tx: &mut Tx, arrival: &Arrival, import: &Import<'_>) -> Result<Taken, No> {
    Refusals::none_of(rules::refusals(&arrival.fields))?;
    let fingerprint = fingerprint(arrival)?;
    let (source, key) = (&arrival.source, &arrival.source_key);
    let known = tx.read_one(&TAKEN_IN, params![source, key]).await?;
    let fields = fields_with_hour(arrival);
    let taken = match known {
        Some(row) if row.get::<Vec<u8>>("fingerprint")? == fingerprint => {
            return Ok(Taken::Unchanged(row.get("story_id")?));
        }
        Some(row) => change(tx, row.get("story_id")?, &fields, import).await?,
        None => begin(tx, arrival, &fields, import).await?,
    };
    let (Taken::New(id) | Taken::Changed(id) | Taken::Unchanged(id)) = taken;
    stand(tx, id, arrival, import).await?;
    let kept = arrival.kept.clone();
    tx.write(
        &REMEMBER_TAKEN_IN,
        params![source, key, id, fingerprint, kept, import.now],
    )
    .await?;
    Ok(taken)
}

/// What became of a story that its source called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalledOff {
    /// It was never here.
    Unknown,
    /// It was called off before.
    Already,
    /// It was not public, and never will be.
    Spiked,
    /// It was public, and is withdrawn.
    Withdrawn,
}

/// What readers are told at the address of a story whose source called it off.
pub const CALLED_OFF: &str = "The source of this story has called it back.";

/// Takes back what landed before under the arrival's key, within the caller's transaction.
///
/// # Errors
/// A fault of the database.
pub async fn call_off(
    tx: &mut Tx,
    arrival: &Arrival,
    import: &Import<'_>,
) -> Result<CalledOff, Fault> {
    let (source, key) = (&arrival.source, &arrival.source_key);
    let Some(row) = tx.read_one(&TAKEN_IN, params![source, key]).await? else {
        return Ok(CalledOff::Unknown);
    };
    let fingerprint = fingerprint(arrival)?;
    if row.get::<Vec<u8>>("fingerprint")? == fingerprint {
        return Ok(CalledOff::Already);
    }
    let id: StoryId = row.get("story_id")?;
    let story = read::story_in(tx, id).await?;
    let story = story.ok_or_else(|| Fault::new("a story that was taken in is not there"))?;
    let outcome = match &story.publication {
        Some(public) => {
            withdraw::of_source(tx, &story, public, CALLED_OFF, import).await?;
            CalledOff::Withdrawn
        }
        None => {
            tx.write(&UNSCHEDULE, params![id]).await?;
            let spiked = word(&DeskState::Spiked);
            tx.write(&SET_DESK_STATE, params![id, spiked, import.now])
                .await?;
            CalledOff::Spiked
        }
    };
    let kept = arrival.kept.clone();
    tx.write(
        &REMEMBER_TAKEN_IN,
        params![source, key, id, fingerprint, kept, import.now],
    )
    .await?;
    Ok(outcome)
}

/// The story that holds an address now, or held it.
pub async fn story_at(tx: &mut Tx, path: &str) -> Result<Option<StoryId>, Fault> {
    if path.chars().any(char::is_control) {
        return Ok(None);
    }
    for path in [path, &old_form(path)] {
        if let Some(row) = tx.read_one(&HOLDER_OF_PATH, params![path]).await? {
            return row.get("story_id").map(Some);
        }
    }
    Ok(None)
}

/// What was kept of an earlier arrival under this key.
pub async fn kept(tx: &mut Tx, source: &str, source_key: &str) -> Result<Option<Value>, Fault> {
    let row = tx.read_one(&KEPT_OF, params![source, source_key]).await?;
    row.map(|row| row.get("kept")).transpose()
}

/// What was kept of the arrival that a story came in as, from this source.
pub async fn kept_of_story(
    db: &store::Db,
    source: &str,
    id: StoryId,
) -> Result<Option<Value>, Fault> {
    let row = db.read_one(&KEPT_OF_STORY, params![source, id]).await?;
    row.map(|row| row.get("kept")).transpose()
}

/// Keeps a picture's record until the darkroom comes for its file. `record` is what the source said.
pub async fn take_in_picture(
    tx: &mut Tx,
    source: &str,
    source_key: &str,
    record: Value,
    now: Instant,
) -> Result<bool, Fault> {
    let id = Id::<base::document::Picture>::fresh();
    Ok(tx
        .write(
            &TAKE_IN_PICTURE,
            params![id, source, source_key, record, now],
        )
        .await?
        > 0)
}

/// Lets an old address lead to a page of ours that is no story, such as a section's.
pub async fn keep_old_page(
    tx: &mut Tx,
    path: &str,
    leads_to: &str,
    now: Instant,
) -> Result<bool, Fault> {
    Ok(tx
        .write(&KEEP_OLD_PAGE, params![old_form(path), leads_to, now])
        .await?
        > 0)
}

/// What it says, with the hour it goes out at: a story that waits follows its field, so that the desk sees the hour and
/// the next save leaves it waiting.
fn fields_with_hour(arrival: &Arrival) -> Fields {
    let mut fields = arrival.fields.clone();
    if let Standing::Scheduled { at } = arrival.standing {
        fields.scheduled_for = Some(at);
    }
    fields
}

async fn begin(
    tx: &mut Tx,
    arrival: &Arrival,
    fields: &Fields,
    import: &Import<'_>,
) -> Result<Taken, No> {
    let id = Id::fresh();
    let at = match arrival.standing {
        Standing::Draft { at } => at,
        Standing::Scheduled { .. } => import.now,
        Standing::Published { changed_at, .. } => changed_at,
    };
    let draft = Draft {
        id,
        kind: arrival.kind,
        fields,
        by: import.by,
        at,
    };
    insert(tx, &draft).await?;
    for note in &arrival.notes {
        let note_id = Id::<super::Note>::fresh();
        let class: &NoteClass = &note.class;
        tx.write(
            &INSERT_NOTE,
            params![
                note_id,
                id,
                1u32,
                word(class),
                &note.words,
                &import.by.name,
                note.at
            ],
        )
        .await?;
    }
    Ok(Taken::New(id))
}

async fn change(
    tx: &mut Tx,
    id: StoryId,
    fields: &Fields,
    import: &Import<'_>,
) -> Result<Taken, No> {
    let story = read::story_in(tx, id).await?.ok_or(No::Absent)?;
    if story.fields == *fields {
        return Ok(Taken::Changed(id));
    }
    let sealing = Sealing {
        by: import.by,
        at: import.now,
        why: Some("changed at its source"),
    };
    revise::write(tx, &story, fields, &sealing).await?;
    Ok(Taken::Changed(id))
}

/// Publishes or schedules it as it stood, and lets its old addresses lead to it.
async fn stand(tx: &mut Tx, id: StoryId, arrival: &Arrival, import: &Import<'_>) -> Result<(), No> {
    let Import { zone, by, now } = *import;
    match arrival.standing {
        Standing::Draft { .. } => {}
        Standing::Scheduled { at } => {
            tx.write(&SCHEDULE, params![id, at, by.staff, &by.name])
                .await?;
        }
        Standing::Published {
            first_at,
            changed_at,
        } => {
            let story = read::story_in(tx, id).await?.ok_or(No::Absent)?;
            if story.withdrawal.is_none() {
                let going = Going {
                    zone,
                    by,
                    at: changed_at,
                    first_at,
                    changed: true,
                    told: false,
                    note: None,
                };
                go_out(tx, &story, &going).await?;
            }
        }
    }
    for address in &arrival.old_addresses {
        tx.write(&KEEP_OLD_ADDRESS, params![old_form(address), id, now])
            .await?;
    }
    Ok(())
}

/// How the arrival looks; two that look alike are the same.
fn fingerprint(arrival: &Arrival) -> Result<Vec<u8>, Fault> {
    // When a draft was last worked on is no part of it: where its source does not tell, it is now.
    let standing = match arrival.standing {
        Standing::Draft { .. } => "Draft".into(),
        standing => format!("{standing:?}"),
    };
    let seen = serde_json::json!([
        word(&arrival.kind),
        Change::to_all(&arrival.fields).0,
        standing,
        arrival.old_addresses,
        arrival.notes,
        arrival.kept
    ]);
    let bytes = serde_json::to_vec(&seen)
        .map_err(|error| Fault::while_("taking an arrival's fingerprint", error))?;
    Ok(Sha256::digest(&bytes).to_vec())
}
