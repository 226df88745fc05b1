//! The body of a story: a tree with names for its parts, never HTML.
//!
//! The JSON form is ProseMirror's (`{"type":"doc","content":[…]}`), so the editor and the database
//! speak the same; the schema is strict, and unknown types, attributes and marks are refused.
//! Everything that is written out (HTML, plain text) comes from this tree.

mod block;
mod check;
mod frames;
mod href;
mod inline;
mod lists;
mod pictures;
mod prints;
mod text;
mod to_html;

use serde::{Deserialize, Serialize};

pub use block::{
    Block, Flow, Heading, HeadingAttrs, Kept, KeptAttrs, Paragraph, Preformatted,
    PreformattedAttrs, PullQuote, Quote, QuoteAttrs,
};
pub use check::{MAX_BLOCKS, MAX_DEPTH, MAX_TEXT};
pub use frames::{EmbedFrame, FRAME_SIDES, Frames};
pub use href::{Href, NotAnHref};
pub use inline::{Footnote, Inline, LinkAttrs, Mark, Text};
pub use lists::{CellAttrs, List, ListAttrs, ListItem, Table, TableAttrs, TableCell, TableRow};
pub use pictures::{Embed, EmbedAttrs, Gallery, Picture, PictureBlock};
pub use prints::{Format, MEDIA, Print, Prints, Shape, origin_address, tone};
pub use to_html::{HtmlOptions, Written};

/// A whole body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Doc", into = "Doc")]
pub struct Document {
    /// The blocks, top to bottom.
    pub content: Vec<Block>,
}

/// The outermost node as ProseMirror writes it.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Doc {
    Doc {
        #[serde(default)]
        content: Vec<Block>,
    },
}

impl From<Doc> for Document {
    fn from(Doc::Doc { content }: Doc) -> Self {
        Self { content }
    }
}
impl From<Document> for Doc {
    fn from(document: Document) -> Self {
        Doc::Doc {
            content: document.content,
        }
    }
}

impl Document {
    /// Every picture in it, in the order of reading, with its place: `body.content[3]`.
    pub fn pictures(&self) -> Vec<(String, &Picture)> {
        let mut found = Vec::new();
        find_pictures(&self.content, "body", &mut found);
        found
    }

    /// Shows every picture to `keep`, which may change it; those it refuses are taken out.
    pub fn keep_pictures(&mut self, keep: &mut dyn FnMut(&mut Picture) -> bool) {
        keep_pictures(&mut self.content, keep);
    }

    /// Every frame of an embed in it, in the order of reading, with its place.
    pub fn frames(&self) -> Vec<(String, EmbedFrame)> {
        let mut found = Vec::new();
        frames::find(&self.content, "body", &mut found);
        found
    }

    /// A body of plain paragraphs.
    pub fn of_paragraphs<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            content: paragraphs.into_iter().map(Block::paragraph).collect(),
        }
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.content
            .iter()
            .all(|block| matches!(block, Block::Fold | Block::Kept(_)))
    }

    /// Cuts the body into the opening everybody may read and the rest.
    ///
    /// The opening ends at the first [`Block::Fold`], else after `paragraphs` paragraphs.
    pub fn cut(&self, paragraphs: usize) -> (&[Block], &[Block]) {
        let fold = self
            .content
            .iter()
            .position(|block| matches!(block, Block::Fold));
        if let Some(at) = fold {
            return (&self.content[..at], &self.content[at + 1..]);
        }
        let end = self
            .content
            .iter()
            .enumerate()
            .filter(|(_, block)| matches!(block, Block::Paragraph(_)))
            .nth(paragraphs.saturating_sub(1))
            .map_or(self.content.len(), |(at, _)| at + 1);
        self.content.split_at(end)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn find_pictures<'a>(blocks: &'a [Block], at: &str, found: &mut Vec<(String, &'a Picture)>) {
    for (nth, block) in blocks.iter().enumerate() {
        let at = format!("{at}.content[{nth}]");
        match block {
            Block::Picture(picture) => found.push((at, &picture.attrs)),
            Block::Gallery(gallery) => find_pictures(&gallery.content, &at, found),
            Block::Quote(quote) => find_pictures(&quote.content, &at, found),
            Block::List(list) => {
                for (nth, ListItem::ListItem { content }) in list.content.iter().enumerate() {
                    find_pictures(content, &format!("{at}.content[{nth}]"), found);
                }
            }
            _ => {}
        }
    }
}

fn keep_pictures(blocks: &mut Vec<Block>, keep: &mut dyn FnMut(&mut Picture) -> bool) {
    blocks.retain_mut(|block| {
        match block {
            Block::Picture(picture) => return keep(&mut picture.attrs),
            Block::Gallery(gallery) => keep_pictures(&mut gallery.content, keep),
            Block::Quote(quote) => keep_pictures(&mut quote.content, keep),
            Block::List(list) => {
                for ListItem::ListItem { content } in &mut list.content {
                    keep_pictures(content, keep);
                }
            }
            _ => {}
        }
        true
    });
}

#[cfg(test)]
mod tests;
