//! A body: Lexical where there is one, else Mobiledoc, else Markdown, else HTML.

use std::collections::HashMap;

use base::{Direction, Document, document::Block};

use super::{lexical, mobiledoc, row::Row, site::Site};
use crate::{
    address::Addresses,
    html::{self, Setting},
    margin::Margin,
    markdown,
};

/// The forms in which Ghost has kept bodies, newest first.
const FORMS: [&str; 4] = ["lexical", "mobiledoc", "markdown", "html"];
/// What divides the part for all from the part for members, in HTML.
const MEMBERS_ONLY: &str = "<!--members-only-->";

/// Where links of the old site opened its window for signing in and up.
const WINDOW: &str = "#/portal";

/// Writes a body block by block; whatever is HTML goes through the reader of foreign HTML, each
/// piece for itself, so that one left open harms no other.
pub(super) struct Pen<'a> {
    /// Where links lead.
    pub addresses: &'a Addresses,
    /// Remarks on what was not understood.
    pub margin: &'a mut Margin,
    /// The direction in which the story runs.
    pub direction: Direction,
    blocks: Vec<Block>,
}

impl<'a> Pen<'a> {
    /// Nothing written yet.
    pub fn new(addresses: &'a Addresses, margin: &'a mut Margin, direction: Direction) -> Self {
        Self {
            addresses,
            margin,
            direction,
            blocks: Vec::new(),
        }
    }

    /// Reads HTML into the tree.
    pub fn html(&mut self, html: &str) {
        let html = html.replace(MEMBERS_ONLY, "<x-fold></x-fold>");
        let read = html::read(&html, &mut self.setting());
        self.blocks.extend(read.content);
    }

    /// Reads Markdown into the tree. Ghost's has a new line for every line end, and links for bare
    /// addresses.
    pub fn markdown(&mut self, text: &str) {
        let read = markdown::read_by_lines(text, &mut self.setting());
        self.blocks.extend(read.content);
    }

    /// A block of our own.
    pub fn block(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Keeps something for the desk, with a remark.
    pub fn keep(&mut self, name: &str, text: &str, why: &str) {
        let kept = self.margin.keep(name, text, why);
        self.blocks.push(kept);
    }

    /// What was written.
    pub fn finish(self) -> Document {
        Document {
            content: self.blocks,
        }
    }

    fn setting(&mut self) -> Setting<'_> {
        // Ghost keeps footnotes within the text; none lie beside it.
        static NO_NOTES: std::sync::LazyLock<HashMap<String, String>> =
            std::sync::LazyLock::new(HashMap::new);
        Setting {
            addresses: self.addresses,
            margin: self.margin,
            notes: &NO_NOTES,
            line_ends_count: false,
        }
    }
}

/// Reads the body of a story, with links as seen from `addresses`.
///
/// A form that cannot be read is kept, and the next one is taken; so is one with nothing in it.
pub(super) fn read(
    row: &Row,
    site: &Site,
    addresses: &Addresses,
    margin: &mut Margin,
    direction: Direction,
) -> Document {
    let mut unread = Vec::new();
    for form in FORMS {
        let Some(text) = row.text(form) else { continue };
        let text = site.at_home(text);
        if text.contains(WINDOW) {
            let why =
                "links that opened the old site's window for signing up; they lead nowhere here";
            margin.remark(WINDOW, why);
        }
        let mut pen = Pen::new(addresses, margin, direction);
        let read = match form {
            "lexical" => lexical::write(&text, &mut pen),
            "mobiledoc" => mobiledoc::write(&text, &mut pen),
            "markdown" => {
                pen.markdown(&text);
                Ok(())
            }
            _ => {
                pen.html(&text);
                Ok(())
            }
        };
        let document = pen.finish();
        match read {
            Err(why) => unread.push(margin.keep(form, &text, &why)),
            Ok(()) if document.content.is_empty() => {}
            Ok(()) => return with(document, unread),
        }
    }
    Document { content: unread }
}

fn with(mut document: Document, unread: Vec<Block>) -> Document {
    document.content.extend(unread);
    document
}
