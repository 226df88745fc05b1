//! `/topics`: topics that public stories have, and what they are called.

use std::cmp::Reverse;

use axum::extract::State;
use base::Slug;
use http::StatusCode;
use newsroom::topic::{self, Public, rename::rename};
use serde::{Deserialize, Serialize};
use web::{Answer, Problem, Query};

use crate::{
    Api,
    address::AtTopic,
    current, idempotency,
    paging::{self, Span},
    stories::words_of,
    write::Write,
};

/// Topics on a page of the list.
pub const SPAN: Span = Span {
    usual: 20,
    most: 200,
};

#[derive(Debug, Serialize)]
struct Topics {
    topics: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    name: String,
    slug: Slug,
    stories: usize,
    /// How often it was renamed; also the `ETag`.
    version: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Renamed {
    name: String,
}

/// `GET`: those whose name holds `q`, the most used first.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    let limit = paging::limit(&query, SPAN)?;
    let words = words_of(&query)?.unwrap_or_default();
    let after = paging::after(&query, place)?;
    let mut found = topic::search(&api.keeper.current(), &words);
    if let Some((stories, slug)) = after {
        found.retain(|topic| topic::place(topic) > (Reverse(stories), &slug));
    }
    found.truncate(limit as usize);
    let cursor = |topic: &Public| format!("{}.{}", topic.stories, topic.slug);
    let page = Topics {
        next: paging::next(&found, limit, cursor),
        topics: found.into_iter().map(line).collect(),
    };
    Answer::json(StatusCode::OK, &page)
}

/// `GET …/{slug}`.
pub async fn show(State(api): State<Api>, AtTopic(slug): AtTopic) -> Result<Answer, Problem> {
    let topic = topic::public(&api.keeper.current(), &slug);
    let topic = topic.ok_or_else(Problem::absent)?;
    let version = topic.version;
    current::answer(StatusCode::OK, &line(topic), version)
}

/// `PUT …/{slug}`: another name, upon the version in `If-Match`.
pub async fn update(
    State(api): State<Api>,
    AtTopic(slug): AtTopic,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| set(api, write, slug)).await
}

async fn set(api: Api, write: Write, slug: Slug) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let asked: Renamed = write.read()?;
    let edition = api.keeper.current().clone();
    let hand = (&write.acting.by, api.clock.now());
    match rename(&api.db, &edition, (&slug, upon), &asked.name, hand).await {
        Ok(renamed) => {
            let stories = edition.stories_of_topic(&slug).unwrap_or_default();
            let line = Line {
                name: renamed.name,
                slug,
                stories,
                version: renamed.version,
            };
            current::answer(StatusCode::OK, &line, renamed.version)
        }
        Err(no) => {
            let look = async {
                let renamed = topic::renamed(&api.db).await?;
                let now = renamed.into_iter().find(|topic| topic.slug == slug);
                Ok(topic::public(&edition, &slug).map(|known| as_it_is(known, now)))
            };
            Err(current::refused(no, look).await)
        }
    }
}

/// A topic as the database has it, which the edition follows in a moment.
fn as_it_is(mut known: Public, now: Option<topic::Topic>) -> (Line, u32) {
    if let Some(now) = now {
        (known.name, known.version) = (now.name, now.version);
    }
    let version = known.version;
    (line(known), version)
}

fn place(cursor: &str) -> Option<(usize, Slug)> {
    let (stories, slug) = cursor.split_once('.')?;
    Some((stories.parse().ok()?, slug.parse().ok()?))
}

fn line(topic: Public) -> Line {
    Line {
        name: topic.name,
        slug: topic.slug,
        stories: topic.stories,
        version: topic.version,
    }
}
