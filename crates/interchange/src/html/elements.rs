//! Elements by what becomes of them.

use base::document::Mark;

/// Elements that only make text stand apart.
pub(super) const STANDS_APART: [&str; 27] = [
    "address",
    "article",
    "aside",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dt",
    "fieldset",
    "figcaption",
    "footer",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "optgroup",
    "option",
    "search",
    "section",
    "summary",
    "tr",
    "x-classic",
];

/// Elements known to mean nothing beyond their text.
pub(super) const UNDERSTOOD: [&str; 32] = [
    "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "data", "dfn", "font", "head",
    "ins", "label", "map", "mark", "marquee", "nobr", "picture", "rb", "rp", "rt", "ruby", "small",
    "span", "tbody", "td", "time", "title", "tt", "u", "wbr",
];

/// Elements that are no text, or that would act.
pub(super) const NEVER_SHOWN: [&str; 21] = [
    "applet", "area", "base", "button", "canvas", "dialog", "form", "frame", "frameset", "input",
    "link", "math", "meta", "noscript", "param", "script", "select", "style", "svg", "template",
    "textarea",
];

/// The mark that an element puts on its text.
pub(super) fn mark_of(name: &str) -> Option<Mark> {
    Some(match name {
        "strong" | "b" => Mark::Strong,
        "em" | "i" | "cite" | "var" | "dfn" => Mark::Emphasis,
        "s" | "del" | "strike" => Mark::Strike,
        "code" | "kbd" | "samp" | "tt" => Mark::Code,
        "sup" => Mark::Superscript,
        "sub" => Mark::Subscript,
        _ => return None,
    })
}
