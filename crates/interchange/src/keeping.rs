//! What came in for features to come: readers' comments, and members who will be asked to register.
//!
//! Nothing here is shown to anybody, and nobody is written to. The tables say so by their names; whoever builds
//! comments and registration takes from them. Each row is known by its key, so that it comes in once.

pub mod comment;
pub mod member;
mod sql;

use base::Fault;
use sha2::{Digest, Sha256};
use store::{Tx, params};

/// This crate's tables, in the order in which they came.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    of: "interchange",
    steps: &[(
        "0001_keeping",
        include_str!("../migrations/0001_keeping.sql"),
    )],
};

/// Every statement of this crate, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static store::Statement> {
    sql::STATEMENTS.to_vec()
}

/// Forgets whoever has this mail address: the row of a member, and name and words of comments. The place of a
/// comment in its thread stays. No later import brings them back: the hash of the address is remembered for that
/// and for nothing else. Erasure calls this.
///
/// # Errors
/// A fault of the database.
pub async fn forget(tx: &mut Tx, mail: &str) -> Result<u64, Fault> {
    let nothing = serde_json::to_value(base::Document::default());
    let nothing = nothing.map_err(|error| Fault::while_("forgetting a comment", error))?;
    let forgotten = comment::fingerprint(&["forgotten"]);
    if let Some(hash) = mail_hash(mail) {
        tx.write(&sql::REMEMBER_FORGOTTEN, params![hash]).await?;
    }
    let comments = tx
        .write(
            &sql::FORGET_COMMENTS,
            params![mail_hash(mail), nothing, forgotten],
        )
        .await?;
    let members = tx.write(&sql::FORGET_MEMBER, params![plain(mail)]).await?;
    Ok(comments + members)
}

/// Whether whoever has this mail address asked to be forgotten.
async fn is_forgotten(tx: &mut Tx, mail: &str) -> Result<bool, Fault> {
    let Some(hash) = mail_hash(mail) else {
        return Ok(false);
    };
    Ok(tx
        .read_one(&sql::IS_FORGOTTEN, params![hash])
        .await?
        .is_some())
}

/// By what the writer of a comment can be recognised who shows that a mail address is theirs; nobody can be
/// written to by it.
pub(crate) fn mail_hash(mail: &str) -> Option<Vec<u8>> {
    let mail = plain(mail);
    let hash = || Sha256::digest(format!("kept comment of {mail}")).to_vec();
    (!mail.is_empty()).then(hash)
}

fn plain(mail: &str) -> String {
    mail.trim().to_lowercase()
}

#[cfg(test)]
mod tests;
