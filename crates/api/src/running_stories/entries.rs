//! `…/entries`: what is said on a running story's live page, as it happens.

pub mod withdrawal;

use axum::extract::State;
use base::{Document, Id, Instant, Refusal};
use http::StatusCode;
use newsroom::running::{
    self, EntryStatus, LiveEntry, RunningStory,
    entry::{self, Filter, MAX_LISTED, Particulars, add::add, amend::amend},
};
use serde::{Deserialize, Serialize};
use web::{Answer, Pairs, Problem, Query};

use crate::{
    Api,
    address::{AtEntry, AtRunningStory},
    current, idempotency,
    paging::{self, Span},
    stories::chosen,
    write::Write,
};

/// Entries on a page of the list.
pub const SPAN: Span = Span {
    usual: 50,
    most: MAX_LISTED,
};

#[derive(Debug, Serialize)]
struct Entries {
    entries: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<LiveEntry>,
    title: Option<String>,
    body: Document,
    byline: Option<String>,
    key_event: bool,
    pinned: bool,
    status: EntryStatus,
    at: Instant,
    /// Also the `ETag`.
    version: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    title: Option<String>,
    #[serde(default)]
    body: Document,
    byline: Option<String>,
    #[serde(default)]
    key_event: bool,
    #[serde(default)]
    pinned: bool,
    #[serde(default)]
    status: Said,
}

/// How sure we are, as it can be said.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    #[default]
    Reported,
    Confirmed,
    Disputed,
    Corrected,
}

/// `GET`: newest first, those taken down among them.
pub async fn index(
    State(api): State<Api>,
    AtRunningStory(id): AtRunningStory,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let filter = filter(&query)?;
    let entries = entry::list(&api.db, id, &filter).await?;
    if entries.is_empty() && running::one(&api.db, id).await?.is_none() {
        return Err(Problem::absent());
    }
    let cursor = |entry: &LiveEntry| paging::moment_cursor(entry.at, entry.id);
    let page = Entries {
        next: paging::next(&entries, filter.limit, cursor),
        entries: entries.into_iter().map(line).collect(),
    };
    Answer::json(StatusCode::OK, &page)
}

/// `GET …/{entry}`.
pub async fn show(State(api): State<Api>, at: AtEntry) -> Result<Answer, Problem> {
    let AtEntry(running, id) = at;
    let entry = entry::one(&api.db, running, id).await?;
    answer(entry.ok_or_else(Problem::absent)?)
}

/// `POST`: says something, at this moment.
pub async fn create(
    State(api): State<Api>,
    AtRunningStory(id): AtRunningStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| say(api, write, id)).await
}

/// `PUT …/{entry}`: all it says, upon the version in `If-Match`.
pub async fn update(State(api): State<Api>, at: AtEntry, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| set(api, write, at)).await
}

async fn say(api: Api, write: Write, running: Id<RunningStory>) -> Result<Answer, Problem> {
    let given = particulars(write.read()?);
    let (by, now) = (&write.acting.by, api.clock.now());
    let entry = add(&api.db, running, given, by, now).await?;
    let at = format!("/api/v1/running-stories/{running}/entries/{}", entry.id);
    let (line, version) = versioned(entry);
    current::created(&at, &line, version)
}

async fn set(api: Api, write: Write, at: AtEntry) -> Result<Answer, Problem> {
    let AtEntry(running, id) = at;
    let upon = write.upon()?;
    let given = particulars(write.read()?);
    let hand = (&write.acting.by, api.clock.now());
    match amend(&api.db, (running, id, upon), given, hand).await {
        Ok(entry) => answer(entry),
        Err(no) => {
            let look = async { Ok(entry::one(&api.db, running, id).await?.map(versioned)) };
            Err(current::refused(no, look).await)
        }
    }
}

fn filter(query: &Pairs) -> Result<Filter, Refusal> {
    let key_event = match query.get("key_event") {
        None => None,
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) => {
            return Err(Refusal::on("key_event", "wrong-value").with("expected", "yes-or-no"));
        }
    };
    Ok(Filter {
        status: chosen(query, "status")?,
        key_event,
        after: paging::after_moment(query)?,
        limit: paging::limit(query, SPAN)?,
    })
}

fn particulars(asked: Asked) -> Particulars {
    Particulars {
        title: asked.title,
        body: asked.body,
        byline: asked.byline,
        key_event: asked.key_event,
        pinned: asked.pinned,
        status: match asked.status {
            Said::Reported => EntryStatus::Reported,
            Said::Confirmed => EntryStatus::Confirmed,
            Said::Disputed => EntryStatus::Disputed,
            Said::Corrected => EntryStatus::Corrected,
        },
    }
}

fn answer(entry: LiveEntry) -> Result<Answer, Problem> {
    let (line, version) = versioned(entry);
    current::answer(StatusCode::OK, &line, version)
}

fn versioned(entry: LiveEntry) -> (Line, u32) {
    let version = entry.version;
    (line(entry), version)
}

fn line(entry: LiveEntry) -> Line {
    Line {
        id: entry.id,
        title: entry.title,
        body: entry.body,
        byline: entry.byline,
        key_event: entry.key_event,
        pinned: entry.pinned,
        status: entry.status,
        at: entry.at,
        version: entry.version,
    }
}
