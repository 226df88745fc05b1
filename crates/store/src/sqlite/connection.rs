//! Opening a connection: the pragmas, and why each.

use std::{fs::OpenOptions, path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::faults::{explain, explain_io};
use crate::{error::StoreError, patience::PREPARED_MOST};

/// The longest wait for another connection's lock, in seconds. Only a check that runs beside us, or
/// recovery after a crash, ever holds one.
const BUSY_LIMIT: Duration = Duration::from_secs(5);

/// The writer's page cache, in KiB (a negative number means KiB to SQLite).
const WRITER_CACHE_KIB: &str = "-16384";

/// Each reader's. There are several, and the system keeps the file's pages in memory beside them: a
/// larger one held the same pages once more for each reader.
const READER_CACHE_KIB: &str = "-4096";

/// How far the write-ahead log file is cut back after a checkpoint, in bytes.
const LOG_KEPT_BYTES: &str = "16777216";

/// Makes the file if there is none, readable by its owner only: it holds readers' addresses.
pub(super) fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map(drop)
        .map_err(|error| explain_io("making the file", path, &error))
}

/// The connection of the one writer.
pub(super) fn to_write(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // FULL: the log is on the disk before a commit is answered. The writer makes checkpoints itself,
    // because SQLite's automatic ones swallow a failed write (F-20).
    pragmas(
        &connection,
        &[
            ("journal_mode", "WAL"),
            ("synchronous", "FULL"),
            ("journal_size_limit", LOG_KEPT_BYTES),
            ("wal_autocheckpoint", "0"),
            ("cache_size", WRITER_CACHE_KIB),
        ],
    )?;
    // Nor may closing the connection fold the log in unasked, after the disk has failed.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(explain)?;
    Ok(connection)
}

/// The connection of a reader.
pub(super) fn to_read(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    pragmas(
        &connection,
        &[("query_only", "ON"), ("cache_size", READER_CACHE_KIB)],
    )?;
    Ok(connection)
}

fn open(path: &Path, mode: OpenFlags) -> Result<Connection, StoreError> {
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(explain)?;
    connection.busy_timeout(BUSY_LIMIT).map_err(explain)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_MOST);
    // "text" is a column's name here as it is in PostgreSQL, never a string by mistake.
    for setting in [
        DbConfig::SQLITE_DBCONFIG_DQS_DML,
        DbConfig::SQLITE_DBCONFIG_DQS_DDL,
    ] {
        connection.set_db_config(setting, false).map_err(explain)?;
    }
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
        .map_err(explain)?;
    // No mmap: a failed read would be a signal that ends the process instead of an error.
    pragmas(
        &connection,
        &[
            ("foreign_keys", "ON"),
            ("trusted_schema", "OFF"),
            ("cell_size_check", "ON"),
            ("mmap_size", "0"),
            ("temp_store", "MEMORY"),
        ],
    )?;
    Ok(connection)
}

fn pragmas(connection: &Connection, settings: &[(&str, &str)]) -> Result<(), StoreError> {
    for (name, value) in settings {
        connection
            .pragma_update(None, name, value)
            .map_err(explain)?;
    }
    Ok(())
}
