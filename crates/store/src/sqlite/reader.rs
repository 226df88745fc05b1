//! The threads that read: each takes the next errand, none can write.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::{faults::explain, run, wire::Answer};
use crate::{row::Row, statement::Statement, value::Value};

/// What a reader thread can be asked.
pub(super) enum Errand {
    Read {
        statement: &'static Statement,
        params: Vec<Value>,
        answer: Answer<Vec<Row>>,
    },
    Prepare {
        statement: &'static Statement,
        answer: Answer<()>,
    },
    Check {
        answer: Answer<Vec<String>>,
    },
    /// Ends the one thread that takes it.
    Close,
}

/// The queue that all readers take from.
pub(super) type Queue = Arc<Mutex<mpsc::Receiver<Errand>>>;

pub(super) fn shared(queue: mpsc::Receiver<Errand>) -> Queue {
    Arc::new(Mutex::new(queue))
}

/// Takes errands until told to close or until nobody can send any.
///
/// An answer that nobody waits for any more is dropped.
pub(super) fn run(connection: Connection, queue: &Queue) {
    while let Some(errand) = next(queue) {
        match errand {
            Errand::Read { answer, .. } if answer.is_closed() => {}
            Errand::Read {
                statement,
                params,
                answer,
            } => {
                let _ = answer.send(run::read(&connection, statement, &params).map_err(Into::into));
            }
            Errand::Prepare { statement, answer } => {
                let _ = answer.send(run::prepare(&connection, statement).map_err(Into::into));
            }
            Errand::Check { answer } => {
                let _ = answer.send(check(&connection).map_err(explain));
            }
            Errand::Close => return,
        }
    }
}

fn next(queue: &Queue) -> Option<Errand> {
    queue
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .blocking_recv()
}

/// Every page, every index, every reference.
fn check(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut complaints: Vec<String> = connection
        .prepare("PRAGMA integrity_check")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    complaints.retain(|line| line != "ok");
    let orphans: Vec<String> = connection
        .prepare("PRAGMA foreign_key_check")?
        .query_map([], |row| {
            let (table, row_id): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
            let parent: String = row.get(2)?;
            Ok(format!(
                "a row of {table} (rowid {row_id:?}) points to a row of {parent} that is not there"
            ))
        })?
        .collect::<rusqlite::Result<_>>()?;
    complaints.extend(orphans);
    Ok(complaints)
}
