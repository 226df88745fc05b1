//! An element of a feed with all that it holds.

use crate::address::joined;

/// An element with all that it holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    /// Its agreed name, whatever prefix it wears: `title`, `dc:creator`, `atom:link`. Elements of
    /// namespaces not known here keep their own prefix, after a tilde: `~acme:price`.
    pub name: String,
    /// Attributes, by their local names.
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    pub children: Vec<Node>,
    /// The line it begins on.
    pub line: u64,
    /// Where it stands in the text, in bytes.
    pub span: std::ops::Range<usize>,
    /// Its language, its own or inherited (`xml:lang`); empty when none is told.
    pub language: String,
    /// The address that its references start from (`xml:base`); empty when none is told.
    pub base: String,
    /// Whether the document itself says that address, rather than it being the document's own.
    pub says_base: bool,
}

/// What an element holds.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// Text, its escapes undone.
    Text(String),
    /// An element.
    Element(Element),
}

impl Element {
    /// The elements directly within.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name directly within.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// An attribute without blanks around it, unless it is empty.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// All text within, without blanks around it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text.trim().to_string()
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(more) => text.push_str(more),
                Node::Element(element) => element.add_text(text),
            }
        }
    }

    /// Whether it holds elements.
    pub fn has_elements(&self) -> bool {
        self.elements().next().is_some()
    }

    /// What it holds as HTML: text that is markup written escaped, or the elements themselves.
    pub fn markup(&self) -> String {
        if !self.has_elements() {
            return self.text();
        }
        let mut html = String::new();
        self.children.iter().for_each(|node| write(node, &mut html));
        html
    }

    /// Gives all elements within that have no prefix this one, and itself.
    pub fn adopt(&mut self, prefix: &str) {
        if !self.name.contains([':', '~']) {
            self.name = format!("{prefix}:{}", self.name);
        }
        for node in &mut self.children {
            if let Node::Element(element) = node {
                element.adopt(prefix);
            }
        }
    }

    /// An address within, seen from the element's base.
    pub fn address(&self, reference: &str) -> String {
        joined(&self.base, reference)
    }
}

fn write(node: &Node, html: &mut String) {
    let element = match node {
        Node::Text(text) => return html.push_str(&base::html::text(text)),
        Node::Element(element) => element,
    };
    let name = element.name.rsplit([':', '~']).next().unwrap_or_default();
    html.push('<');
    html.push_str(name);
    for (name, value) in &element.attributes {
        base::html::push_attribute(html, name, value);
    }
    html.push('>');
    element.children.iter().for_each(|node| write(node, html));
    let is_void = matches!(
        name,
        "br" | "hr" | "img" | "wbr" | "source" | "col" | "embed" | "input"
    );
    if !is_void {
        html.push_str(&format!("</{name}>"));
    }
}
