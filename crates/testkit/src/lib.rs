//! A newsroom for tests, and the people who come to it through its public doors.
//!
//! Reading order: [`Newsroom`] opens the whole house around a fresh database; [`Visitor`] is anybody
//! with an address, a browser and perhaps a credential; [`Editor`] is staff or a machine that acts
//! through the API; [`Seen`] is an answer with assertions in our own words. What is written straight
//! to the store is named so: see [`given`]. [`Program`] is the real program, to be killed.
//!
//! Not here: any test. They are in `tests/house`, a folder for each surface.

pub mod canary;
pub mod clock;
pub mod code;
pub mod editor;
pub mod fediverse;
pub mod front;
pub mod given;
pub mod log;
pub mod newsroom;
pub mod nginx;
pub mod process;
pub mod seen;
pub mod shared_cache;
pub mod visitor;
pub mod wire;

pub use clock::{Clock, Spans};
pub use editor::{Editor, Story};
pub use newsroom::Newsroom;
pub use process::Program;
pub use seen::Seen;
pub use visitor::{Ask, Visitor};
