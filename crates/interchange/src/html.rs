//! Foreign HTML into our tree, by a list of what is understood; nothing comes through as HTML.
//!
//! The text a person would have read is never lost: what has no place in the tree is kept for the
//! desk or named in the margin. Three elements of our own carry what readers of other syntaxes
//! found: `<x-kept name source>` for things not understood, `<x-fold>` for the end of the opening,
//! and `<x-classic>` around text in which line ends have a meaning.

mod elements;
mod figures;
mod labels;
mod line;
mod media;
mod notes;
pub(crate) mod page;
mod relink;
mod shapes;
mod tables;
mod weight;

use std::collections::{HashMap, HashSet};

use base::{
    Document,
    document::{Block, Flow, LinkAttrs, Mark},
};
use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Html, Node, node::Element};

use crate::{address::Addresses, margin::Margin};
use elements::{NEVER_SHOWN, STANDS_APART, UNDERSTOOD, mark_of};
use line::Sink;

pub(crate) use labels::fitting;
pub use relink::relink;

/// Bytes of HTML read for one body. A book chapter has half a million; more is an accident.
pub const MAX_HTML: usize = 8 * 1024 * 1024;
/// Elements within elements; what lies deeper is taken as plain text.
const MAX_NESTING: usize = 160;
/// Quotes and lists within each other; base keeps 12 levels, and two are left for what they hold.
const MAX_SHAPES: usize = 9;

/// The scheme of addresses that were already remarked on as leading nowhere.
pub(crate) const GONE: &str = "x-gone:";

/// What the reader of one body knows and where it writes its remarks.
pub struct Setting<'a> {
    /// Where links lead.
    pub addresses: &'a Addresses,
    /// Remarks on what was not understood.
    pub margin: &'a mut Margin,
    /// Footnotes that are stored beside the body: HTML by the id that the body calls.
    pub notes: &'a HashMap<String, String>,
    /// Whether line ends mean new lines and paragraphs, as in classic WordPress bodies.
    pub line_ends_count: bool,
}

/// Reads a fragment of HTML into a body.
pub fn read(html: &str, setting: &mut Setting) -> Document {
    let mut html = html;
    if html.len() > MAX_HTML {
        let mut end = MAX_HTML;
        while !html.is_char_boundary(end) {
            end -= 1;
        }
        setting.margin.remark(
            &format!("{} bytes of text", html.len()),
            &format!("a body may have {MAX_HTML} bytes; the rest was left out"),
        );
        html = &html[..end];
    }
    Document {
        content: Reader::new(setting).fragment(html),
    }
}

/// HTML made to exhaust whoever parses it, or broken beyond reading: its text, and itself kept.
fn flat(html: &str, margin: &mut Margin) -> Document {
    let why = "hundreds of elements are left open; its text was taken without form";
    let kept = margin.keep("html", html, why);
    let words = one_line(&weight::without_tags(html));
    let text = (!words.is_empty()).then(|| Block::paragraph(&words));
    Document {
        content: text.into_iter().chain([kept]).collect(),
    }
}

/// The words of a fragment of HTML on one line, for headlines, decks and labels.
pub fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return one_line(html);
    }
    if !weight::is_bearable(html) {
        return one_line(&weight::without_tags(html));
    }
    let parsed = Html::parse_fragment(html);
    let mut words = String::new();
    for node in parsed.tree.nodes() {
        match node.value() {
            Node::Text(text) => words.push_str(text),
            Node::Element(element) if element.name() == "br" => words.push(' '),
            _ => {}
        }
    }
    one_line(&words)
}

