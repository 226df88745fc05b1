//! What readers and their programs get: markup, weights, and what is where after it was published.

mod feeds;
mod footnotes;
mod foreign_html;
mod furniture;
mod links;
mod lists;
mod live;
pub mod markup;
mod ninjs;
mod publishing;
mod renamed;
mod sharing;
mod weights;
mod what_was_said;
