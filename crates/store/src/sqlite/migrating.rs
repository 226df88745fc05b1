//! Migrating a SQLite file. The file lock keeps a second opener away.

use base::Instant;
use rusqlite::{Connection, TransactionBehavior};

use super::{faults::explain, run};
use crate::{
    error::StoreError,
    migrate::{Applied, FOR_SQLITE, Migrations, Step, plan},
    params,
    sql::{MIGRATION_TABLE, STEP_APPLIED, STEPS_APPLIED},
};

/// Applies what is still to be applied, each step in a transaction of its own.
pub(super) fn migrate(
    connection: &mut Connection,
    migrations: &[Migrations],
    now: Instant,
) -> Result<(), StoreError> {
    connection
        .execute_batch(&FOR_SQLITE.spell(MIGRATION_TABLE))
        .map_err(explain)?;
    let applied = run::read(connection, &STEPS_APPLIED, &[])?
        .iter()
        .map(Applied::from_row)
        .collect::<Result<Vec<_>, _>>()?;
    for step in plan(migrations, &applied)? {
        apply(connection, &step, now).map_err(|error| step.failed(error))?;
    }
    Ok(())
}

fn apply(connection: &mut Connection, step: &Step, now: Instant) -> Result<(), StoreError> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(explain)?;
    transaction
        .execute_batch(&FOR_SQLITE.spell(step.sql))
        .map_err(explain)?;
    run::write(
        &transaction,
        &STEP_APPLIED,
        &params![step.of, step.name, step.hash(), now],
    )?;
    transaction.commit().map_err(explain)
}
