//! Cards of Mobiledoc and decorator nodes of Lexical: the same things under much the same names.
//!
//! What a card showed to every visitor becomes a block; what it showed to some, or sent by mail
//! alone, or asked of readers, is kept for the desk.

mod framed;
mod shown;

use base::{document::Block, html::push_attribute};
use serde_json::Value;

use super::body::Pen;

/// Cards that stood in mails alone.
const IN_MAILS: [&str; 2] = ["email", "email-cta"];
/// Cards that asked readers of the old site for something, or depended on who was signed in.
const ASKS: [&str; 3] = ["signup", "call-to-action", "transistor"];
/// Cards that the old site filled anew at each visit.
const FILLED: [&str; 1] = ["collection"];

/// Writes what a card means.
pub(super) fn write(name: &str, card: &Value, pen: &mut Pen) {
    if is_for_some(card) {
        let why = "the old site showed it to some readers and not to others";
        return keep(name, card, pen, why);
    }
    match name {
        "markdown" | "card-markdown" => pen.markdown(text(card, "markdown")),
        "html" => pen.html(text(card, "html")),
        "image" => shown::picture(card, pen),
        "gallery" => shown::gallery(card, pen),
        "before-after" => shown::before_and_after(card, pen),
        "embed" | "nft" => shown::embed(name, card, pen),
        "bookmark" => shown::bookmark(card, pen),
        "file" | "audio" | "video" => shown::file(name, card, pen),
        "code" | "codeblock" => shown::code(card, pen),
        "hr" | "horizontalrule" => pen.block(Block::Divider),
        "paywall" | "members-only" => pen.block(Block::Fold),
        "callout" => framed::callout(card, pen),
        "toggle" => framed::toggle(card, pen),
        "button" => framed::button(name, card, ["buttonText", "buttonUrl"], pen),
        "product" => framed::product(card, pen),
        "header" => framed::header(card, pen),
        _ if IN_MAILS.contains(&name) => keep(name, card, pen, "it stood in mails alone"),
        _ if ASKS.contains(&name) => {
            keep(
                name,
                card,
                pen,
                "it asked readers of the old site for something",
            );
        }
        _ if FILLED.contains(&name) => {
            keep(name, card, pen, "the old site filled it anew at each visit");
        }
        _ => keep(name, card, pen, "a card that is not known"),
    }
}

/// Whether a card was for some visitors of the site only, in the forms of Ghost 5 and 6.
fn is_for_some(card: &Value) -> bool {
    let visibility = &card["visibility"];
    let web = &visibility["web"];
    let no_member = web["memberSegment"].as_str().is_some_and(str::is_empty);
    web["nonMember"] == false
        || no_member
        || visibility["showOnWeb"] == false
        || visibility["emailOnly"] == true
}

/// Keeps a card whole.
fn keep(name: &str, card: &Value, pen: &mut Pen, why: &str) {
    pen.keep(name, &card.to_string(), why);
}

/// A text of a card; empty when there is none.
fn text<'c>(card: &'c Value, name: &str) -> &'c str {
    card[name].as_str().unwrap_or_default().trim()
}

/// The first of these texts that is not empty.
fn first<'c>(card: &'c Value, names: &[&str]) -> &'c str {
    let texts = names.iter().map(|name| text(card, name));
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or("")
}

/// Appends a figure with a picture; `caption` is foreign HTML, read with the rest.
fn push_picture(out: &mut String, src: &str, alt: &str, size: [&Value; 2], caption: &str) {
    out.push_str("<figure><img");
    push_attribute(out, "src", src);
    push_attribute(out, "alt", alt);
    for (name, pixels) in ["width", "height"].into_iter().zip(size) {
        let pixels = pixels.as_u64().or_else(|| pixels.as_str()?.parse().ok());
        if let Some(pixels) = pixels {
            push_attribute(out, name, &pixels.to_string());
        }
    }
    out.push('>');
    push_caption(out, caption);
    out.push_str("</figure>");
}

fn push_caption(out: &mut String, caption: &str) {
    if !caption.is_empty() {
        out.push_str(&format!("<figcaption>{caption}</figcaption>"));
    }
}

#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
