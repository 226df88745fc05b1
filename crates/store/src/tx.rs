//! A transaction: all of it happens, or none.

use base::Fault;

use crate::{
    bell::Bell, error::StoreError, postgres, row::Row, sqlite, statement::Statement, value::Value,
};

/// A transaction. It sees its own writes; others see them when [`Tx::commit`] has answered.
///
/// The first statement that fails spoils it, on both engines: it can then only be dropped.
pub struct Tx {
    turn: Turn,
    state: TxState,
    rings_on_commit: bool,
    bell: Bell,
}

/// The turn at the engine that carries it.
pub(crate) enum Turn {
    Sqlite(sqlite::Turn),
    Postgres(postgres::Turn),
}

#[derive(Clone, Copy)]
enum TxState {
    Sound,
    Spoiled,
    Silent,
}

impl Tx {
    pub(crate) fn new(turn: Turn, bell: Bell) -> Self {
        Self {
            turn,
            state: TxState::Sound,
            rings_on_commit: false,
            bell,
        }
    }

    /// The rows the statement answers with. Here it may write, which is how `RETURNING` is read.
    ///
    /// # Errors
    /// When the engine refuses the statement, the transaction was silent for too long or is spoiled,
    /// or the database is unavailable. Nothing of the transaction is kept then.
    pub async fn read(
        &mut self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, Fault> {
        self.check()
            .map_err(|error| told("reading", statement, error))?;
        let answer = match &mut self.turn {
            Turn::Sqlite(turn) => turn.read(statement, params).await,
            Turn::Postgres(turn) => turn.read(statement, params).await,
        };
        answer.map_err(|error| told("reading", statement, self.spoiled_by(error)))
    }

    /// The first row the statement answers with, or none.
    ///
    /// # Errors
    /// As [`Tx::read`].
    pub async fn read_one(
        &mut self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Option<Row>, Fault> {
        Ok(self.read(statement, params).await?.into_iter().next())
    }

    /// Runs the statement and says how many rows it touched.
    ///
    /// # Errors
    /// As [`Tx::read`]; a unique index that refused a row is told by [`crate::is_duplicate`].
    pub async fn write(
        &mut self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<u64, Fault> {
        self.check()
            .map_err(|error| told("writing", statement, error))?;
        let answer = match &mut self.turn {
            Turn::Sqlite(turn) => turn.write(statement, params).await,
            Turn::Postgres(turn) => turn.write(statement, params).await,
        };
        answer.map_err(|error| told("writing", statement, self.spoiled_by(error)))
    }

    /// Keeps everything. `Ok` means it would survive a power cut.
    ///
    /// # Errors
    /// When the transaction was spoiled or silent too long: nothing was kept. When the database did
    /// not answer: it may or may not have been kept, so that only a repeat with the same key is safe.
    pub async fn commit(self) -> Result<(), Fault> {
        let committing = |error| Fault::while_("committing a transaction", error);
        self.check().map_err(committing)?;
        match self.turn {
            Turn::Sqlite(turn) => turn.commit().await.map_err(committing)?,
            Turn::Postgres(turn) => turn.commit().await.map_err(committing)?,
        }
        if self.rings_on_commit {
            self.bell.ring();
        }
        Ok(())
    }

    /// Rings the bell when this commits.
    pub(crate) fn ring_on_commit(&mut self) {
        self.rings_on_commit = true;
    }

    fn check(&self) -> Result<(), StoreError> {
        match self.state {
            TxState::Sound => Ok(()),
            TxState::Spoiled => Err(StoreError::Spoiled),
            TxState::Silent => Err(StoreError::SilentTooLong),
        }
    }

    fn spoiled_by(&mut self, error: StoreError) -> StoreError {
        self.state = match error {
            StoreError::SilentTooLong => TxState::Silent,
            _ => TxState::Spoiled,
        };
        error
    }
}

fn told(doing: &str, statement: &Statement, error: StoreError) -> Fault {
    Fault::while_(format!("{doing} by {}", statement.name()), error)
}
