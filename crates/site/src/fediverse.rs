//! What other servers read of us (ActivityPub): who can be followed, and stories as feeds show them.
//!
//! Everything has an address of its own, below `/_ap`: one address answers everybody alike, so that a shared
//! cache never gives a person what a program asked for. Pages name theirs in the head (`link rel="alternate"`),
//! where other servers look for it. Of a story there is a feed's item (`feeds::Item`) and nothing
//! else, so that nobody is told more here than anybody reads. While the setting is off there is nothing here.

mod actors;
pub mod discovery;
pub mod inbox;
pub mod outbox;
pub mod stories;

use std::sync::Arc;

use axum::extract::{Path, State};
use newsroom::edition::{Edition, Published};
use serde_json::{Value, json};
use syndication::fediverse::{self, Actor, Voice};
use web::{Answer, Effort, Kind, Page, Problem, Row};

use crate::{Site, frame::FeedLink, rows};

/// Everybody (ActivityPub section 5.6).
const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// `GET /_ap/actors/{actor}`: somebody of ours who can be followed.
pub async fn actor(State(site): State<Site>, Path(actor): Path<String>) -> Result<Answer, Problem> {
    let voice = voice(&site)?;
    let edition = site.edition();
    let actor = known(&edition, &actor)?;
    let shown = actors::shown(&site, &edition, &voice, actor).ok_or_else(Problem::absent)?;
    Ok(answer(&rows::ACTOR, &shown, &["feed"]))
}

/// `GET /_ap/actors/{actor}/followers`: how many follow, and not who.
pub async fn followers(
    State(site): State<Site>,
    Path(actor): Path<String>,
) -> Result<Answer, Problem> {
    let voice = voice(&site)?;
    let actor = known(&site.edition(), &actor)?;
    let count = fediverse::followers(&site.db, actor).await?;
    let list = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{}/followers", voice.id(actor)),
        "type": "OrderedCollection",
        "totalItems": count,
    });
    Ok(answer(&rows::AP_FOLLOWERS, &list, &["feed"]))
}

/// In whose name a story stands in this edition; nobody's, of standing pages.
pub fn author(edition: &Edition, story: &Published) -> Option<Actor> {
    if story.card.kind == newsroom::story::Kind::Page {
        return None;
    }
    let section = story.card.section.and_then(|id| edition.section(id));
    Some(section.map_or(Actor::Newsroom, |section| Actor::Section(section.id)))
}

/// Where a page says that other servers find it; nowhere, while the setting is off.
pub(crate) fn link(site: &Site, title: &str, of: impl Fn(&Voice) -> String) -> Option<FeedLink> {
    let voice = site.voice.as_ref()?;
    Some(FeedLink {
        title: title.into(),
        url: of(voice),
        kind: fediverse::ACTIVITY_JSON,
    })
}

fn voice(site: &Site) -> Result<Arc<Voice>, Problem> {
    site.voice.clone().ok_or_else(Problem::absent)
}

/// The actor of this name, where the edition has it.
fn known(edition: &Edition, name: &str) -> Result<Actor, Problem> {
    let actor = name.parse().map_err(|_| Problem::absent())?;
    is_ours(edition, actor)
        .then_some(actor)
        .ok_or_else(Problem::absent)
}

fn is_ours(edition: &Edition, actor: Actor) -> bool {
    match actor {
        Actor::Newsroom => true,
        Actor::Section(id) => edition.section(id).is_some(),
    }
}

fn answer(row: &'static Row, shown: &Value, keys: &[&str]) -> Answer {
    let page = Page::new(row, Kind::Activity, shown.to_string(), Effort::Once);
    page.with_surrogate_keys(keys).into()
}
