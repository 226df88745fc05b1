//! `/stories`: the list, starting a story, showing one, changing one.

pub mod corrections;
pub mod publication;
pub mod revisions;
pub mod withdrawal;

use axum::extract::State;
use base::{Refusal, misread};
use http::StatusCode;
use manuscript::seal;
use newsroom::{
    section,
    story::{
        StoryId, draft, limits,
        list::{self, Filter, Listed, MAX_LISTED},
        read,
        revise::{Save, revise},
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, from_value};
use web::{Answer, Pairs, Problem, Query};

use crate::{
    Api,
    address::AtStory,
    current::found_at,
    face::{self, Summary},
    fields, idempotency,
    paging::{self, Span},
    write::Write,
};

/// Stories on a page of the list.
pub const SPAN: Span = Span {
    usual: 50,
    most: MAX_LISTED,
};
/// A state the desk knows and no story can be in yet: asking for it finds nothing.
const NOT_YET_A_STATE: &str = "held";

/// A page of the list.
#[derive(Debug, Serialize)]
struct Page {
    stories: Vec<Summary>,
    /// What to say as `after` for the next page.
    next: Option<String>,
}

/// `GET /stories`: by last change, newest first.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    let filter = filter(&query)?;
    let listed = match query.get("state") {
        Some(NOT_YET_A_STATE) => Vec::new(),
        _ => list::stories(&api.db, &filter).await?,
    };
    let sections = section::all(&api.db).await?;
    let cursor = |line: &Listed| paging::moment_cursor(line.updated_at, line.id);
    let page = Page {
        next: paging::next(&listed, filter.limit, cursor),
        stories: listed
            .into_iter()
            .map(|line| Summary::of(line, &sections))
            .collect(),
    };
    Answer::json(StatusCode::OK, &page)
}

/// `POST /stories`: starts one.
pub async fn create(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, draft_one).await
}

async fn draft_one(api: Api, write: Write) -> Result<Answer, Problem> {
    let change = fields::taken(write.read()?);
    let story = draft::draft(&api.db, &change, &write.acting.by, api.clock.now()).await?;
    let at = format!("/api/v1/stories/{}", story.id);
    Ok(found_at(&at, face::answer(StatusCode::CREATED, &story)?))
}

/// `GET /stories/{story}`.
pub async fn show(State(api): State<Api>, AtStory(id): AtStory) -> Result<Answer, Problem> {
    let story = read::story(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    face::answer(StatusCode::OK, &story)
}

/// `PATCH /stories/{story}`: a new revision upon the one in `If-Match`. Readers see it when it is
/// published.
pub async fn update(
    State(api): State<Api>,
    AtStory(id): AtStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| save(api, write, id)).await
}

async fn save(api: Api, write: Write, id: StoryId) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let mut members: Map<String, Value> = write.read()?;
    let why = why(members.shift_remove("why"))?;
    let change = fields::taken(members);
    if change.0.contains_key("body") {
        seal_first(&api, id).await?;
    }
    let save = Save {
        upon,
        change: &change,
        why: why.as_deref(),
    };
    match revise(&api.db, id, &save, &write.acting.by, api.clock.now()).await {
        Ok(story) => face::answer(StatusCode::OK, &story),
        Err(no) => {
            write.acting.log_foreign(&no);
            Err(face::refused(&api, id, no).await)
        }
    }
}

/// Whoever brings a text has not seen what is in the story's manuscript alone: it is sealed first, so that
/// `If-Match` tells of it and nobody's words are overwritten.
pub(crate) async fn seal_first(api: &Api, id: StoryId) -> Result<(), Problem> {
    seal::seal(&api.db, id, None, None, api.clock.now()).await?;
    Ok(())
}

/// A value as its type, or what is wrong with it on that field.
fn misread_or<T: DeserializeOwned>(value: Value, field: &'static str) -> Result<T, Refusal> {
    if let Some(refusal) = misread::refusal::<T>(&value, field) {
        return Err(refusal);
    }
    from_value(value).map_err(|_| Refusal::on(field, "wrong-value").with("expected", "other"))
}

/// The reason for the history, which stands among the fields and is none of them.
fn why(given: Option<Value>) -> Result<Option<String>, Refusal> {
    let why: Option<String> = misread_or(given.unwrap_or_default(), "why")?;
    let long = why.as_ref().map_or(0, |why| why.chars().count());
    if long > limits::NOTE {
        return Err(Refusal::on("why", "too-long").with("limit", limits::NOTE));
    }
    Ok(why.filter(|why| !why.trim().is_empty()))
}

/// What a filter names by a word of ours; none when it is not there or empty.
///
/// # Errors
/// `not-a-choice`, with the words there are.
pub(crate) fn chosen<T: DeserializeOwned>(
    query: &Pairs,
    name: &'static str,
) -> Result<Option<T>, Refusal> {
    match query.get(name) {
        None | Some("") => Ok(None),
        Some(word) => misread_or(word.into(), name).map(Some),
    }
}

/// Words to look for, as `q`; none when it is empty.
///
/// # Errors
/// `too-long` past [`list::MAX_QUERY`] characters, `nul-character`.
pub(crate) fn words_of(query: &Pairs) -> Result<Option<String>, Refusal> {
    let words = query
        .get("q")
        .map(str::trim)
        .filter(|words| !words.is_empty());
    let Some(words) = words else {
        return Ok(None);
    };
    if words.contains('\0') {
        return Err(Refusal::on("q", "nul-character"));
    }
    if words.chars().count() > list::MAX_QUERY {
        return Err(Refusal::on("q", "too-long").with("limit", list::MAX_QUERY));
    }
    Ok(Some(words.to_string()))
}

fn filter(query: &Pairs) -> Result<Filter, Refusal> {
    Ok(Filter {
        query: words_of(query)?,
        section: query.read("section")?,
        state: match query.get("state") {
            Some(NOT_YET_A_STATE) => None,
            _ => chosen(query, "state")?,
        },
        after: paging::after_moment(query)?,
        limit: paging::limit(query, SPAN)?,
    })
}
