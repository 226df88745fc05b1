//! What a newsroom knows and does: stories and their revisions, running stories, people, sections,
//! staff, and the *edition*, the published picture of it all, held in memory.
//!
//! Reading order: [`story`] (a story, its fields, and the acts upon it, one file each),
//! [`visible`] (who may see which part of a body), [`section`], [`person`], [`topic`], [`running`],
//! [`trust`], [`front`], [`picture`], [`mod@frame`], [`task`] (what the desk is to look at), [`edition`] (what is public
//! at this moment), [`staff`] (who may act).
//!
//! Invariants:
//! - A story does not know who reads it: nothing here names a reader.
//! - A state with a who and a when is a row: publication, withdrawal, schedule.
//! - The body behind the opening leaves only through [`visible::visible_body`].
//! - The edition holds no body at all.

pub mod alias;
pub mod by;
pub mod edition;
pub mod frame;
pub mod front;
mod history;
pub mod opener;
pub mod person;
pub mod picture;
pub mod reading;
pub mod running;
pub mod section;
pub mod staff;
pub mod story;
pub mod task;
pub mod topic;
pub mod trust;
pub mod visible;

pub use by::By;
pub use edition::Edition;

/// This crate's tables, in the order in which they came.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    of: "newsroom",
    steps: &[
        (
            "0001_newsroom",
            include_str!("../migrations/0001_newsroom.sql"),
        ),
        ("0002_acts", include_str!("../migrations/0002_acts.sql")),
        (
            "0003_furniture",
            include_str!("../migrations/0003_furniture.sql"),
        ),
        (
            "0004_pictures",
            include_str!("../migrations/0004_pictures.sql"),
        ),
        ("0005_doors", include_str!("../migrations/0005_doors.sql")),
        (
            "0006_picture_addresses",
            include_str!("../migrations/0006_picture_addresses.sql"),
        ),
        ("0007_tasks", include_str!("../migrations/0007_tasks.sql")),
        ("0008_frames", include_str!("../migrations/0008_frames.sql")),
    ],
};

/// Every statement of this crate, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static store::Statement> {
    [
        story::sql::STATEMENTS,
        section::sql::STATEMENTS,
        person::sql::STATEMENTS,
        picture::sql::STATEMENTS,
        task::sql::STATEMENTS,
        frame::sql::STATEMENTS,
        running::sql::STATEMENTS,
        alias::sql::STATEMENTS,
        history::sql::STATEMENTS,
        topic::sql::STATEMENTS,
        trust::sql::STATEMENTS,
        front::sql::STATEMENTS,
        edition::sql::STATEMENTS,
        staff::sql::STATEMENTS,
    ]
    .concat()
}
