//! What an actor did: its stories, newest first, in pages.

use axum::extract::{Path, State};
use newsroom::edition::{Edition, ListOf, Published};
use serde_json::{Value, json};
use syndication::fediverse::{Actor, Voice};
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
    let id = format!("{}/outbox", voice.id(actor));
    let shown = match query.read::<usize>("page")? {
        None => whole(&edition, actor, &id),
        Some(page) => {
            let (listed, last) = listed(&edition, actor, page).ok_or_else(Problem::absent)?;
            let mut done = Vec::with_capacity(listed.len());
            for story in listed {
                done.extend(did(&site, &edition, (&voice, actor), story).await?);
            }
            one_page(&id, (page, last), done)
        }
    };
    Ok(answer(&rows::OUTBOX, &shown, &["feed"]))
}

fn list_of(actor: Actor) -> ListOf {
    match actor {
        Actor::Newsroom => ListOf::Newest,
        Actor::Section(id) => ListOf::Section(id),
    }
}

fn whole(edition: &Edition, actor: Actor, id: &str) -> Value {
    let (_, total) = edition.list(&list_of(actor), 0, 0);
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": id,
        "type": "OrderedCollection",
        "totalItems": total,
        "first": format!("{id}?page=1"),
        "last": format!("{id}?page={}", pages(total)),
    })
}

fn pages(total: usize) -> usize {
    total.div_ceil(STORIES_A_PAGE).max(1)
}

/// The stories of a page, and the number of the last one; nothing where there is no such page.
fn listed(edition: &Edition, actor: Actor, page: usize) -> Option<(Vec<&Published>, usize)> {
    let skip = page.checked_sub(1)?.checked_mul(STORIES_A_PAGE)?;
    let (listed, total) = edition.list(&list_of(actor), skip, STORIES_A_PAGE);
    let listed = listed.into_iter().map(AsRef::as_ref).collect();
    (page <= pages(total)).then(|| (listed, pages(total)))
}

/// The newsroom passes on what its sections tell, and tells itself what has no section.
async fn did(
    site: &Site,
    edition: &Edition,
    (voice, actor): (&Voice, Actor),
    story: &Published,
) -> Result<Option<Value>, Problem> {
    let Some(by) = stories::by(site, edition, story).await? else {
        return Ok(None);
    };
    Ok(Some(if actor == Actor::Newsroom && by != actor {
        stories::announce(voice, story)
    } else {
        stories::create(site, edition, (voice, by), story).await?
    }))
}

fn one_page(id: &str, (page, last): (usize, usize), done: Vec<Value>) -> Value {
    let mut shown = json!({
        "@context": stories::context(),
        "id": format!("{id}?page={page}"),
        "type": "OrderedCollectionPage",
        "partOf": id,
        "orderedItems": done,
    });
    if page < last {
        shown["next"] = json!(format!("{id}?page={}", page + 1));
    }
    if page > 1 {
        shown["prev"] = json!(format!("{id}?page={}", page - 1));
    }
    shown
}
