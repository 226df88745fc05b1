//! Bodies in Lexical, as Ghost 5 and 6 write them: a tree of nodes with types.
//!
//! Nodes of Lexical itself are written as HTML and read as such; decorator nodes are cards.

use base::{
    Direction,
    html::{push_attribute, push_text},
};
use serde_json::Value;

use super::{body::Pen, cards};

/// Bits of a text's format (Lexical, `LexicalConstants`) and the elements that mean them.
const FORMATS: [(u64, &str); 8] = [
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
];
/// Nodes that exist only while somebody writes.
const EDITORS_OWN: [&str; 2] = ["zwnj", "at-link-search"];
/// Nodes of a line, which stand at the outermost level only by accident.
const INLINE: [&str; 10] = [
    "text",
    "extended-text",
    "tk",
    "linebreak",
    "tab",
    "link",
    "autolink",
    "at-link",
    "zwnj",
    "at-link-search",
];

/// Writes a body.
///
/// # Errors
/// Says why it cannot be read as Lexical; nothing was written then.
pub(super) fn write(text: &str, pen: &mut Pen) -> Result<(), String> {
    let whole: Value = serde_json::from_str(text).map_err(|error| format!("no JSON ({error})"))?;
    let Some(nodes) = whole["root"]["children"].as_array() else {
        return Err("Lexical without a root and its children".into());
    };
    let mut writer = Writer {
        pen,
        later: Vec::new(),
    };
    let mut rest = nodes.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|node| is_inline(node)).count();
        if length > 0 {
            writer.stray_line(&rest[..length]);
        } else {
            writer.node(first);
        }
        rest = &rest[length.max(1)..];
    }
    Ok(())
}

struct Writer<'w, 'p, 'a> {
    pen: &'p mut Pen<'a>,
    /// Cards met within a line; they stand behind its block.
    later: Vec<&'w Value>,
}

impl<'w> Writer<'w, '_, '_> {
    /// A node at the outermost level.
    fn node(&mut self, node: &'w Value) {
        let mut out = String::new();
        if self.element(&mut out, node) {
            self.pen.html(&out);
            for card in std::mem::take(&mut self.later) {
                cards::write(kind(card), card, self.pen);
            }
        } else {
            cards::write(kind(node), node, self.pen);
        }
    }

    fn stray_line(&mut self, nodes: &'w [Value]) {
        let mut out = String::from("<p>");
        self.line(&mut out, nodes);
        out.push_str("</p>");
        self.pen.html(&out);
    }

    /// Writes an element with text in it; says no to cards.
    fn element(&mut self, out: &mut String, node: &'w Value) -> bool {
        match kind(node) {
            "paragraph" => self.within(out, "p", "", node),
            "heading" | "extended-heading" => {
                let tag = node["tag"].as_str().unwrap_or("h2");
                let known = ["h1", "h2", "h3", "h4", "h5", "h6"];
                let tag = known.iter().find(|known| **known == tag).unwrap_or(&"h2");
                self.within(out, tag, "", node);
            }
            "quote" | "extended-quote" => self.within(out, "blockquote", "", node),
            "aside" => self.within(out, "blockquote", " class=\"pullquote\"", node),
            "list" => self.list(out, node),
            "listitem" => self.within(out, "p", "", node),
            strange if !children(node).is_empty() => {
                let why = "a node that is not known; the text within it was taken";
                self.pen.margin.remark(strange, why);
                self.within(out, "div", "", node);
            }
            _ => return false,
        }
        true
    }

    fn within(&mut self, out: &mut String, tag: &str, attributes: &str, node: &'w Value) {
        out.push('<');
        out.push_str(tag);
        out.push_str(attributes);
        self.direction(out, node);
        out.push('>');
        self.line(out, children(node));
        out.push_str(&format!("</{tag}>"));
    }

    /// Lexical names the direction of every block; only one that differs is worth a word.
    fn direction(&self, out: &mut String, node: &Value) {
        let named = match node["direction"].as_str() {
            Some("rtl") => Direction::Rtl,
            Some("ltr") => Direction::Ltr,
            _ => return,
        };
        if named != self.pen.direction {
            push_attribute(out, "dir", named.attribute());
        }
    }

    fn list(&mut self, out: &mut String, node: &'w Value) {
        let tag = if node["listType"] == "number" {
            "ol"
        } else {
            "ul"
        };
        out.push('<');
        out.push_str(tag);
        if let Some(start) = node["start"].as_u64().filter(|start| *start != 1) {
            push_attribute(out, "start", &start.to_string());
        }
        self.direction(out, node);
        out.push('>');
        let mut open = false;
        for item in children(node) {
            // A list within a list is an item of its own there; it belongs to the item before.
            let only_lists = !children(item).is_empty()
                && children(item).iter().all(|inner| kind(inner) == "list");
            if open && !only_lists {
                out.push_str("</li>");
            }
            if !open || !only_lists {
                out.push_str("<li>");
            }
            open = true;
            if node["listType"] == "check" {
                out.push_str(if item["checked"] == true {
                    "☑ "
                } else {
                    "☐ "
                });
            }
            self.line(out, children(item));
        }
        out.push_str(if open { "</li></" } else { "</" });
        out.push_str(tag);
        out.push('>');
    }

    fn line(&mut self, out: &mut String, nodes: &'w [Value]) {
        for node in nodes {
            match kind(node) {
                "text" | "extended-text" | "tk" => self.text(out, node),
                "linebreak" => out.push_str("<br>"),
                "tab" => out.push(' '),
                "link" | "autolink" | "at-link" => self.link(out, node),
                own if EDITORS_OWN.contains(&own) => self.line(out, children(node)),
                _ if self.element(out, node) => {}
                _ => self.later.push(node),
            }
        }
    }

    fn text(&mut self, out: &mut String, node: &Value) {
        let format = node["format"].as_u64().unwrap_or(0);
        let marks: Vec<&str> = FORMATS
            .iter()
            .filter(|(bit, _)| format & bit != 0)
            .map(|(_, tag)| *tag)
            .collect();
        if format >= 256 {
            let why = "a format of text that is not known; the text was taken without it";
            self.pen.margin.remark(&format!("format {format}"), why);
        }
        for tag in &marks {
            out.push_str(&format!("<{tag}>"));
        }
        push_text(out, node["text"].as_str().unwrap_or_default());
        for tag in marks.iter().rev() {
            out.push_str(&format!("</{tag}>"));
        }
    }

    fn link(&mut self, out: &mut String, node: &'w Value) {
        out.push_str("<a");
        if let Some(address) = node["url"].as_str() {
            push_attribute(out, "href", address);
        }
        out.push('>');
        self.line(out, children(node));
        out.push_str("</a>");
    }
}

fn kind(node: &Value) -> &str {
    node["type"].as_str().unwrap_or("a node without a type")
}

fn is_inline(node: &Value) -> bool {
    INLINE.contains(&kind(node))
}

fn children(node: &Value) -> &[Value] {
    node["children"].as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests;
