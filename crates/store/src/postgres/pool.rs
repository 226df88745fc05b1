//! A few connections, lent one at a time.

use std::{
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{connection::Connection, faults::Failure, server::Server};
use crate::{db::Counts, error::StoreError, patience::TURN_LIMIT};

/// The most connections. More would not write faster on the machines we aim at, and a server has a
/// hundred by default for everybody.
const CONNECTIONS_MOST: usize = 8;

/// The connections of one database.
pub(super) struct Pool {
    server: Server,
    idle: Mutex<Vec<Arc<Connection>>>,
    permits: Arc<Semaphore>,
    commits: AtomicU64,
}

impl Pool {
    pub(super) fn new(server: Server) -> Arc<Self> {
        Arc::new(Self {
            server,
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(CONNECTIONS_MOST)),
            commits: AtomicU64::new(0),
        })
    }

    /// Lends a connection, a fresh one if none is idle.
    pub(super) async fn lease(self: &Arc<Self>) -> Result<Leased, StoreError> {
        let permit = match timeout(TURN_LIMIT, Arc::clone(&self.permits).acquire_owned()).await {
            Ok(Ok(permit)) => permit,
            Ok(Err(_)) => return Err(StoreError::Closed),
            Err(_) => {
                let why = "every connection is in use, and none came free in time";
                return Err(StoreError::Unavailable(why.into()));
            }
        };
        let connection = match self.take_idle() {
            Some(connection) => connection,
            None => Arc::new(Connection::open(&self.server).await?),
        };
        let permit = Some(permit);
        Ok(Leased {
            connection,
            pool: Arc::clone(self),
            in_transaction: false,
            permit,
        })
    }

    pub(super) fn close(&self) {
        self.permits.close();
        self.idle().clear();
    }

    pub(super) fn counts(&self) -> Counts {
        let commits = self.commits.load(Ordering::Relaxed);
        Counts {
            transactions: commits,
            commits,
        }
    }

    fn take_idle(&self) -> Option<Arc<Connection>> {
        let mut idle = self.idle();
        // Closed while idle: the server was restarted, most likely.
        idle.retain(|connection| !connection.is_broken());
        idle.pop()
    }

    fn put_back(&self, connection: Arc<Connection>) {
        if !connection.is_broken() && !self.permits.is_closed() {
            self.idle().push(connection);
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan. Dropping it inside a transaction rolls that back first.
pub(super) struct Leased {
    connection: Arc<Connection>,
    pool: Arc<Pool>,
    in_transaction: bool,
    /// Given back with the connection, not before.
    permit: Option<OwnedSemaphorePermit>,
}

impl Leased {
    /// Begins a transaction that may write.
    pub(super) async fn begin(&mut self) -> Result<(), Failure> {
        self.in_transaction = true;
        self.batch("BEGIN READ WRITE").await
    }

    /// Commits. The caller knows that no statement has failed: PostgreSQL answers the `COMMIT` of a
    /// failed transaction with success and a rollback.
    pub(super) async fn commit(&mut self) -> Result<(), Failure> {
        self.batch("COMMIT").await?;
        self.in_transaction = false;
        self.pool.commits.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

impl Drop for Leased {
    fn drop(&mut self) {
        let (connection, pool) = (Arc::clone(&self.connection), Arc::clone(&self.pool));
        if !self.in_transaction {
            return pool.put_back(connection);
        }
        // Without a runtime there is nobody to say ROLLBACK; the server does so itself when the
        // connection goes.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let permit = self.permit.take();
        runtime.spawn(async move {
            if connection.batch("ROLLBACK").await.is_ok() {
                pool.put_back(connection);
            }
            drop(permit);
        });
    }
}

impl Deref for Leased {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}
