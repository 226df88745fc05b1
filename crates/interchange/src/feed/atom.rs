//! Atom 1.0 (RFC 4287) and 0.3, and its elements where RSS borrows them.

use super::{
    media,
    names::{is_of_the_feed, is_passed_over, shown},
    piece::{Author, Channel, Item, Media, Page, Text},
    tree::Element,
};
use crate::html;

/// Blogger's exports say by a category of this scheme whether an entry is a story, a comment or a
/// setting of the old site.
const KINDS: &str = "http://schemas.google.com/g/2005#kind";

/// Reads a page; `root` is `<feed>`.
pub(super) fn read(root: &Element) -> Page {
    let mut page = Page::default();
    page.channel.language.clone_from(&root.language);
    for element in root.elements() {
        let about = &mut page.channel;
        match element.name.as_str() {
            "atom:entry" => add_entry(element, &mut page),
            "atom:title" => about.title = text(element).one_line(),
            "atom:subtitle" | "atom:tagline" => about.tagline = text(element).one_line(),
            "atom:id" => about.id = element.text(),
            "atom:link" => feed_link(element, about),
            "atom:author" => about.authors.push(person(element)),
            name if is_of_the_feed(name) => {}
            name => *page.strange.entry(shown(name).into()).or_default() += 1,
        }
    }
    page
}

/// A link of the feed as a whole.
pub(super) fn feed_link(element: &Element, about: &mut Channel) {
    let Some(href) = element.attribute("href") else {
        return;
    };
    let leads_to = element.address(href);
    match element.attribute("rel").unwrap_or("alternate") {
        "alternate" if about.home.is_empty() => about.home = leads_to,
        "self" if about.id.is_empty() => about.id = leads_to,
        // The next page counts more: it leads through the pages of one and the same feed.
        "next" => about.next = Some(leads_to),
        "prev-archive" if about.next.is_none() => about.next = Some(leads_to),
        _ => {}
    }
}

fn add_entry(element: &Element, page: &mut Page) {
    let mut item = Item {
        number: page.items.len() + 1,
        line: element.line,
        media: media::of(element),
        language: element.language.clone(),
        ..Item::default()
    };
    element.elements().for_each(|child| field(child, &mut item));
    set_base(element, &mut item);
    page.items.push(item);
}

/// Settles what an item's references start from: what its text says, else its own address.
pub(super) fn set_base(element: &Element, item: &mut Item) {
    if item.base.is_empty() {
        let own = !item.address.is_empty() && !element.says_base;
        let base = if own { &item.address } else { &element.base };
        item.base.clone_from(base);
    }
}

/// Remembers what the text of an item says its references start from.
pub(super) fn note_base(element: &Element, item: &mut Item) {
    if element.says_base && item.base.is_empty() {
        item.base.clone_from(&element.base);
    }
}

/// A field of an entry.
pub(super) fn field(element: &Element, item: &mut Item) {
    match element.name.as_str() {
        "atom:title" => item.title = Some(text(element)),
        "atom:id" => item.id = element.text(),
        "atom:link" => link(element, item),
        "atom:content" => content(element, item),
        "atom:summary" => item.summary = Some(text(element)),
        "atom:published" | "atom:issued" => item.published = element.text(),
        "atom:created" if item.published.is_empty() => item.published = element.text(),
        "atom:created" => {}
        "atom:updated" | "atom:modified" => item.updated = element.text(),
        "atom:author" => item.authors.push(person(element)),
        "atom:category" => category(element, item),
        "atom:source" => source(element, item),
        "app:control" => {
            let draft = element.child("app:draft").map(Element::text);
            item.is_draft = draft.as_deref() == Some("yes");
        }
        "feedburner:origLink" => item.addresses.push(element.text()),
        "dc:creator" if item.authors.is_empty() => {
            item.authors.push(super::people::author(&element.markup()));
        }
        "dc:subject" => item.topics.push(html::plain(&element.markup())),
        name if name.starts_with("media:") || is_passed_over(name) => {}
        name => {
            item.keep(shown(name), element.markup().into());
            item.strange.push(shown(name).into());
        }
    }
}

fn link(element: &Element, item: &mut Item) {
    let Some(href) = element.attribute("href") else {
        return;
    };
    let leads_to = element.address(href);
    let kind = element.attribute("type").unwrap_or_default();
    match element.attribute("rel").unwrap_or("alternate") {
        // Other forms of the entry, such as a feed of its comments, are no address of the story.
        "alternate" if item.address.is_empty() && (kind.is_empty() || kind.contains("html")) => {
            item.address = leads_to;
        }
        "enclosure" => item.media.push(Media {
            url: leads_to,
            kind: kind.to_ascii_lowercase(),
            title: element.attribute("title").unwrap_or_default().into(),
            ..Media::default()
        }),
        "via" | "related" => item.keep("links", leads_to.into()),
        _ => {}
    }
}

fn content(element: &Element, item: &mut Item) {
    let kind = element
        .attribute("type")
        .unwrap_or("text")
        .to_ascii_lowercase();
    if let Some(src) = element.attribute("src") {
        let src = element.address(src);
        if kind.starts_with("image/") {
            item.media.push(Media {
                url: src,
                kind,
                ..Media::default()
            });
        } else {
            let why = "the text is not in the feed, which only says where it stands";
            item.remark(&src, why);
        }
        return;
    }
    let is_text = matches!(kind.as_str(), "text" | "html" | "xhtml")
        || kind.starts_with("text/")
        || kind.ends_with("+xml")
        || kind.ends_with("/xml");
    if !is_text || element.attribute("mode") == Some("base64") {
        return item.remark(&kind, "a text of a kind that is not read here; left out");
    }
    item.body = Some(text(element));
    note_base(element, item);
}

/// A text construct (RFC 4287 section 3.1), or what Atom 0.3 had in its place.
fn text(element: &Element) -> Text {
    let kind = element.attribute("type").unwrap_or("text");
    if element.has_elements() {
        let inner = element.child("html:div").unwrap_or(element);
        return Text::Html(inner.markup());
    }
    match kind.to_ascii_lowercase().contains("html") {
        true => Text::Html(element.text()),
        false => Text::Plain(element.text()),
    }
}

fn person(element: &Element) -> Author {
    let said = |name: &str| element.child(name).map(Element::text);
    Author {
        name: html::one_line(&said("atom:name").unwrap_or_default()),
        email: said("atom:email").filter(|mail| !mail.is_empty()),
    }
}

fn category(element: &Element, item: &mut Item) {
    let term = element.attribute("term").unwrap_or_default();
    if element.attribute("scheme") == Some(KINDS) {
        let kind = term.rsplit('#').next().unwrap_or_default();
        if kind != "post" && kind != "page" {
            item.left_out = Some(kind.to_string());
        }
        return;
    }
    let topic = element.attribute("label").unwrap_or(term);
    item.topics.push(html::plain(topic));
}

fn source(element: &Element, item: &mut Item) {
    let name = element
        .child("atom:title")
        .map(|title| text(title).one_line());
    let link = element.elements().find(|child| {
        child.name == "atom:link" && child.attribute("rel").unwrap_or("alternate") == "alternate"
    });
    let link = link.and_then(|link| Some(link.address(link.attribute("href")?)));
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        item.source = Some((name, link.unwrap_or_default()));
    }
}
