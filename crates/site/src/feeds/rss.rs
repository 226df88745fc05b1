//! RSS 2.0 for the site and each section. Only what everybody may read is in it.

use axum::extract::{Path, State};
use base::{Instant, Slug};
use newsroom::{
    Edition,
    edition::{ListOf, Published},
};
use web::{Answer, Kind, Page, Problem, Row};

use super::Xml;
use crate::{
    Site,
    kept::{KeptPage, Stamp},
    rows,
};

/// Items in one feed.
const ITEMS: usize = 50;
const NAMESPACES: [(&str, &str); 3] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

struct Channel {
    row: &'static Row,
    title: String,
    description: String,
    language: String,
    home: String,
    path: String,
    of: ListOf,
}

/// The site's feed.
pub async fn of_site(State(site): State<Site>) -> Result<Answer, Problem> {
    let identity = &site.identity;
    let channel = Channel {
        row: &rows::FEED,
        title: identity.name.clone(),
        description: identity
            .tagline
            .clone()
            .unwrap_or_else(|| identity.name.clone()),
        language: identity.language.tag().into(),
        home: "/".into(),
        path: "/feed.xml".into(),
        of: ListOf::Newest,
    };
    answer(&site, &channel).await
}

/// A section's feed.
pub async fn of_section(
    State(site): State<Site>,
    Path(slug): Path<Slug>,
) -> Result<Answer, Problem> {
    let edition = site.edition();
    let sections = &edition.furniture.sections;
    let section = sections
        .iter()
        .find(|one| one.slug == slug)
        .ok_or_else(Problem::absent)?;
    let title = format!("{} – {}", site.identity.name, section.name);
    let described = Some(section.description.clone()).filter(|text| !text.is_empty());
    let channel = Channel {
        row: &rows::SECTION_FEED,
        description: described.unwrap_or_else(|| title.clone()),
        title,
        language: section.language.tag().into(),
        home: format!("/section/{slug}"),
        path: format!("/section/{slug}/feed.xml"),
        of: ListOf::Section(section.id),
    };
    answer(&site, &channel).await
}

async fn answer(site: &Site, channel: &Channel) -> Result<Answer, Problem> {
    let edition = site.edition();
    let make = async { Ok(make(site, &edition, channel)) };
    Ok(site.kept.page(&channel.path, &edition, make).await?.into())
}

fn make(site: &Site, edition: &Edition, channel: &Channel) -> KeptPage {
    let (stories, _) = edition.list(&channel.of, 0, ITEMS);
    let mut xml = Xml::begin("rss", &NAMESPACES);
    xml.open("channel", &[]);
    xml.text("title", &channel.title);
    xml.text("link", &site.absolute(&channel.home));
    xml.text("description", &channel.description);
    xml.text("language", &channel.language);
    let own = site.absolute(&channel.path);
    xml.empty(
        "atom:link",
        &[
            ("href", own.as_str()),
            ("rel", "self"),
            ("type", "application/rss+xml"),
        ],
    );
    if let Some(newest) = stories.iter().map(|story| story.changed_at).max() {
        xml.text("lastBuildDate", &rfc_822(newest));
    }
    for story in stories {
        item(&mut xml, site, edition, story);
    }
    xml.close("channel");
    let body = xml.end("rss");
    let page = Page::new(channel.row, Kind::Rss, body, web::Effort::Keep)
        .with_surrogate_keys(["feed"])
        .shared();
    KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
    }
}

fn item(xml: &mut Xml, site: &Site, edition: &Edition, story: &Published) {
    let card = &story.card;
    let url = site.absolute(&story.path);
    xml.open("item", &[]);
    xml.text("title", &card.headline);
    xml.text("link", &url);
    xml.open("guid", &[("isPermaLink", "false")]);
    xml.content(&format!("urn:uuid:{}", story.id));
    xml.close("guid");
    xml.text("pubDate", &rfc_822(story.first_at));
    if let Some(deck) = &card.deck {
        xml.text("description", deck);
    }
    for byline in &card.bylines {
        xml.text("dc:creator", &byline.name);
    }
    if let Some(section) = card.section.and_then(|id| edition.section(id)) {
        xml.text("category", &section.name);
    }
    xml.close("item");
}

/// RFC 822 section 5 with the four-digit year of RFC 1123, as RSS wants it.
fn rfc_822(at: Instant) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}
