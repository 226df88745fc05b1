//! One connection: the session's settings, its prepared statements, and running them.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::time::timeout;
use tokio_postgres::{Client, Statement as Prepared, types::ToSql};

use super::{
    faults::{Failure, is_stale_plan},
    server::Server,
    values::{Sent, received},
};
use crate::{
    error::StoreError,
    patience::{ANSWER_LIMIT, CONNECT_LIMIT, SILENCE_LIMIT},
    row::Row,
    statement::Statement,
    value::Value,
};

/// How far our limits and the server's stand apart: longer than an answer is under way.
const APART: Duration = Duration::from_secs(1);

/// A connection and what it knows.
pub(super) struct Connection {
    client: Client,
    /// By [`address`].
    prepared: Mutex<HashMap<usize, Prepared>>,
    is_broken: AtomicBool,
}

impl Connection {
    /// Connects, and gives the session its rules.
    pub(super) async fn open(server: &Server) -> Result<Self, StoreError> {
        let connection = Self::open_patient(server).await?;
        // Outside transactions only reading is allowed, as on SQLite's readers. The server gives up
        // on a statement a little before we do, so that we hear of it on a connection still good. On a
        // transaction that is silent it gives up a little after: its count begins before ours, and whoever
        // comes back is to hear from us why, not from the wire that it is closed.
        let rules = format!(
            "SET default_transaction_isolation = 'read committed';
             SET default_transaction_read_only = on;
             SET statement_timeout = {};
             SET idle_in_transaction_session_timeout = {};",
            (ANSWER_LIMIT - APART).as_millis(),
            (SILENCE_LIMIT + APART).as_millis(),
        );
        connection.batch(&rules).await.map_err(StoreError::from)?;
        Ok(connection)
    }

    /// Connects without limits on how long a statement may take, for migrations.
    pub(super) async fn open_patient(server: &Server) -> Result<Self, StoreError> {
        let (client, wire) = match timeout(CONNECT_LIMIT, server.connect()).await {
            Ok(connected) => connected.map_err(|error| StoreError::from(Failure::from(error)))?,
            Err(_) => return Err(StoreError::Unavailable("no connection came in time".into())),
        };
        tokio::spawn(async move {
            if let Err(error) = wire.await {
                tracing::debug!(%error, "a connection to PostgreSQL ended");
            }
        });
        Ok(Self {
            client,
            prepared: Mutex::default(),
            is_broken: AtomicBool::new(false),
        })
    }

    /// Whether it must not be used again.
    pub(super) fn is_broken(&self) -> bool {
        self.is_broken.load(Ordering::Relaxed) || self.client.is_closed()
    }

    /// Says that it must not be used again.
    pub(super) fn give_up(&self) {
        self.is_broken.store(true, Ordering::Relaxed);
    }

    pub(super) async fn read(
        &self,
        statement: &'static Statement,
        params: &[Value],
    ) -> Result<Vec<Row>, Failure> {
        let prepared = self.prepared(statement).await?;
        let sent = sent(statement, &prepared, params)?;
        let asked = within_patience(self.client.query(&prepared, &borrowed(&sent))).await;
        let rows = self.judged(statement, asked)?;
        let columns: Arc<[String]> = prepared
            .columns()
            .iter()
            .map(|column| column.name().to_owned())
            .collect();
        rows.iter()
            .map(|row| received(row, &columns).map_err(Failure::Ours))
            .collect()
    }

    pub(super) async fn write(
        &self,
        statement: &'static Statement,
        params: &[Value],
    ) -> Result<u64, Failure> {
        let prepared = self.prepared(statement).await?;
        let sent = sent(statement, &prepared, params)?;
        let asked = within_patience(self.client.execute(&prepared, &borrowed(&sent))).await;
        self.judged(statement, asked)
    }

    /// Transaction control and session settings; several statements may stand in one text.
    pub(super) async fn batch(&self, sql: &str) -> Result<(), Failure> {
        let asked = within_patience(self.client.batch_execute(sql)).await;
        self.noted(asked)
    }

