//! The XML of a feed as a small tree: no document type, no entities of its own, and bounded.

mod element;

use quick_xml::{
    NsReader,
    events::{BytesRef, BytesStart, Event},
    name::ResolveResult,
};

use super::{names::prefix_of, text::lines};
use crate::{
    address::joined,
    html,
    incoming::{Broken, Unread},
};

pub(crate) use element::{Element, Node};

/// Elements within elements.
pub const MAX_DEPTH: usize = 100;
/// Elements of one page of a feed.
pub const MAX_ELEMENTS: usize = 500_000;
/// Attributes of one element.
const MAX_ATTRIBUTES: usize = 100;
/// Characters of an element's name.
const MAX_NAME: usize = 200;

/// Reads a page into its outermost element. `base` is the page's own address, empty when it has none;
/// `skipped` counts lines before the text.
///
/// # Errors
/// With the line, when the XML is broken or truncated, declares a document type, or is out of bounds.
pub(crate) fn read(text: &str, base: &str, skipped: u64) -> Result<Element, Unread> {
    let mut xml = NsReader::from_str(text);
    xml.config_mut().allow_dangling_amp = true;
    Reading {
        text,
        xml,
        counted: 0,
        line: skipped + 1,
        elements: 0,
        open: vec![Element {
            base: base.into(),
            ..Element::default()
        }],
    }
    .run()
}

struct Reading<'t> {
    text: &'t str,
    xml: NsReader<&'t [u8]>,
    /// Bytes whose lines are counted.
    counted: usize,
    line: u64,
    elements: usize,
    /// Elements begun and not ended; the first stands for the document.
    open: Vec<Element>,
}

impl<'t> Reading<'t> {
    fn run(mut self) -> Result<Element, Unread> {
        loop {
            let event = match self.xml.read_event() {
                Ok(event) => event,
                Err(error) => {
                    self.count_to(self.xml.error_position());
                    return Err(self.broken(&error.to_string()));
                }
            };
            match event {
                Event::Start(start) => self.begin(&start)?,
                Event::Empty(start) => {
                    self.begin(&start)?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.add(&text.into_inner()),
                Event::CData(text) => self.add(&text.into_inner()),
                Event::GeneralRef(reference) => self.add(&resolved(&reference)),
                Event::DocType(_) => return Err(self.broken(NO_DOCTYPE)),
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
            self.count_to(self.xml.buffer_position());
        }
        self.finish()
    }

    fn finish(mut self) -> Result<Element, Unread> {
        if self.open.len() > 1 {
            let name = self.open.pop().map(|element| element.name);
            let name = name.unwrap_or_default();
            return Err(self.broken(&format!("the file ends within <{name}>; it is cut off")));
        }
        let document = self.open.pop().unwrap_or_default();
        let root = document.children.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        });
        root.ok_or_else(|| Unread::Refused("there is no element in it".into()))
    }

