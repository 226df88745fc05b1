//! The database and what must commit with it: one SQL text, two engines.
//!
//! Reading order: [`statements!`] registers SQL, [`params!`] and [`Row`] carry values in and out,
//! [`Db`] reads and begins a [`Tx`], [`migrate`] brings tables up to date, and [`outbox`] and
//! [`jobs`] are the two promises that commit together with whatever made them. [`shelf`] keeps files too
//! large for a row, by what is in them.
//!
//! Invariants:
//! - Nobody else names an engine. The two folders `sqlite` and `postgres` are the only places that
//!   import a driver, and [`Db::engine`] is for diagnostics, never for a decision.
//! - SQL is written in statics, never put together at run time.
//! - [`Tx::commit`] answers `Ok` only when the rows would survive a power cut.
//! - A statement that fails spoils its transaction on both engines alike: all of it happens, or none.
//! - A failed commit of a SQLite file is never tried again: the database says it is unusable, and
//!   whoever runs the process is expected to end it (see [`Db::until_unusable`]).
//!
//! Not here: any table but the store's own (`store_migration`, `outbox_event`, `job`).

mod bell;
mod condition;
mod db;
mod error;
pub mod jobs;
pub mod migrate;
pub mod outbox;
pub mod patience;
mod place;
mod postgres;
mod row;
pub mod shelf;
mod sql;
mod sqlite;
mod statement;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;

pub use bell::Bell;
pub use db::{Counts, Db, Engine};
pub use error::{StoreError, is_duplicate, is_held, is_unavailable};
pub use migrate::Migrations;
pub use place::Place;
pub use row::{FromValue, Row};
pub use sql::{MIGRATIONS, STATEMENTS};
pub use sqlite::version as sqlite_version;
pub use statement::Statement;
pub use tx::Tx;
pub use value::{IntoValue, Value};
