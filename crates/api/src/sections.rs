//! `/sections`: where on the site a story can belong, and arranging that.

use axum::extract::State;
use base::{Id, Language, Slug};
use http::StatusCode;
use newsroom::{
    section::{
        self, Particulars, Section, begin::begin, change::change, order::order, remove::remove,
    },
    story::Access,
};
use serde::{Deserialize, Serialize};
use web::{Answer, Problem, Query};

use crate::{
    Api,
    address::AtSection,
    current, idempotency,
    paging::{self, Span},
    write::Write,
};

/// Sections on a page of the list: the navigation and every form want them all.
pub const SPAN: Span = Span {
    usual: 500,
    most: 500,
};

#[derive(Debug, Serialize)]
struct Sections {
    sections: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<Section>,
    slug: Slug,
    name: String,
    description: String,
    language: Language,
    access: Access,
    /// Also the `ETag` of its changes.
    version: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Begun {
    /// Made from the name when left out.
    slug: Option<Slug>,
    name: String,
    #[serde(default)]
    description: String,
    /// The newsroom's when left out.
    language: Option<Language>,
    access: Option<Access>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    name: String,
    description: String,
    language: Language,
    access: Access,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ordered {
    sections: Vec<Id<Section>>,
}

/// In the order of the navigation.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    let limit = paging::limit(&query, SPAN)?;
    let mut sections = section::all(&api.db).await?;
    let place = |id: &str| {
        let id: Id<Section> = id.parse().ok()?;
        sections.iter().position(|section| section.id == id)
    };
    if let Some(last) = paging::after(&query, place)? {
        sections.drain(..=last);
    }
    page(sections, limit)
}

/// `GET …/{section}`.
pub async fn show(State(api): State<Api>, AtSection(id): AtSection) -> Result<Answer, Problem> {
    let section = section::one(&api.db, id).await?;
    answer(StatusCode::OK, section.ok_or_else(Problem::absent)?)
}

/// `POST`: a new one, at the end of the navigation.
pub async fn create(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, add).await
}

/// `PUT …/{section}`: its particulars, upon the version in `If-Match`.
pub async fn update(
    State(api): State<Api>,
    AtSection(id): AtSection,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| set(api, write, id)).await
}

/// `DELETE …/{section}`: where no story stands in it.
pub async fn destroy(
    State(api): State<Api>,
    AtSection(id): AtSection,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| take_away(api, write, id)).await
}

/// `PUT …/order`: all of them, in the order of the navigation.
pub async fn arrange(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, put_in_order).await
}

async fn add(api: Api, write: Write) -> Result<Answer, Problem> {
    let asked: Begun = write.read()?;
    let particulars = Particulars {
        name: asked.name,
        description: asked.description,
        language: asked
            .language
            .unwrap_or_else(|| api.identity.language.clone()),
        access: asked.access.unwrap_or(Access::Metered),
    };
    let (by, now) = (&write.acting.by, api.clock.now());
    let section = begin(&api.db, asked.slug, particulars, by, now).await?;
    let at = format!("/api/v1/sections/{}", section.id);
    let (line, version) = versioned(section);
    current::created(&at, &line, version)
}

async fn set(api: Api, write: Write, id: Id<Section>) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let asked: Changed = write.read()?;
    let particulars = Particulars {
        name: asked.name,
        description: asked.description,
        language: asked.language,
        access: asked.access,
    };
    let (by, now) = (&write.acting.by, api.clock.now());
    match change(&api.db, (id, upon), particulars, by, now).await {
        Ok(section) => answer(StatusCode::OK, section),
        Err(no) => {
            let look = async { Ok(section::one(&api.db, id).await?.map(versioned)) };
            Err(current::refused(no, look).await)
        }
    }
}

async fn take_away(api: Api, write: Write, id: Id<Section>) -> Result<Answer, Problem> {
    write.read_nothing()?;
    let (by, now) = (&write.acting.by, api.clock.now());
    remove(&api.db, id, by, now).await?;
    listed(section::all(&api.db).await?)
}

async fn put_in_order(api: Api, write: Write) -> Result<Answer, Problem> {
    let asked: Ordered = write.read()?;
    let (by, now) = (&write.acting.by, api.clock.now());
    listed(order(&api.db, &asked.sections, by, now).await?)
}

fn listed(sections: Vec<Section>) -> Result<Answer, Problem> {
    page(sections, SPAN.most)
}

fn page(mut sections: Vec<Section>, limit: u32) -> Result<Answer, Problem> {
    let is_more = sections.len() > limit as usize;
    sections.truncate(limit as usize);
    let page = Sections {
        next: sections
            .last()
            .filter(|_| is_more)
            .map(|last| last.id.to_string()),
        sections: sections.into_iter().map(line).collect(),
    };
    Answer::json(StatusCode::OK, &page)
}

fn answer(status: StatusCode, section: Section) -> Result<Answer, Problem> {
    let (line, version) = versioned(section);
    current::answer(status, &line, version)
}

fn versioned(section: Section) -> (Line, u32) {
    let version = section.version;
    (line(section), version)
}

fn line(section: Section) -> Line {
    Line {
        id: section.id,
        slug: section.slug,
        name: section.name,
        description: section.description,
        language: section.language,
        access: section.access,
        version: section.version,
    }
}
