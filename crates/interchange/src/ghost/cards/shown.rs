//! Cards that show something: pictures, what plays, what lives elsewhere, code.

use base::{
    document::{Block, Embed, EmbedAttrs},
    html::{push_attribute, push_text},
};
use serde_json::Value;

use super::{first, keep, push_caption, push_picture, text};
use crate::{embeds, ghost::body::Pen, html};

/// A picture with its caption.
pub(super) fn picture(card: &Value, pen: &mut Pen) {
    let src = text(card, "src");
    if src.is_empty() {
        return keep("image", card, pen, "it names no picture");
    }
    let mut out = String::new();
    let link = text(card, "href");
    if !link.is_empty() {
        out.push_str("<a");
        push_attribute(&mut out, "href", link);
        out.push('>');
    }
    let alt = first(card, &["alt", "title"]);
    let size = [&card["width"], &card["height"]];
    push_picture(&mut out, src, alt, size, text(card, "caption"));
    if !link.is_empty() {
        out.push_str("</a>");
    }
    pen.html(&out);
}

/// Several pictures and one caption for all.
pub(super) fn gallery(card: &Value, pen: &mut Pen) {
    let pictures = card["images"].as_array().map_or(&[][..], Vec::as_slice);
    if pictures.is_empty() {
        return keep("gallery", card, pen, "it holds no picture");
    }
    group(pictures.iter(), text(card, "caption"), pen);
}

/// Two pictures under one slider, which are two pictures here.
pub(super) fn before_and_after(card: &Value, pen: &mut Pen) {
    let pictures = [&card["beforeImage"], &card["afterImage"]];
    if pictures
        .iter()
        .any(|picture| text(picture, "src").is_empty())
    {
        return keep("before-after", card, pen, "one of its pictures is missing");
    }
    let why = "the slider between two pictures is not here; both stand side by side";
    pen.margin.remark("before-after", why);
    group(pictures.into_iter(), text(card, "caption"), pen);
}

fn group<'c>(pictures: impl Iterator<Item = &'c Value>, caption: &str, pen: &mut Pen) {
    let mut out = String::from("<figure class=\"wp-block-gallery\">");
    for picture in pictures {
        let alt = first(picture, &["alt", "title"]);
        let size = [&picture["width"], &picture["height"]];
        push_picture(
            &mut out,
            text(picture, "src"),
            alt,
            size,
            text(picture, "caption"),
        );
    }
    push_caption(&mut out, caption);
    out.push_str("</figure>");
    pen.html(&out);
}

/// Something that lives elsewhere: by its address, else by the HTML that its host gave out.
pub(super) fn embed(name: &str, card: &Value, pen: &mut Pen) {
    let (url, given) = (text(card, "url"), text(card, "html"));
    let metadata = &card["metadata"];
    let title = match first(metadata, &["title"]) {
        // A posting has no title; its words stand in the quotation that its host gave out.
        "" if given.contains("<blockquote") => html::plain(given),
        title => html::one_line(title),
    };
    let provider = first(metadata, &["provider_name"]);
    let made = link_card(pen, url, title, provider, text(card, "caption"));
    if !made && given.is_empty() {
        keep(name, card, pen, "it names no address we could link to");
    } else if !made {
        pen.html(given);
    }
}

/// A link with what its page says of itself.
pub(super) fn bookmark(card: &Value, pen: &mut Pen) {
    let metadata = &card["metadata"];
    let title = html::one_line(first(metadata, &["title"]));
    let words = match text(card, "caption") {
        "" => base::html::text(first(metadata, &["description"])),
        caption => caption.to_string(),
    };
    let url = match text(card, "url") {
        "" => first(metadata, &["url"]),
        url => url,
    };
    if !link_card(pen, url, title, first(metadata, &["publisher"]), &words) {
        keep(
            "bookmark",
            card,
            pen,
            "it names no address we could link to",
        );
    }
}

/// A file to fetch, to hear or to see.
pub(super) fn file(name: &str, card: &Value, pen: &mut Pen) {
    let title = first(card, &["fileTitle", "title", "fileName"]);
    let caption = first(card, &["fileCaption", "caption"]);
    let Ok(url) = pen.addresses.file(text(card, "src")) else {
        return keep(name, card, pen, "it names no file");
    };
    push_card(pen, url, html::one_line(title), None, caption);
    let poster = first(card, &["customThumbnailSrc", "thumbnailSrc"]);
    if !poster.is_empty() {
        let why = "the picture that stood for a recording; left out";
        pen.margin.remark(poster, why);
    }
}

/// Code, with its caption below.
pub(super) fn code(card: &Value, pen: &mut Pen) {
    let mut out = String::from("<figure><pre>");
    push_text(&mut out, card["code"].as_str().unwrap_or_default());
    out.push_str("</pre>");
    push_caption(&mut out, text(card, "caption"));
    out.push_str("</figure>");
    pen.html(&out);
}

/// Writes a card with a link, when the address is one we link to.
fn link_card(pen: &mut Pen, url: &str, title: String, provider: &str, caption: &str) -> bool {
    let page = embeds::page_of(url);
    let link = pen.addresses.link(&page).ok();
    let Some(url) = link.filter(|_| page.contains('/')) else {
        return false;
    };
    let provider = Some(html::one_line(provider))
        .filter(|provider| !provider.is_empty())
        .or_else(|| embeds::provider(url.as_str()));
    push_card(pen, url, title, provider, caption);
    true
}

/// A card; labels that are too long stand as paragraphs behind it, and links within are named.
fn push_card(
    pen: &mut Pen,
    url: base::document::Href,
    title: String,
    provider: Option<String>,
    caption: &str,
) {
    if caption.contains("href") {
        let why = "a caption with links, which is plain text here; its words were taken";
        pen.margin.remark(caption, why);
    }
    let (title, long_title) = html::fitting(title);
    let (caption, long_caption) = html::fitting(html::plain(caption));
    let (provider, _) = html::fitting(provider.unwrap_or_default());
    pen.block(Block::Embed(Embed {
        attrs: EmbedAttrs {
            url,
            provider,
            title,
            caption,
            frame: None,
        },
    }));
    for block in [long_title, long_caption].into_iter().flatten() {
        pen.block(block);
    }
}
