//! `GET /running-stories`: what a story can be part of.

use axum::extract::State;
use base::{Id, Language, Slug};
use http::StatusCode;
use newsroom::running::{self, RunningState, RunningStory};
use serde::Serialize;
use web::{Answer, Problem};

use crate::Api;

#[derive(Debug, Serialize)]
struct RunningStories {
    running_stories: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<RunningStory>,
    slug: Slug,
    name: String,
    label: String,
    language: Language,
    state: RunningState,
}

/// All of them, the last changed first.
pub async fn index(State(api): State<Api>) -> Result<Answer, Problem> {
    let running = running::all(&api.db).await?;
    let running = running.into_iter().map(|running| Line {
        id: running.id,
        slug: running.slug,
        name: running.name,
        label: running.label,
        language: running.language,
        state: running.state,
    });
    let running_stories = running.collect();
    Answer::json(StatusCode::OK, &RunningStories { running_stories })
}
