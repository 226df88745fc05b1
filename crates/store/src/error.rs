//! What can go wrong below a [`Fault`], and the questions that are asked of it.

use std::error::Error;

use base::Fault;
use thiserror::Error as ThisError;

use crate::row::Mismatch;

/// The store's own cause inside a [`Fault`]. Callers ask [`is_unavailable`], [`is_duplicate`]
/// and [`is_held`] rather than match on this: the list grows.
#[derive(Debug, ThisError)]
#[non_exhaustive]
pub enum StoreError {
    /// The database cannot be reached, is full, is overloaded, or did not answer in time. The same
    /// call may succeed later.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// A commit failed in a way that leaves us unsure what is on the disk. The process should end.
    #[error(
        "the database is unusable since the disk failed it ({0}); nothing more is read or written, restart after looking at the disk"
    )]
    Unusable(String),
    /// [`crate::Db::close`] was called, or the database's threads have gone.
    #[error("the database has been closed")]
    Closed,
    /// The transaction was silent for longer than [`crate::patience::SILENCE_LIMIT`].
    #[error("the transaction was silent for too long and was rolled back; nothing of it was kept")]
    SilentTooLong,
    /// A statement of this transaction failed before, so that it can only be rolled back.
    #[error("an earlier statement of this transaction failed; it can only be rolled back")]
    Spoiled,
    /// A unique index refused the row.
    #[error("there is already such a row: {0}")]
    Duplicate(String),
    /// The engine refused the statement.
    #[error("the database refused the statement: {0}")]
    Refused(String),
    /// The parameters do not fit the statement.
    #[error("{0}")]
    Parameters(String),
    /// A column did not hold what was asked for.
    #[error(transparent)]
    Column(#[from] Mismatch),
    /// The tables are not what this program knows how to bring up to date.
    #[error("{0}")]
    Migration(String),
    /// Another process has the file, and it belongs to one.
    #[error("{0}")]
    Held(String),
    /// The settings name a database that we do not open.
    #[error("{0}")]
    Place(String),
}

impl StoreError {
    /// Whether the same call may succeed later without anybody changing the program.
    pub fn is_unavailable(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_) | Self::Unusable(_) | Self::Closed
        )
    }
}

/// Whether the fault means that the database is away, full or overloaded, or the shelf, so that the door answers
/// 503 with `Retry-After` rather than 500.
pub fn is_unavailable(fault: &Fault) -> bool {
    any_cause(fault, StoreError::is_unavailable) || is_shelf_away(fault)
}

fn is_shelf_away(fault: &Fault) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = fault.source();
    while let Some(error) = next {
        if error.is::<crate::shelf::Away>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// Whether the fault is a unique index refusing a row that is already there.
pub fn is_duplicate(fault: &Fault) -> bool {
    any_cause(fault, |error| matches!(error, StoreError::Duplicate(_)))
}

/// Whether the fault is another process that has the SQLite file open.
pub fn is_held(fault: &Fault) -> bool {
    any_cause(fault, |error| matches!(error, StoreError::Held(_)))
}

fn any_cause(fault: &Fault, holds: impl Fn(&StoreError) -> bool) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = fault.source();
    while let Some(error) = next {
        if error.downcast_ref::<StoreError>().is_some_and(&holds) {
            return true;
        }
        next = error.source();
    }
    false
}
