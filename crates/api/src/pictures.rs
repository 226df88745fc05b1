//! `/pictures`: the library, bringing a picture, showing one, saying something else of it.

pub mod face;
pub mod fetches;
pub mod focus;
pub mod making;
pub mod pulls;
pub mod translated;
pub mod uploads;
pub mod uses;

use axum::extract::{Request, State};
use base::{Refusal, misread};
use http::StatusCode;
use newsroom::picture::{
    self, Fields, Picture, PictureId,
    amend::amend,
    list::{self, Filter, MAX_LISTED},
};
use serde::Serialize;
use serde_json::{Map, Value};
use web::{Answer, Pairs, Problem, Query};

use crate::{
    Api,
    acting::Acting,
    address::AtPicture,
    idempotency,
    paging::{self, Span},
    write::Write,
};
use face::Face;
use fetches::Words;
use making::Brought;

/// How many pictures a page of the library has.
pub const SPAN: Span = Span {
    usual: 50,
    most: MAX_LISTED,
};
/// The largest picture that any newsroom may allow, in bytes; the setting `pictures.largest_mb` is below it.
pub const LARGEST: usize = 200_000_000;

/// A page of the library.
#[derive(Debug, Serialize)]
struct Page<'a> {
    pictures: Vec<Face<'a>>,
    /// What to say as `after` for the next page.
    next: Option<String>,
}

/// `GET /pictures`: the last that came first.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    let filter = filter(&query)?;
    let now = api.clock.now();
    let pictures = list::pictures(&api.db, &filter, now).await?;
    let page = Page {
        next: paging::next(&pictures, filter.limit, cursor),
        pictures: pictures
            .iter()
            .map(|picture| Face::of(picture, &api.making.media, now))
            .collect(),
    };
    Answer::json(StatusCode::OK, &page)
}

/// `POST /pictures`: the body is the file, cut at the limit while it comes.
pub async fn create(
    State(api): State<Api>,
    acting: Acting,
    Query(query): Query,
    request: Request,
) -> Result<Answer, Problem> {
    let file = api.making.take(request.into_body()).await?;
    let name = query.get("name").unwrap_or_default();
    let brought = Brought {
        file,
        name,
        words: &Words::default(),
    };
    let ground = (&api.db, &api.customs.zone);
    let hand = (&acting.by, api.clock.now());
    let (picture, is_new) = api.making.take_in(ground, brought, hand).await?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    face::answer(&api, status, &picture)
}

/// `GET /pictures/{picture}`.
pub async fn show(State(api): State<Api>, AtPicture(id): AtPicture) -> Result<Answer, Problem> {
    let picture = picture::one(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    face::answer(&api, StatusCode::OK, &picture)
}

/// `PATCH /pictures/{picture}`: fields that change, upon the version in `If-Match`.
pub async fn update(
    State(api): State<Api>,
    AtPicture(id): AtPicture,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| change(api, write, id)).await
}

async fn change(api: Api, write: Write, id: PictureId) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let members: Map<String, Value> = write.read()?;
    let before = picture::one(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    let fields = merged(&before.fields, members)?;
    let (by, now) = (&write.acting.by, api.clock.now());
    let done = amend(&api.db, &api.customs.zone, (id, upon), fields, (by, now)).await;
    let picture = done.inspect_err(|no| write.acting.log_foreign(no))?;
    face::answer(&api, StatusCode::OK, &picture)
}

/// The fields with those members in place of their own; null stands for nothing.
fn merged(before: &Fields, members: Map<String, Value>) -> Result<Fields, Problem> {
    let before = serde_json::to_value(before)
        .map_err(|error| base::Fault::while_("reading a picture's fields", error))?;
    let mut all = match before {
        Value::Object(all) => all,
        _ => Map::new(),
    };
    for (name, value) in members {
        let Some(held) = all.get_mut(&name) else {
            return Err(Refusal::on(name, "unknown-field").into());
        };
        *held = match (&*held, value) {
            (Value::Array(_), Value::Null) => Value::Array(Vec::new()),
            (Value::Object(_), Value::Null) => Value::Object(Map::new()),
            (_, value) => value,
        };
    }
    let all = Value::Object(all);
    if let Some(refusal) = misread::refusal::<Fields>(&all, "") {
        return Err(refusal.into());
    }
    let fields = serde_json::from_value(all);
    fields.map_err(|_| Refusal::of("wrong-value").with("expected", "other").into())
}

fn filter(query: &Pairs) -> Result<Filter, Refusal> {
    Ok(Filter {
        query: words(query, "q")?,
        credit: words(query, "credit")?,
        place: words(query, "place")?,
        taken_from: day(query, "taken_from")?,
        taken_to: day(query, "taken_to")?,
        rights: rights(query)?,
        after: paging::after_moment(query)?,
        limit: paging::limit(query, SPAN)?,
    })
}

fn words(query: &Pairs, name: &'static str) -> Result<Option<String>, Refusal> {
    let words = query
        .get(name)
        .map(str::trim)
        .filter(|words| !words.is_empty());
    match words {
        Some(words) if words.contains('\0') => Err(Refusal::on(name, "nul-character")),
        words => Ok(words.map(String::from)),
    }
}

/// A day, a month or a year: `2026-11-20`, `2026-11`, `2026`.
fn day(query: &Pairs, name: &'static str) -> Result<Option<String>, Refusal> {
    let Some(text) = words(query, name)? else {
        return Ok(None);
    };
    if text.len() > 10 || picture::fields::Told::of(&text).is_none() {
        return Err(Refusal::on(name, "wrong-value").with("expected", "day"));
    }
    Ok(Some(text))
}

fn rights(query: &Pairs) -> Result<Option<picture::Rights>, Refusal> {
    let Some(word) = words(query, "rights")? else {
        return Ok(None);
    };
    let value = Value::String(word);
    if let Some(refusal) = misread::refusal::<picture::Rights>(&value, "rights") {
        return Err(refusal);
    }
    Ok(serde_json::from_value(value).ok())
}

/// The place behind a picture: its arrival, and its id.
fn cursor(picture: &Picture) -> String {
    paging::moment_cursor(picture.uploaded_at, picture.id)
}
