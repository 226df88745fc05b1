//! `/sections`: where on the site a story can belong, and arranging that.

use axum::extract::State;
use base::{Id, Language, No, Slug};
use http::{HeaderValue, StatusCode, header};
use newsroom::{
    section::{
        self, Particulars, Section, begin::begin, change::change, order::order, remove::remove,
    },
    story::Access,
};
use serde::{Deserialize, Serialize};
use web::{Answer, Problem};

use crate::{Api, address::AtSection, face::etag, idempotency, write::Write};

#[derive(Debug, Serialize)]
struct Sections {
    sections: Vec<Line>,
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

/// All of them, in the order of the navigation.
pub async fn index(State(api): State<Api>) -> Result<Answer, Problem> {
    listed(section::all(&api.db).await?)
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
    answer(StatusCode::CREATED, section)
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
        Err(no) => Err(refused(&api, id, no).await),
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
    let sections = sections.into_iter().map(line).collect();
    Answer::json(StatusCode::OK, &Sections { sections })
}

fn answer(status: StatusCode, section: Section) -> Result<Answer, Problem> {
    let tag: HeaderValue = etag(section.version);
    Ok(Answer::json(status, &line(section))?.with_header(header::ETAG, tag))
}

/// With `current`, where somebody changed it first.
async fn refused(api: &Api, id: Id<Section>, no: No) -> Problem {
    let first = matches!(&no, No::Refused(refusals) if refusals.has("somebody-changed-first"));
    let problem = Problem::from(no);
    if !first {
        return problem;
    }
    match section::one(&api.db, id).await {
        Ok(Some(section)) => {
            let tag = etag(section.version);
            problem
                .with("current", line(section))
                .with_header(header::ETAG, tag)
        }
        Ok(None) => Problem::absent(),
        Err(fault) => fault.into(),
    }
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
