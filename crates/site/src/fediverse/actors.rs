//! Our actors, as other servers show them: the newsroom, and each section.
//!
//! They are organisations: of the types that are followed everywhere it is the true one. `Group` is where
//! everybody may post, and `Service` is shown as a robot.

use base::{Id, html::text};
use newsroom::{edition::Edition, section::Section};
use serde_json::{Value, json};
use syndication::fediverse::{Actor, Voice};

use crate::{Site, json_ld};

/// The longest name of a section that is its name elsewhere, too.
const LONGEST_NAME: usize = 60;
/// Digits of its id that a section is called by elsewhere when its own name will not do.
const DIGITS: usize = 8;

/// What an actor is called elsewhere: `NAME` in `@NAME@host`.
pub(super) fn name(voice: &Voice, section: Option<&Section>) -> String {
    let Some(section) = section else {
        return voice.name.clone();
    };
    let slug = section.slug.as_str();
    // Other servers take letters of ASCII alone, and two cannot have one name.
    if slug.is_ascii() && slug.len() <= LONGEST_NAME && slug != voice.name {
        return slug.to_string();
    }
    let id = section.id.uuid().simple().to_string();
    format!("section-{}", &id[id.len() - DIGITS..])
}

/// The actor that is called so.
pub(super) fn named(edition: &Edition, voice: &Voice, called: &str) -> Option<Actor> {
    let called = called.to_lowercase();
    if called == voice.name {
        return Some(Actor::Newsroom);
    }
    let mut sections = edition.furniture.sections.iter();
    let section = sections.find(|one| name(voice, Some(one)) == called)?;
    Some(Actor::Section(section.id))
}

/// The path of an actor's own page.
pub(super) fn page(edition: &Edition, actor: Actor) -> Option<String> {
    match section(edition, actor) {
        Some(section) => Some(format!("/section/{}", section.slug)),
        None => (actor == Actor::Newsroom).then(|| "/".into()),
    }
}

/// `NAME@host`.
pub(super) fn handle(edition: &Edition, voice: &Voice, actor: Actor) -> String {
    let (_, host) = voice.site.split_once("://").unwrap_or_default();
    format!("{}@{host}", name(voice, section(edition, actor)))
}

/// An actor, in ActivityStreams.
pub(super) fn shown(site: &Site, edition: &Edition, voice: &Voice, actor: Actor) -> Option<Value> {
    let id = voice.id(actor);
    let section = section(edition, actor);
    let page = site.absolute(&page(edition, actor)?);
    let newsroom = &site.identity.name;
    let (title, about) = match section {
        Some(section) => (
            format!("{newsroom} – {}", section.name),
            Some(section.description.as_str()),
        ),
        None => (newsroom.clone(), site.identity.tagline.as_deref()),
    };
    let address = text(&page);
    let shown = page.split_once("://").map_or("", |(_, shown)| shown);
    let mut shown = json!({
        "@context": context(),
        "id": id,
        "type": "Organization",
        "preferredUsername": name(voice, section),
        "webfinger": handle(edition, voice, actor),
        "name": title,
        "summary": about.map_or_else(String::new, |about| format!("<p>{}</p>", text(about))),
        "url": page,
        "inbox": format!("{id}/inbox"),
        "outbox": format!("{id}/outbox"),
        "followers": format!("{id}/followers"),
        "endpoints": {"sharedInbox": voice.shared_inbox()},
        "manuallyApprovesFollowers": false,
        "discoverable": true,
        "indexable": true,
        "attachment": [{
            "type": "PropertyValue",
            "name": newsroom,
            "value": format!("<a href=\"{address}\" rel=\"me nofollow noopener\">{}</a>", text(shown)),
        }],
        "publicKey": {
            "id": voice.key_id(actor),
            "owner": id,
            "publicKeyPem": voice.key.public_pem(),
        },
    });
    if let Some(icon) = site.assets.address("icon.svg") {
        shown["icon"] = json!({
            "type": "Image",
            "mediaType": "image/svg+xml",
            "url": json_ld::whole(site, icon),
        });
    }
    Some(shown)
}

/// Where the words are from that are not ActivityStreams' own.
fn context() -> Value {
    json!([
        "https://www.w3.org/ns/activitystreams",
        "https://w3id.org/security/v1",
        {
            "toot": "http://joinmastodon.org/ns#",
            "discoverable": "toot:discoverable",
            "indexable": "toot:indexable",
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "schema": "http://schema.org#",
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
            "webfinger": "https://purl.archive.org/socialweb/webfinger#webfinger",
        },
    ])
}

/// The section that an actor is.
pub(super) fn section(edition: &Edition, actor: Actor) -> Option<&Section> {
    let of = |id: Id<Section>| edition.section(id);
    match actor {
        Actor::Newsroom => None,
        Actor::Section(id) => of(id),
    }
}
