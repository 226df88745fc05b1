//! Plain words beside a block: captions, speakers, alternative texts.

use base::document::Block;
use scraper::Node;

use super::{Found, Reader, one_line};

/// Bytes of a label; the limit that base sets on captions, credits and speakers.
pub(super) const MAX_LABEL: usize = 4_000;

impl Reader<'_, '_> {
    /// The words of an element on one line, as a label; links within are named in the margin.
    pub(super) fn label(&mut self, element: Found<'_>) -> String {
        let mut words = String::new();
        for node in element.descendants() {
            match node.value() {
                Node::Text(text) => words.push_str(text),
                Node::Element(inner) => match inner.name() {
                    "br" | "p" | "div" => words.push(' '),
                    "a" => self.link_in_label(inner.attr("href")),
                    "img" => words.push_str(inner.attr("alt").unwrap_or_default()),
                    _ => {}
                },
                _ => {}
            }
        }
        one_line(&words)
    }

    fn link_in_label(&mut self, address: Option<&str>) {
        let Some(address) = address.filter(|address| !address.trim().is_empty()) else {
            return;
        };
        self.setting.margin.remark(
            address,
            "a link in a caption, which is plain text here; its words were taken",
        );
    }
}

/// A label when it fits; else nothing, and the words as a paragraph of their own.
pub(crate) fn fitting(label: String) -> (Option<String>, Option<Block>) {
    if label.is_empty() {
        (None, None)
    } else if label.len() <= MAX_LABEL {
        (Some(label), None)
    } else {
        (None, Some(Block::paragraph(&label)))
    }
}
