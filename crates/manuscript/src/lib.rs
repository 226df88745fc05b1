//! Manuscripts: the text of a story while it is written, by as many hands as there are.
//!
//! Reading order: [`text`] is the text itself, in memory: it takes **strokes** (small changes, in Yjs's
//! form), answers with what somebody lacks, and becomes the tree that everything else knows. The acts are in
//! [`open`](mod@open), [`append`](mod@append) and [`seal`](mod@seal); [`caret`] says where each hand is.
//!
//! Invariants:
//! - A stroke that was said to be saved is a row: it outlives the process, the power and a crash of any browser.
//! - Strokes come in any order, twice, or late; the text is the same in the end, wherever it is kept.
//! - No word is lost: what somebody typed into a part that somebody else took away at the same time is kept
//!   beside it, where the desk sees it and readers do not.
//! - A manuscript never changes what readers see. It is sealed as a revision, and that can be published.
//!
//! Not here: who is writing at this moment, and how strokes travel (`desk`).

pub mod append;
pub mod caret;
pub mod open;
pub mod seal;
pub(crate) mod sql;
pub mod text;

pub use open::Opened;
pub use text::{Text, Unreadable};

/// The largest stroke that is taken, in bytes: a whole story pasted at once, with room to spare.
pub const LARGEST_STROKE: usize = 4 * 1024 * 1024;

/// This crate's tables, in the order in which they came.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    of: "manuscript",
    steps: &[(
        "0001_manuscript",
        include_str!("../migrations/0001_manuscript.sql"),
    )],
};

/// Every statement of this crate, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static store::Statement> {
    sql::STATEMENTS.to_vec()
}
