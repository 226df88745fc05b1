//! Stories for other servers, each made of its item in a feed; and what happened to them.

use axum::extract::{Path, State};
use base::{Fault, Instant, html::text};
use bytes::Bytes;
use http::StatusCode;
use newsroom::{
    edition::{Edition, Published},
    story::{self, StoryId},
};
use serde_json::{Value, json};
use syndication::fediverse::{
    self, Actor, Voice,
    deliver::{Act, Due},
};
use web::{Answer, Effort, Kind, Page, Problem};

use super::{PUBLIC, author, voice};
use crate::{
    Site,
    feeds::{Item, item, rfc_3339},
    gate::id_of,
    rows,
    view::Viewer,
};

/// `GET /_ap/stories/{story}`: a story; of one that was taken back that it was, with 410.
pub async fn show(State(site): State<Site>, Path(id): Path<String>) -> Result<Answer, Problem> {
    let voice = voice(&site)?;
    let id: StoryId = id_of(&id).ok_or_else(Problem::absent)?;
    let edition = site.edition();
    let keys = [format!("art-{id}")];
    let page = |shown: &Value| {
        let page = Page::new(
            &rows::AP_STORY,
            Kind::Activity,
            shown.to_string(),
            Effort::Once,
        );
        page.with_surrogate_keys(&keys)
    };
    if let Some(story) = edition.story(id) {
        let by = by(&site, &edition, story)
            .await?
            .ok_or_else(Problem::absent)?;
        let shown = with_context(object(&site, &edition, (&voice, by), story).await?);
        return Ok(page(&shown).into());
    }
    let kept = story::read::story(&site.db, id).await?;
    let withdrawal = kept.and_then(|story| story.withdrawal);
    let withdrawal = withdrawal.ok_or_else(Problem::absent)?;
    let stone = with_context(tombstone(&voice, id, Some(withdrawal.at)));
    Ok(page(&stone).with_status(StatusCode::GONE).into())
}

/// An activity as it is sent: made of what is public at this moment. Nothing, when things have moved on since it
/// was written down, for then a later activity says so.
///
/// # Errors
/// A fault when the database is unavailable.
pub async fn activity(site: &Site, voice: &Voice, due: &Due) -> Result<Option<Bytes>, Fault> {
    if let Some(written) = &due.payload {
        return Ok(Some(Bytes::from(written.clone())));
    }
    let edition = site.edition();
    let Some(id) = due.story else {
        return Ok(None);
    };
    let story = edition.story(id);
    let made = match (due.act, story) {
        (Act::Delete, None) => delete(voice, due, id),
        (Act::Create | Act::Update, Some(story)) => {
            let object = object(site, &edition, (voice, due.actor), story).await;
            let mut object = object.map_err(|problem| {
                Fault::new(format!("making a story to send it: {}", problem.status()))
            })?;
            if due.act == Act::Update {
                // What it says may be new while the story is not, as when its section closed; and servers leave a
                // change alone that is no younger than what they have.
                object["updated"] = json!(rfc_3339(due.at.max(story.changed_at)));
            }
            wrapped(voice, due, object)
        }
        (Act::Announce, Some(story)) => announce(voice, story),
        _ => return Ok(None),
    };
    Ok(Some(Bytes::from(with_context(made).to_string())))
}

/// In whose name a story stands: for good of whoever told it first.
pub(super) async fn by(
    site: &Site,
    edition: &Edition,
    story: &Published,
) -> Result<Option<Actor>, Fault> {
    let Some(now) = author(edition, story) else {
        return Ok(None);
    };
    Ok(fediverse::told_by(&site.db, story.id).await?.or(Some(now)))
}

/// That a story is there, as lists of what was done have it.
pub(super) async fn create(
    site: &Site,
    edition: &Edition,
    (voice, actor): (&Voice, Actor),
    story: &Published,
) -> Result<Value, Problem> {
    let object = object(site, edition, (voice, actor), story).await?;
    Ok(json!({
        "id": format!("{}#create", voice.story(story.id)),
        "type": "Create",
        "actor": voice.id(actor),
        "published": object["published"],
        "to": object["to"],
        "cc": object["cc"],
        "object": object,
    }))
}

/// That the newsroom passes on a story of a section.
pub(super) fn announce(voice: &Voice, story: &Published) -> Value {
    let (id, newsroom) = (voice.story(story.id), voice.id(Actor::Newsroom));
    json!({
        "id": format!("{id}#announce"),
        "type": "Announce",
        "actor": newsroom,
        "published": rfc_3339(story.first_at),
        "to": [PUBLIC],
        "cc": [format!("{newsroom}/followers")],
        "object": id,
    })
}

fn wrapped(voice: &Voice, due: &Due, object: Value) -> Value {
    let id = object["id"].as_str().unwrap_or_default();
    let id = match due.act {
        Act::Create => format!("{id}#create"),
        _ => format!("{id}#update-{}", due.event),
    };
    json!({
        "id": id,
        "type": due.act.word(),
        "actor": voice.id(due.actor),
        "published": rfc_3339(due.at),
        "to": object["to"],
        "cc": object["cc"],
        "object": object,
    })
}

