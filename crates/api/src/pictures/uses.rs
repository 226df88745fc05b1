//! `GET /pictures/{picture}/uses`: where a picture runs, and what it was taken off.

use axum::extract::State;
use base::Instant;
use http::StatusCode;
use newsroom::{
    picture::{
        self, PictureId, Why,
        uses::{self, Use},
    },
    running::{EntryWith, entries_with},
    story::StoryId,
    trust::pages_with,
};
use serde::Serialize;
use web::{Answer, Problem};

use crate::{Api, address::AtPicture};

#[derive(Debug, Serialize)]
struct Uses {
    uses: Vec<UseFace>,
    live_entries: Vec<PlaceFace>,
    trust_pages: Vec<PlaceFace>,
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
struct PlaceFace {
    title: String,
    url: String,
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
    let picture = picture::one(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    if picture.pull.is_some() {
        return answer(&api, id, Places::default()).await;
    }
    let places = Places {
        stories: uses::uses(&api.db, id).await?,
        entries: entries_with(&api.db, id, uses::MAX_USES).await?,
        pages: pages_with(&api.db, id).await?,
    };
    answer(&api, id, places).await
}

/// Where a picture runs; nowhere while it is taken from readers.
#[derive(Default)]
struct Places {
    stories: Vec<Use>,
    entries: Vec<EntryWith>,
    pages: Vec<(String, String)>,
}

async fn answer(api: &Api, id: PictureId, places: Places) -> Result<Answer, Problem> {
    let runs = places.stories.into_iter();
    let place = |(title, url)| PlaceFace { title, url };
    let entries = places.entries.into_iter();
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
        live_entries: entries
            .map(|entry| place((entry.title, entry.path)))
            .collect(),
        trust_pages: places.pages.into_iter().map(place).collect(),
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
