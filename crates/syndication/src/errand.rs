//! Work upon a row that was written down: jobs that name their row, and are named by it.

use base::{Fault, Instant};
use serde_json::json;
use store::{
    Tx,
    jobs::{self, Job, NewJob},
};
use uuid::Uuid;

/// A kind of work upon one row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Errand {
    /// The kind of its jobs.
    pub kind: &'static str,
    /// By which word a job's payload names the row.
    pub row: &'static str,
}

impl Errand {
    /// Lets it be done for this row, not before `run_at`. While one waits for the row, another is that one.
    ///
    /// # Errors
    /// When the database is unavailable.
    pub async fn send(
        self,
        tx: &mut Tx,
        row: Uuid,
        run_at: Instant,
        now: Instant,
    ) -> Result<(), Fault> {
        let job = NewJob {
            kind: self.kind,
            key: Some(row.to_string()),
            payload: json!({self.row: row}),
            run_at,
        };
        jobs::enqueue(tx, job, now).await?;
        Ok(())
    }

    /// The row that a job of this kind is about.
    ///
    /// # Errors
    /// When it names none.
    pub fn row_of(self, job: &Job) -> Result<Uuid, Fault> {
        let row = serde_json::from_value(job.payload[self.row].clone());
        row.map_err(|_| Fault::new(format!("a job “{}” names no {}", self.kind, self.row)))
    }
}
