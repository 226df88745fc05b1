//! The one thread that writes, and group commit: those who wait together are kept together.
//!
//! Each transaction is a savepoint inside a real transaction. When the queue is empty, or the group
//! is as large or as old as it may get, one commit (one wait for the disk) keeps them all, and only
//! then is anybody told.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
        mpsc::RecvTimeoutError,
    },
    time::{Duration, Instant},
};

use rusqlite::{Connection, Error, hooks::Wal};
use tokio::sync::mpsc;

use super::{
    faults::{explain, is_disk_failing, is_disk_full},
    lock::FileLock,
    run::{self, Failure},
    tally::Tally,
    wire::{Answer, Ask, Begin, Request},
};
use crate::{condition::Condition, error::StoreError, patience::SILENCE_LIMIT};

/// The most transactions that share a commit: the first of them waits for the last.
const GROUP_MOST: usize = 128;

/// The longest a group may gather, in milliseconds, for the same reason.
const GROUP_LONGEST: Duration = Duration::from_millis(20);

/// How long the write-ahead log may grow before it is folded into the file, in pages of 4 KiB.
const LOG_PAGES_MOST: i32 = 1000;

/// The writer thread's own things.
pub(super) struct Writer {
    connection: Connection,
    queue: mpsc::Receiver<Request>,
    condition: Condition,
    tally: Tally,
    log_pages: Arc<AtomicI32>,
    // Last, so that the file is let go after its connection is closed.
    _lock: FileLock,
}

/// What became of one turn.
enum Ended {
    /// Released into the group; waits for the group's commit.
    Waiting(Answer<()>),
    /// Rolled back, and the group is none the worse.
    RolledBack,
    /// SQLite has rolled back the whole group by itself.
    TookTheGroupDown(StoreError),
}

impl Writer {
    pub(super) fn new(
        mut connection: Connection,
        lock: FileLock,
        queue: mpsc::Receiver<Request>,
        condition: Condition,
        tally: Tally,
    ) -> Result<Self, StoreError> {
        let log_pages = Arc::new(AtomicI32::new(0));
        let counted = Arc::clone(&log_pages);
        let count = move |_: &mut Wal, pages| {
            counted.store(pages, Ordering::Relaxed);
            Ok(())
        };
        connection.wal_hook(Some(count)).map_err(explain)?;
        Ok(Self {
            connection,
            queue,
            condition,
            tally,
            log_pages,
            _lock: lock,
        })
    }

    /// Serves until told to close or until nobody can ask any more.
    pub(super) fn run(mut self) {
        while let Some(Request::Begin(first)) = self.queue.blocking_recv() {
            let is_last = self.serve_group(first);
            self.checkpoint_when_long();
            if is_last {
                break;
            }
        }
        if self.condition.check().is_ok() {
            self.checkpoint("TRUNCATE");
        }
    }

    /// Serves `first` and those queued behind it, then keeps them all. Answers whether to close.
    fn serve_group(&mut self, first: Begin) -> bool {
        if let Err(error) = self.open_group() {
            let _ = first.granted.send(Err(error));
            return false;
        }
        let since = Instant::now();
        let (mut waiting, mut served, mut is_last) = (Vec::new(), 0, false);
        let mut next = Some(first);
        while let Some(begin) = next.take() {
            served += 1;
            match self.serve(begin) {
                Ended::Waiting(answer) => waiting.push(answer),
                Ended::RolledBack => {}
                Ended::TookTheGroupDown(error) => {
                    refuse_all(waiting, &error);
                    return false;
                }
            }
            if served < GROUP_MOST && since.elapsed() < GROUP_LONGEST {
                match self.queue.try_recv() {
                    Ok(Request::Begin(begin)) => next = Some(begin),
                    Ok(Request::Close) => is_last = true,
                    Err(_) => {}
                }
            }
        }
        self.keep_group(waiting);
        is_last
    }

    fn open_group(&self) -> Result<(), StoreError> {
        self.condition.check()?;
        self.connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(|error| self.judged(error))
    }

    /// Serves one transaction from its savepoint to its end.
    fn serve(&mut self, begin: Begin) -> Ended {
        if begin.granted.is_closed() {
            return Ended::RolledBack;
        }
        if let Err(error) = self.connection.execute_batch("SAVEPOINT turn") {
            return Ended::TookTheGroupDown(self.undo_group(error));
        }
        // An error here means that nobody waits any more: the wire is cut too, and we roll back.
        let _ = begin.granted.send(Ok(()));
        loop {
            let asked = begin.heard.recv_timeout(SILENCE_LIMIT);
            match asked {
                Ok(Ask::Read {
                    statement,
                    params,
                    answer,
                }) => {
                    let read = run::read(&self.connection, statement, &params);
                    if let Some(ended) = self.tell(read, answer) {
                        return ended;
                    }
                }
                Ok(Ask::Write {
                    statement,
                    params,
                    answer,
                }) => {
                    let written = run::write(&self.connection, statement, &params);
                    if let Some(ended) = self.tell(written, answer) {
                        return ended;
                    }
                }
                Ok(Ask::Commit { answer }) => return self.release(answer),
                Err(RecvTimeoutError::Timeout) => {
                    tracing::warn!(
                        seconds = SILENCE_LIMIT.as_secs(),
                        "rolled back a transaction that was silent"
                    );
                    return self.roll_back();
                }
                Err(RecvTimeoutError::Disconnected) => return self.roll_back(),
            }
        }
    }