    /// Runs a migration step, however long it takes.
    pub(super) async fn batch_patient(&self, sql: &str) -> Result<(), Failure> {
        let asked = self.client.batch_execute(sql).await;
        self.noted(asked.map_err(Failure::from))
    }

    pub(super) async fn prepared(
        &self,
        statement: &'static Statement,
    ) -> Result<Prepared, Failure> {
        if let Some(prepared) = self.known().get(&address(statement)) {
            return Ok(prepared.clone());
        }
        let asked = within_patience(self.client.prepare(statement.for_postgres())).await;
        let prepared = self.noted(asked)?;
        self.known().insert(address(statement), prepared.clone());
        Ok(prepared)
    }

    /// What is wrong with the database as a database, as far as a client can see.
    pub(super) async fn check(&self) -> Result<Vec<String>, Failure> {
        let messages = within_patience(self.client.simple_query(COMPLAINTS)).await?;
        let mut complaints = Vec::new();
        for message in messages {
            if let tokio_postgres::SimpleQueryMessage::Row(row) = message {
                complaints.extend(row.get(0).map(str::to_owned));
            }
        }
        Ok(complaints)
    }

    fn judged<T>(
        &self,
        statement: &'static Statement,
        answer: Result<T, Failure>,
    ) -> Result<T, Failure> {
        if let Err(Failure::Theirs(error)) = &answer
            && is_stale_plan(error)
        {
            self.known().remove(&address(statement));
        }
        self.noted(answer)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<usize, Prepared>> {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn noted<T>(&self, answer: Result<T, Failure>) -> Result<T, Failure> {
        if answer.as_ref().is_err_and(Failure::is_end_of_connection) {
            self.is_broken.store(true, Ordering::Relaxed);
        }
        answer
    }
}

/// The server's own catalogue, asked for what it knows to be wrong.
const COMPLAINTS: &str = "
    SELECT 'the index ' || indexrelid::regclass || ' is invalid; REINDEX it'
        FROM pg_index WHERE NOT indisvalid
    UNION ALL
    SELECT 'the constraint ' || conname || ' of ' || conrelid::regclass || ' was never validated'
        FROM pg_constraint WHERE NOT convalidated
    UNION ALL
    SELECT 'the server has counted ' || checksum_failures || ' pages with a wrong checksum'
        FROM pg_stat_database WHERE datname = current_database() AND checksum_failures > 0
    UNION ALL
    SELECT 'the server setting ' || name || ' is off, so that a power cut may lose what was saved'
        FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
    UNION ALL
    SELECT 'the database is kept as ' || pg_encoding_to_char(encoding) || ', not as UTF8'
        FROM pg_database WHERE datname = current_database() AND pg_encoding_to_char(encoding) <> 'UTF8'
";

async fn within_patience<T>(
    asked: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, Failure> {
    match timeout(ANSWER_LIMIT, asked).await {
        Ok(answer) => answer.map_err(Failure::from),
        Err(_) => Err(Failure::NoAnswer),
    }
}

/// Each statement is a static: its address is its name.
fn address(statement: &'static Statement) -> usize {
    std::ptr::from_ref(statement).addr()
}

fn sent<'v>(
    statement: &Statement,
    prepared: &Prepared,
    params: &'v [Value],
) -> Result<Vec<Sent<'v>>, Failure> {
    let wanted = prepared.params().len();
    if wanted != params.len() {
        let why = format!(
            "{} takes {wanted} parameters, not {}",
            statement.name(),
            params.len()
        );
        return Err(Failure::Ours(StoreError::Parameters(why)));
    }
    if let Some(at) = params.iter().position(Value::holds_nul) {
        let why = format!("${} holds the NUL character, which text may not", at + 1);
        return Err(Failure::Ours(StoreError::Parameters(why)));
    }
    Ok(params.iter().map(Sent).collect())
}

fn borrowed<'s>(sent: &'s [Sent<'_>]) -> Vec<&'s (dyn ToSql + Sync)> {
    sent.iter()
        .map(|value| value as &(dyn ToSql + Sync))
        .collect()
}
