//! Saying that a task is done, and that it is not, after all.

use base::{Id, Instant, No};
use store::{Db, Tx, params};

use super::{
    How, Task,
    sql::{COMPLETE, REOPEN, TASK_BY_ID},
    task_from,
};
use crate::{By, story::word};

/// Ends a task. One that is done stays as it was: who was first is kept.
///
/// # Errors
/// [`No::Absent`] where there is no such task.
pub async fn complete(db: &Db, id: Id<Task>, (by, now): (&By, Instant)) -> Result<Task, No> {
    let mut tx = db.begin().await?;
    one_in(&mut tx, id).await?;
    let row = params![id, word(&How::ByHand), by.staff, &by.name, now];
    tx.write(&COMPLETE, row).await?;
    let task = one_in(&mut tx, id).await?;
    tx.commit().await?;
    Ok(task)
}

/// Puts a task back among those that wait. One that waits stays as it is.
///
/// # Errors
/// [`No::Absent`] where there is no such task.
pub async fn reopen(db: &Db, id: Id<Task>) -> Result<Task, No> {
    let mut tx = db.begin().await?;
    tx.write(&REOPEN, params![id]).await?;
    let task = one_in(&mut tx, id).await?;
    tx.commit().await?;
    Ok(task)
}

async fn one_in(tx: &mut Tx, id: Id<Task>) -> Result<Task, No> {
    let row = tx.read_one(&TASK_BY_ID, params![id]).await?;
    Ok(row.as_ref().map(task_from).ok_or(No::Absent)??)
}
