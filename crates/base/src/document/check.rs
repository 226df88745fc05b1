//! What a body may hold: limits with names, and places that are named when one is passed.

use super::{Block, Document, FRAME_SIDES, Inline, ListItem, Picture, TableCell, TableRow};
use crate::Refusal;

/// Blocks in one body, nested ones included. A book has fewer.
pub const MAX_BLOCKS: usize = 20_000;
/// How deep lists and quotes may nest; readers lose the thread sooner.
pub const MAX_DEPTH: usize = 12;
/// Bytes of text in one body: about 300,000 English words.
pub const MAX_TEXT: usize = 2_000_000;
/// Bytes of a caption, credit, speaker or alternative text.
pub const MAX_LABEL: usize = 4_000;

impl Document {
    /// Everything that is wrong with this body, each with its place, such as
    /// `body.content[3].attrs.level`. Empty when it is good.
    pub fn refusals(&self) -> Vec<Refusal> {
        let mut walk = Walk::default();
        walk.blocks(&self.content, "body.content", 1);
        if walk.blocks > MAX_BLOCKS {
            walk.refusals
                .push(Refusal::on("body", "too-many-blocks").with("limit", MAX_BLOCKS));
        }
        if walk.text > MAX_TEXT {
            walk.refusals
                .push(Refusal::on("body", "too-long").with("limit", MAX_TEXT));
        }
        walk.refusals
    }
}

#[derive(Default)]
struct Walk {
    blocks: usize,
    text: usize,
    refusals: Vec<Refusal>,
}

impl Walk {
    fn blocks(&mut self, blocks: &[Block], path: &str, depth: usize) {
        if depth > MAX_DEPTH {
            self.refuse(path, "too-deep", MAX_DEPTH);
            return;
        }
        self.blocks += blocks.len();
        for (nth, block) in blocks.iter().enumerate() {
            self.block(block, &format!("{path}[{nth}]"), depth);
        }
    }

    fn block(&mut self, block: &Block, path: &str, depth: usize) {
        match block {
            Block::Paragraph(paragraph) => self.inlines(&paragraph.content, path),
            Block::Heading(heading) => {
                if !(2..=4).contains(&heading.attrs.level) {
                    self.refuse(&format!("{path}.attrs.level"), "heading-level", "2, 3, 4");
                }
                self.inlines(&heading.content, path);
            }
            Block::Quote(quote) => {
                self.label(quote.attrs.speaker.as_deref(), path, "speaker");
                self.blocks(&quote.content, &format!("{path}.content"), depth + 1);
            }
            Block::PullQuote(quote) => {
                self.label(quote.attrs.speaker.as_deref(), path, "speaker");
                self.inlines(&quote.content, path);
            }
            Block::Picture(picture) => self.picture(&picture.attrs, path),
            Block::Gallery(gallery) => self.gallery(&gallery.content, path, depth),
            Block::Embed(embed) => {
                self.label(embed.attrs.title.as_deref(), path, "title");
                self.label(embed.attrs.caption.as_deref(), path, "caption");
                self.label(embed.attrs.provider.as_deref(), path, "provider");
                if embed.attrs.frame.is_some_and(|frame| !frame.has_sides()) {
                    let (least, most) = (FRAME_SIDES.start(), FRAME_SIDES.end());
                    let sides = format!("{least} to {most}");
                    self.refuse(&format!("{path}.attrs.frame"), "frame-sides", sides);
                }
            }
            Block::List(list) => self.items(&list.content, path, depth),
            Block::Table(table) => self.rows(&table.content, path),
            Block::Preformatted(text) => self.text += text.attrs.text.len(),
            Block::Kept(kept) => self.text += kept.attrs.text.len(),
            Block::Divider | Block::Fold => {}
        }
    }

    fn gallery(&mut self, pictures: &[Block], path: &str, depth: usize) {
        for (nth, block) in pictures.iter().enumerate() {
            if !matches!(block, Block::Picture(_)) {
                self.refuse(
                    &format!("{path}.content[{nth}]"),
                    "only-pictures",
                    "picture",
                );
            }
        }
        self.blocks(pictures, &format!("{path}.content"), depth + 1);
    }

    fn items(&mut self, items: &[ListItem], path: &str, depth: usize) {
        for (nth, ListItem::ListItem { content }) in items.iter().enumerate() {
            self.blocks(
                content,
                &format!("{path}.content[{nth}].content"),
                depth + 1,
            );
        }
    }

    fn rows(&mut self, rows: &[TableRow], path: &str) {
        for (row, TableRow::TableRow { content }) in rows.iter().enumerate() {
            self.blocks += content.len();
            for (cell, TableCell::TableCell { content, .. }) in content.iter().enumerate() {
                self.inlines(content, &format!("{path}.content[{row}].content[{cell}]"));
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], path: &str) {
        for (nth, inline) in inlines.iter().enumerate() {
            match inline {
                Inline::Text(text) if text.text.is_empty() => {
                    self.refuse(&format!("{path}.content[{nth}].text"), "empty-text", "1");
                }
                Inline::Text(text) => self.text += text.text.len(),
                Inline::Footnote(note) => self.footnote(&note.content, path, nth),
                Inline::HardBreak => {}
            }
        }
    }

    fn footnote(&mut self, content: &[Inline], path: &str, nth: usize) {
        let path = format!("{path}.content[{nth}]");
        if content
            .iter()
            .any(|inline| matches!(inline, Inline::Footnote(_)))
        {
            self.refuse(&path, "footnote-in-footnote", "text");
            return;
        }
        self.inlines(content, &path);
    }

    fn picture(&mut self, picture: &Picture, path: &str) {
        self.label(Some(&picture.alt), path, "alt");
        self.label(picture.caption.as_deref(), path, "caption");
        self.label(picture.credit.as_deref(), path, "credit");
    }

    fn label(&mut self, label: Option<&str>, path: &str, name: &str) {
        let Some(label) = label else { return };
        self.text += label.len();
        if label.len() > MAX_LABEL {
            self.refuse(&format!("{path}.attrs.{name}"), "too-long", MAX_LABEL);
        }
    }

    fn refuse(&mut self, path: &str, key: &'static str, limit: impl ToString) {
        self.refusals
            .push(Refusal::on(path.to_string(), key).with("limit", limit));
    }
}
