//! What a body shows besides text: pictures, galleries, and cards for things elsewhere.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Block, EmbedFrame, Href, Prints};
use crate::Id;

/// See [`Block::Picture`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureBlock {
    /// The picture.
    pub attrs: Picture,
}

/// A picture where it is used: what readers see and hear of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Which of our own pictures it is; none for one that lies elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Picture>>,
    /// Its address, here or elsewhere. Not looked at where `prints` were laid in.
    pub src: Href,
    /// What a person who cannot see it is told; empty for mere decoration.
    #[serde(default)]
    pub alt: String,
    /// The caption, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// The credit line: photographer, agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Pixels across.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When it was taken, as written by its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
    /// The files of one of our own, laid in before it is shown; never kept with a story, for they change.
    #[serde(skip)]
    pub prints: Option<Arc<Prints>>,
}

/// See [`Block::Gallery`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gallery {
    /// The pictures, in order; only [`Block::Picture`].
    pub content: Vec<Block>,
}

/// See [`Block::Embed`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embed {
    /// The card.
    pub attrs: EmbedAttrs,
}

/// What the card of an embed says; nothing is loaded from elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbedAttrs {
    /// The thing's own address.
    pub url: Href,
    /// Who hosts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A caption of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// What its provider offers to be shown in a frame; only what the newsroom has kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<EmbedFrame>,
}
