//! Atom 1.0 (RFC 4287), with a tombstone for what was taken back (RFC 6721).

use super::{
    Xml,
    feed::{Author, Feed, Item, rfc_3339},
    rss::write_picture,
};

/// The feed's bytes.
pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let root = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:at", "http://purl.org/atompub/tombstones/1.0"),
        ("xmlns:media", "http://search.yahoo.com/mrss/"),
        ("xml:lang", feed.language.tag()),
    ];
    let mut xml = Xml::begin("feed", &root);
    xml.text("id", &feed.id);
    xml.text("title", &feed.title);
    xml.text("subtitle", &feed.description);
    xml.text("updated", &rfc_3339(feed.updated()));
    link(&mut xml, "self", "application/atom+xml", &feed.own);
    link(&mut xml, "alternate", "text/html", &feed.home);
    xml.empty("link", &[("rel", "hub"), ("href", &feed.hub)]);
    author(&mut xml, &feed.publisher);
    xml.text("generator", "Dateline");
    for gone in &feed.gone {
        let when = rfc_3339(gone.at);
        xml.empty("at:deleted-entry", &[("ref", &gone.id), ("when", &when)]);
    }
    for item in &feed.items {
        entry(&mut xml, item);
    }
    xml.end("feed")
}

fn entry(xml: &mut Xml, item: &Item) {
    xml.open("entry", &[("xml:lang", item.language.tag())]);
    xml.text("id", &item.id);
    xml.text("title", &item.title);
    link(xml, "alternate", "text/html", &item.url);
    xml.text("published", &rfc_3339(item.published));
    xml.text("updated", &rfc_3339(item.updated));
    for one in &item.authors {
        author(xml, one);
    }
    for name in &item.about {
        xml.empty("category", &[("term", name)]);
    }
    if let Some(summary) = &item.summary {
        xml.text("summary", summary);
    }
    if let Some(html) = item.html_that_runs() {
        xml.text_with("content", &[("type", "html")], &html);
    }
    if let Some(source) = &item.source {
        let via = [
            ("rel", "via"),
            ("href", source.url.as_str()),
            ("title", source.name.as_str()),
        ];
        xml.empty("link", &via);
    }
    if let Some(picture) = &item.picture {
        write_picture(xml, picture);
    }
    xml.close("entry");
}

fn link(xml: &mut Xml, leads: &str, kind: &str, href: &str) {
    xml.empty("link", &[("rel", leads), ("type", kind), ("href", href)]);
}

fn author(xml: &mut Xml, author: &Author) {
    xml.open("author", &[]);
    xml.text("name", &author.name);
    if let Some(url) = &author.url {
        xml.text("uri", url);
    }
    xml.close("author");
}
