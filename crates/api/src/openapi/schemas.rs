//! The shapes of what is sent and answered, in JSON Schema 2020-12.

mod furniture;
mod lists;
mod outgoing;
mod pictures;
mod story;

use base::{language, slug::MAX_SLUG};
use newsroom::{
    front::MAX_SLOTS,
    staff::{MAX_PASSWORD, MIN_PASSWORD, enrol::MAX_EMAIL},
    story::{
        limits::{LIST, NAME},
        list::MAX_QUERY,
    },
};
use serde_json::{Map, Value, json};

use crate::{
    people, pictures as library, running_stories, sections, stories, tasks, tokens, topics,
    trust_pages,
};

/// The schema of a body that is a file and no JSON.
pub(super) const FILE: &str = "File";

/// Where a schema is found.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// The schema of a moving part of an address.
pub(super) fn piece(name: &str) -> Value {
    match name {
        "number" | "version" => json!({"type": "integer", "minimum": 1}),
        "slug" => reference("Slug"),
        "confirm" => text(NAME),
        _ => reference("Id"),
    }
}

/// The schema of a query key of this row.
pub(super) fn query(row: &str, name: &str) -> Value {
    match (name, row) {
        ("limit", _) => limit(row),
        ("section", _) => reference("Id"),
        ("state", "RUNNING_STORIES") => reference("RunningState"),
        ("state", "TASKS") => words(&["waiting", "done"]),
        ("state", _) => reference("AskedState"),
        ("status", _) => reference("EntryStatus"),
        ("key_event", _) => json!({"type": "boolean"}),
        ("after", _) => json!({
            "type": "string", "pattern": place(row), "description": "What `next` said.",
        }),
        ("offset", _) => json!({"type": "integer", "minimum": 0}),
        ("rights", _) => words(&["fine", "no-credit", "lapsing", "lapsed", "pulled"]),
        ("name", "BRING_PICTURE") => pictures::file_name(),
        _ => text(MAX_QUERY),
    }
}

fn limit(row: &str) -> Value {
    let span = match row {
        "STORIES" => stories::SPAN,
        "REVISIONS" => stories::revisions::SPAN,
        "TRUST_VERSIONS" => trust_pages::versions::SPAN,
        "SECTIONS" => sections::SPAN,
        "RUNNING_STORIES" => running_stories::SPAN,
        "ENTRIES" => running_stories::entries::SPAN,
        "TOPICS" => topics::SPAN,
        "PEOPLE" => people::SPAN,
        "TOKENS" => tokens::SPAN,
        "PICTURES" => library::SPAN,
        "TASKS" => tasks::SPAN,
        unknown => panic!("the list {unknown} has no span"),
    };
    json!({"type": "integer", "minimum": 1, "maximum": span.most, "default": span.usual})
}

/// How the places of a list are spelt. Nobody need read them; a client can see that it holds one.
fn place(row: &str) -> &'static str {
    match row {
        "REVISIONS" | "TRUST_VERSIONS" => "^[1-9][0-9]{0,8}$",
        "SECTIONS" => UUID,
        "TOPICS" => "^[0-9]{1,9}\\.[a-z0-9]+(-[a-z0-9]+)*$",
        "PEOPLE" => "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.",
        _ => "^[0-9]{1,16}\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    }
}

/// An id in its one spelling.
const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

/// Every schema by its name.
pub(super) fn all(largest_picture: u64) -> Value {
    let mut all = Map::new();
    for some in [
        plain(),
        lists::people(),
        lists::topics(),
        lists::running_stories(),
        lists::entries(),
        lists::tokens(),
        front(),
        furniture::trust_pages(),
        furniture::sections(),
        pictures::records(),
        pictures::asked(largest_picture),
        outgoing::webhooks(),
        outgoing::embeds(),
        story::body(),
        story::words_of_a_body(),
        story::stories(),
        story::acts(),
        sessions(),
    ] {
        if let Value::Object(some) = some {
            all.extend(some);
        }
    }
    Value::Object(all)
}

fn text(most: usize) -> Value {
    json!({"type": "string", "maxLength": most})
}
fn text_or_null(most: usize) -> Value {
    json!({"type": ["string", "null"], "maxLength": most})
}
fn or_null(schema: &str) -> Value {
    json!({"anyOf": [reference(schema), {"type": "null"}]})
}
fn list_of(item: Value) -> Value {
    json!({"type": "array", "items": item})
}
fn short_list_of(item: Value) -> Value {
    json!({"type": "array", "items": item, "maxItems": LIST})
}
fn words(words: &[&str]) -> Value {
    json!({"type": "string", "enum": words})
}

/// An object with exactly these members, of which `needed` must be there.
fn object(members: Value, needed: &[&str]) -> Value {
    json!({
        "type": "object", "properties": members, "required": needed, "additionalProperties": false,
    })
}

