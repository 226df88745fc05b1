//! The feeds of the site, of sections, topics and people: their stories, newest first.

use axum::extract::{Path, State};
use base::Slug;
use http::Uri;
use newsroom::edition::{Edition, ListOf};
use web::{Answer, Problem};

use super::place::{Form, ITEMS, Place, items, moved, urn};
use crate::{Site, pages::list::author_name, rows};

/// The whole site's.
pub async fn of_site(State(site): State<Site>, uri: Uri) -> Result<Answer, Problem> {
    let identity = &site.identity;
    let place = Place {
        rows: [&rows::FEED, &rows::ATOM, &rows::JSON],
        id: None,
        title: identity.name.clone(),
        description: identity.tagline.clone(),
        language: identity.language.clone(),
        page: "/".into(),
        key: "front".into(),
    };
    answer(&site, &uri, &place, ListOf::Newest).await
}

/// A section's.
pub async fn of_section(
    State(site): State<Site>,
    Path(slug): Path<Slug>,
    uri: Uri,
) -> Result<Answer, Problem> {
    let edition = site.edition();
    let page = format!("/section/{slug}");
    let mut sections = edition.furniture.sections.iter();
    let Some(section) = sections.find(|one| one.slug == slug) else {
        return moved(&site, &page, Form::of(uri.path())).await;
    };
    let place = Place {
        rows: [
            &rows::SECTION_FEED,
            &rows::SECTION_ATOM,
            &rows::SECTION_JSON,
        ],
        id: Some(urn(section.id)),
        title: title(&site, &section.name),
        description: Some(section.description.clone()).filter(|text| !text.is_empty()),
        language: section.language.clone(),
        page,
        key: format!("section-{slug}"),
    };
    answer(&site, &uri, &place, ListOf::Section(section.id)).await
}

/// A topic's.
pub async fn of_topic(
    State(site): State<Site>,
    Path(slug): Path<Slug>,
    uri: Uri,
) -> Result<Answer, Problem> {
    let edition = site.edition();
    let page = format!("/topic/{slug}");
    let Some(name) = edition.topic_name(&slug).map(String::from) else {
        return moved(&site, &page, Form::of(uri.path())).await;
    };
    let place = Place {
        rows: [&rows::TOPIC_FEED, &rows::TOPIC_ATOM, &rows::TOPIC_JSON],
        id: None,
        title: title(&site, &name),
        description: None,
        language: site.identity.language.clone(),
        page,
        key: format!("topic-{slug}"),
    };
    answer(&site, &uri, &place, ListOf::Topic(slug)).await
}

/// A person's.
pub async fn of_author(
    State(site): State<Site>,
    Path(slug): Path<Slug>,
    uri: Uri,
) -> Result<Answer, Problem> {
    let edition = site.edition();
    let page = format!("/author/{slug}");
    let Some(name) = author_name(&edition, &slug) else {
        return moved(&site, &page, Form::of(uri.path())).await;
    };
    let place = Place {
        rows: [&rows::AUTHOR_FEED, &rows::AUTHOR_ATOM, &rows::AUTHOR_JSON],
        id: None,
        title: title(&site, &name),
        description: None,
        language: site.identity.language.clone(),
        page,
        key: format!("author-{slug}"),
    };
    answer(&site, &uri, &place, ListOf::Author(slug)).await
}

/// What the feed of a page below the site's is called.
pub(super) fn title(site: &Site, name: &str) -> String {
    format!("{} – {name}", site.identity.name)
}

async fn answer(site: &Site, uri: &Uri, place: &Place, of: ListOf) -> Result<Answer, Problem> {
    let edition = site.edition();
    let gather = gather(site, &edition, of);
    let form = Form::of(uri.path());
    place.answer(site, &edition, form, gather).await
}

type Gathered = (Vec<super::feed::Item>, Vec<super::feed::Gone>);

async fn gather(site: &Site, edition: &Edition, of: ListOf) -> Result<Gathered, Problem> {
    let (stories, _) = edition.list(&of, 0, ITEMS);
    Ok((items(site, edition, &stories).await?, Vec::new()))
}
