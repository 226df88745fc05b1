//! RSS 2.0, with the names it borrows for what it has no word for: Dublin Core, `content:encoded`, Media RSS.

use base::Instant;

use super::{
    Xml,
    feed::{Feed, Item, Shown, rfc_3339},
};

const NAMESPACES: [(&str, &str); 5] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
];

/// The feed's bytes.
pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let mut xml = Xml::begin("rss", &NAMESPACES);
    xml.open("channel", &[]);
    xml.text("title", &feed.title);
    xml.text("link", &feed.home);
    xml.text("description", &feed.description);
    xml.text("language", feed.language.tag());
    let own = [
        ("href", feed.own.as_str()),
        ("rel", "self"),
        ("type", "application/rss+xml"),
    ];
    xml.empty("atom:link", &own);
    xml.empty("atom:link", &[("href", &feed.hub), ("rel", "hub")]);
    if !feed.items.is_empty() {
        xml.text("lastBuildDate", &rfc_822(feed.updated()));
    }
    for item in &feed.items {
        write_item(&mut xml, item, feed);
    }
    xml.close("channel");
    xml.end("rss")
}

fn write_item(xml: &mut Xml, item: &Item, feed: &Feed) {
    xml.open("item", &[]);
    xml.text("title", &item.title);
    xml.text("link", &item.url);
    xml.text_with("guid", &[("isPermaLink", "false")], &item.id);
    xml.text("pubDate", &rfc_822(item.published));
    if item.updated > item.published {
        xml.text("atom:updated", &rfc_3339(item.updated));
    }
    if let Some(summary) = &item.summary {
        xml.text("description", summary);
    }
    if let Some(html) = item.html_that_runs() {
        xml.text("content:encoded", &html);
    }
    for author in &item.authors {
        xml.text("dc:creator", &author.name);
    }
    for name in &item.about {
        xml.text("category", name);
    }
    if item.language != feed.language {
        xml.text("dc:language", item.language.tag());
    }
    if let Some(source) = &item.source {
        xml.text_with("source", &[("url", &source.url)], &source.name);
    }
    if let Some(picture) = &item.picture {
        write_picture(xml, picture);
    }
    xml.close("item");
}

/// Media RSS 1.5.1, which Atom borrows as well. How many bytes a picture has and of which kind is not
/// known, so it is no enclosure, which must say both.
pub(super) fn write_picture(xml: &mut Xml, picture: &Shown) {
    let mut says = vec![("url", picture.url.clone()), ("medium", "image".into())];
    for (name, pixels) in [("width", picture.width), ("height", picture.height)] {
        says.extend(pixels.map(|pixels| (name, pixels.to_string())));
    }
    let says: Vec<_> = says.iter().map(|(name, it)| (*name, it.as_str())).collect();
    xml.open("media:content", &says);
    if !picture.alt.is_empty() {
        xml.text_with("media:description", &[("type", "plain")], &picture.alt);
    }
    if let Some(credit) = &picture.credit {
        xml.text("media:credit", credit);
    }
    xml.close("media:content");
}

/// RFC 822 section 5 with the four-digit year of RFC 1123, as RSS wants it.
fn rfc_822(at: Instant) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}
