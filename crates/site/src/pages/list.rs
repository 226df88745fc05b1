//! `GET /section/…`, `/topic/…`, `/author/…`: stories that share something, newest first.

use axum::extract::{Path, State};
use base::Slug;
use newsroom::{Edition, edition::ListOf, person::Person};
use serde::Serialize;
use syndication::fediverse::{Actor, Voice};
use web::{Answer, Page, Problem, Query, Row};

use super::{STORIES_A_PAGE, elsewhere, page_number};
use crate::{
    Site, fediverse, feeds,
    frame::{FeedLink, Frame, PageFrame},
    kept::{KeptPage, Stamp},
    rows,
    view::{Card, Paging, Viewer},
};

/// A list page, as `list.html` wants it.
#[derive(Serialize)]
pub(super) struct ListPage {
    frame: Frame,
    kind: &'static str,
    heading: String,
    label: String,
    intro_html: Option<String>,
    person: Option<PersonView>,
    cards: Vec<Card>,
    pages: Paging,
    feed_url: Option<String>,
}

#[derive(Serialize)]
struct PersonView {
    name: String,
    role: Option<String>,
    bio_html: Option<String>,
    languages: Vec<String>,
}

/// What makes one list different from another.
pub(super) struct Listing {
    pub row: &'static Row,
    pub kind: &'static str,
    pub label_key: &'static str,
    pub heading: String,
    pub intro: Option<String>,
    pub language: base::Language,
    pub of: ListOf,
    pub path: String,
    pub has_feed: bool,
    pub section: Option<String>,
}

/// A section's stories.
pub async fn section(
    State(site): State<Site>,
    Path(slug): Path<Slug>,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let edition = site.edition();
    let sections = &edition.furniture.sections;
    let Some(section) = sections.iter().find(|one| one.slug == slug) else {
        return elsewhere::lead_on(&site, &format!("/section/{slug}"), &rows::SECTION).await;
    };
    let listing = Listing {
        row: &rows::SECTION,
        kind: "section",
        label_key: "list-label-section",
        heading: section.name.clone(),
        intro: Some(section.description.clone()).filter(|text| !text.is_empty()),
        language: section.language.clone(),
        of: ListOf::Section(section.id),
        path: format!("/section/{slug}"),
        has_feed: true,
        section: Some(slug.to_string()),
    };
    answer(&site, &edition, &listing, page_number(&query)).await
}

/// A topic's stories.
pub async fn topic(
    State(site): State<Site>,
    Path(slug): Path<Slug>,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let edition = site.edition();
    let Some(heading) = edition.topic_name(&slug).map(String::from) else {
        return elsewhere::lead_on(&site, &format!("/topic/{slug}"), &rows::TOPIC).await;
    };
    let listing = Listing {
        row: &rows::TOPIC,
        kind: "topic",
        label_key: "list-label-topic",
        heading,
        intro: None,
        language: site.identity.language.clone(),
        path: format!("/topic/{slug}"),
        of: ListOf::Topic(slug),
        has_feed: true,
        section: None,
    };
    answer(&site, &edition, &listing, page_number(&query)).await
}

/// A person's stories, with who they are.
pub async fn author(
    State(site): State<Site>,
    Path(slug): Path<Slug>,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let edition = site.edition();
    let of = ListOf::Author(slug.clone());
    let Some(heading) = author_name(&edition, &slug) else {
        return elsewhere::lead_on(&site, &format!("/author/{slug}"), &rows::AUTHOR).await;
    };
    let listing = Listing {
        row: &rows::AUTHOR,
        kind: "author",
        label_key: "list-label-author",
        heading,
        intro: None,
        language: site.identity.language.clone(),
        path: format!("/author/{slug}"),
        of,
        has_feed: true,
        section: None,
    };
    answer(&site, &edition, &listing, page_number(&query)).await
}

/// The name at an author's address: the person's, or as the newest story prints it.
pub(crate) fn author_name(edition: &Edition, slug: &Slug) -> Option<String> {
    let (newest, _) = edition.list(&ListOf::Author(slug.clone()), 0, 1);
    if let Some(person) = person_at(edition, slug).filter(|_| !newest.is_empty()) {
        return Some(person.name.clone());
    }
    let mut bylines = newest.first()?.card.bylines.iter();
    let byline = bylines.find(|byline| edition.author_called(&byline.name).as_ref() == Some(slug));
    byline.map(|byline| byline.name.clone())
}

