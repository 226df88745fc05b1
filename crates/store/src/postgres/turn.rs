//! A transaction as its holder sees it: a connection on loan with `BEGIN` said.

use std::time::Instant;

use super::{faults::Failure, pool::Leased};
use crate::{
    error::StoreError, patience::SILENCE_LIMIT, row::Row, statement::Statement, value::Value,
};

/// A transaction. Dropping it rolls back.
pub(crate) struct Turn {
    leased: Leased,
    /// When the server last answered. The server counts the silence too, and hangs up.
    spoken_at: Instant,
}

impl Turn {
    pub(super) fn new(leased: Leased) -> Self {
        Self {
            leased,
            spoken_at: Instant::now(),
        }
    }

    pub(crate) async fn read(
        &mut self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        self.still_heard()?;
        let answer = self.leased.read(statement, &params).await;
        self.heard(answer)
    }

    pub(crate) async fn write(
        &mut self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<u64, StoreError> {
        self.still_heard()?;
        let answer = self.leased.write(statement, &params).await;
        self.heard(answer)
    }

    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.still_heard()?;
        let answer = self.leased.commit().await;
        self.heard(answer)
    }

    fn still_heard(&self) -> Result<(), StoreError> {
        if self.spoken_at.elapsed() < SILENCE_LIMIT {
            return Ok(());
        }
        self.leased.give_up();
        Err(StoreError::SilentTooLong)
    }

    fn heard<T>(&mut self, answer: Result<T, Failure>) -> Result<T, StoreError> {
        self.spoken_at = Instant::now();
        answer.map_err(StoreError::from)
    }
}
