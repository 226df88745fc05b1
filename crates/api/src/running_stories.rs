//! `/running-stories`: what a story can be part of, and their public-safety switch.

use axum::extract::State;
use base::{Id, Language, Slug};
use http::StatusCode;
use newsroom::running::{self, RunningState, RunningStory, safety};
use serde::Serialize;
use web::{Answer, Problem};

use crate::{Api, address::AtRunningStory, idempotency, write::Write};

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
    /// All its stories are open to everybody.
    public_safety_open: bool,
}

/// All of them, the last changed first.
pub async fn index(State(api): State<Api>) -> Result<Answer, Problem> {
    let running = running::all(&api.db).await?;
    let running_stories = running.into_iter().map(line).collect();
    Answer::json(StatusCode::OK, &RunningStories { running_stories })
}

/// `PUT …/public-safety`: no meter and no wall on any of its stories, from this moment.
pub async fn open(
    State(api): State<Api>,
    AtRunningStory(id): AtRunningStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| turn(api, write, id, true)).await
}

/// `DELETE …/public-safety`: each of its stories by its own rule again.
pub async fn close(
    State(api): State<Api>,
    AtRunningStory(id): AtRunningStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| turn(api, write, id, false)).await
}

async fn turn(api: Api, write: Write, id: Id<RunningStory>, open: bool) -> Result<Answer, Problem> {
    write.read_nothing()?;
    let (by, now) = (&write.acting.by, api.clock.now());
    let running = safety::turn(&api.db, id, open, by, now).await?;
    Answer::json(StatusCode::OK, &line(running))
}

fn line(running: RunningStory) -> Line {
    Line {
        id: running.id,
        slug: running.slug,
        name: running.name,
        label: running.label,
        language: running.language,
        state: running.state,
        public_safety_open: running.public_safety_open,
    }
}
