//! What readers and their programs get: markup, weights, and what is where after it was published.

mod foreign_html;
mod furniture;
mod links;
pub mod markup;
mod publishing;
mod weights;