fn delete(voice: &Voice, due: &Due, story: StoryId) -> Value {
    json!({
        "id": format!("{}#delete-{}", voice.story(story), due.event),
        "type": due.act.word(),
        "actor": voice.id(due.actor),
        "published": rfc_3339(due.at),
        "to": [PUBLIC],
        "object": tombstone(voice, story, None),
    })
}

fn tombstone(voice: &Voice, story: StoryId, at: Option<Instant>) -> Value {
    let mut stone = json!({
        "id": voice.story(story),
        "type": "Tombstone",
        "formerType": "Article",
    });
    if let Some(at) = at {
        stone["deleted"] = json!(rfc_3339(at));
    }
    stone
}

/// A story, in ActivityStreams. Of its text there is what feeds show of it.
async fn object(
    site: &Site,
    edition: &Edition,
    (voice, actor): (&Voice, Actor),
    story: &Published,
) -> Result<Value, Problem> {
    let item = item(site, edition, story).await?;
    let tag = item.language.tag();
    let html = bylined(site, edition, &item);
    let by = voice.id(actor);
    let mut object = json!({
        "id": voice.story(story.id),
        "type": "Article",
        "attributedTo": by,
        "name": item.title,
        "url": item.url,
        "content": html,
        "contentMap": {tag: html},
        "mediaType": "text/html",
        "published": rfc_3339(item.published),
        "inReplyTo": null,
        "to": [PUBLIC],
        "cc": [format!("{by}/followers")],
        "sensitive": story.card.sensitive,
        "tag": tags(site, edition, story, &item),
    });
    if let Some(deck) = &item.summary {
        object["summary"] = json!(text(deck));
    }
    if item.updated > item.published {
        object["updated"] = json!(rfc_3339(item.updated));
    }
    if let Some(picture) = picture(&item) {
        object["image"] = picture.clone();
        object["attachment"] = json!([picture]);
    }
    Ok(object)
}

/// Its text, with who wrote it above: other servers show no names but the actor's.
fn bylined(site: &Site, edition: &Edition, item: &Item) -> String {
    let html = item.html_that_runs().unwrap_or_default();
    if item.authors.is_empty() {
        return html;
    }
    let viewer = Viewer {
        site,
        edition,
        language: &item.language,
    };
    let names: Vec<&str> = item.authors.iter().map(|one| one.name.as_str()).collect();
    let line = format!("{} {}", viewer.say("story-by"), names.join(", "));
    format!("<p>{}</p>\n{html}", text(&line))
}

/// The lead picture, with what is on it in words.
fn picture(item: &Item) -> Option<Value> {
    let shown = item.picture.as_ref()?;
    let kind = Kind::of_name(&shown.url);
    let mut picture = json!({"type": "Image", "url": shown.url, "name": shown.alt});
    if matches!(kind, Kind::Jpeg | Kind::Png | Kind::Webp | Kind::Avif) {
        picture["mediaType"] = json!(kind.content_type());
    }
    for (name, pixels) in [("width", shown.width), ("height", shown.height)] {
        if let Some(pixels) = pixels {
            picture[name] = json!(pixels);
        }
    }
    Some(picture)
}

/// Its topics, each with the address of its page: one word, as others want them.
fn tags(site: &Site, edition: &Edition, story: &Published, item: &Item) -> Vec<Value> {
    let viewer = Viewer {
        site,
        edition,
        language: &item.language,
    };
    let topic = |printed: &String| {
        let slug = edition.topic_called(printed)?;
        let name = as_one_word(&viewer.topic_name(printed));
        let path = crate::feeds::coded(&format!("/topic/{slug}"));
        (!name.is_empty()).then(
            || json!({"type": "Hashtag", "name": format!("#{name}"), "href": site.absolute(&path)}),
        )
    };
    story.card.topics.iter().filter_map(topic).collect()
}

/// `City hall` as `CityHall`: other servers end the word at the first blank.
fn as_one_word(name: &str) -> String {
    let words = name.split(|ch: char| !ch.is_alphanumeric());
    let large = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    };
    words.map(large).collect()
}

/// Where the words are from that are not ActivityStreams' own.
pub(super) fn context() -> Value {
    json!([
        "https://www.w3.org/ns/activitystreams",
        {"Hashtag": "as:Hashtag", "sensitive": "as:sensitive"},
    ])
}

fn with_context(mut value: Value) -> Value {
    if let Some(members) = value.as_object_mut() {
        members.shift_insert(0, "@context".into(), context());
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_one_word_elsewhere() {
        #[track_caller]
        fn check(name: &str, word: &str) {
            assert_eq!(as_one_word(name), word);
        }
        check("Harbour", "Harbour");
        check("city hall", "CityHall");
        check("COVID-19", "COVID19");
        check("מזג אוויר", "מזגאוויר");
        check("…", "");
    }
}
