//! What other programs read: feeds in three forms, sitemaps, robots, security.txt.
//!
//! A feed is a value (`feed`) that says the same in each form; `rss`, `atom` and `json` write it and decide
//! nothing. [`lists`], [`running`] and [`corrections`] gather it. What of a text is in it, `text` says.

mod atom;
pub mod copy;
pub mod corrections;
mod feed;
pub mod hub;
mod json;
pub mod lists;
pub mod news;
pub mod ninjs;
mod place;
pub mod robots;
mod rss;
pub mod running;
pub mod security;
pub mod sitemap;
mod text;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

pub(crate) use feed::{Item, rfc_3339};
pub(crate) use place::{item, links};
pub(crate) use sitemap::coded;
pub use text::Texts;

/// An XML document being written; everything that is text is escaped.
pub(crate) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Begins a document with its root element and attributes.
    pub(crate) fn begin(root: &str, attributes: &[(&str, &str)]) -> Self {
        let mut xml = Self(Writer::new(Vec::new()));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.open(root, attributes);
        xml
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Start(start(name, attributes)));
    }

    /// Writes an element with nothing in it.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// Writes an element with text in it. Characters that XML 1.0 does not know fall away.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// Writes an element with attributes and text in it.
    pub(crate) fn text_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.write(Event::Text(BytesText::new(&known(text))));
        self.close(name);
    }

    /// Closes an element.
    pub(crate) fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// The document, its root closed.
    pub(crate) fn end(mut self, root: &str) -> Vec<u8> {
        self.close(root);
        self.0.into_inner()
    }

    fn write(&mut self, event: Event<'_>) {
        // Writing into memory cannot fail.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: &[(&'a str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, known(value).as_str()));
    }
    start
}

/// The text without characters that XML does not know.
fn known(text: &str) -> String {
    text.chars().filter(|ch| is_xml(*ch)).collect()
}

/// Whether XML 1.0 (section 2.2) knows the character.
fn is_xml(ch: char) -> bool {
    matches!(ch, '\t' | '\n') || !(ch.is_control() || matches!(ch, '\u{fffe}' | '\u{ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_are_words_in_elements_and_in_attributes() {
        let words = "a]]>b<c>&d\"e'\u{0}\u{b}\u{85}\u{202e}\u{fffe}";
        let mut xml = Xml::begin("r", &[("a", words)]);
        xml.text("t", words);
        let text = String::from_utf8(xml.end("r")).unwrap();
        let shown = "a]]&gt;b&lt;c&gt;&amp;d&quot;e&apos;\u{202e}";
        assert!(text.contains(&format!("<r a=\"{shown}\">")), "{text}");
        assert!(text.contains(&format!("<t>{shown}</t>")), "{text}");
    }
}
