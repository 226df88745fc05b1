//! `/running-stories`: what a story can be part of.

pub mod entries;
pub mod public_safety;

use axum::extract::State;
use base::{Id, Instant, Language, Refusal, Slug};
use http::StatusCode;
use newsroom::running::{
    self, Filter, MAX_LISTED, Particulars, RunningState, RunningStory, begin::begin,
    change::change, remove::remove,
};
use serde::{Deserialize, Serialize};
use web::{Answer, Pairs, Problem, Query};

use crate::{
    Api,
    address::AtRunningStory,
    current, idempotency,
    paging::{self, Span},
    stories::{chosen, words_of},
    write::Write,
};

/// Running stories on a page of the list: a form offers them all.
pub const SPAN: Span = Span {
    usual: MAX_LISTED,
    most: MAX_LISTED,
};

#[derive(Debug, Serialize)]
struct RunningStories {
    running_stories: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<RunningStory>,
    slug: Slug,
    name: String,
    label: String,
    language: Language,
    state: RunningState,
    summary: Vec<String>,
    /// All its stories are open to everybody.
    public_safety_open: bool,
    /// When somebody last read the summary through.
    reviewed_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
    /// Also the `ETag`.
    version: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Begun {
    /// Made from the name when left out.
    slug: Option<Slug>,
    name: String,
    /// The name when left out.
    label: Option<String>,
    /// The newsroom's when left out.
    language: Option<Language>,
    state: Option<RunningState>,
    #[serde(default)]
    summary: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    /// Stays as it is when left out.
    slug: Option<Slug>,
    name: String,
    label: String,
    language: Language,
    state: RunningState,
    summary: Vec<String>,
}

/// `GET`: the last changed first.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    let filter = filter(&query)?;
    let running = running::list(&api.db, &filter).await?;
    let cursor = |one: &RunningStory| paging::moment_cursor(one.updated_at, one.id);
    let page = RunningStories {
        next: paging::next(&running, filter.limit, cursor),
        running_stories: running.into_iter().map(line).collect(),
    };
    Answer::json(StatusCode::OK, &page)
}

/// `GET …/{running}`.
pub async fn show(
    State(api): State<Api>,
    AtRunningStory(id): AtRunningStory,
) -> Result<Answer, Problem> {
    let running = running::one(&api.db, id).await?;
    answer(running.ok_or_else(Problem::absent)?)
}

/// `POST`: a new one.
pub async fn create(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, put_in).await
}

/// `PUT …/{running}`: its particulars, upon the version in `If-Match`.
pub async fn update(
    State(api): State<Api>,
    AtRunningStory(id): AtRunningStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| set(api, write, id)).await
}

/// `DELETE …/{running}`: where it was never used.
pub async fn destroy(
    State(api): State<Api>,
    AtRunningStory(id): AtRunningStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| take_away(api, write, id)).await
}

async fn put_in(api: Api, write: Write) -> Result<Answer, Problem> {
    let asked: Begun = write.read()?;
    let newsrooms = || api.identity.language.clone();
    let particulars = Particulars {
        label: asked.label.unwrap_or_else(|| asked.name.clone()),
        name: asked.name,
        language: asked.language.unwrap_or_else(newsrooms),
        state: asked.state.unwrap_or(RunningState::Watching),
        summary: asked.summary,
    };
    let (by, now) = (&write.acting.by, api.clock.now());
    let running = begin(&api.db, asked.slug, particulars, by, now).await?;
    let at = format!("/api/v1/running-stories/{}", running.id);
    let (line, version) = versioned(running);
    current::created(&at, &line, version)
}

async fn set(api: Api, write: Write, id: Id<RunningStory>) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let asked: Changed = write.read()?;
    let particulars = Particulars {
        name: asked.name,
        label: asked.label,
        language: asked.language,
        state: asked.state,
        summary: asked.summary,
    };
    let hand = (&write.acting.by, api.clock.now());
    match change(&api.db, (id, upon), asked.slug, particulars, hand).await {
        Ok(running) => answer(running),
        Err(no) => {
            let look = async { Ok(running::one(&api.db, id).await?.map(versioned)) };
            Err(current::refused(no, look).await)
        }
    }
}

async fn take_away(api: Api, write: Write, id: Id<RunningStory>) -> Result<Answer, Problem> {
    write.read_nothing()?;
    remove(&api.db, id, &write.acting.by, api.clock.now()).await?;
    Ok(Answer::empty())
}

fn filter(query: &Pairs) -> Result<Filter, Refusal> {
    Ok(Filter {
        query: words_of(query)?,
        state: chosen(query, "state")?,
        after: paging::after_moment(query)?,
        limit: paging::limit(query, SPAN)?,
    })
}

fn answer(running: RunningStory) -> Result<Answer, Problem> {
    let (line, version) = versioned(running);
    current::answer(StatusCode::OK, &line, version)
}

fn versioned(running: RunningStory) -> (Line, u32) {
    let version = running.version;
    (line(running), version)
}

fn line(running: RunningStory) -> Line {
    Line {
        id: running.id,
        slug: running.slug,
        name: running.name,
        label: running.label,
        language: running.language,
        state: running.state,
        summary: running.summary,
        public_safety_open: running.public_safety_open,
        reviewed_at: running.reviewed_at,
        created_at: running.created_at,
        updated_at: running.updated_at,
        version: running.version,
    }
}
