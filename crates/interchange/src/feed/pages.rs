//! Where the pages of a feed come from: a file, or whoever fetches them.

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
};

use super::MAX_PAGE;
use crate::incoming::Unread;

/// A page as it came.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its address in the end, absolute; empty for a file.
    pub address: String,
    /// The encoding that the server named.
    pub charset: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Where the pages of a feed come from.
pub trait Pages {
    /// The page that was asked for.
    ///
    /// # Errors
    /// When it cannot be had, with the reason for the person who asked.
    fn first(&mut self) -> Result<Sheet, Unread>;

    /// A further page, by the address that the one before names; `None` where none are fetched.
    ///
    /// # Errors
    /// As for [`Pages::first`].
    fn further(&mut self, address: &str) -> Result<Option<Sheet>, Unread>;
}

impl Pages for PathBuf {
    fn first(&mut self) -> Result<Sheet, Unread> {
        let bytes = read_file(self).map_err(|error| {
            Unread::Refused(format!("{} cannot be read: {error}", self.display()))
        })?;
        Ok(Sheet {
            bytes,
            ..Sheet::default()
        })
    }

    fn further(&mut self, _: &str) -> Result<Option<Sheet>, Unread> {
        Ok(None)
    }
}

/// One byte more than is allowed is read, so that too much is seen as too much.
fn read_file(path: &PathBuf) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = MAX_PAGE as u64 + 1;
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