/// One page of a listing, made once for each edition; what is no page of it leads to the first.
pub(super) async fn answer(
    site: &Site,
    edition: &Edition,
    listing: &Listing,
    number: Option<usize>,
) -> Result<Answer, Problem> {
    let Some(number) = number else {
        return Answer::moved(&listing.path);
    };
    let address = match number {
        1 => listing.path.clone(),
        number => format!("{}?page={number}", listing.path),
    };
    let make = async { make(site, edition, listing, (number, &address)) };
    Ok(site.kept.page(&address, edition, make).await?.into())
}

fn make(
    site: &Site,
    edition: &Edition,
    listing: &Listing,
    (number, address): (usize, &str),
) -> Result<KeptPage, Problem> {
    let (stories, total) = edition.list(&listing.of, (number - 1) * STORIES_A_PAGE, STORIES_A_PAGE);
    if number > 1 && stories.is_empty() {
        return Err(Problem::absent());
    }
    let viewer = Viewer {
        site,
        edition,
        language: &listing.language,
    };
    let feeds = feed_links(site, listing);
    let page = ListPage {
        frame: frame(&viewer, listing, address),
        kind: listing.kind,
        heading: listing.heading.clone(),
        label: viewer.say(listing.label_key),
        intro_html: listing.intro.as_deref().map(base::html::text),
        person: person(&viewer, listing),
        cards: viewer.cards(stories),
        pages: Paging::new(&listing.path, "", number, (total, STORIES_A_PAGE)),
        feed_url: feeds.first().map(|feed| feed.url.clone()),
    };
    let html = site.templates.render("list.html", &page)?;
    let last = listing.path.rsplit('/').next().unwrap_or_default();
    let key = format!("{}-{last}", listing.kind);
    let page = Page::kept(listing.row, html)
        .with_surrogate_keys([key.as_str()])
        .shared();
    Ok(KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
    })
}

fn frame(viewer: &Viewer<'_>, listing: &Listing, address: &str) -> Frame {
    let Viewer { site, edition, .. } = *viewer;
    let heading = listing.heading.clone();
    let mut frame = PageFrame::new(site, listing.kind, heading, &listing.language)
        .at(site, address)
        .described(listing.intro.clone());
    frame.feeds = feed_links(site, listing);
    Frame::new(site, edition, frame, listing.section.as_deref())
}

fn feed_links(site: &Site, listing: &Listing) -> Vec<FeedLink> {
    if !listing.has_feed {
        return Vec::new();
    }
    let title = format!("{} – {}", site.identity.name, listing.heading);
    let mut links = feeds::links(&title, &listing.path);
    if let ListOf::Section(id) = listing.of {
        let elsewhere = |voice: &Voice| voice.id(Actor::Section(id));
        links.extend(fediverse::link(site, &title, elsewhere));
    }
    links
}

fn person_at<'e>(edition: &'e Edition, slug: &Slug) -> Option<&'e Person> {
    let mut people = edition.furniture.people.values();
    people.find(|person| person.slug == *slug)
}

fn person(viewer: &Viewer<'_>, listing: &Listing) -> Option<PersonView> {
    let ListOf::Author(slug) = &listing.of else {
        return None;
    };
    let person = person_at(viewer.edition, slug)?;
    Some(PersonView {
        name: person.name.clone(),
        role: person.role.clone(),
        bio_html: person.bio.as_deref().map(base::html::text),
        languages: Vec::new(),
    })
}

/// One day of the archive, on one page.
pub(super) async fn answer_day(
    site: &Site,
    edition: &Edition,
    path: &str,
    (date, stories): (
        jiff::civil::Date,
        &[&std::sync::Arc<newsroom::edition::Published>],
    ),
) -> Result<Answer, Problem> {
    let language = &site.identity.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    let make = async {
        let heading = viewer.saying().full_day(date);
        let frame = PageFrame::new(site, "date", heading.clone(), language).at(site, path);
        let page = ListPage {
            frame: Frame::new(site, edition, frame, None),
            kind: "date",
            heading,
            label: viewer.say("list-label-date"),
            intro_html: None,
            person: None,
            cards: viewer.cards(stories.iter().copied()),
            pages: Paging::new(path, "", 1, (1, 1)),
            feed_url: None,
        };
        let html = site.templates.render("list.html", &page)?;
        let page = Page::kept(&rows::STORY, html)
            .with_surrogate_keys(["date"])
            .shared();
        Ok(KeptPage {
            page,
            stamp: Stamp::Edition(edition.number),
        })
    };
    Ok(site.kept.page(path, edition, make).await?.into())
}
