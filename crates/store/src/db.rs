//! The database as everybody sees it: read, or begin a transaction.

use std::sync::Arc;

use base::{Fault, Instant};

use crate::{
    bell::Bell,
    condition::Condition,
    error::StoreError,
    migrate::{self, Migrations},
    place::Place,
    postgres::{self, Postgres},
    row::Row,
    sqlite::{self, Sqlite},
    statement::Statement,
    tx::{Turn, Tx},
    value::Value,
};

/// A database, open and migrated. Cheap to clone; all clones are the same database.
#[derive(Clone)]
pub struct Db {
    engine: Arc<EngineOf>,
    bell: Bell,
    may_write: bool,
}

enum EngineOf {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Which engine keeps the rows. For diagnostics; nothing may be decided by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The bundled one, a file.
    Sqlite,
    /// A server.
    Postgres,
}

/// How much has been written since the database was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Transactions that were committed.
    pub transactions: u64,
    /// Times the disk was asked to keep them. Fewer than the transactions on SQLite, where those
    /// that wait together are kept together.
    pub commits: u64,
}

impl Db {
    /// Opens the database and brings its tables up to date, one opener at a time.
    ///
    /// The store's own tables come first and need not be named. Steps that other versions of the
    /// program applied and that this one does not know are left alone, so that a rolling upgrade works.
    ///
    /// # Errors
    /// When another process has the SQLite file open, the server cannot be reached, is remote and not
    /// to be spoken to under TLS, or is not who it should be, or a step that was applied has since been
    /// edited.
    pub async fn open(
        place: &Place,
        migrations: &[Migrations],
        now: Instant,
    ) -> Result<Self, Fault> {
        let migrations = migrate::with_our_own(migrations);
        let opening = |error| Fault::while_(format!("opening the database {place:?}"), error);
        let engine = match place {
            Place::Sqlite(path) => {
                let opened = sqlite::open(path.clone(), migrations, now).await;
                EngineOf::Sqlite(opened.map_err(opening)?)
            }
            Place::Postgres(settings) => {
                let opened = postgres::open(settings, &migrations, now).await;
                EngineOf::Postgres(opened.map_err(opening)?)
            }
        };
        Ok(Self::of(engine, true))
    }

    /// Opens the database for looking only, also while a server has it open. Migrates nothing;
    /// [`Db::begin`] is refused.
    ///
    /// # Errors
    /// When there is no such database or it cannot be reached.
    pub async fn open_read_only(place: &Place) -> Result<Self, Fault> {
        let opening =
            |error| Fault::while_(format!("opening the database {place:?} for reading"), error);
        let engine = match place {
            Place::Sqlite(path) => EngineOf::Sqlite(
                sqlite::open_read_only(path.clone())
                    .await
                    .map_err(opening)?,
            ),
            Place::Postgres(settings) => EngineOf::Postgres(
                postgres::open(settings, &[], Instant::UNIX_EPOCH)
                    .await
                    .map_err(opening)?,
            ),
        };
        Ok(Self::of(engine, false))
    }

    fn of(engine: EngineOf, may_write: bool) -> Self {
        Self {
            engine: Arc::new(engine),
            bell: Bell::new(),
            may_write,
        }
    }

    /// The rows the statement answers with, as they were when it began. It may not write.
    ///
    /// # Errors
    /// When the statement writes or its parameters do not fit it, or the database is unavailable.
    pub async fn read(
        &self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, Fault> {
        let answer = match &*self.engine {
            EngineOf::Sqlite(sqlite) => sqlite.read(statement, params).await,
            EngineOf::Postgres(postgres) => postgres.read(statement, params).await,
        };
        answer.map_err(|error| reading(statement, error))
    }

    /// The first row the statement answers with, or none.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_one(
        &self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Option<Row>, Fault> {
        Ok(self.read(statement, params).await?.into_iter().next())
    }

    /// Begins a transaction. Dropping it without [`Tx::commit`] rolls it back.
    ///
    /// On SQLite there is one writer: hold the transaction briefly, and do not begin a second while
    /// holding one.
    ///
    /// # Errors
    /// When no turn came within [`TURN_LIMIT`](crate::patience::TURN_LIMIT) or the database is unavailable.
    pub async fn begin(&self) -> Result<Tx, Fault> {
        let beginning = |error| Fault::while_("beginning a transaction", error);
        if !self.may_write {
            let why = "it was opened for reading only".to_owned();
            return Err(beginning(StoreError::Refused(why)));
        }
        let turn = match &*self.engine {
            EngineOf::Sqlite(sqlite) => Turn::Sqlite(sqlite.begin().await.map_err(beginning)?),
            EngineOf::Postgres(postgres) => {
                Turn::Postgres(postgres.begin().await.map_err(beginning)?)
            }
        };
        Ok(Tx::new(turn, self.bell.clone()))
    }

    /// Prepares every statement without running it.
    ///
    /// # Errors
    /// Names the first statement that the engine does not understand.
    pub async fn prepare_all(&self, statements: &[&'static Statement]) -> Result<(), Fault> {
        for &statement in statements {
            let prepared = match &*self.engine {
                EngineOf::Sqlite(sqlite) => sqlite.prepare(statement).await,
                EngineOf::Postgres(postgres) => postgres.prepare(statement).await,
            };
            prepared
                .map_err(|error| Fault::while_(format!("preparing {}", statement.name()), error))?;
        }
        Ok(())
    }

    /// Which engine keeps the rows, for diagnostics.
    pub fn engine(&self) -> Engine {
        match &*self.engine {
            EngineOf::Sqlite(_) => Engine::Sqlite,
            EngineOf::Postgres(_) => Engine::Postgres,
        }
    }

    /// Everything that is wrong with the database as a database, one sentence each. Reads all of it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn check(&self) -> Result<Vec<String>, Fault> {
        let complaints = match &*self.engine {
            EngineOf::Sqlite(sqlite) => sqlite.check().await,
            EngineOf::Postgres(postgres) => postgres.check().await,
        };
        complaints.map_err(|error| Fault::while_("checking the database", error))
    }

    /// Ends the database's threads and connections. On SQLite the write-ahead log is folded into the
    /// file first. Other clones answer with a fault from now on.
    pub async fn close(self) {
        match &*self.engine {
            EngineOf::Sqlite(sqlite) => sqlite.close().await,
            EngineOf::Postgres(postgres) => postgres.close(),
        }
    }

    /// A bell that rings after every commit of this process that wrote events or jobs. It only says
    /// "look now"; the rows are the truth, and other processes' commits do not ring it.
    pub fn rung(&self) -> Bell {
        self.bell.clone()
    }

    /// Waits until the database must no longer be used, and says why. Whoever runs the process waits
    /// for this and ends it (F-20).
    pub async fn until_unusable(&self) -> String {
        self.condition().given_up().await
    }

    /// Whether the database may still be used; the health page asks.
    pub fn is_usable(&self) -> bool {
        self.condition().check().is_ok()
    }

    /// How much was written since the database was opened.
    pub fn counts(&self) -> Counts {
        match &*self.engine {
            EngineOf::Sqlite(sqlite) => sqlite.counts(),
            EngineOf::Postgres(postgres) => postgres.counts(),
        }
    }

    fn condition(&self) -> &Condition {
        match &*self.engine {
            EngineOf::Sqlite(sqlite) => sqlite.condition(),
            EngineOf::Postgres(postgres) => postgres.condition(),
        }
    }
}

fn reading(statement: &Statement, error: StoreError) -> Fault {
    Fault::while_(format!("reading by {}", statement.name()), error)
}