    fn begin(&mut self, start: &BytesStart<'_>) -> Result<(), Unread> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(self.broken(&format!("there are more than {MAX_ELEMENTS} elements")));
        }
        if self.open.len() > MAX_DEPTH {
            return Err(self.broken(&format!("elements lie more than {MAX_DEPTH} deep")));
        }
        let mut element = self.heir();
        element.name = self.name_of(start);
        for attribute in start.attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                let name = element.name;
                return Err(self.broken(&format!("<{name}> has an attribute that is none")));
            };
            let value = unescaped(&attribute.value);
            match attribute.key.as_ref() {
                "xml:lang" => element.language = value.trim().into(),
                "xml:base" => {
                    element.base = joined(&element.base, &value);
                    element.says_base = true;
                }
                key if key == "xmlns" || key.starts_with("xmlns:") => {}
                key => {
                    let local = key.rsplit(':').next().unwrap_or(key).to_string();
                    element.attributes.push((local, value));
                }
            }
            if element.attributes.len() > MAX_ATTRIBUTES {
                return Err(self.broken(&format!("more than {MAX_ATTRIBUTES} attributes")));
            }
        }
        self.open.push(element);
        Ok(())
    }

    /// A new element with what it has from the one around it.
    fn heir(&self) -> Element {
        let around = self.open.last();
        Element {
            line: self.line,
            span: self.counted..self.counted,
            language: around.map(|one| one.language.clone()).unwrap_or_default(),
            base: around.map(|one| one.base.clone()).unwrap_or_default(),
            says_base: around.is_some_and(|one| one.says_base),
            ..Element::default()
        }
    }

    fn end(&mut self) {
        // The first one stands for the document and has no end.
        if self.open.len() > 1
            && let Some(mut element) = self.open.pop()
            && let Some(around) = self.open.last_mut()
        {
            let end = usize::try_from(self.xml.buffer_position()).unwrap_or(usize::MAX);
            element.span.end = end.min(self.text.len());
            around.children.push(Node::Element(element));
        }
    }

    fn add(&mut self, text: &str) {
        let Some(element) = self.open.last_mut() else {
            return;
        };
        match element.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => element.children.push(Node::Text(text.to_string())),
        }
    }

    fn name_of(&self, start: &BytesStart<'_>) -> String {
        let (namespace, local) = self.xml.resolver().resolve_element(start.name());
        let cut = |name: &str| name.chars().take(MAX_NAME).collect::<String>();
        let local = cut(local.as_ref());
        let written = cut(start.name().as_ref());
        let prefix = match namespace {
            ResolveResult::Unbound => Some(""),
            ResolveResult::Bound(namespace) => prefix_of(namespace.as_ref()),
            // A prefix that was never declared is taken at its word.
            ResolveResult::Unknown(_) => return written,
        };
        match prefix {
            Some("") => local,
            Some(prefix) => format!("{prefix}:{local}"),
            None => format!("~{written}"),
        }
    }

    fn count_to(&mut self, position: u64) {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        let position = position.clamp(self.counted, self.text.len());
        self.line += lines(&self.text.as_bytes()[self.counted..position]);
        self.counted = position;
    }

    fn broken(&self, why: &str) -> Unread {
        Unread::Broken(Broken {
            line: self.line,
            item: None,
            why: why.to_string(),
        })
    }
}

const NO_DOCTYPE: &str = "the file declares a document type or entities (<!DOCTYPE>), which it should do \
     without and which can be made to harm their reader; take the declaration out if you trust it";

/// What `&name;` stands for. Without a document type XML knows five names; feeds use HTML's as well.
fn resolved(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(ch)) => printable(ch).to_string(),
        _ => named(reference.as_ref()),
    }
}

fn named(name: &str) -> String {
    match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        name => html::plain(&format!("&{name};")),
    }
}

fn printable(ch: char) -> char {
    match ch {
        '\t' | '\n' | '\r' => ch,
        ch if ch.is_control() => ' ',
        ch => ch,
    }
}

/// An attribute's value with its escapes undone.
fn unescaped(raw: &str) -> String {
    if !raw.contains('&') {
        return raw.to_string();
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        rest = after;
        let name = after.split_once(';').filter(|(name, _)| {
            name.len() <= 32 && !name.is_empty() && !name.contains(['&', ' ', '='])
        });
        match name {
            Some((name, behind)) => {
                text.push_str(&resolved(&BytesRef::new(name)));
                rest = behind;
            }
            None => text.push('&'),
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let why = read(text, "", 0).expect_err("a refusal").to_string();
        assert!(why.contains(expected), "{why}");
    }

    #[test]
    fn text_markup_language_and_base_are_read() {
        let root = read(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de' xml:base='/a/'>\n\
             <title>caf&eacute; &amp; <![CDATA[<b>]]> &#x2019;</title>\
             <x><p title='a&amp;b'>1 &lt; 2<br/></p></x></feed>",
            "https://herald.test/feed",
            0,
        )
        .unwrap();
        let title = root.child("atom:title").unwrap();
        assert_eq!((title.text().as_str(), title.line), ("café & <b> ’", 2));
        assert_eq!(title.language, "de");
        assert_eq!(title.address("b"), "https://herald.test/a/b");
        let x = root.child("atom:x").unwrap();
        assert_eq!(x.markup(), "<p title=\"a&amp;b\">1 &lt; 2<br></p>");
    }

    #[test]
    fn v_36_what_is_broken_or_out_of_bounds_is_refused_with_its_line() {
        check(
            "<rss>\n<channel>\n<item>",
            "line 3: the file ends within <item>",
        );
        check("<rss>\n<a></b></rss>", "line 2:");
        check(
            "<?xml version='1.0'?>\n<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
            "line 2: the file declares a document type",
        );
        check(&"<a>".repeat(MAX_DEPTH + 2), "100 deep");
        check(
            &format!("<a>{}</a>", "<b/>".repeat(MAX_ELEMENTS)),
            "500000 elements",
        );
        let many: String = (0..=MAX_ATTRIBUTES).map(|n| format!(" a{n}=''")).collect();
        check(&format!("<a{many}/>"), "100 attributes");
    }
}
