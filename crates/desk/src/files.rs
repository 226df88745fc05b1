//! The built desk: every file as a page, ready in each coding.

use std::{collections::HashMap, sync::Arc};

use base::Fault;
use bytes::Bytes;
use web::{Effort, Kind, Page, Row};

use crate::rows;

/// The folder whose files carry a hash in their names.
pub const ASSETS: &str = "assets/";
/// The page in which the desk runs.
const INDEX: &str = "index.html";
/// Names and bytes, written by `build.rs`.
static BUILT: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The desk's files. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files {
    index: Arc<Page>,
    files: Arc<HashMap<&'static str, Arc<Page>>>,
}

impl Files {
    /// Compresses every file; about half a megabyte.
    ///
    /// # Errors
    /// A fault when the program was built without the desk's page.
    pub fn open() -> Result<Self, Fault> {
        let ready = |(name, bytes): &(&'static str, &'static [u8])| (*name, ready(name, bytes));
        let files: HashMap<_, _> = BUILT.iter().map(ready).collect();
        let index = files.get(INDEX).cloned();
        Ok(Self {
            index: index.ok_or_else(|| Fault::new("the built desk has no index.html"))?,
            files: Arc::new(files),
        })
    }

    /// The page in which the desk runs.
    pub fn page(&self) -> Arc<Page> {
        Arc::clone(&self.index)
    }

    /// The file of this name below `/desk/`.
    pub fn find(&self, name: &str) -> Option<Arc<Page>> {
        self.files.get(name).cloned()
    }
}

fn ready(name: &str, bytes: &'static [u8]) -> Arc<Page> {
    let row: &Row = match name.starts_with(ASSETS) {
        true => &rows::DESK_ASSET,
        false => &rows::DESK_PAGE,
    };
    let kind = match name.rsplit('.').next() {
        // The licences, which a person may want to read.
        Some("md") => Kind::Text,
        _ => Kind::of_name(name),
    };
    Page::new(row, kind, Bytes::from_static(bytes), Effort::Keep).shared()
}
