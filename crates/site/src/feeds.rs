//! What other programs read: RSS, sitemaps, robots, security.txt.

pub mod robots;
pub mod rss;
pub mod security;
pub mod sitemap;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

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
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.write(Event::Start(start));
    }

    /// Writes an element with nothing in it.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.write(Event::Empty(start));
    }

    /// Writes an element with text in it. Characters that XML 1.0 does not know fall away.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.open(name, &[]);
        self.content(text);
        self.close(name);
    }

    /// Writes text into the element that is open.
    pub(crate) fn content(&mut self, text: &str) {
        let text: String = text.chars().filter(|ch| is_xml(*ch)).collect();
        self.write(Event::Text(BytesText::new(&text)));
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

/// Whether XML 1.0 (section 2.2) knows the character.
fn is_xml(ch: char) -> bool {
    matches!(ch, '\t' | '\n') || !(ch.is_control() || matches!(ch, '\u{fffe}' | '\u{ffff}'))
}
