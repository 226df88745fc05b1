//! What SQLite's errors mean to us.

use std::{io, path::Path};

use rusqlite::{Error, ErrorCode, ffi};

use crate::error::StoreError;

/// Sorts an error of SQLite's into ours. Its messages name tables and columns, never values.
pub(super) fn explain(error: Error) -> StoreError {
    let Error::SqliteFailure(failure, message) = &error else {
        return StoreError::Refused(error.to_string());
    };
    let said = message.clone().unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::DiskFull => StoreError::Unavailable("the disk is full".into()),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            StoreError::Unavailable("another program holds the file locked".into())
        }
        ErrorCode::SystemIoFailure
        | ErrorCode::CannotOpen
        | ErrorCode::OutOfMemory
        | ErrorCode::OperationInterrupted => StoreError::Unavailable(said),
        ErrorCode::ConstraintViolation if is_unique(failure.extended_code) => {
            StoreError::Duplicate(said)
        }
        _ => StoreError::Refused(said),
    }
}

/// Whether the error is the disk failing under us, after which nothing written is to be believed.
pub(super) fn is_disk_failing(error: &Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

/// Whether the disk is only full: SQLite has undone what it could not write, and may go on.
pub(super) fn is_disk_full(error: &Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

/// Says what was being done to which file.
pub(super) fn explain_io(doing: &str, path: &Path, error: &io::Error) -> StoreError {
    StoreError::Unavailable(format!("{doing} {}: {error}", path.display()))
}

fn is_unique(extended_code: i32) -> bool {
    matches!(
        extended_code,
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
    )
}
