//! One process at a time: a lock beside the file that the system drops when its holder dies.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use super::faults::explain_io;
use crate::error::StoreError;

/// The lock on one SQLite file, held until dropped or until the process ends, however it ends.
///
/// SQLite itself would let a second writer in; but its group commits, checkpoints and our counts
/// assume to be the only one (PROOFS, decision 2).
pub(super) struct FileLock {
    _file: File,
}

impl FileLock {
    /// Takes the lock, or says who holds it.
    pub(super) fn take(database: &Path) -> Result<Self, StoreError> {
        let path = beside(database);
        let failed = |error| explain_io("locking", &path, &error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(database, &mut file)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        sign(&mut file).map_err(failed)?;
        Ok(Self { _file: file })
    }
}

fn beside(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}

fn sign(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "{}", std::process::id())
}

fn held(database: &Path, file: &mut File) -> StoreError {
    let mut holder = String::new();
    // An unreadable signature only makes the message poorer.
    let _ = file.read_to_string(&mut holder);
    let holder = match holder.trim() {
        "" => "another process".to_owned(),
        number => format!("process {number}"),
    };
    StoreError::Held(format!("{} is in use by {holder}", database.display()))
}