    /// Passes an answer on. Some failures make SQLite roll back everything: then the group has ended.
    fn tell<T>(&self, result: Result<T, Failure>, answer: Answer<T>) -> Option<Ended> {
        let failure = match result {
            Ok(told) => {
                let _ = answer.send(Ok(told));
                return None;
            }
            Err(failure) => failure,
        };
        let lost_group = self.connection.is_autocommit();
        let (told, ended) = match failure {
            Failure::Theirs(error) if is_disk_failing(&error) => {
                let ended = Ended::TookTheGroupDown(self.undo_group(error));
                (self.condition.check().err(), Some(ended))
            }
            Failure::Theirs(error) if lost_group => {
                let why = explain(error).to_string();
                let ended = Ended::TookTheGroupDown(StoreError::Unavailable(why.clone()));
                (Some(StoreError::Unavailable(why)), Some(ended))
            }
            failure => (Some(failure.into()), None),
        };
        let _ = answer.send(Err(told.unwrap_or(StoreError::Closed)));
        ended
    }

    fn release(&self, answer: Answer<()>) -> Ended {
        match self.connection.execute_batch("RELEASE turn") {
            Ok(()) => Ended::Waiting(answer),
            Err(error) => {
                let error = self.undo_group(error);
                let _ = answer.send(Err(repeat(&error)));
                Ended::TookTheGroupDown(error)
            }
        }
    }

    fn roll_back(&self) -> Ended {
        match self
            .connection
            .execute_batch("ROLLBACK TO turn; RELEASE turn")
        {
            Ok(()) => Ended::RolledBack,
            Err(error) => Ended::TookTheGroupDown(self.undo_group(error)),
        }
    }

    /// Keeps the group and tells everybody, or tells everybody that it was not kept.
    fn keep_group(&self, waiting: Vec<Answer<()>>) {
        if waiting.is_empty() {
            if let Err(error) = self.connection.execute_batch("ROLLBACK") {
                self.judged(error);
            }
            return;
        }
        match self.connection.execute_batch("COMMIT") {
            Ok(()) => {
                self.tally.add(waiting.len());
                for answer in waiting {
                    let _ = answer.send(Ok(()));
                }
            }
            Err(error) => refuse_all(waiting, &self.commit_failed(error)),
        }
    }

    /// A full disk is undone and told; after anything else nobody knows what is on the disk (F-20).
    fn commit_failed(&self, error: Error) -> StoreError {
        if !is_disk_full(&error) {
            self.condition.give_up(&error.to_string());
            return self.condition.check().err().unwrap_or(StoreError::Closed);
        }
        self.undo_group(error)
    }

    /// Rolls back the real transaction because of `error`, and says what to tell.
    fn undo_group(&self, error: Error) -> StoreError {
        if !self.connection.is_autocommit()
            && let Err(worse) = self.connection.execute_batch("ROLLBACK")
        {
            self.condition.give_up(&worse.to_string());
        }
        self.judged(error)
    }

    /// Gives the database up if the disk is failing.
    fn judged(&self, error: Error) -> StoreError {
        if is_disk_failing(&error) {
            self.condition.give_up(&error.to_string());
            return self.condition.check().err().unwrap_or(StoreError::Closed);
        }
        explain(error)
    }

    fn checkpoint_when_long(&self) {
        let is_long = self.log_pages.load(Ordering::Relaxed) >= LOG_PAGES_MOST;
        if is_long && self.condition.check().is_ok() {
            self.checkpoint("PASSIVE");
        }
    }

    fn checkpoint(&self, how: &str) {
        let done = self
            .connection
            .pragma(None, "wal_checkpoint", how, |_| Ok(()));
        match done {
            Err(error) if is_disk_failing(&error) => {
                self.judged(error);
            }
            // A full disk, or a reader in the way: the log stays longer, and the next turn tries again.
            Err(error) => tracing::warn!(%error, "the write-ahead log could not be folded in"),
            Ok(()) => {}
        }
    }
}

/// A writer that panicked has left a group half done: nobody may go on as if it had not.
impl Drop for Writer {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.condition
                .give_up("the thread that writes has panicked");
        }
    }
}

fn refuse_all(waiting: Vec<Answer<()>>, error: &StoreError) {
    for answer in waiting {
        let _ = answer.send(Err(repeat(error)));
    }
}

/// The same word to each: the database could not keep the group.
fn repeat(error: &StoreError) -> StoreError {
    match error {
        StoreError::Unusable(why) => StoreError::Unusable(why.clone()),
        other => StoreError::Unavailable(format!(
            "the transactions that were waiting together were rolled back, nothing was kept: {other}"
        )),
    }
}
