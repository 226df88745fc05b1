//! The reader's door: fronts, lists, stories, the gate, feeds and trust pages.
//!
//! Reading order: [`doors()`] is the sheet of addresses; [`mod@site`] is what every page is made from;
//! `kept` holds finished pages while the edition they were made from still says so; [`pages`] has
//! a file for each page; [`gate`] decides who reads on; [`feeds`] is what other programs read.
//!
//! Invariants:
//! - What is cacheable is a pure function of its address and the edition. It knows no visitor.
//! - Gated text is in reach of [`gate`] and [`pages::preview`] alone, through `visible_body`.
//! - HTML that others wrote is served by `embed_frames` alone, on another origin.
//! - Nothing here counts or logs who read what.

mod address;
mod body;
mod doors;
mod embed_frames;
pub mod fediverse;
pub mod feeds;
mod frame;
pub mod gate;
pub mod hot;
mod json_ld;
mod kept;
mod oembed;
pub mod pages;
pub mod pictures;
mod problem;
mod share;
pub mod site;
mod theme;
mod view;
mod when;

pub use doors::{ROWS, doors, rows};
pub use problem::SiteProblemPage;
pub use site::{Identity, Opening, Site};
