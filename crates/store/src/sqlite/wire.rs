//! What goes over the wire between whoever wants to write and the thread that does.

use std::sync::mpsc::Receiver;

use tokio::sync::oneshot;

use crate::{error::StoreError, row::Row, statement::Statement, value::Value};

/// Where one answer goes.
pub(super) type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

/// What the writer's queue holds.
pub(super) enum Request {
    Begin(Begin),
    Close,
}

/// Somebody who wants to write.
pub(super) struct Begin {
    pub(super) granted: Answer<()>,
    pub(super) heard: Receiver<Ask>,
}

/// What the holder of a turn can ask.
pub(super) enum Ask {
    Read {
        statement: &'static Statement,
        params: Vec<Value>,
        answer: Answer<Vec<Row>>,
    },
    Write {
        statement: &'static Statement,
        params: Vec<Value>,
        answer: Answer<u64>,
    },
    Commit {
        answer: Answer<()>,
    },
}
