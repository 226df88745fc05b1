//! Migrating a PostgreSQL database, one process at a time.

use base::Instant;
use tokio::time::timeout;

use super::{connection::Connection, server::Server};
use crate::{
    error::StoreError,
    migrate::{Applied, FOR_POSTGRES, Migrations, Step, plan},
    params,
    patience::MIGRATION_LIMIT,
    sql::{MIGRATION_TABLE, STEP_APPLIED, STEPS_APPLIED},
};

/// What the advisory lock is taken on: "dateline" in ASCII. It goes with the connection.
const LOCK: i64 = 0x6461_7465_6c69_6e65;

/// Applies what is still to be applied, each step in a transaction of its own.
pub(super) async fn migrate(
    server: &Server,
    migrations: &[Migrations],
    now: Instant,
) -> Result<(), StoreError> {
    let connection = Connection::open_patient(server).await?;
    let lock = format!("SELECT pg_advisory_lock({LOCK})");
    timeout(MIGRATION_LIMIT, connection.batch_patient(&lock))
        .await
        .map_err(|_| {
            StoreError::Unavailable("another process is still migrating the database".into())
        })??;
    connection
        .batch_patient(&FOR_POSTGRES.spell(MIGRATION_TABLE))
        .await?;
    let applied = connection
        .read(&STEPS_APPLIED, &[])
        .await?
        .iter()
        .map(Applied::from_row)
        .collect::<Result<Vec<_>, _>>()?;
    for step in plan(migrations, &applied)? {
        apply(&connection, &step, now)
            .await
            .map_err(|error| step.failed(error))?;
    }
    Ok(())
}

/// A step that fails leaves its transaction to end with the connection.
async fn apply(connection: &Connection, step: &Step, now: Instant) -> Result<(), StoreError> {
    connection.batch("BEGIN").await?;
    connection
        .batch_patient(&FOR_POSTGRES.spell(step.sql))
        .await?;
    connection
        .write(
            &STEP_APPLIED,
            &params![step.of, step.name, step.hash(), now],
        )
        .await?;
    connection.batch_patient("COMMIT").await?;
    Ok(())
}
