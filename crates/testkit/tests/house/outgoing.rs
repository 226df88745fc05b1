//! What leaves the house: webhooks, feeds that are followed, cards of stories and cards of others.

mod cards;
mod fediverse;
mod frames;
mod hub;
pub(crate) mod receiver;
mod webhooks;
