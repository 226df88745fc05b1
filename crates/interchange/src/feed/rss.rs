//! RSS: 0.90 to 0.92, 1.0 (RDF) and 2.0, with the modules that carry stories.

use super::{
    atom, media,
    names::{is_for_players, is_of_the_feed, is_passed_over, shown},
    people::author,
    piece::{Item, Page, Text},
    tree::Element,
};
use crate::html;

/// Reads a page. `root` is `<rss>` or `<rdf:RDF>`; in RDF the items stand beside the channel.
pub(super) fn read(root: &Element) -> Page {
    let mut page = Page::default();
    page.channel.language.clone_from(&root.language);
    for element in root.elements() {
        match element.name.as_str() {
            "channel" => channel(element, &mut page),
            "item" => add_item(element, &mut page),
            name if is_of_the_feed(name) => {}
            name => *page.strange.entry(shown(name).into()).or_default() += 1,
        }
    }
    page
}

fn channel(channel: &Element, page: &mut Page) {
    for element in channel.elements() {
        let text = || element.text();
        let about = &mut page.channel;
        match element.name.as_str() {
            "item" => add_item(element, page),
            "title" => about.title = html::plain(&element.markup()),
            "description" => about.tagline = html::plain(&element.markup()),
            "link" => about.home = element.address(&text()),
            "language" | "dc:language" => about.language = text(),
            "atom:id" => about.id = text(),
            "atom:link" => atom::feed_link(element, about),
            "dc:creator" | "itunes:author" | "author" if about.authors.is_empty() => {
                about.authors.push(author(&text()));
            }
            "dc:creator" | "itunes:author" | "author" => {}
            name if is_of_the_feed(name) => {}
            name => *page.strange.entry(shown(name).into()).or_default() += 1,
        }
    }
}

fn add_item(element: &Element, page: &mut Page) {
    let mut item = Item {
        number: page.items.len() + 1,
        line: element.line,
        media: media::of(element),
        ..Item::default()
    };
    for child in element.elements() {
        field(child, &mut item);
    }
    finish(element, &mut item);
    page.items.push(item);
}

fn field(element: &Element, item: &mut Item) {
    match element.name.as_str() {
        "title" | "dc:title" | "media:title" if item.title.is_some() => {}
        "title" | "dc:title" => item.title = Some(Text::Html(element.markup())),
        "link" if item.address.is_empty() => item.address = element.address(&element.text()),
        "guid" => guid(element, item),
        "feedburner:origLink" => item.addresses.push(element.text()),
        "description" => item.either = Some(Text::Html(element.markup())),
        "content:encoded" => {
            atom::note_base(element, item);
            item.body = Some(Text::Html(element.markup()));
        }
        "html:body" | "html:div" if item.body.is_none() => {
            item.body = Some(Text::Html(element.markup()));
        }
        "pubDate" | "dc:date" | "dcterms:issued" | "dcterms:created" | "atom:published" => {
            fill(&mut item.published, element);
        }
        "dcterms:modified" | "atom:updated" => fill(&mut item.updated, element),
        "category" | "dc:subject" => item.topics.push(html::plain(&element.markup())),
        "dc:language" => item.language = element.text(),
        "source" => {
            let url = element.attribute("url").unwrap_or_default();
            item.source = Some((html::plain(&element.markup()), element.address(url)));
        }
        "enclosure" | "itunes:image" => {}
        name if name.starts_with("media:") && is_media(name) => {}
        _ => people_or_atom(element, item),
    }
}

/// Elements of Media RSS that [`media::of`] has read.
fn is_media(name: &str) -> bool {
    [
        "content",
        "group",
        "thumbnail",
        "title",
        "description",
        "credit",
    ]
    .iter()
    .any(|known| name.strip_prefix("media:") == Some(known))
}

fn people_or_atom(element: &Element, item: &mut Item) {
    match element.name.as_str() {
        "author" | "dc:creator" => {
            let author = author(&element.markup());
            if !item.authors.contains(&author) {
                item.authors.push(author);
            }
        }
        // It repeats the others where there are any.
        "itunes:author" if item.authors.is_empty() => item.authors.push(author(&element.markup())),
        "itunes:author" => {}
        "link" => {}
        "atom:link" | "atom:author" | "atom:summary" | "atom:content" => {
            atom::field(element, item);
        }
        "itunes:summary" | "itunes:subtitle" if item.summary.is_none() => {
            item.summary = Some(Text::Html(element.markup()));
        }
        name if is_passed_over(name) => {}
        name if is_for_players(name) => item.keep(name, element.markup().into()),
        name => {
            item.keep(shown(name), element.markup().into());
            item.strange.push(shown(name).into());
        }
    }
}

fn fill(field: &mut String, element: &Element) {
    if field.is_empty() {
        *field = element.text();
    }
}

/// A `guid` is an address unless it says otherwise; WordPress says otherwise and writes one that leads.
fn guid(element: &Element, item: &mut Item) {
    item.id = element.text();
    if item.id.contains("://") {
        item.addresses.push(item.id.clone());
    }
}

fn finish(element: &Element, item: &mut Item) {
    if item.id.is_empty() {
        // RDF names its items by an attribute.
        item.id = element.attribute("about").unwrap_or_default().into();
    }
    let guid = element.child("guid");
    let is_address = guid.is_some_and(|guid| guid.attribute("isPermaLink") != Some("false"));
    if item.address.is_empty() && is_address && item.id.contains("://") {
        item.address.clone_from(&item.id);
    }
    atom::set_base(element, item);
    if item.language.is_empty() {
        item.language.clone_from(&element.language);
    }
}
