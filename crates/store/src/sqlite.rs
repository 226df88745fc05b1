//! SQLite: one thread that writes, a few that read, each with a connection of its own.

mod connection;
mod faults;
mod lock;
mod migrating;
mod reader;
mod run;
mod tally;
#[cfg(test)]
mod tests;
mod turn;
mod wire;
mod writer;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

use base::Instant;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

pub(crate) use self::turn::Turn;
use self::{lock::FileLock, reader::Errand, tally::Tally, wire::Request, writer::Writer};
use crate::{
    condition::Condition,
    db::Counts,
    error::StoreError,
    migrate::Migrations,
    patience::{ANSWER_LIMIT, READS_WAITING_MOST, TURN_LIMIT, WRITERS_WAITING_MOST},
    row::Row,
    statement::Statement,
    value::Value,
};

/// How many threads read, each with its connection and page cache.
const READERS: usize = 4;

/// How long a whole check of the file may take, in seconds: it reads every page.
const CHECK_LIMIT: Duration = Duration::from_secs(3600);

/// One SQLite file, open.
pub(crate) struct Sqlite {
    errands: mpsc::Sender<Errand>,
    /// None when the file was opened for reading only.
    requests: Option<mpsc::Sender<Request>>,
    condition: Condition,
    tally: Tally,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// Opens the file for this process alone, migrates it, and starts the threads.
pub(crate) async fn open(
    path: PathBuf,
    migrations: Vec<Migrations>,
    now: Instant,
) -> Result<Sqlite, StoreError> {
    away(move || {
        let lock = FileLock::take(&path)?;
        connection::make_private(&path)?;
        let mut to_write = connection::to_write(&path)?;
        migrating::migrate(&mut to_write, &migrations, now)?;
        Sqlite::start(&path, Some((to_write, lock)))
    })
    .await
}

/// Opens the file beside whoever has it open, to look only.
pub(crate) async fn open_read_only(path: PathBuf) -> Result<Sqlite, StoreError> {
    away(move || {
        if !path.exists() {
            return Err(StoreError::Place(format!(
                "there is no file {}: look at the settings, or restore it from a backup",
                path.display()
            )));
        }
        Sqlite::start(&path, None)
    })
    .await
}

impl Sqlite {
    fn start(
        path: &Path,
        writing: Option<(rusqlite::Connection, FileLock)>,
    ) -> Result<Self, StoreError> {
        let condition = Condition::sound();
        let tally = Tally::default();
        let mut threads = Vec::new();
        let requests = match writing {
            Some((connection, lock)) => {
                let (requests, queue) = mpsc::channel(WRITERS_WAITING_MOST);
                let writer =
                    Writer::new(connection, lock, queue, condition.clone(), tally.clone())?;
                threads.push(thread("store-writer", move || writer.run())?);
                Some(requests)
            }
            None => None,
        };
        let (errands, queue) = mpsc::channel(READS_WAITING_MOST);
        let queue = reader::shared(queue);
        for _ in 0..READERS {
            let connection = connection::to_read(path)?;
            let queue = queue.clone();
            threads.push(thread("store-reader", move || {
                reader::run(connection, &queue)
            })?);
        }
        Ok(Self {
            errands,
            requests,
            condition,
            tally,
            threads: Mutex::new(threads),
        })
    }

    pub(crate) async fn read(
        &self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.send(Errand::Read {
            statement,
            params,
            answer,
        })
        .await?;
        answer_of(answered, ANSWER_LIMIT).await
    }

    pub(crate) async fn prepare(&self, statement: &'static Statement) -> Result<(), StoreError> {
        let (answer, answered) = oneshot::channel();
        self.send(Errand::Prepare { statement, answer }).await?;
        answer_of(answered, ANSWER_LIMIT).await
    }

    pub(crate) async fn check(&self) -> Result<Vec<String>, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.send(Errand::Check { answer }).await?;
        answer_of(answered, CHECK_LIMIT).await
    }

    pub(crate) async fn begin(&self) -> Result<Turn, StoreError> {
        self.condition.check()?;
        let requests = self.requests.as_ref().ok_or(StoreError::Closed)?;
        timeout(TURN_LIMIT, Turn::wait_for(requests, &self.condition))
            .await
            .unwrap_or_else(|_| {
                Err(StoreError::Unavailable(
                    "no turn to write came in time".into(),
                ))
            })
    }

    pub(crate) async fn close(&self) {
        if let Some(requests) = &self.requests {
            // An error means that the writer has gone already.
            let _ = requests.send(Request::Close).await;
        }
        for _ in 0..READERS {
            let _ = self.errands.send(Errand::Close).await;
        }
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let joined = away(move || {
            for thread in threads {
                let _ = thread.join();
            }
            Ok(())
        });
        let _ = joined.await;
    }

    pub(crate) fn counts(&self) -> Counts {
        self.tally.counts()
    }

    pub(crate) fn condition(&self) -> &Condition {
        &self.condition
    }

    async fn send(&self, errand: Errand) -> Result<(), StoreError> {
        self.condition.check()?;
        match timeout(TURN_LIMIT, self.errands.send(errand)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(StoreError::Closed),
            Err(_) => Err(StoreError::Unavailable("too many reads are waiting".into())),
        }
    }
}

async fn answer_of<T>(
    answered: oneshot::Receiver<Result<T, StoreError>>,
    limit: Duration,
) -> Result<T, StoreError> {
    match timeout(limit, answered).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(StoreError::Closed),
        Err(_) => Err(StoreError::Unavailable(
            "the file did not answer in time".into(),
        )),
    }
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|error| StoreError::Unavailable(format!("no thread could be started: {error}")))
}

/// Runs work that waits for the disk where it holds up nobody.
async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or(Err(StoreError::Closed))
}

/// The version of the SQLite that is built in; 3.51.3 is the oldest that does not risk the log.
pub fn version() -> &'static str {
    rusqlite::version()
}
