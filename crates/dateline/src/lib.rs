//! The program: settings, wiring, the server and the commands of its operator.
//!
//! Reading order: [`settings`] is what can be set; [`folder`] is where a newsroom's data lies;
//! [`hand`] signs pictures; [`bucket_shelf`] keeps their files in an object store; [`house`] opens everything; [`wiring`] is the one page on which events meet their listeners; [`mod@jobs`] runs
//! what may follow; [`adoption`] brings in the pictures of stories that came from elsewhere; `telling` passes on to others what readers are told; [`upkeep`] is what the house does by itself;
//! [`serve`](mod@serve) accepts connections; [`admin`] has a file for each command.
//!
//! Nothing here decides what a newsroom does: this crate only puts the others together.

pub mod admin;
pub mod adoption;
pub mod bucket_shelf;
pub mod clock;
pub mod folder;
pub mod hand;
pub mod house;
pub mod jobs;
pub mod serve;
pub mod settings;
mod telling;
pub mod upkeep;
mod voice;
pub mod wiring;

/// The first argument by which the program knows that it is a child of the darkroom: it takes a picture from standard
/// input and answers on standard output. Nothing for people, so the help does not tell of it.
pub const CHILD: &str = "darkroom-child";
