//! A running story as it comes from elsewhere.

use base::{Document, Instant, Language};

/// A running story with its live entries.
#[derive(Clone, Debug, Default)]
pub struct IncomingRunning {
    /// Stable between runs: the path of its file.
    pub source_key: String,
    /// What stories name it by, and what readers see.
    pub name: String,
    /// Words for the address, not yet a slug.
    pub slug: String,
    /// What it is about, in a sentence or two.
    pub summary: Option<String>,
    /// The text above the entries.
    pub body: Document,
    /// The language where the file tells it.
    pub language: Option<Language>,
    /// Entries in the order of the file.
    pub entries: Vec<IncomingEntry>,
    /// Whatever else the file said.
    pub kept: serde_json::Map<String, serde_json::Value>,
}

/// One live entry.
#[derive(Clone, Debug)]
pub struct IncomingEntry {
    /// When it was posted.
    pub at: Instant,
    /// Its title; may be empty.
    pub title: String,
    /// Its text.
    pub body: Document,
    /// Whether it is one of the key moments.
    pub key: bool,
    /// Whether it stays on top.
    pub pinned: bool,
    /// Who wrote it: the `by:` line under its heading.
    pub byline: Option<String>,
    /// How sure it is, as the file writes it (`status:`): `confirmed`, `corrected`.
    pub status: Option<String>,
}
