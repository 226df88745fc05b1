//! `/people`: who stands on bylines.

use axum::extract::State;
use base::{Id, Slug};
use http::StatusCode;
use newsroom::person::{
    self, MAX_FOUND, Particulars, Person, add::add, change::change, remove::remove,
};
use serde::{Deserialize, Serialize};
use web::{Answer, Problem, Query};

use crate::{
    Api,
    address::AtPerson,
    current, idempotency,
    paging::{self, Span},
    stories::words_of,
    write::Write,
};

/// People on a page of the list.
pub const SPAN: Span = Span {
    usual: 20,
    most: MAX_FOUND,
};

#[derive(Debug, Serialize)]
struct People {
    people: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<Person>,
    name: String,
    slug: Slug,
    role: Option<String>,
    bio: Option<String>,
    /// Also the `ETag`.
    version: u32,
}

/// What is sent of a person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Made from the name, or left as it is, when left out.
    slug: Option<Slug>,
    name: String,
    role: Option<String>,
    bio: Option<String>,
}

/// `GET`: by name, those whose name holds `q`.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    let limit = paging::limit(&query, SPAN)?;
    let words = words_of(&query)?.unwrap_or_default();
    let after = paging::after_name(&query)?;
    let after = after.as_ref().map(|(name, id)| (name.as_str(), *id));
    let people = person::search(&api.db, &words, after, limit).await?;
    let cursor = |person: &Person| paging::name_cursor(&person.name, person.id);
    let page = People {
        next: paging::next(&people, limit, cursor),
        people: people.into_iter().map(line).collect(),
    };
    Answer::json(StatusCode::OK, &page)
}

/// `GET …/{person}`.
pub async fn show(State(api): State<Api>, AtPerson(id): AtPerson) -> Result<Answer, Problem> {
    let person = person::one(&api.db, id).await?;
    answer(person.ok_or_else(Problem::absent)?)
}

/// `POST`: somebody new.
pub async fn create(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, put_in).await
}

/// `PUT …/{person}`: their particulars, upon the version in `If-Match`.
pub async fn update(
    State(api): State<Api>,
    AtPerson(id): AtPerson,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| set(api, write, id)).await
}

/// `DELETE …/{person}`: where no byline means them.
pub async fn destroy(
    State(api): State<Api>,
    AtPerson(id): AtPerson,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| take_away(api, write, id)).await
}

async fn put_in(api: Api, write: Write) -> Result<Answer, Problem> {
    let (slug, particulars) = asked(write.read()?);
    let (by, now) = (&write.acting.by, api.clock.now());
    let person = add(&api.db, slug, particulars, by, now).await?;
    let (at, version) = (format!("/api/v1/people/{}", person.id), person.version);
    current::created(&at, &line(person), version)
}

async fn set(api: Api, write: Write, id: Id<Person>) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let (slug, particulars) = asked(write.read()?);
    let hand = (&write.acting.by, api.clock.now());
    match change(&api.db, (id, upon), slug, particulars, hand).await {
        Ok(person) => answer(person),
        Err(no) => {
            let look = async { Ok(person::one(&api.db, id).await?.map(versioned)) };
            Err(current::refused(no, look).await)
        }
    }
}

async fn take_away(api: Api, write: Write, id: Id<Person>) -> Result<Answer, Problem> {
    write.read_nothing()?;
    remove(&api.db, id, &write.acting.by, api.clock.now()).await?;
    Ok(Answer::empty())
}

fn asked(asked: Asked) -> (Option<Slug>, Particulars) {
    let Asked {
        slug,
        name,
        role,
        bio,
    } = asked;
    (slug, Particulars { name, role, bio })
}

fn answer(person: Person) -> Result<Answer, Problem> {
    let (line, version) = versioned(person);
    current::answer(StatusCode::OK, &line, version)
}

fn versioned(person: Person) -> (Line, u32) {
    let version = person.version;
    (line(person), version)
}

fn line(person: Person) -> Line {
    Line {
        id: person.id,
        name: person.name,
        slug: person.slug,
        role: person.role,
        bio: person.bio,
        version: person.version,
    }
}
