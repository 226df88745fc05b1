//! The shelf: files kept under the hash of what is in them, for what is too large for a row.
//!
//! A file is there whole or not at all, and it is what its name says: both are checked, the one by writing it aside
//! and renaming it, the other by hashing what is read. No name comes from outside: whoever asks for a file brings a
//! [`struct@Hash`], which is 32 bytes and nothing else. [`LocalShelf`] keeps them in a folder; a shelf elsewhere is another
//! implementation of [`Shelf`].

mod local;

use std::{fmt, future::Future, pin::Pin, str::FromStr};

use base::{Fault, Instant};
use sha2::{Digest, Sha256};
use thiserror::Error;

pub use local::{Incoming, LocalShelf};

/// What a shelf answers with, later.
pub type Shelving<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// Where files are kept by what is in them.
pub trait Shelf: Send + Sync {
    /// Keeps these bytes, and answers only when they would survive a power cut. What is there already stays.
    fn put(&self, bytes: Vec<u8>) -> Shelving<'_, Hash>;

    /// The file's bytes, hashed on the way; nothing where there is none.
    ///
    /// A file that is no longer what its name says is a fault, and is never handed out.
    fn get(&self, hash: Hash) -> Shelving<'_, Option<Vec<u8>>>;

    /// Takes a file away; nothing happens where there is none.
    fn remove(&self, hash: Hash) -> Shelving<'_, ()>;

    /// Everything that is there, in no order.
    fn list(&self) -> Shelving<'_, Vec<Kept>>;
}

/// A file on a shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What is in it.
    pub hash: Hash,
    /// When it came.
    pub since: Instant,
    /// How many bytes it has.
    pub bytes: u64,
}

/// SHA-256 of a file's bytes, which is its name; written in 64 small hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash([u8; 32]);

/// The text was no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a hash is 64 small hexadecimal digits")]
pub struct NotAHash;

/// The shelf cannot be reached or did not answer. The same call may succeed later.
#[derive(Clone, Debug, Error)]
#[error("the shelf is unavailable: {0}")]
pub struct Away(pub String);

impl Hash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash that these 32 bytes are; nothing where there are more or fewer.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes, for the database.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 64 || !text.bytes().all(is_digit) {
            return Err(NotAHash);
        }
        let mut bytes = [0; 32];
        for (nth, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * nth..2 * nth + 2], 16).map_err(|_| NotAHash)?;
        }
        Ok(Self(bytes))
    }
}

impl crate::IntoValue for Hash {
    fn into_value(self) -> crate::Value {
        crate::Value::Blob(self.0.to_vec())
    }
}

impl crate::FromValue for Hash {
    fn from_value(value: &crate::Value) -> Result<Self, &'static str> {
        let bytes = Vec::<u8>::from_value(value)?;
        Self::from_bytes(&bytes).ok_or("a hash of 32 bytes")
    }
}

#[cfg(test)]
mod tests;
