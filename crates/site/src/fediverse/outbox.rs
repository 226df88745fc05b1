//! What an actor did: its stories, newest first, in pages.

use axum::extract::{Path, State};
use newsroom::edition::ListOf;
use serde_json::{Value, json};
use syndication::fediverse::Actor;
use web::{Answer, Problem, Query};

use super::{answer, known, stories, voice};
use crate::{Site, rows};

/// Activities on one page.
pub const STORIES_A_PAGE: usize = 20;

/// `GET /_ap/actors/{actor}/outbox`: how many there are, and with `page` those of one page, from 1.
pub async fn show(
    State(site): State<Site>,
    Path(actor): Path<String>,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let voice = voice(&site)?;
    let edition = site.edition();
    let actor = known(&edition, &actor)?;
    let of = match actor {
        Actor::Newsroom => ListOf::Newest,
        Actor::Section(id) => ListOf::Section(id),
    };
    let id = format!("{}/outbox", voice.id(actor));
    let page = query.read::<usize>("page")?;
    let skip = page
        .unwrap_or(1)
        .saturating_sub(1)
        .saturating_mul(STORIES_A_PAGE);
    let (listed, total) = edition.list(&of, skip, STORIES_A_PAGE);
    let last = total.div_ceil(STORIES_A_PAGE).max(1);
    let Some(page) = page else {
        let whole = json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": id,
            "type": "OrderedCollection",
            "totalItems": total,
            "first": format!("{id}?page=1"),
            "last": format!("{id}?page={last}"),
        });
        return Ok(answer(&rows::OUTBOX, &whole, &["feed"]));
    };
    if page == 0 || page > last {
        return Err(Problem::absent());
    }
    let mut done: Vec<Value> = Vec::with_capacity(listed.len());
    for story in listed {
        // The newsroom passes on what its sections tell, and tells itself what has no section.
        match stories::by(&site, &edition, story).await? {
            Some(by) if actor == Actor::Newsroom && by != actor => {
                done.push(stories::announce(&voice, story));
            }
            Some(by) => done.push(stories::create(&site, &edition, (&voice, by), story).await?),
            None => {}
        }
    }
    let mut shown = json!({
        "@context": ["https://www.w3.org/ns/activitystreams", {"Hashtag": "as:Hashtag", "sensitive": "as:sensitive"}],
        "id": format!("{id}?page={page}"),
        "type": "OrderedCollectionPage",
        "partOf": id,
        "totalItems": total,
        "orderedItems": done,
    });
    if page < last {
        shown["next"] = json!(format!("{id}?page={}", page + 1));
    }
    if page > 1 {
        shown["prev"] = json!(format!("{id}?page={}", page - 1));
    }
    Ok(answer(&rows::OUTBOX, &shown, &["feed"]))
}
