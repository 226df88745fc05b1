//! NITF (IPTC, 3.x) and other XML of a wire's body, written as HTML for our reader.

use crate::feed::tree::{self, Element, Node};

/// Elements of NITF with what HTML calls them. What is not here gives its words alone.
const NAMES: [(&str, &str); 34] = [
    ("a", "a"),
    ("b", "b"),
    ("blockquote", "blockquote"),
    ("bq", "blockquote"),
    ("br", "br"),
    ("caption", "caption"),
    ("dd", "dd"),
    ("dl", "dl"),
    ("dt", "dt"),
    ("em", "em"),
    ("figure", "figure"),
    ("figcaption", "figcaption"),
    ("h1", "h2"),
    ("h2", "h2"),
    ("h3", "h3"),
    ("h4", "h4"),
    ("hl1", "h2"),
    ("hl2", "h3"),
    ("hr", "hr"),
    ("i", "i"),
    ("img", "img"),
    ("li", "li"),
    ("ol", "ol"),
    ("p", "p"),
    ("pre", "pre"),
    ("strong", "strong"),
    ("sub", "sub"),
    ("sup", "sup"),
    ("table", "table"),
    ("td", "td"),
    ("th", "th"),
    ("tr", "tr"),
    ("ul", "ul"),
    ("fn", "small"),
];

/// Reads NITF, or another document of XML, as HTML of its body.
///
/// # Errors
/// Why it cannot be read: broken, out of bounds, or with a document type of its own.
pub fn read_text(xml: &str) -> Result<String, String> {
    let text = without_doctype(xml.trim_start());
    let root = tree::read(&text, "", 0).map_err(|unread| unread.to_string())?;
    Ok(html(&root))
}

/// HTML of the body in an element read already.
pub(crate) fn html(root: &Element) -> String {
    let body = found(root, "body.content").or_else(|| found(root, "body"));
    let mut html = String::new();
    within(body.unwrap_or(root), &mut html);
    html
}

/// The first element of that name, this one or below.
pub(crate) fn found<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    if local(element) == name {
        return Some(element);
    }
    element.elements().find_map(|child| found(child, name))
}

/// The name without what stands for its namespace.
pub(crate) fn local(element: &Element) -> &str {
    let name = element.name.trim_start_matches('~');
    name.rsplit(':').next().unwrap_or(name)
}

/// NITF names its document type, which is read by nobody here; one with declarations of its own is left to be
/// refused.
fn without_doctype(xml: &str) -> String {
    let Some((before, after)) = xml.split_once("<!DOCTYPE") else {
        return xml.into();
    };
    match after.split_once('>') {
        Some((declared, rest)) if !declared.contains('[') => format!("{before}{rest}"),
        _ => xml.into(),
    }
}

fn within(element: &Element, html: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => html.push_str(&base::html::text(text)),
            Node::Element(child) => write(child, html),
        }
    }
}

fn write(element: &Element, html: &mut String) {
    let name = local(element);
    if name == "media" {
        return media(element, html);
    }
    let known = NAMES.iter().find(|(nitf, _)| *nitf == name);
    let Some((_, name)) = known else {
        return within(element, html);
    };
    html.push('<');
    html.push_str(name);
    for attribute in ["href", "src", "alt", "colspan", "rowspan"] {
        if let Some(value) = element.attribute(attribute) {
            html.push_str(&format!(" {attribute}=\"{}\"", base::html::text(value)));
        }
    }
    html.push('>');
    if matches!(*name, "br" | "hr" | "img") {
        return;
    }
    within(element, html);
    html.push_str(&format!("</{name}>"));
}

/// A picture with its caption and credit; sound and moving pictures give a link.
fn media(element: &Element, html: &mut String) {
    let reference = found(element, "media-reference");
    let source = reference
        .and_then(|one| one.attribute("source"))
        .unwrap_or_default();
    let text = |name: &str| found(element, name).map(Element::text).unwrap_or_default();
    let (caption, producer) = (text("media-caption"), text("media-producer"));
    let said = [caption.trim(), producer.trim()]
        .into_iter()
        .filter(|one| !one.is_empty());
    let said = base::html::text(&said.collect::<Vec<_>>().join(" – ")).to_string();
    let is_picture = element
        .attribute("media-type")
        .is_none_or(|kind| kind == "image");
    let source = base::html::text(source).to_string();
    match (source.contains("://"), is_picture) {
        (true, true) => {
            let alternative = reference.and_then(|one| one.attribute("alternate-text"));
            let alternative = base::html::text(alternative.unwrap_or_default()).to_string();
            html.push_str(&format!(
                "<figure><img src=\"{source}\" alt=\"{alternative}\"><figcaption>{said}</figcaption></figure>"
            ));
        }
        (true, false) => html.push_str(&format!("<p><a href=\"{source}\">{said}</a></p>")),
        (false, _) => html.push_str(&format!("<p>{said}</p>")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_of_nitf_keeps_its_words_headings_and_lists() {
        let xml = "<?xml version=\"1.0\"?><!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf><head><title>No</title></head>\
            <body><body.head><hedline>No</hedline></body.head><body.content><block><p>At <person>Ada</person> &lt;</p>\
            <hl2>Then</hl2></block><ul><li>one</li></ul></body.content></body></nitf>";
        assert_eq!(
            read_text(xml).unwrap(),
            "<p>At Ada &lt;</p><h3>Then</h3><ul><li>one</li></ul>"
        );
    }

    #[test]
    fn v_36_a_document_type_with_entities_is_refused() {
        let bomb = "<!DOCTYPE nitf [<!ENTITY a \"aaaa\">]><nitf>&a;</nitf>";
        assert!(read_text(bomb).unwrap_err().contains("document type"));
    }
}
