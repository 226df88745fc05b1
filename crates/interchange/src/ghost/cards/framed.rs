//! Cards of words in a frame: callouts, toggles, buttons, products, headers. The frame is lost.

use base::html::{push_attribute, push_text};
use serde_json::Value;

use super::{first, keep, push_picture, text};
use crate::ghost::body::Pen;

/// Stars a product can have.
const STARS: usize = 5;

/// Words set apart with a sign before them.
pub(super) fn callout(card: &Value, pen: &mut Pen) {
    let words = first(card, &["calloutText", "text"]);
    if words.is_empty() {
        return keep("callout", card, pen, "it holds no words");
    }
    remark("callout", pen);
    let mut out = String::from("<div>");
    let sign = text(card, "calloutEmoji");
    if !sign.is_empty() && card["emojiEnabled"] != false {
        push_text(&mut out, sign);
        out.push(' ');
    }
    // Lexical keeps callouts as paragraphs; the sign belongs into the first.
    let inner = words
        .strip_prefix("<p")
        .and_then(|rest| rest.split_once('>'));
    let words = inner.map_or(words, |(_, rest)| rest);
    pen.html(&format!("{out}{words}</div>"));
}

/// Words that opened when their heading was touched; they stand open here.
pub(super) fn toggle(card: &Value, pen: &mut Pen) {
    let (heading, content) = (text(card, "heading"), text(card, "content"));
    if heading.is_empty() && content.is_empty() {
        return keep("toggle", card, pen, "it holds no words");
    }
    pen.margin.remark(
        "toggle",
        "it could be folded away; its words stand open here",
    );
    pen.html(&format!("<p><strong>{heading}</strong></p>"));
    pen.html(content);
}

/// A link that looked like a button. `names` are those of its words and its address.
pub(super) fn button(card_name: &str, card: &Value, names: [&str; 2], pen: &mut Pen) {
    let [words, address] = names.map(|name| text(card, name));
    if words.is_empty() || address.is_empty() {
        return keep(
            card_name,
            card,
            pen,
            "the button has no words or leads nowhere",
        );
    }
    let mut out = String::from("<p><a");
    push_attribute(&mut out, "href", address);
    out.push('>');
    push_text(&mut out, words);
    out.push_str("</a></p>");
    pen.html(&out);
}

/// A thing that was recommended: picture, name, words, stars and a link.
pub(super) fn product(card: &Value, pen: &mut Pen) {
    remark("product", pen);
    let picture = text(card, "productImageSrc");
    let title = text(card, "productTitle");
    if !picture.is_empty() {
        let size = [&card["productImageWidth"], &card["productImageHeight"]];
        let mut out = String::new();
        push_picture(&mut out, picture, "", size, "");
        pen.html(&out);
    }
    pen.html(&format!("<p><strong>{title}</strong></p>"));
    if card["productRatingEnabled"] == true {
        let stars = card["productStarRating"].as_u64().unwrap_or(0) as usize;
        let stars = stars.min(STARS);
        pen.html(&format!(
            "<p>{}{}</p>",
            "★".repeat(stars),
            "☆".repeat(STARS - stars)
        ));
    }
    pen.html(text(card, "productDescription"));
    if card["productButtonEnabled"] == true && !text(card, "productButton").is_empty() {
        button("product", card, ["productButton", "productUrl"], pen);
    }
}

/// Large words over a picture, with a button.
pub(super) fn header(card: &Value, pen: &mut Pen) {
    remark("header", pen);
    let (words, more) = (text(card, "header"), text(card, "subheader"));
    if !words.is_empty() {
        pen.html(&format!("<h2>{words}</h2>"));
    }
    if !more.is_empty() {
        pen.html(&format!("<p>{more}</p>"));
    }
    let picture = text(card, "backgroundImageSrc");
    if !picture.is_empty() {
        let size = [
            &card["backgroundImageWidth"],
            &card["backgroundImageHeight"],
        ];
        let mut out = String::new();
        push_picture(&mut out, picture, "", size, "");
        pen.html(&out);
    }
    if card["buttonEnabled"] == true && !text(card, "buttonText").is_empty() {
        button("header", card, ["buttonText", "buttonUrl"], pen);
    }
}

fn remark(name: &str, pen: &mut Pen) {
    pen.margin.remark(
        name,
        "words in a frame of the old site's; its colour and shape are not here, its words were taken",
    );
}
