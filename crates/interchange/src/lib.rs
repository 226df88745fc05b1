//! What comes in from other systems and goes out to them.
//!
//! Reading order: [`incoming`] is what any import brings, [`margin`] gathers what was not understood,
//! [`address`] says where a link leads, [`html`] turns foreign HTML into our tree, and [`wordpress`],
//! [`ghost`], [`feed`] and [`folder`] read the kinds of archive, [`ninjs`] and [`newsml`] wire copy,
//! [`comments`] and [`members`] what stands around stories; [`old_pictures`] says where pictures lay. [`land`]
//! lays what they read into the newsroom, and what there is no place for yet into the tables of [`keeping`].
//! [`ninjs::write`] goes the other way. Nothing in the reading half writes anywhere: a reader hands each
//! piece to the caller in the order of the file and can be stopped at any of them.
//!
//! Not here: network requests, and any HTML that would be shown as it came.

pub mod address;
pub mod card;
pub mod comments;
pub mod embeds;
pub mod feed;
pub mod folder;
pub mod front_matter;
pub mod ghost;
mod handing;
pub mod html;
pub mod incoming;
pub mod keeping;
pub mod land;
pub mod margin;
pub mod markdown;
pub mod members;
pub mod newsml;
pub mod ninjs;
pub mod nitf;
pub mod old_pictures;
pub mod text_page;
mod wire;
pub mod wordpress;
