//! `/tasks`: what the desk is to look at, because something happened elsewhere.

pub mod completion;

use axum::extract::State;
use base::{Id, Instant, Refusal, Slug};
use http::StatusCode;
use newsroom::{
    picture::{PictureId, Why},
    running::LiveEntry,
    story::StoryId,
    task::{self, How, Kind, Place, Task},
};
use serde::Serialize;
use web::{Answer, Pairs, Problem, Query};

use crate::{
    Api,
    paging::{self, Span},
};

/// Tasks on a page of the list.
pub const SPAN: Span = Span {
    usual: 50,
    most: 200,
};

#[derive(Debug, Serialize)]
struct Tasks {
    tasks: Vec<TaskFace>,
    /// How many wait, `COUNTED_MOST` at most.
    waiting: u32,
    next: Option<String>,
}

/// A task as the desk gets it.
#[derive(Debug, Serialize)]
pub(crate) struct TaskFace {
    id: Id<Task>,
    kind: Kind,
    picture: PictureId,
    #[serde(flatten)]
    place: PlaceFace,
    why: Why,
    raised_at: Instant,
    done: Option<DoneFace>,
}

/// A place of the site; of the three ids, that of its kind is there.
#[derive(Debug, Serialize)]
pub(crate) struct PlaceFace {
    place: &'static str,
    story: Option<StoryId>,
    live_entry: Option<Id<LiveEntry>>,
    trust_page: Option<Slug>,
    title: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct DoneFace {
    how: How,
    by: String,
    at: Instant,
}

/// `GET`: those that wait, or with `?state=done` those that do not any more, the last raised first.
pub async fn index(State(api): State<Api>, Query(query): Query) -> Result<Answer, Problem> {
    let are_done = are_done(&query)?;
    let (after, limit) = (paging::after_moment(&query)?, paging::limit(&query, SPAN)?);
    let tasks = task::list(&api.db, are_done, after, limit).await?;
    let cursor = |task: &Task| paging::moment_cursor(task.raised_at, task.id);
    let page = Tasks {
        next: paging::next(&tasks, limit, cursor),
        waiting: task::count_open(&api.db).await?,
        tasks: tasks.into_iter().map(face).collect(),
    };
    Answer::json(StatusCode::OK, &page)
}

/// A task in the words of the API.
pub(crate) fn face(task: Task) -> TaskFace {
    TaskFace {
        id: task.id,
        kind: task.kind,
        picture: task.picture,
        place: place(task.place, task.title, task.path),
        why: task.why,
        raised_at: task.raised_at,
        done: task.done.map(|done| DoneFace {
            how: done.how,
            by: done.by,
            at: done.at,
        }),
    }
}

/// A place in the words of the API.
pub(crate) fn place(place: Place, title: String, url: String) -> PlaceFace {
    let (word, story, live_entry, trust_page) = match place {
        Place::Story(id) => ("story", Some(id), None, None),
        Place::Entry(id) => ("live_entry", None, Some(id), None),
        Place::Page(slug) => ("trust_page", None, None, Some(slug)),
    };
    PlaceFace {
        place: word,
        story,
        live_entry,
        trust_page,
        title,
        url,
    }
}

fn are_done(query: &Pairs) -> Result<bool, Refusal> {
    match query.get("state") {
        None | Some("waiting") => Ok(false),
        Some("done") => Ok(true),
        Some(_) => Err(Refusal::on("state", "wrong-value").with("expected", "waiting, done")),
    }
}
