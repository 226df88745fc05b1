//! Frames of embeds: a body names one by the hash of its HTML, and a page offers it to whoever asks for it.
//!
//! The provider's HTML is in no body and on no page of ours (PROOFS A-21): it is served on another origin, under its
//! hash. What is written here is a button, which stands hidden until the page's script shows it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{Block, ListItem, prints::digits};
use crate::html::{push_attribute, push_text};

/// Pixels a frame may measure, across and down: less shows nothing, and more is longer than a story.
pub const FRAME_SIDES: RangeInclusive<u32> = 40..=4_000;

/// What a provider offers to be shown in a frame: which HTML, and how large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbedFrame {
    /// SHA-256 of the provider's HTML, by which the newsroom keeps it; 64 hexadecimal digits.
    #[serde(with = "digits")]
    pub hash: [u8; 32],
    /// Pixels across, for its shape; none where it is as wide as there is room and as high as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels down.
    pub height: u32,
}

impl EmbedFrame {
    /// Its hash in 64 small hexadecimal digits.
    pub fn name(&self) -> String {
        digits::of(&self.hash)
    }

    /// Whether it has a size that can be shown.
    pub(super) fn has_sides(&self) -> bool {
        let mut sides = self.width.into_iter().chain([self.height]);
        sides.all(|side| FRAME_SIDES.contains(&side))
    }
}

/// How frames are offered on a page: where they are, and the page's words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frames {
    /// What stands before a frame's name: the other origin, and the path there.
    pub at: String,
    /// On the button that shows one.
    pub show: String,
    /// On the button that takes it away.
    pub close: String,
    /// What the provider learns when it is shown.
    pub note: String,
}

impl Frames {
    /// Writes the offer of one frame. It stands hidden: without script there is the card and its link.
    pub(super) fn push_offer(&self, out: &mut String, frame: &EmbedFrame) {
        out.push_str("<p class=\"offer\" hidden><button class=\"button other\" type=\"button\"");
        push_attribute(out, "data-frame", &format!("{}{}", self.at, frame.name()));
        if let Some(width) = frame.width {
            push_attribute(out, "data-width", &width.to_string());
        }
        push_attribute(out, "data-height", &frame.height.to_string());
        push_attribute(out, "data-close", &self.close);
        out.push('>');
        push_text(out, &self.show);
        out.push_str("</button> <small>");
        push_text(out, &self.note);
        out.push_str("</small></p>");
    }
}

/// The frames in these blocks, with their places: `body.content[3]`.
pub(super) fn find(blocks: &[Block], at: &str, found: &mut Vec<(String, EmbedFrame)>) {
    for (nth, block) in blocks.iter().enumerate() {
        let at = format!("{at}.content[{nth}]");
        match block {
            Block::Embed(embed) => found.extend(embed.attrs.frame.map(|frame| (at, frame))),
            Block::Quote(quote) => find(&quote.content, &at, found),
            Block::List(list) => {
                for (nth, ListItem::ListItem { content }) in list.content.iter().enumerate() {
                    find(content, &format!("{at}.content[{nth}]"), found);
                }
            }
            _ => {}
        }
    }
}
