//! The door for every act of staff and machines: JSON under `/api/v1`, by session or bearer token.
//!
//! Reading order: [`mod@doors`] is the sheet of every address; [`door`] tells who came, [`acting`] who
//! acts, [`write`](mod@write) what was sent; [`idempotency`] does a repeated write once. Then one file for each
//! resource, with the act as a noun: [`stories`] and below it publication, withdrawal, corrections
//! and revisions; [`mod@front`]; [`trust_pages`]; [`sections`]; [`pictures`]; [`people`]; [`topics`]; [`running_stories`]
//! with their live entries; [`session`], [`enrolment`] and [`tokens`]; [`webhooks`] and [`embeds`]; and [`openapi`], which describes
//! it all. [`paging`] takes lists a page at a time. [`face`] is what a story looks like from outside.
//!
//! Not here: newsroom rules and any table but [`idempotency`]'s own. Nowhere else in the house is
//! there a type that is made to be written out as JSON for the public.

pub mod acting;
pub mod address;
mod current;
pub mod door;
pub mod doors;
pub mod embeds;
pub mod enrolment;
pub mod face;
pub mod fields;
pub mod front;
pub mod idempotency;
pub mod openapi;
pub mod paging;
pub mod people;
pub mod pictures;
pub mod running_stories;
pub mod sections;
pub mod session;
pub mod state;
pub mod stories;
pub mod tasks;
pub mod tokens;
pub mod topics;
pub mod trust_pages;
pub mod webhooks;
pub mod write;

pub use doors::{ROWS, doors, rows};
pub use state::{Api, Identity, Opening};

/// This crate's tables, in the order in which they came.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    of: "api",
    steps: &[("0001_api", include_str!("../migrations/0001_api.sql"))],
};

/// Every statement of this crate, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static store::Statement> {
    idempotency::sql::STATEMENTS.to_vec()
}
