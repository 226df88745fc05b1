//! Pictures of our own: what each is, what is said of it, whose it is, where it runs, and whether it may.
//!
//! Reading order: [`Fields`] is what an editor can change; [`rights`] is whether a picture may run, a pure function;
//! the acts are [`take_in`](mod@take_in), [`amend`](mod@amend), [`refocus`](mod@refocus), [`pull`](mod@pull) and
//! [`lay`](mod@lay), each written down with who and when; [`list`] is the library, [`uses`] where pictures run and what
//! publishing refuses, [`album`] what readers are shown, [`upload`](mod@upload) files on their way, [`fetch`] and
//! [`address`] pictures from elsewhere.
//!
//! Not here: bytes of pictures, which lie on a shelf under their hash, and anything that decodes them.

pub mod address;
pub mod album;
pub mod amend;
pub mod fetch;
pub mod fields;
pub mod lay;
pub mod list;
pub mod pull;
pub mod refocus;
pub mod rights;
pub(crate) mod sql;
pub mod sweep;
pub mod take_in;
pub mod upload;
pub mod uses;

#[cfg(test)]
mod tests;

use base::{Fault, Id, Instant, No, Refusal, document::Prints};
use provenance::Told;
use serde::{Deserialize, Serialize};
use store::{Db, Row, Tx, params, shelf::Hash};

use crate::{
    By,
    staff::Staff,
    story::{from_word, word},
};
pub use fields::Fields;
pub use rights::{Rights, Why};
use sql::{INSERT_PICTURE_ACT, PICTURE_BY_ID};

/// The event that something readers see of a picture changed: its files, its credit, whether it may run.
pub const PICTURE_CHANGED: &str = "picture.changed";
/// The job that makes all prints of a picture.
pub const DEVELOP: &str = "picture.develop";
/// The job that writes changed fields into the prints there are.
pub const PRESS: &str = "picture.press";

/// The job that fetches a picture from an address that somebody gave.
pub const FETCH: &str = "picture.fetch";

/// The same kind as in a story's document: one id for a picture and for its uses.
pub type PictureId = Id<base::document::Picture>;

/// A picture's record.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Its id.
    pub id: PictureId,
    /// Grows by one with every change of its fields or its focus.
    pub version: u32,
    /// What is said of it.
    pub fields: Fields,
    /// What it is.
    pub file: File,
    /// The file as it came, on the shelf. It is never served.
    pub original: Hash,
    /// What crops keep.
    pub focus: Focus,
    /// How far its prints are.
    pub state: State,
    /// What the desk should know, a word each.
    pub remarks: Vec<String>,
    /// Its files, as readers get them.
    pub prints: Prints,
    /// Grows by one whenever the files are others.
    pub printed: u32,
    /// When it may no longer run.
    pub lapses_at: Option<Instant>,
    /// The row that takes it from readers, where there is one.
    pub pull: Option<Pull>,
    /// Running stories it stands in.
    pub uses: u32,
    /// The member of staff who brought it; none for a machine.
    pub uploaded_by_staff: Option<Id<Staff>>,
    /// Who brought it, by name.
    pub uploaded_by: String,
    /// When.
    pub uploaded_at: Instant,
    /// When it last changed.
    pub changed_at: Instant,
}

/// What a picture is: told by looking at it, never by its name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// The name it came under, for people.
    pub name: String,
    /// jpeg, png, gif or webp.
    pub kind: String,
    /// Bytes.
    pub bytes: u64,
    /// Pixels across, as it is meant to be seen.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Where it says it comes from, and whether that could be believed when it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
}

/// The point that every crop keeps, in thousandths from the left and the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Focus {
    /// From the left, 0 to 1000.
    pub x: u16,
    /// From the top, 0 to 1000.
    pub y: u16,
}

impl Default for Focus {
    fn default() -> Self {
        Self { x: 500, y: 500 }
    }
}

/// How far a picture's prints are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The first few are there, the others are being made.
    Developing,
    /// All are there.
    Ready,
    /// The others could not be made; the first few are there.
    Undeveloped,
}

