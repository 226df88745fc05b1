//! How long the store waits, and how much it lets pile up.

use std::time::Duration;

/// The longest a transaction may say nothing, in seconds: on SQLite everybody else's writes wait
/// behind it, on PostgreSQL it holds its locks.
pub const SILENCE_LIMIT: Duration = Duration::from_secs(5);

/// The longest wait for a turn to write or for a free connection, in seconds. Longer than
/// [`SILENCE_LIMIT`], so that one forgotten transaction does not fail those behind it.
pub const TURN_LIMIT: Duration = Duration::from_secs(10);

/// The longest wait for the answer to one statement, in seconds. A page should have given up
/// before; this is for a database that has stopped answering at all.
pub const ANSWER_LIMIT: Duration = Duration::from_secs(15);

/// The longest wait for a connection to PostgreSQL to be made, in seconds.
pub const CONNECT_LIMIT: Duration = Duration::from_secs(3);

/// The longest wait for another process that is migrating the same database, in seconds.
pub const MIGRATION_LIMIT: Duration = Duration::from_secs(120);

/// How many transactions may queue for SQLite's one writer. Those after them wait outside, up to
/// [`TURN_LIMIT`].
pub const WRITERS_WAITING_MOST: usize = 256;

/// How many reads may queue for SQLite's reader threads.
pub const READS_WAITING_MOST: usize = 1024;

/// How many statements a connection keeps prepared. More than the house has, so that none is
/// prepared twice.
pub const PREPARED_MOST: usize = 1024;
