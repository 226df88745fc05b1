//! The XML of XMP as a small tree: no document type, no entities of its own, and bounded.

use quick_xml::{
    NsReader,
    events::{BytesRef, BytesStart, Event},
    name::ResolveResult,
};

/// Elements within elements. The deepest that the IPTC has (regions, places within them) lies fourteen deep.
const MAX_DEPTH: usize = 32;
/// Elements of one packet. The IPTC's reference picture, which has every field there is, has some four hundred.
const MAX_ELEMENTS: usize = 20_000;
/// Attributes of one element; programs that write properties so write some fifty.
const MAX_ATTRIBUTES: usize = 500;
/// Bytes of text in one element: more than any field is cut to.
const MAX_WORDS: usize = 64 * 1024;

/// RDF's own names.
pub const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// A name in its namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The namespace's address; empty where there is none.
    pub space: String,
    /// The name in it.
    pub local: String,
}

impl Name {
    /// Whether it is this one.
    pub fn is(&self, space: &str, local: &str) -> bool {
        self.local == local && self.space == space
    }
}

/// An element with what it holds.
#[derive(Debug, Default)]
pub struct Node {
    /// Its name.
    pub name: Name,
    /// Its attributes.
    pub attributes: Vec<(Name, String)>,
    /// Its own text, that of elements in it apart.
    pub words: String,
    /// The elements in it.
    pub children: Vec<Node>,
}

impl Node {
    /// The attribute of that name.
    pub fn attribute(&self, space: &str, local: &str) -> Option<&str> {
        let found = self
            .attributes
            .iter()
            .find(|(name, _)| name.is(space, local));
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads a packet. The root has no name and holds what could be read; the second value is false where that is not all.
pub fn tree(packet: &str) -> (Node, bool) {
    let mut builder = Builder {
        open: vec![Node::default()],
        elements: 0,
    };
    let mut reader = NsReader::from_str(packet);
    let whole = loop {
        match reader.read_event() {
            Ok(Event::Eof) => break builder.open.len() == 1,
            Ok(event) => {
                if builder.take(&reader, event).is_none() {
                    break false;
                }
            }
            Err(_) => break false,
        }
    };
    while builder.open.len() > 1 {
        builder.close();
    }
    (builder.open.pop().unwrap_or_default(), whole)
}

struct Builder {
    open: Vec<Node>,
    elements: usize,
}

impl Builder {
    /// Nothing where reading has to end.
    fn take(&mut self, reader: &NsReader<&[u8]>, event: Event<'_>) -> Option<()> {
        match event {
            Event::Start(start) => self.open(reader, &start),
            Event::Empty(start) => {
                self.open(reader, &start)?;
                self.close();
                Some(())
            }
            Event::End(_) => {
                self.close();
                Some(())
            }
            Event::Text(text) => self.write(&text.into_inner()),
            Event::CData(text) => self.write(&text.into_inner()),
            Event::GeneralRef(reference) => self.write(&meant(&reference)?),
            // It could name entities that unfold without end, or files of this machine.
            Event::DocType(_) => None,
            _ => Some(()),
        }
    }

    fn open(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Option<()> {
        self.elements += 1;
        if self.open.len() > MAX_DEPTH || self.elements > MAX_ELEMENTS {
            return None;
        }
        let (space, local) = reader.resolver().resolve_element(start.name());
        let mut node = Node {
            name: name(&space, local.as_ref()),
            ..Node::default()
        };
        for attribute in start.attributes().take(MAX_ATTRIBUTES) {
            let attribute = attribute.ok()?;
            let (space, local) = reader.resolver().resolve_attribute(attribute.key);
            let value = quick_xml::escape::unescape(&attribute.value).ok()?;
            if value.len() <= MAX_WORDS {
                let name = name(&space, local.as_ref());
                node.attributes.push((name, value.into_owned()));
            }
        }
        self.open.push(node);
        Some(())
    }

    fn close(&mut self) {
        if self.open.len() > 1
            && let Some(node) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
        {
            parent.children.push(node);
        }
    }

    fn write(&mut self, text: &str) -> Option<()> {
        let node = self.open.last_mut()?;
        if node.words.len() + text.len() <= MAX_WORDS {
            node.words.push_str(text);
        }
        Some(())
    }
}

fn name(space: &ResolveResult<'_>, local: &str) -> Name {
    let space = match space {
        ResolveResult::Bound(space) => space.as_ref().to_string(),
        _ => String::new(),
    };
    Name {
        space,
        local: local.to_string(),
    }
}

/// A character by number, or one of XML's own five; any other entity ends the reading.
fn meant(reference: &BytesRef<'_>) -> Option<String> {
    if let Some(sign) = reference.resolve_char_ref().ok()? {
        return Some(sign.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(reference).map(str::to_string)
}