/// A page of a list: its lines under this name, and the cursor of the next page.
fn page_of(name: &str, line: &str) -> Value {
    let mut page = json!({"next": next()});
    page[name] = list_of(reference(line));
    told(page)
}

fn next() -> Value {
    json!({"type": ["string", "null"], "description": "For `after`; null at the end."})
}

/// An object of an answer: every member is always there.
fn told(members: Value) -> Value {
    let names: Vec<String> = members
        .as_object()
        .map(|members| members.keys().cloned().collect())
        .unwrap_or_default();
    json!({"type": "object", "properties": members, "required": names})
}

fn plain() -> Value {
    json!({
        "Id": {"type": "string", "format": "uuid"},
        "Instant": {"type": "string", "format": "date-time"},
        "Language": {
            "type": "string", "minLength": 2, "maxLength": language::MAX_TAG,
            "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$",
            "examples": ["en", "he", "pt-BR"],
        },
        "Slug": {
            "type": "string", "minLength": 1, "maxLength": MAX_SLUG,
            "description": "Small letters and digits of any script, single hyphens between words.",
        },
        "Href": {
            "type": "string", "format": "uri-reference",
            "description": "https, http, mailto, tel, sms, or a path of this site.",
        },
        "Access": words(&["open", "metered", "registered"]),
        "State": words(&STATES),
        "AskedState": words(&ASKED_STATES),
        "NoteClass": words(&["update", "refile", "correction", "clarification", "editors_note"]),
        "Role": words(&["contributor", "reporter", "editor", "duty_editor", "publisher", "owner"]),
        "Nothing": object(json!({}), &[]),
        "Description": {"type": "object"},
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail", "refusals"],
            "properties": {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string"},
                "number": {"type": "string", "description": "To quote when you tell us."},
                "refusals": list_of(told(json!({
                    "field": {"type": ["string", "null"]},
                    "key": {"type": "string"},
                    "message": {"type": "string"},
                }))),
                "current": {"anyOf": [
                    reference("Story"), reference("Front"), reference("TrustPage"),
                    reference("Section"), reference("Person"), reference("Topic"),
                    reference("RunningStory"), reference("Entry"),
                ]},
            },
        },
    })
}

const STATES: [&str; 7] = [
    "draft",
    "filed",
    "ready",
    "spiked",
    "scheduled",
    "published",
    "withdrawn",
];
const ASKED_STATES: [&str; 8] = [
    "draft",
    "filed",
    "ready",
    "spiked",
    "scheduled",
    "published",
    "withdrawn",
    "held",
];

fn front() -> Value {
    let weight = words(&["lead", "major", "plain", "brief"]);
    json!({
        "Front": told(json!({
            "version": {"type": "integer", "minimum": 0, "description": "0: never arranged."},
            "arranged": {"anyOf": [{"type": "null"}, told(json!({
                "at": reference("Instant"), "by": {"type": "string"},
            }))]},
            "slots": list_of(told(json!({
                "story_id": reference("Id"), "weight": weight, "story": reference("Summary"),
            }))),
        })),
        "FrontAsked": object(json!({
            "slots": {"type": "array", "maxItems": MAX_SLOTS, "items": object(json!({
                "story_id": reference("Id"), "weight": weight,
            }), &["story_id", "weight"]),
            "description": "In order, no story twice. One that is not public yet waits in its slot."},
        }), &["slots"]),
    })
}

fn sessions() -> Value {
    let code = json!({"type": "string", "description": "Six digits."});
    json!({
        "SignIn": object(json!({
            "email": text(MAX_EMAIL), "password": text(MAX_PASSWORD), "code": code,
        }), &["email", "password", "code"]),
        "Begin": object(json!({
            "token": {"type": "string"}, "name": text(NAME), "email": text(MAX_EMAIL),
            "password": {"type": "string", "minLength": MIN_PASSWORD, "maxLength": MAX_PASSWORD},
        }), &["token", "name", "email", "password"]),
        "Begun": told(json!({
            "otpauth_url": {"type": "string"}, "secret": {"type": "string"},
            "confirm": {"type": "string"},
        })),
        "Confirm": object(json!({"code": code}), &["code"]),
        "Session": told(json!({
            "staff": told(json!({
                "id": reference("Id"), "name": {"type": "string"}, "email": {"type": "string"},
                "role": reference("Role"),
            })),
            "newsroom": told(json!({
                "name": {"type": "string"}, "language": reference("Language"),
                "direction": words(&["ltr", "rtl"]), "zone": {"type": ["string", "null"]},
            })),
            "fresh_until": reference("Instant"), "ends_at": reference("Instant"),
        })),
    })
}
