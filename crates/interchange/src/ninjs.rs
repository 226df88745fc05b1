//! ninjs of the IPTC: versions 1.0 to 3.1 in, 3.1 out.
//!
//! [`upgrade`] puts an item of any generation into the names of 3.1, [`item`] makes a story of that, [`mod@write`]
//! makes a document of a story. Wire copy waits for the desk: every item that may be used comes in as a draft.
//! The document is kept whole beside its story, and what nobody changed here goes out as it came in.

pub mod item;
pub mod read;
pub mod upgrade;
pub mod write;

pub use read::{read, read_folder};

/// Bytes of one file. A day of an agency's text with its associations has a few dozen megabytes.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;
/// Items of one import.
pub const MAX_ITEMS: usize = 200_000;
/// Files looked at in a folder, with the folders in it.
pub const MAX_FILES: usize = 200_000;
/// Folders within folders.
pub const MAX_DEPTH: usize = 32;
/// Under which name the document, in the names of 3.1, is kept beside its story.
pub const KEPT: &str = "ninjs";
/// By which the keys of stories that came so are told apart from others.
pub const SOURCE: &str = "ninjs";

#[cfg(test)]
mod tests;
