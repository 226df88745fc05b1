//! What every door shares, from the first byte of a request to the last header of its answer.
//!
//! Reading order: [`mod@doors`] is the sheet on which every door of the house stands (a handler cannot
//! be mounted without a row); [`guard`] keeps what the row says, before and after the handler;
//! [`visit`] says who came; [`answer`] and [`page`] are what a handler gives back; [`problem`] is
//! the only place where a refusal or a fault becomes a status. [`words`], [`templates`] and
//! [`assets`] are what pages are made of; [`json`], [`form`], [`query`] and [`cookie`]
//! are how input is read.
//!
//! Not here: SQL, sockets, and any newsroom rule. Nothing but this crate writes `Cache-Control`,
//! a security header or a problem's status.

pub mod answer;
pub mod assets;
pub mod client;
pub mod cookie;
pub mod doors;
pub mod encoding;
pub mod form;
pub mod guard;
pub mod hosts;
pub mod house;
pub mod json;
pub mod kind;
pub mod overlay;
pub mod page;
pub mod problem;
pub mod query;
pub mod rate;
pub mod shield;
pub mod templates;
pub mod visit;
pub mod words;

pub use answer::Answer;
pub use assets::Assets;
pub use client::{Network, Peer};
pub use cookie::Cookie;
pub use doors::{Cache, Case, Doors, Gate, Row, Scope, StaffRight, Verb, Who};
pub use encoding::{Effort, Encoded, Encoding};
pub use form::Form;
pub use guard::{
    Porter,
    panic::{caught, caught_now},
};
pub use hosts::Hosts;
pub use house::{FrameHost, House};
pub use json::Json;
pub use kind::Kind;
pub use page::Page;
pub use problem::{Html, Problem, ProblemPage};
pub use query::{Pairs, Query};
pub use rate::Rate;
pub use shield::Shield;
pub use templates::Templates;
pub use visit::{Doorkeeper, Rights, Scopes, Visit, Visitor};
pub use words::{Fact, Words};
