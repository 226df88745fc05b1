//! A transaction as its holder sees it: a wire to the writer thread.

use std::sync::mpsc as wire;

use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use super::wire::{Ask, Begin, Request};
use crate::{
    condition::Condition, error::StoreError, patience::ANSWER_LIMIT, row::Row,
    statement::Statement, value::Value,
};

/// A turn at the writer. Dropping it hangs up, and the writer rolls back.
pub(crate) struct Turn {
    asks: wire::Sender<Ask>,
    /// Tells a writer that has gone from one that has lost patience.
    requests: mpsc::Sender<Request>,
    condition: Condition,
}

impl Turn {
    /// Queues for the writer and waits until it listens.
    pub(super) async fn wait_for(
        requests: &mpsc::Sender<Request>,
        condition: &Condition,
    ) -> Result<Self, StoreError> {
        let (asks, heard) = wire::channel();
        let (granted, grant) = oneshot::channel();
        let request = Request::Begin(Begin { granted, heard });
        requests
            .send(request)
            .await
            .map_err(|_| StoreError::Closed)?;
        grant.await.map_err(|_| StoreError::Closed)??;
        Ok(Self {
            asks,
            requests: requests.clone(),
            condition: condition.clone(),
        })
    }

    pub(crate) async fn read(
        &mut self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        self.ask(|answer| Ask::Read {
            statement,
            params,
            answer,
        })
        .await
    }

    pub(crate) async fn write(
        &mut self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<u64, StoreError> {
        self.ask(|answer| Ask::Write {
            statement,
            params,
            answer,
        })
        .await
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.ask(|answer| Ask::Commit { answer }).await
    }

    async fn ask<T>(
        &self,
        question: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> Ask,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.asks
            .send(question(answer))
            .map_err(|_| self.hung_up())?;
        match timeout(ANSWER_LIMIT, answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(self.hung_up()),
            Err(_) => Err(StoreError::Unavailable(
                "the disk did not answer in time".into(),
            )),
        }
    }

    /// Why the writer no longer listens.
    fn hung_up(&self) -> StoreError {
        if let Err(error) = self.condition.check() {
            return error;
        }
        if self.requests.is_closed() {
            return StoreError::Closed;
        }
        StoreError::SilentTooLong
    }
}
