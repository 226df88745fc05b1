//! `GET /pictures/{picture}/uses`: where a picture runs, and what it was taken off.

use axum::extract::State;
use http::StatusCode;
use newsroom::{
    picture::{
        self, PictureId,
        uses::{self, Use},
    },
    story::StoryId,
    task::{self, Place},
};
use serde::Serialize;
use web::{Answer, Problem};

use crate::{
    Api,
    address::AtPicture,
    tasks::{TaskFace, face},
};

#[derive(Debug, Default, Serialize)]
struct Uses {
    uses: Vec<UseFace>,
    live_entries: Vec<PlaceFace>,
    trust_pages: Vec<PlaceFace>,
    taken_off: Vec<TaskFace>,
}

#[derive(Debug, Serialize)]
struct UseFace {
    story: StoryId,
    headline: String,
    url: String,
    lead: bool,
}

#[derive(Debug, Serialize)]
struct PlaceFace {
    title: String,
    url: String,
}

/// Both lists, the newest first.
pub async fn show(State(api): State<Api>, AtPicture(id): AtPicture) -> Result<Answer, Problem> {
    let picture = picture::one(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    if picture.pull.is_some() {
        return answer(&api, id, Vec::new()).await;
    }
    let places = uses::uses(&api.db, id).await?;
    answer(&api, id, places).await
}

async fn answer(api: &Api, id: PictureId, places: Vec<Use>) -> Result<Answer, Problem> {
    let taken_off = task::of_picture(&api.db, id, uses::MAX_USES).await?;
    let mut told = Uses {
        taken_off: taken_off.into_iter().map(face).collect(),
        ..Uses::default()
    };
    for one in places {
        let place = PlaceFace {
            title: one.title.clone(),
            url: one.path.clone(),
        };
        match one.place {
            Place::Story(story) => told.uses.push(UseFace {
                story,
                headline: one.title,
                url: one.path,
                lead: one.is_lead,
            }),
            Place::Entry(_) => told.live_entries.push(place),
            Place::Page(_) => told.trust_pages.push(place),
        }
    }
    Answer::json(StatusCode::OK, &told)
}
