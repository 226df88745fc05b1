//! What other people's programs are told when readers are told something, and who they are.
//!
//! Reading order: [`told`] says what happened, in public fields alone; [`patience`] says when to try
//! again; [`webhook`] are addresses that the newsroom's owner gave, each with a log of what was sent;
//! [`hub`] is our WebSub hub, where anybody's program can follow a feed; [`fediverse`] lets people of other
//! servers follow a section.
//!
//! Invariants:
//! - Nothing behind the wall is here: what is told is made of the edition, which holds no body, and of
//!   feeds as anybody reads them.
//! - Nothing is sent while an act or a request waits: rows are written, and jobs send.
//! - What is sent goes through [`courier::Sender`]; a stranger's address is judged there each time.
//! - A job that runs twice sends at most one repeat, which its receiver knows by its id.
//!
//! Not here: when something happened (`newsroom` says so by events), and what a feed looks like.

mod errand;
pub mod fediverse;
pub mod hub;
pub mod patience;
pub mod told;
pub mod webhook;

/// This crate's tables, in the order in which they came.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    of: "syndication",
    steps: &[
        (
            "0001_webhooks",
            include_str!("../migrations/0001_webhooks.sql"),
        ),
        ("0002_hub", include_str!("../migrations/0002_hub.sql")),
        (
            "0003_fediverse",
            include_str!("../migrations/0003_fediverse.sql"),
        ),
    ],
};

/// Every statement of this crate, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static store::Statement> {
    [
        webhook::sql::STATEMENTS,
        hub::sql::STATEMENTS,
        fediverse::sql::STATEMENTS,
    ]
    .concat()
}