/// Closes up white space and takes out characters that have no place in text.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<String> = text
        .split([' ', '\n', '\t', '\r', '\u{c}'])
        .map(|word| {
            word.chars()
                .filter(|ch| !ch.is_control())
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// An element as the tree gives it.
type Found<'t> = ElementRef<'t>;

struct Reader<'s, 'a> {
    setting: &'s mut Setting<'a>,
    /// Footnote texts already taken up where they are called.
    taken: HashSet<NodeId>,
    /// How many quotes and lists are open.
    shapes: usize,
}

/// Where in the tree the reader stands: marks on the text, and depth.
#[derive(Clone, Default)]
struct Place {
    marks: Vec<Mark>,
    depth: usize,
    line_ends_count: bool,
}

impl Place {
    fn marked(&self, mark: Mark) -> Self {
        let mut inner = self.clone();
        let repeated = inner
            .marks
            .iter()
            .any(|known| std::mem::discriminant(known) == std::mem::discriminant(&mark));
        if !repeated {
            inner.marks.push(mark);
        }
        inner
    }
}

impl<'s, 'a> Reader<'s, 'a> {
    fn new(setting: &'s mut Setting<'a>) -> Self {
        Self {
            setting,
            taken: HashSet::new(),
            shapes: 0,
        }
    }

    fn fragment(&mut self, html: &str) -> Vec<Block> {
        if !weight::is_bearable(html) {
            return flat(html, self.setting.margin).content;
        }
        let parsed = Html::parse_fragment(html);
        let outer = std::mem::take(&mut self.taken);
        let place = Place {
            line_ends_count: self.setting.line_ends_count,
            ..Place::default()
        };
        let mut sink = Sink::default();
        self.children(&mut sink, parsed.root_element(), &place);
        self.taken = outer;
        sink.finish()
    }

    /// Reads what an element holds, in order.
    fn children(&mut self, sink: &mut Sink, parent: Found<'_>, place: &Place) {
        let place = Place {
            depth: place.depth + 1,
            ..place.clone()
        };
        if place.depth > MAX_NESTING {
            self.setting.margin.remark(
                "text nested very deeply",
                "taken as plain text, without its marks",
            );
            let text: String = parent.text().collect();
            sink.text(&text, &place);
            return;
        }
        self.siblings(sink, parent.children(), &place);
    }

    fn siblings<'t>(
        &mut self,
        sink: &mut Sink,
        nodes: impl Iterator<Item = NodeRef<'t, Node>>,
        place: &Place,
    ) {
        for node in nodes {
            match node.value() {
                Node::Text(text) => sink.text(text, place),
                Node::Comment(comment) => self.comment(sink, comment),
                Node::Fragment | Node::Document => self.siblings(sink, node.children(), place),
                _ => {
                    if let Some(element) = ElementRef::wrap(node) {
                        self.element(sink, element, place);
                    }
                }
            }
        }
    }

    fn element(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        if self.taken.contains(&element.id()) || notes::is_number_of_note(element) {
            return;
        }
        match element.value().name() {
            "br" => sink.line_break(),
            "hr" if notes::is_rule_above_notes(element) => {}
            "hr" => sink.block(Block::Divider),
            "p" => self.paragraph(sink, element, place),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(sink, element, place),
            "blockquote" => self.quote(sink, element, place),
            "ul" | "ol" | "menu" | "dir" => self.list(sink, element, place),
            "dl" => self.definitions(sink, element, place),
            "table" => self.table(sink, element, place),
            "pre" | "listing" | "xmp" | "plaintext" => self.preformatted(sink, element),
            "figure" => self.figure(sink, element, place),
            "a" => self.link(sink, element, place),
            "q" => {
                sink.text("“", place);
                self.children(sink, element, place);
                sink.text("”", place);
            }
            "x-fold" => sink.block(Block::Fold),
            "x-kept" => self.kept_marker(sink, element, place),
            name if media::is_media(name) => self.media(sink, element, place),
            name if NEVER_SHOWN.contains(&name) => self.never_shown(sink, element),
            name => match mark_of(name) {
                Some(mark) => self.children(sink, element, &place.marked(mark)),
                None => self.unwrapped(sink, element, place),
            },
        }
    }

    fn paragraph(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let flow = flow_of(element.value());
        sink.within(flow, |sink| self.children(sink, element, place));
    }

    /// An element that means nothing to us, or only that its text stands apart.
    fn unwrapped(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let name = element.value().name();
        if STANDS_APART.contains(&name) {
            return self.apart(sink, element, place);
        }
        if !UNDERSTOOD.contains(&name) {
            self.setting.margin.remark(
                &format!("<{name}>"),
                "no element we know; its text was taken",
            );
        }
        let flow = flow_of(element.value());
        if flow == Flow::default() {
            self.children(sink, element, place);
        } else {
            self.children(sink, element, &place.marked(Mark::Isolate { attrs: flow }));
        }
    }

    fn apart(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let classic = element.value().name() == "x-classic";
        let place = Place {
            line_ends_count: place.line_ends_count || classic,
            ..place.clone()
        };
        if self.special_division(sink, element, &place) {
            return;
        }
        let flow = flow_of(element.value());
        sink.within(flow, |sink| self.children(sink, element, &place));
    }

    fn link(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let Some(address) = element.attr("href") else {
            return self.children(sink, element, place);
        };
        if self.is_way_back(element, address) {
            return;
        }
        if let Some(note) = self.note_called_by(element, address) {
            return sink.note(note);
        }
        match self.setting.addresses.link(address) {
            Ok(href) => {
                let mark = Mark::Link {
                    attrs: LinkAttrs { href },
                };
                self.children(sink, element, &place.marked(mark));
            }
            Err(_) => {
                if !address.trim().is_empty() && !address.starts_with(GONE) {
                    self.setting
                        .margin
                        .remark(address, "no address we link to; its text was taken");
                }
                self.children(sink, element, place);
            }
        }
    }

    fn comment(&mut self, sink: &mut Sink, comment: &str) {
        let words = comment.trim();
        if words == "more" || words.starts_with("more ") {
            sink.block(Block::Fold);
        } else if words == "nextpage" {
            sink.block(Block::Divider);
        }
    }

    fn never_shown(&mut self, sink: &mut Sink, element: Found<'_>) {
        let name = element.value().name();
        if name == "noscript" && self.stand_in(sink, element) {
            return;
        }
        let kept = self.setting.margin.keep(
            name,
            &element.html(),
            "not text, and nothing of it runs here",
        );
        sink.later(kept);
    }

    fn kept_marker(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let name = element.attr("name").unwrap_or("unknown");
        let source = element.attr("source").unwrap_or_default();
        if !source.is_empty() {
            let kept = self.setting.margin.keep_quietly(name, source);
            sink.later(kept);
        }
        self.children(sink, element, place);
    }
}

/// The direction and language an element asks for.
fn flow_of(element: &Element) -> Flow {
    Flow {
        dir: direction_of(element),
        lang: element.attr("lang").and_then(|tag| tag.parse().ok()),
    }
}

fn direction_of(element: &Element) -> Option<base::Direction> {
    match element.attr("dir")?.to_ascii_lowercase().as_str() {
        "rtl" => Some(base::Direction::Rtl),
        "ltr" => Some(base::Direction::Ltr),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
