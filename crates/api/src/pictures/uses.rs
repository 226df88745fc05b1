//! `GET /pictures/{picture}/uses`: where a picture runs, and what it was taken off.

use axum::extract::State;
use base::Instant;
use http::StatusCode;
use newsroom::{
    picture::{self, Why, uses},
    story::StoryId,
};
use serde::Serialize;
use web::{Answer, Problem};

use crate::{Api, address::AtPicture};

#[derive(Debug, Serialize)]
struct Uses {
    uses: Vec<UseFace>,
    taken_off: Vec<TakenOffFace>,
}

#[derive(Debug, Serialize)]
struct UseFace {
    story: StoryId,
    headline: String,
    url: String,
    lead: bool,
}

#[derive(Debug, Serialize)]
struct TakenOffFace {
    story: StoryId,
    headline: String,
    url: String,
    why: Why,
    at: Instant,
}

/// Both lists, the newest first.
pub async fn show(State(api): State<Api>, AtPicture(id): AtPicture) -> Result<Answer, Problem> {
    picture::one(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    let runs = uses::uses(&api.db, id).await?.into_iter();
    let taken_off = uses::taken_off(&api.db, id).await?.into_iter();
    let told = Uses {
        uses: runs
            .map(|one| UseFace {
                story: one.story,
                headline: one.headline,
                url: one.path,
                lead: one.is_lead,
            })
            .collect(),
        taken_off: taken_off
            .map(|one| TakenOffFace {
                story: one.story,
                headline: one.headline,
                url: one.path,
                why: one.why,
                at: one.at,
            })
            .collect(),
    };
    Answer::json(StatusCode::OK, &told)
}
