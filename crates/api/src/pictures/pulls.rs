//! `/pictures/{picture}/pull` and `/picture-pulls`: taking pictures from readers at once, and giving one back.

use axum::extract::State;
use http::StatusCode;
use newsroom::picture::{
    self, PictureId,
    pull::{Pulled, pull, restore},
    uses::Use,
};
use serde::{Deserialize, Serialize};
use web::{Answer, Problem};

use super::face;
use crate::{
    Api,
    address::AtPicture,
    idempotency,
    tasks::{PlaceFace, place},
    write::Write,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedForMany {
    ids: Vec<PictureId>,
    reason: String,
}

#[derive(Debug, Serialize)]
struct Done {
    pulled: Vec<PictureId>,
    already: Vec<PictureId>,
    taken_off: Vec<TakenOff>,
}

#[derive(Debug, Serialize)]
struct TakenOff {
    picture: PictureId,
    #[serde(flatten)]
    place: PlaceFace,
}

/// `PUT …/pull`: no page shows it any more, and its files answer that they are gone.
pub async fn create(
    State(api): State<Api>,
    AtPicture(id): AtPicture,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| pull_one(api, write, id)).await
}

/// `DELETE …/pull`: readers have it again, and the stories that name it too.
pub async fn destroy(
    State(api): State<Api>,
    AtPicture(id): AtPicture,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| give_back(api, write, id)).await
}

/// `POST /picture-pulls`: many at once; all of them or, where one is unknown, none.
pub async fn create_many(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, pull_many).await
}

async fn pull_one(api: Api, write: Write, id: PictureId) -> Result<Answer, Problem> {
    let asked: Asked = write.read()?;
    let hand = (&write.acting.by, api.clock.now());
    picture::one(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    pull(&api.db, &[id], &asked.reason, hand).await?;
    let picture = picture::one(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    face::answer(&api, StatusCode::OK, &picture)
}

async fn give_back(api: Api, write: Write, id: PictureId) -> Result<Answer, Problem> {
    write.read_nothing()?;
    let hand = (&write.acting.by, api.clock.now());
    let picture = restore(&api.db, id, hand).await?;
    face::answer(&api, StatusCode::OK, &picture)
}

async fn pull_many(api: Api, write: Write) -> Result<Answer, Problem> {
    let asked: AskedForMany = write.read()?;
    let hand = (&write.acting.by, api.clock.now());
    let done = pull(&api.db, &asked.ids, &asked.reason, hand).await?;
    Answer::json(StatusCode::OK, &told(done))
}

fn told(done: Pulled) -> Done {
    let line = |(picture, at): (PictureId, Use)| TakenOff {
        picture,
        place: place(at.place, at.title, at.path),
    };
    Done {
        pulled: done.pulled,
        already: done.already,
        taken_off: done.taken_off.into_iter().map(line).collect(),
    }
}
