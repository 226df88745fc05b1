//! PostgreSQL: a small pool of our own on tokio-postgres.

mod connection;
mod faults;
mod migrating;
mod pool;
mod server;
mod turn;
mod values;
mod words;

use std::sync::Arc;

use self::pool::Pool;
pub(crate) use self::turn::Turn;
use crate::{
    condition::Condition, db::Counts, error::StoreError, migrate::Migrations, row::Row,
    statement::Statement, value::Value,
};
use base::Instant;

/// One PostgreSQL database, open.
pub(crate) struct Postgres {
    pool: Arc<Pool>,
    condition: Condition,
}

/// Connects, migrates, and keeps the pool.
pub(crate) async fn open(
    settings: &str,
    migrations: &[Migrations],
    now: Instant,
) -> Result<Postgres, StoreError> {
    let server = server::read(settings)?;
    if !migrations.is_empty() {
        migrating::migrate(&server, migrations, now).await?;
    }
    let pool = Pool::new(server);
    // Fails now rather than at the first visitor.
    pool.lease().await?;
    Ok(Postgres {
        pool,
        condition: Condition::sound(),
    })
}

impl Postgres {
    /// Reads outside any transaction. A connection that died while idle, or a plan that a migration
    /// made stale, costs one more try: a read may be repeated.
    pub(crate) async fn read(
        &self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        let leased = self.pool.lease().await?;
        match leased.read(statement, &params).await {
            Err(error) if error.deserves_another_try() => {
                drop(leased);
                let leased = self.pool.lease().await?;
                leased.read(statement, &params).await.map_err(Into::into)
            }
            answer => answer.map_err(Into::into),
        }
    }

    pub(crate) async fn prepare(&self, statement: &'static Statement) -> Result<(), StoreError> {
        let leased = self.pool.lease().await?;
        leased
            .prepared(statement)
            .await
            .map(drop)
            .map_err(Into::into)
    }

    pub(crate) async fn begin(&self) -> Result<Turn, StoreError> {
        let mut leased = self.pool.lease().await?;
        match leased.begin().await {
            Err(error) if error.deserves_another_try() => {
                drop(leased);
                leased = self.pool.lease().await?;
                leased.begin().await?;
            }
            begun => begun?,
        }
        Ok(Turn::new(leased))
    }

    pub(crate) async fn check(&self) -> Result<Vec<String>, StoreError> {
        let leased = self.pool.lease().await?;
        leased.check().await.map_err(Into::into)
    }

    pub(crate) fn close(&self) {
        self.pool.close();
    }

    pub(crate) fn counts(&self) -> Counts {
        self.pool.counts()
    }

    pub(crate) fn condition(&self) -> &Condition {
        &self.condition
    }
}
