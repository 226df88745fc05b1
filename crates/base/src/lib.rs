//! Values without I/O: what every other crate speaks in.
//!
//! Reading order: [`id`] names a row, [`clock`] says when, [`language`] says how text runs,
//! [`slug`] makes an address out of words, [`document`] is the body of a story, and
//! [`no`] holds the two kinds of no: a [`Refusal`] for the person, a [`Fault`] for us; [`misread`]
//! makes the first out of JSON that is not of its type.
//!
//! Not here: async, sockets, files, SQL, and any newsroom word.

pub mod clock;
pub mod document;
pub mod html;
pub mod id;
pub mod language;
pub mod misread;
pub mod no;
pub mod slug;

pub use clock::{Clock, Instant};
pub use document::{Document, HtmlOptions};
pub use id::Id;
pub use language::{Direction, Language};
pub use no::{Fault, No, Refusal, Refusals};
pub use slug::Slug;
