//! What readers and their programs get: markup, weights, and what is where after it was published.

mod links;
mod markup;
mod publishing;
mod weights;
