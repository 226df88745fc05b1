//! Who did what to what stands around the stories: people, topics, running stories and live entries.
//!
//! A line outlives what it tells of. Sections, trust pages and fronts have histories of their own.

pub(crate) mod sql;

use base::{Fault, Id, Instant};
use serde_json::Value;
use store::{Tx, params};

use crate::By;

/// One line of the history.
pub(crate) struct Line {
    /// What kind of thing: `person`, `topic`, `running story`, `live entry`.
    pub what: &'static str,
    /// Which one: its id, or a topic's slug.
    pub subject: String,
    /// What was done: `begun`, `changed`, `removed`.
    pub act: &'static str,
    /// The thing as it was before, or as it began.
    pub told: Value,
}

/// Writes a line down.
pub(crate) async fn note(tx: &mut Tx, line: Line, by: &By, now: Instant) -> Result<(), Fault> {
    let id = Id::<Line>::fresh();
    let Line {
        what,
        subject,
        act,
        told,
    } = line;
    let row = params![id, what, &subject, act, told, by.staff, &by.name, now];
    tx.write(&sql::INSERT_CHANGE, row).await?;
    Ok(())
}