/// The row that takes a picture from readers.
#[derive(Clone, Debug, PartialEq)]
pub struct Pull {
    /// By a person, or by the end of its term.
    pub why: Why,
    /// The reason, for the newsroom.
    pub reason: String,
    /// When.
    pub at: Instant,
    /// Who.
    pub by: String,
}

/// The picture of this id.
pub async fn one(db: &Db, id: PictureId) -> Result<Option<Picture>, Fault> {
    let row = db.read_one(&PICTURE_BY_ID, params![id]).await?;
    row.as_ref().map(picture_from).transpose()
}

pub(crate) async fn one_in(tx: &mut Tx, id: PictureId) -> Result<Picture, No> {
    let row = tx.read_one(&PICTURE_BY_ID, params![id]).await?;
    Ok(row.as_ref().map(picture_from).ok_or(No::Absent)??)
}

/// Who may change what is said of a picture: reporters and above any, a contributor those that they brought. Machines
/// were let through by their scope.
fn refuse_foreign(picture: &Picture, by: &By) -> Result<(), Refusal> {
    let may_change_any = by.role.is_none_or(|role| role.may_change_any());
    let is_own = by.staff.is_some() && picture.uploaded_by_staff == by.staff;
    if may_change_any || is_own {
        return Ok(());
    }
    Err(Refusal::of("not-your-picture"))
}

/// Writes down who did what to a picture.
async fn note(
    tx: &mut Tx,
    (id, act): (PictureId, &'static str),
    told: serde_json::Value,
    by: &By,
    now: Instant,
) -> Result<(), Fault> {
    enum Act {}
    let row = params![Id::<Act>::fresh(), id, act, told, by.staff, &by.name, now];
    tx.write(&INSERT_PICTURE_ACT, row).await?;
    Ok(())
}

/// Tells listeners that readers are to see it otherwise.
async fn tell(tx: &mut Tx, id: PictureId, now: Instant) -> Result<(), Fault> {
    store::outbox::emit(tx, PICTURE_CHANGED, id.uuid(), serde_json::json!({}), now).await?;
    Ok(())
}

/// Asks for work on a picture's files, once for however many changes wait.
async fn ask_for(
    tx: &mut Tx,
    kind: &'static str,
    id: PictureId,
    now: Instant,
) -> Result<(), Fault> {
    let job = store::jobs::NewJob {
        kind,
        key: Some(id.to_string()),
        payload: serde_json::json!({"picture": id}),
        run_at: now,
    };
    store::jobs::enqueue(tx, job, now).await?;
    Ok(())
}

fn picture_from(row: &Row) -> Result<Picture, Fault> {
    Ok(Picture {
        id: row.get("id")?,
        version: row.get("version")?,
        fields: row.document("fields")?,
        file: row.document("file")?,
        original: row.get("original")?,
        focus: Focus {
            x: row.get::<u32>("focus_x")? as u16,
            y: row.get::<u32>("focus_y")? as u16,
        },
        state: from_word(&row.get::<String>("state")?)?,
        remarks: row.document("remarks")?,
        prints: row.document("prints")?,
        printed: row.get("printed")?,
        lapses_at: row.get("lapses_at")?,
        pull: pull_from(row)?,
        uses: row.get("uses")?,
        uploaded_by_staff: row.get("uploaded_by")?,
        uploaded_by: row.get("uploaded_by_name")?,
        uploaded_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
    })
}

fn pull_from(row: &Row) -> Result<Option<Pull>, Fault> {
    let Some(why) = row.get::<Option<String>>("why")? else {
        return Ok(None);
    };
    Ok(Some(Pull {
        why: from_word(&why)?,
        reason: row.get("reason")?,
        at: row.get("pulled_at")?,
        by: row.get("pulled_by_name")?,
    }))
}

fn as_document<T: Serialize>(value: &T) -> Result<serde_json::Value, Fault> {
    serde_json::to_value(value).map_err(|error| Fault::while_("writing a picture's record", error))
}
