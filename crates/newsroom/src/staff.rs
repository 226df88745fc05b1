//! Staff: who may sign in to the desk, what each role may do, and the keys that machines hold.
//!
//! Sign-in is a password with a time code (RFC 6238); the first owner and everybody after come in
//! by a one-time token. Tokens and sessions are kept as SHA-256 hashes: reading the database lets
//! nobody in (PROOFS A-01, V-01).

pub mod api_token;
mod code;
pub mod enrol;
mod password;
mod secret;
pub mod session;
pub(crate) mod sql;
pub mod suspend;

#[cfg(test)]
mod tests;

use base::{Fault, Id, Instant};
use serde::{Deserialize, Serialize};
use store::{Db, Row, params};

pub use code::{CODE_SECONDS, otpauth_url};
pub use password::{MAX_PASSWORD, MIN_PASSWORD};
pub use secret::Token;

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq)]
pub struct Staff {
    /// Their id.
    pub id: Id<Staff>,
    /// Their name, as the history shows it.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Set when they may no longer sign in.
    pub disabled_at: Option<Instant>,
}

/// What somebody is at the desk, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sends in stories.
    Contributor,
    /// Writes stories.
    Reporter,
    /// Publishes them.
    Editor,
    /// Corrects and withdraws them.
    DutyEditor,
    /// Runs the site.
    Publisher,
    /// May do everything.
    Owner,
}

impl Role {
    /// Whether they may write.
    pub fn may_write(self) -> bool {
        self >= Self::Contributor
    }

    /// Whether they may change any story, and not only drafts that they began.
    pub fn may_change_any(self) -> bool {
        self >= Self::Reporter
    }

    /// Whether they may lay stories before readers, and correct them.
    pub fn may_publish(self) -> bool {
        self >= Self::Editor
    }

    /// Whether they may take stories back.
    pub fn may_withdraw(self) -> bool {
        self >= Self::DutyEditor
    }

    /// Whether they may let others in.
    pub fn may_administer(self) -> bool {
        self >= Self::Publisher
    }
}

impl std::str::FromStr for Role {
    type Err = Fault;
    fn from_str(word: &str) -> Result<Self, Fault> {
        crate::story::from_word(word)
    }
}

/// Everybody who can sign in or could, by name.
pub async fn all(db: &Db) -> Result<Vec<Staff>, Fault> {
    db.read(&sql::ALL_STAFF, params![])
        .await?
        .iter()
        .map(staff_from)
        .collect()
}

pub(crate) fn staff_from(row: &Row) -> Result<Staff, Fault> {
    Ok(Staff {
        id: row.get("id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        role: row.get::<String>("role")?.parse()?,
        disabled_at: row.get("disabled_at")?,
    })
}
