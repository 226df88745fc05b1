//! A story: its fields, its state, and what may be done with it.
//!
//! The acts, one file each: [`draft`], [`revise`], [`rewrite`], [`publish`], [`correct`], [`withdraw`], and
//! [`take_in`] for stories that come from elsewhere, whose pictures [`adopt`] brings into the house. Reading is in [`read`] and [`list`].

pub mod adopt;
pub mod card;
pub mod change;
pub mod check;
pub mod correct;
pub mod draft;
pub mod fields;
pub mod limits;
pub mod list;
pub mod note;
pub(crate) mod old_address;
pub mod publish;
pub mod read;
mod refs;
pub mod revise;
pub mod rewrite;
pub mod rules;
pub(crate) mod sql;
pub mod take_in;
pub mod withdraw;

#[cfg(test)]
mod tests;

use base::{Id, Instant};
use serde::{Deserialize, Serialize};

pub use card::Card;
pub use change::Change;
pub use fields::{Access, Byline, CommentMode, Comments, DatelineField, Embargo, Fields, Genre};
pub use note::{Note, NoteClass};

use crate::staff::Staff;

/// The id of a story.
pub type StoryId = Id<Story>;

/// A story as the desk sees it: the newest revision's fields, and every state it is in.
#[derive(Clone, Debug)]
pub struct Story {
    /// Its id; in no address.
    pub id: StoryId,
    /// A story, or a standing page such as “About us”.
    pub kind: Kind,
    /// The number of the newest revision, from 1.
    pub revision: u32,
    /// The fields of that revision.
    pub fields: Fields,
    /// Who made the first revision: whose story it is.
    pub begun_by: BegunBy,
    /// How far along the desk it is before it is public.
    pub desk_state: DeskState,
    /// Set while it is public.
    pub publication: Option<Publication>,
    /// Set when it was taken back.
    pub withdrawal: Option<Withdrawal>,
    /// Set while it waits for its hour.
    pub due_at: Option<Instant>,
    /// What readers were told about changes, oldest first.
    pub notes: Vec<Note>,
    /// When the first revision was made.
    pub created_at: Instant,
    /// When the newest revision was made.
    pub updated_at: Instant,
}

/// Who began a story: the hand of its first revision, which is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunBy {
    /// The member of staff; none for a machine or an import.
    pub staff: Option<Id<Staff>>,
    /// The name as the history shows it.
    pub name: String,
}

/// What a story is among stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// News: on fronts, in lists and feeds.
    Story,
    /// A standing page: has an address and stays off fronts, lists and feeds.
    Page,
}

/// Where an unpublished story stands (NEWSROOM 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskState {
    /// Being written.
    Draft,
    /// Handed in.
    Filed,
    /// Read and ready to go.
    Ready,
    /// Never to run.
    Spiked,
}

/// The one word for where a story is, as lists show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written.
    Draft,
    /// Handed in.
    Filed,
    /// Read and ready to go.
    Ready,
    /// Never to run.
    Spiked,
    /// Waiting for its hour.
    Scheduled,
    /// Readers can see it.
    Published,
    /// Taken back, with a notice at its address.
    Withdrawn,
}

/// The row that makes a story public.
#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    /// The revision readers see.
    pub revision: u32,
    /// Its address on the site, such as `/2026/11/bridge-reopens`.
    pub path: String,
    /// When it first went out.
    pub first_at: Instant,
    /// When what readers see last really changed (`dateModified`).
    pub changed_at: Instant,
    /// Who pressed the key.
    pub by: String,
}

/// The row that takes a story back.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    /// What readers are told at its address.
    pub reason: String,
    /// What the newsroom notes for itself; on no page.
    pub note: Option<String>,
    /// The story to read instead.
    pub substitute: Option<StoryId>,
    /// When.
    pub at: Instant,
    /// Who.
    pub by: String,
}

impl Story {
    /// The one word for its state: withdrawal outweighs publication, publication the rest.
    pub fn state(&self) -> State {
        if self.withdrawal.is_some() {
            return State::Withdrawn;
        }
        if self.publication.is_some() {
            return State::Published;
        }
        if self.due_at.is_some() {
            return State::Scheduled;
        }
        match self.desk_state {
            DeskState::Draft => State::Draft,
            DeskState::Filed => State::Filed,
            DeskState::Ready => State::Ready,
            DeskState::Spiked => State::Spiked,
        }
    }

    /// Whether readers may see it.
    pub fn is_public(&self) -> bool {
        self.state() == State::Published
    }
}

/// How many stories hold an id of something around them: a person's on a byline, a running story's.
pub(crate) async fn holding(tx: &mut store::Tx, id: uuid::Uuid) -> Result<u32, base::Fault> {
    let in_text = format!("%{id}%");
    let row = tx
        .read_one(&sql::STORIES_HOLDING, store::params![in_text, id])
        .await?;
    row.map_or(Ok(0), |row| row.get("stories"))
}

/// The text of an enum that is kept in one column, the same as in JSON.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("only unit variants are kept as words, not {other:?}"),
    }
}

/// Reads back what [`word`] wrote.
pub(crate) fn from_word<T: for<'de> Deserialize<'de>>(word: &str) -> Result<T, base::Fault> {
    serde_json::from_value(serde_json::Value::String(word.into()))
        .map_err(|error| base::Fault::while_(format!("reading the kept word “{word}”"), error))
}
