//! `GET /people`: names for bylines.

use axum::extract::State;
use base::{Id, Slug};
use http::StatusCode;
use newsroom::person::{self, Person};
use serde::Serialize;
use web::{Answer, Problem, Query};

use crate::{
    Api, rows,
    stories::{refuse_unknown, words_of},
};

#[derive(Debug, Serialize)]
struct People {
    people: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<Person>,
    name: String,
    slug: Slug,
}

/// The first by name whose name holds `q`; [`person::MAX_FOUND`] at most.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    refuse_unknown(&query, rows::PEOPLE.query)?;
    let words = words_of(&query)?.unwrap_or_default();
    let people = person::search(&api.db, &words).await?;
    let people = people.into_iter().map(|person| Line {
        id: person.id,
        name: person.name,
        slug: person.slug,
    });
    let people = people.collect();
    Answer::json(StatusCode::OK, &People { people })
}
