//! The shapes of what is sent and answered, in JSON Schema 2020-12.

mod furniture;
mod pictures;
mod story;

use base::{language, slug::MAX_SLUG};
use newsroom::{
    front::MAX_SLOTS,
    staff::{MAX_PASSWORD, MIN_PASSWORD, enrol::MAX_EMAIL},
    story::{
        limits::{LIST, NAME},
        list::{MAX_LISTED, MAX_QUERY},
    },
};
use serde_json::{Map, Value, json};

use crate::stories::USUAL_PAGE;

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

/// The schema of a query key.
pub(super) fn query(name: &str) -> Value {
    match name {
        "limit" => json!({
            "type": "integer", "minimum": 1, "maximum": MAX_LISTED, "default": USUAL_PAGE,
        }),
        "section" => reference("Id"),
        "state" => reference("AskedState"),
        "offset" => json!({"type": "integer", "minimum": 0}),
        "rights" => words(&["fine", "no-credit", "lapsing", "lapsed", "pulled"]),
        "after" => json!({"type": "string", "description": "What `next` said."}),
        _ => text(MAX_QUERY),
    }
}

/// Every schema by its name.
pub(super) fn all() -> Value {
    let mut all = Map::new();
    for some in [
        plain(),
        people_and_lists(),
        front(),
        furniture::trust_pages(),
        furniture::sections(),
        pictures::records(),
        pictures::asked(),
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
            "type": "string", "maxLength": language::MAX_TAG, "examples": ["en", "he", "pt-BR"],
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
                    reference("Section"),
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

fn people_and_lists() -> Value {
    json!({
        "RunningStory": told(json!({
            "id": reference("Id"), "slug": reference("Slug"), "name": {"type": "string"},
            "label": {"type": "string"}, "language": reference("Language"),
            "state": words(&["watching", "breaking", "developing", "winding-down", "closed"]),
            "public_safety_open": {"type": "boolean"},
        })),
        "RunningStories": told(json!({"running_stories": list_of(reference("RunningStory"))})),
        "Topics": told(json!({"topics": list_of(told(json!({
            "name": {"type": "string"}, "slug": reference("Slug"), "stories": {"type": "integer"},
        })))})),
        "People": told(json!({"people": list_of(told(json!({
            "id": reference("Id"), "name": {"type": "string"}, "slug": reference("Slug"),
        })))})),
    })
}

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
