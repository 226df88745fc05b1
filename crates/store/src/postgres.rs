//! PostgreSQL: a small pool of our own on tokio-postgres.

mod connection;
mod faults;
mod migrating;
mod pool;
mod turn;
mod values;

use std::sync::Arc;

use base::Instant;
use tokio_postgres::{Config, config::Host};

use self::pool::Pool;
pub(crate) use self::turn::Turn;
use crate::{
    condition::Condition, db::Counts, error::StoreError, migrate::Migrations, row::Row,
    statement::Statement, value::Value,
};

/// What a name in the log of the server says who we are.
const APPLICATION_NAME: &str = "dateline";

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
    let config = checked(settings)?;
    if !migrations.is_empty() {
        migrating::migrate(&config, migrations, now).await?;
    }
    let pool = Pool::new(config);
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

/// Reads the settings, and refuses a server that our words would reach in the clear.
fn checked(settings: &str) -> Result<Config, StoreError> {
    // The parser's message may repeat the settings, and they hold a password.
    let mut config: Config = settings
        .parse()
        .map_err(|_| StoreError::Place("the PostgreSQL settings cannot be read".into()))?;
    let names_are_near = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => is_near(name),
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    let addresses_are_near = config
        .get_hostaddrs()
        .iter()
        .all(std::net::IpAddr::is_loopback);
    if !names_are_near || !addresses_are_near {
        return Err(StoreError::Place(
            "the PostgreSQL server is on another machine, and Dateline does not speak TLS to it yet; use a socket, or a tunnel that ends on this machine".into(),
        ));
    }
    config.application_name(APPLICATION_NAME);
    config.connect_timeout(crate::patience::CONNECT_LIMIT);
    Ok(config)
}

fn is_near(name: &str) -> bool {
    name == "localhost"
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(settings: &str, is_fine: bool) {
        assert_eq!(checked(settings).is_ok(), is_fine, "{settings}");
    }

    #[test]
    fn only_servers_on_this_machine_are_spoken_to_in_the_clear() {
        check("postgres://desk@localhost/news", true);
        check("postgres://desk@127.0.0.1:5433/news", true);
        check("postgres://desk@[::1]/news", true);
        check("host=/run/postgresql dbname=news", true);
        check("postgres:///news?host=/run/postgresql", true);
        check("postgres://desk@db.example.org/news", false);
        check("host=localhost,192.0.2.7 dbname=news", false);
        check("host=localhost hostaddr=192.0.2.7 dbname=news", false);
        check("postgres://desk@", true);
        check("no such thing", false);
    }
}
