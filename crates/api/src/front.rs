//! `/front`: what stands in the slots of the first page, and arranging it.

use axum::extract::State;
use base::{Instant, No};
use http::{HeaderValue, StatusCode, header};
use newsroom::{
    front::{
        self, Front, Placed, Slot, Weight,
        arrange::{Arrangement, arrange},
    },
    section::{self, Section},
    story::StoryId,
};
use serde::{Deserialize, Serialize};
use web::{Answer, Problem};

use crate::{
    Api,
    face::{Summary, etag},
    idempotency,
    write::Write,
};

/// The front as the desk shows it.
#[derive(Debug, Serialize)]
struct Face {
    /// How often it was arranged; also the `ETag`.
    version: u32,
    arranged: Option<ArrangedFace>,
    slots: Vec<SlotFace>,
}

#[derive(Debug, Serialize)]
struct ArrangedFace {
    at: Instant,
    by: String,
}

#[derive(Debug, Serialize)]
struct SlotFace {
    story_id: StoryId,
    weight: Weight,
    /// The story as the desk's list shows it, public or not.
    story: Summary,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    slots: Vec<Slot>,
}

/// `GET /front`.
pub async fn show(State(api): State<Api>) -> Result<Answer, Problem> {
    let front = front::front(&api.db).await?;
    answer(&api, front).await
}

/// `PUT /front`: all slots in order, upon the version in `If-Match`.
pub async fn update(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, arrange_all).await
}

async fn arrange_all(api: Api, write: Write) -> Result<Answer, Problem> {
    let upon = write.upon()?;
    let asked: Asked = write.read()?;
    let slots = &asked.slots;
    let arrangement = Arrangement { upon, slots };
    let (by, now) = (&write.acting.by, api.clock.now());
    match arrange(&api.db, &arrangement, by, now).await {
        Ok(front) => answer(&api, front).await,
        Err(no) => Err(refused(&api, no).await),
    }
}

async fn answer(api: &Api, front: Front) -> Result<Answer, Problem> {
    let tag = etag(front.version);
    let face = face(front, &section::all(&api.db).await?);
    Ok(Answer::json(StatusCode::OK, &face)?.with_header(header::ETAG, tag))
}

/// With `current`, where somebody arranged it first.
async fn refused(api: &Api, no: No) -> Problem {
    let first = matches!(&no, No::Refused(refusals) if refusals.has("somebody-arranged-first"));
    let problem = Problem::from(no);
    if !first {
        return problem;
    }
    match current(api).await {
        Ok((face, tag)) => problem.with("current", face).with_header(header::ETAG, tag),
        Err(fault) => fault.into(),
    }
}

async fn current(api: &Api) -> Result<(Face, HeaderValue), base::Fault> {
    let front = front::front(&api.db).await?;
    let tag = etag(front.version);
    Ok((face(front, &section::all(&api.db).await?), tag))
}

fn face(front: Front, sections: &[Section]) -> Face {
    let slot = |placed: Placed| SlotFace {
        story_id: placed.story.id,
        weight: placed.weight,
        story: Summary::of(placed.story, sections),
    };
    Face {
        version: front.version,
        arranged: front.arranged.map(|arranged| ArrangedFace {
            at: arranged.at,
            by: arranged.by,
        }),
        slots: front.slots.into_iter().map(slot).collect(),
    }
}
