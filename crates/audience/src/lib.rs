//! Who reads, as far as we need to know it, which is little.
//!
//! Reading order: [`meter`] decides whether an unknown reader may read one story more, [`crawler`]
//! tells a search engine from somebody who says so, and [`reader`] knows registered readers by an
//! opaque session.
//!
//! Invariants:
//! - A reader does not know what is written: no newsroom word, no story but by its id in passing.
//! - **No reading history, anywhere** (W-11). Nothing here stores, logs or counts who read what: the
//!   meter's count lies with the reader, sealed so that it can only be counted; its marks cannot be
//!   compared between readers; the allowance counts networks under a key that dies with the day; the
//!   crawlers' cache holds no addresses that were asked for; a session row names no story. Whoever adds
//!   a table or a log line here keeps it so.
//! - The meter's and the crawlers' decisions are pure functions; the clock, the database and the
//!   domain name system stay outside them.

pub mod crawler;
pub mod meter;
pub mod reader;

/// This crate's tables, in the order in which they came.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    of: "audience",
    steps: &[(
        "0001_readers",
        include_str!("../migrations/0001_readers.sql"),
    )],
};

/// Every statement of this crate, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static store::Statement> {
    reader::sql::STATEMENTS.to_vec()
}
