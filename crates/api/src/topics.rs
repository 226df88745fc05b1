//! `GET /topics`: topics that public stories have.

use std::cmp::Reverse;

use axum::extract::State;
use base::Slug;
use http::StatusCode;
use newsroom::Edition;
use serde::Serialize;
use web::{Answer, Problem, Query};

use crate::{
    Api, rows,
    stories::{refuse_unknown, words_of},
};

/// The most topics one answer lists.
pub const MAX_FOUND: usize = 20;

#[derive(Debug, Serialize)]
struct Topics {
    topics: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    name: String,
    slug: Slug,
    stories: usize,
}

/// Those whose name holds `q`, the most used first; [`MAX_FOUND`] at most.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    refuse_unknown(&query, rows::TOPICS.query)?;
    let words = words_of(&query)?.unwrap_or_default().to_lowercase();
    let topics = found(&api.keeper.current(), &words);
    Answer::json(StatusCode::OK, &Topics { topics })
}

fn found(edition: &Edition, words: &str) -> Vec<Line> {
    let mut found: Vec<Line> = edition
        .topics()
        .filter_map(|(slug, stories)| {
            let name = edition.topic_name(slug)?;
            let fits = name.to_lowercase().contains(words);
            fits.then(|| Line {
                name: name.to_string(),
                slug: slug.clone(),
                stories,
            })
        })
        .collect();
    found.sort_by(|one, other| {
        let key = |line: &Line| (Reverse(line.stories), line.name.clone());
        key(one).cmp(&key(other))
    });
    found.truncate(MAX_FOUND);
    found
}
