//! The shapes of people, topics, running stories, their live entries, and tokens.

use newsroom::{
    running::rules::SUMMARY_LINES,
    staff::api_token::LONGEST_DAYS,
    story::limits::{HEADLINE, KICKER, NAME, NOTE},
};
use serde_json::{Value, json};

use super::{list_of, object, or_null, page_of, reference, text, text_or_null, told, words};
use crate::tokens::USUAL_DAYS;

const RUNNING_STATES: [&str; 5] = [
    "watching",
    "breaking",
    "developing",
    "winding-down",
    "closed",
];

/// A name that is there: some letter in it.
fn name(most: usize) -> Value {
    json!({"type": "string", "minLength": 1, "maxLength": most, "pattern": "\\S"})
}

fn version() -> Value {
    json!({"type": "integer", "minimum": 1, "description": "Also the ETag."})
}

pub(super) fn people() -> Value {
    let person = told(json!({
        "id": reference("Id"), "name": {"type": "string"}, "slug": reference("Slug"),
        "role": {"type": ["string", "null"]}, "bio": {"type": ["string", "null"]},
        "version": version(),
    }));
    let asked = json!({
        "slug": or_null("Slug"), "name": name(NAME), "role": text_or_null(NAME),
        "bio": text_or_null(NOTE),
    });
    json!({
        "Person": person,
        "People": page_of("people", "Person"),
        "PersonAsked": object(asked, &["name"]),
    })
}

pub(super) fn topics() -> Value {
    let topic = told(json!({
        "name": {"type": "string"}, "slug": reference("Slug"), "stories": {"type": "integer"},
        "version": {"type": "integer", "minimum": 0, "description": "How often it was renamed; also the ETag."},
    }));
    json!({
        "Topic": topic,
        "Topics": page_of("topics", "Topic"),
        "TopicRenamed": object(json!({"name": name(NAME)}), &["name"]),
    })
}

pub(super) fn running_stories() -> Value {
    let summary = json!({
        "type": "array", "items": text(NOTE), "maxItems": SUMMARY_LINES,
        "description": "The standing summary, a line each.",
    });
    let running = told(json!({
        "id": reference("Id"), "slug": reference("Slug"), "name": {"type": "string"},
        "label": {"type": "string"}, "language": reference("Language"),
        "state": reference("RunningState"), "summary": list_of(json!({"type": "string"})),
        "public_safety_open": {"type": "boolean"}, "reviewed_at": or_null("Instant"),
        "created_at": reference("Instant"), "updated_at": reference("Instant"),
        "version": version(),
    }));
    let mut label = name(KICKER);
    let changed = object(
        json!({
            "slug": or_null("Slug"), "name": name(NAME), "label": label,
            "language": reference("Language"), "state": reference("RunningState"),
            "summary": summary,
        }),
        &["name", "label", "language", "state", "summary"],
    );
    label["type"] = json!(["string", "null"]);
    let begun = object(
        json!({
            "slug": or_null("Slug"), "name": name(NAME), "label": label,
            "language": or_null("Language"), "state": or_null("RunningState"), "summary": summary,
        }),
        &["name"],
    );
    json!({
        "RunningState": words(&RUNNING_STATES),
        "RunningStory": running,
        "RunningStories": page_of("running_stories", "RunningStory"),
        "RunningStoryBegun": begun,
        "RunningStoryChanged": changed,
    })
}

pub(super) fn entries() -> Value {
    let entry = told(json!({
        "id": reference("Id"), "title": {"type": ["string", "null"]},
        "body": reference("Document"), "byline": {"type": ["string", "null"]},
        "key_event": {"type": "boolean"}, "pinned": {"type": "boolean"},
        "status": reference("EntryStatus"), "at": reference("Instant"), "version": version(),
    }));
    let asked = json!({
        "title": text_or_null(HEADLINE), "body": reference("Document"),
        "byline": text_or_null(NAME), "key_event": {"type": "boolean"},
        "pinned": {"type": "boolean"},
        "status": words(&["reported", "confirmed", "disputed", "corrected"]),
    });
    json!({
        "EntryStatus": words(&["reported", "confirmed", "disputed", "corrected", "withdrawn"]),
        "Entry": entry,
        "Entries": page_of("entries", "Entry"),
        "EntryAsked": object(asked, &[]),
        "EntryTakenDown": object(json!({"reason": text_or_null(NOTE)}), &[]),
    })
}

pub(super) fn tokens() -> Value {
    let scope = words(&["stories:read", "stories:write", "publish"]);
    let mut line = json!({
        "id": reference("Id"), "name": {"type": "string"}, "scopes": list_of(reference("Scope")),
        "owner": {"type": ["string", "null"], "description": "Who made it at the desk and answers for it."},
        "created_at": reference("Instant"), "expires_at": or_null("Instant"),
        "revoked_at": or_null("Instant"),
        "good": {"type": "boolean", "description": "It still lets a machine in."},
    });
    let token = told(line.clone());
    line["token"] = json!({"type": "string", "description": "The secret, this once."});
    let end =
        format!("In {USUAL_DAYS} days when left out; {LONGEST_DAYS} days from now at the latest.");
    let asked = object(
        json!({
            "name": name(NAME),
            "scopes": {"type": "array", "items": reference("Scope"), "minItems": 1},
            "expires_at": {"anyOf": [reference("Instant"), {"type": "null"}], "description": end},
        }),
        &["name", "scopes"],
    );
    json!({
        "Scope": scope,
        "Token": token,
        "TokenMade": told(line),
        "Tokens": page_of("tokens", "Token"),
        "TokenAsked": asked,
    })
}
