//! Other servers follow our sections and are sent their stories (ActivityPub, W3C Recommendation, 2018).
//!
//! What is sent of a story is made by the site, of what its feeds show anybody: this crate never sees a body.
//! What comes in is a stranger's. While it waits for an answer it is looked at and written down, and nothing is
//! fetched ([`inbox`]); a job fetches the key of whoever signed it, from the address that the signature itself
//! names, and does what they asked ([`arrival`]). All that anybody can ask for is to follow, to follow no more,
//! and to be forgotten.

pub mod arrival;
pub mod deliver;
pub mod inbox;
pub mod key;
mod remote;
pub mod retell;
pub mod signature;
pub(crate) mod sql;
pub mod tell;

#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use base::{Fault, Id, Instant, No, Refusal};
use jiff::SignedDuration;
use newsroom::{section::Section, story::StoryId};
use store::{Db, params};

pub use key::Key;

/// Followers in all.
pub const FOLLOWERS_MOST: u32 = 100_000;
/// Followers at one host. The largest host there is has a quarter of all people.
pub const FOLLOWERS_BY_HOST_MOST: u32 = 25_000;
/// Requests that wait for their key, in all and of one host.
pub const WAITING_MOST: (u32, u32) = (5_000, 200);
/// Minutes after which a request whose key nobody could fetch is forgotten.
pub const WAITING_MINUTES: i64 = 120;
/// The largest activity that is taken, in bytes. A request to follow has one or two thousand.
pub const LARGEST_ACTIVITY: usize = 256 * 1024;
/// How deep an activity may be nested.
pub const DEEPEST_ACTIVITY: usize = 32;
/// The longest id of somebody else's, in bytes.
pub const LONGEST_ID: usize = 1024;
/// Days for which a delivery that nobody sent any more is kept.
pub const DELIVERY_DAYS: i64 = 7;

/// Below here stands what is for other servers.
pub const ROOT: &str = "/_ap";
/// The type of everything that is sent and answered.
pub const ACTIVITY_JSON: &str = "application/activity+json";

/// Somebody of ours who can be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The newsroom, with all of its stories.
    Newsroom,
    /// A section, with its own.
    Section(Id<Section>),
}

/// The word by which the newsroom's own actor is addressed.
const NEWSROOM: &str = "newsroom";

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newsroom => f.write_str(NEWSROOM),
            Self::Section(id) => id.fmt(f),
        }
    }
}

impl FromStr for Actor {
    type Err = No;

    /// Reads the last part of an actor's address.
    fn from_str(text: &str) -> Result<Self, No> {
        match text {
            NEWSROOM => Ok(Self::Newsroom),
            id => Ok(Self::Section(id.parse().map_err(|_| No::Absent)?)),
        }
    }
}

/// In whose name letters are signed: the newsroom's address and its key, which is that of all its actors.
#[derive(Debug)]
pub struct Voice {
    /// The site's own address, without a slash at the end.
    pub site: String,
    /// What the newsroom's own actor is called.
    pub name: String,
    /// The key.
    pub key: Key,
}

impl Voice {
    /// An actor's id, which is its whole address and never changes.
    pub fn id(&self, actor: Actor) -> String {
        format!("{}{ROOT}/actors/{actor}", self.site)
    }

    /// The id of an actor's key.
    pub fn key_id(&self, actor: Actor) -> String {
        format!("{}#main-key", self.id(actor))
    }

    /// The inbox of all actors.
    pub fn shared_inbox(&self) -> String {
        format!("{}{ROOT}/inbox", self.site)
    }

    /// The id of a story, which is its whole address for other servers and never changes.
    pub fn story(&self, id: StoryId) -> String {
        format!("{}{ROOT}/stories/{id}", self.site)
    }

    /// The actor of ours that has this id.
    pub fn actor_of(&self, id: &str) -> Option<Actor> {
        let own = id.strip_prefix(&self.site)?.strip_prefix(ROOT)?;
        own.strip_prefix("/actors/")?.parse().ok()
    }
}

/// How many follow an actor.
///
/// # Errors
/// When the database is unavailable.
pub async fn followers(db: &Db, actor: Actor) -> Result<u32, Fault> {
    let row = db
        .read_one(&sql::COUNT_OF, params![actor.to_string()])
        .await?;
    row.map_or(Ok(0), |row| row.get("followers"))
}

/// In whose name a story was first told; nobody's, when it never was. It stays so when the story moves to
/// another section, for other servers believe a change only from whom they had the story.
///
/// # Errors
/// When the database is unavailable.
pub async fn told_by(db: &Db, story: StoryId) -> Result<Option<Actor>, Fault> {
    let row = db.read_one(&sql::STORY, params![story]).await?;
    row.map(|row| actor_in(&row)).transpose()
}

/// Forgets what nobody could check and what nobody sends any more.
///
/// # Errors
/// When the database is unavailable.
pub async fn sweep(db: &Db, now: Instant) -> Result<(), Fault> {
    let waited = now - SignedDuration::from_mins(WAITING_MINUTES);
    let made = now - SignedDuration::from_hours(24 * DELIVERY_DAYS);
    let mut tx = db.begin().await?;
    tx.write(&sql::SWEEP_ARRIVALS, params![waited]).await?;
    tx.write(&sql::SWEEP_DELIVERIES, params![made]).await?;
    tx.commit().await
}

fn actor_in(row: &store::Row) -> Result<Actor, Fault> {
    let word: String = row.get("actor")?;
    word.parse()
        .map_err(|_| Fault::new(format!("“{word}” is kept as an actor and is none")))
}

fn full() -> No {
    Refusal::of("fediverse-full").into()
}
