//! Registered readers, as far as the gate must know them: an id, and sessions that lead to it.
//!
//! Registration, names and addresses come later. No column here, or ever, says what was read.

use base::{Fault, Id, Instant};
use store::{Tx, params};

pub mod session;
pub mod sql;
#[cfg(test)]
mod tests;

/// A registered reader, as the kind of an [`Id`].
#[derive(Debug)]
pub enum Reader {}

/// Makes a reader.
///
/// # Errors
/// When the database fails.
pub async fn register(tx: &mut Tx, now: Instant) -> Result<Id<Reader>, Fault> {
    let id = Id::fresh();
    tx.write(&sql::INSERT_READER, params![id, now]).await?;
    Ok(id)
}
