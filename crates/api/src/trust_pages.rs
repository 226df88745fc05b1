//! `/trust-pages`: what the newsroom tells readers about itself, and adapting it.

pub mod publication;
pub mod restoration;
pub mod versions;

use axum::extract::State;
use base::{Document, Fault, Instant, No, Slug};
use http::{StatusCode, header};
use newsroom::trust::{
    self, TrustPage,
    adapt::{Adaptation, adapt},
};
use serde::{Deserialize, Serialize};
use web::{Answer, Problem};

use crate::{Api, address::AtTrustPage, face::etag, idempotency, write::Write};

#[derive(Debug, Serialize)]
struct TrustPages {
    trust_pages: Vec<Line>,
}

/// A page without its text.
#[derive(Debug, Serialize)]
struct Line {
    slug: Slug,
    title: String,
    /// Whether this is still the text it came with.
    starter: bool,
    /// Whether readers see it.
    shown: bool,
    /// Its address on the site while it is shown.
    url: Option<String>,
    /// What is still to be filled in: words in square brackets, as they stand there.
    gaps: Vec<String>,
    /// Also the `ETag`.
    version: u32,
    changed: Option<Changed>,
}

/// Who gave it its present words, and when.
#[derive(Debug, Serialize)]
struct Changed {
    at: Instant,
    by: String,
}

#[derive(Debug, Serialize)]
struct Face {
    #[serde(flatten)]
    line: Line,
    body: Document,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    title: String,
    body: Document,
}

/// All of them, in order.
pub async fn index(State(api): State<Api>) -> Result<Answer, Problem> {
    let pages = trust::all(&api.db).await?;
    let trust_pages = pages.into_iter().map(|page| line(&page)).collect();
    Answer::json(StatusCode::OK, &TrustPages { trust_pages })
}

/// One, with its text.
pub async fn show(
    State(api): State<Api>,
    AtTrustPage(slug): AtTrustPage,
) -> Result<Answer, Problem> {
    let page = trust::page(&api.db, &slug).await?;
    answer(page.ok_or_else(Problem::absent)?)
}

/// `PUT …`: title and text, upon the version in `If-Match`.
pub async fn update(
    State(api): State<Api>,
    AtTrustPage(slug): AtTrustPage,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| set(api, write, slug)).await
}

async fn set(api: Api, write: Write, slug: Slug) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let asked: Asked = write.read()?;
    let adaptation = Adaptation {
        upon,
        title: &asked.title,
        body: &asked.body,
    };
    let (by, now) = (&write.acting.by, api.clock.now());
    let done = adapt(&api.db, &slug, &adaptation, by, now).await;
    answer_or_refuse(&api, &slug, done).await
}

/// The page as it now is; or the refusal, with `current` where somebody changed it first.
async fn answer_or_refuse(
    api: &Api,
    slug: &Slug,
    done: Result<TrustPage, No>,
) -> Result<Answer, Problem> {
    match done {
        Ok(page) => answer(page),
        Err(no) => Err(refused(api, slug, no).await),
    }
}

async fn refused(api: &Api, slug: &Slug, no: No) -> Problem {
    let first = matches!(&no, No::Refused(refusals) if refusals.has("somebody-changed-first"));
    let problem = Problem::from(no);
    if !first {
        return problem;
    }
    let current: Result<Option<TrustPage>, Fault> = trust::page(&api.db, slug).await;
    match current {
        Ok(Some(page)) => {
            let tag = etag(page.version);
            problem
                .with("current", face(page))
                .with_header(header::ETAG, tag)
        }
        Ok(None) => Problem::absent(),
        Err(fault) => fault.into(),
    }
}

fn answer(page: TrustPage) -> Result<Answer, Problem> {
    let tag = etag(page.version);
    Ok(Answer::json(StatusCode::OK, &face(page))?.with_header(header::ETAG, tag))
}

fn face(page: TrustPage) -> Face {
    Face {
        line: line(&page),
        body: page.body,
    }
}

fn line(page: &TrustPage) -> Line {
    let at = page.updated_at;
    let changed = page.changed_by.clone().map(|by| Changed { at, by });
    Line {
        slug: page.slug.clone(),
        title: page.title.clone(),
        starter: page.starter,
        shown: page.shown,
        url: page.shown.then(|| format!("/about/{}", page.slug)),
        gaps: page.gaps(),
        version: page.version,
        changed,
    }
}
