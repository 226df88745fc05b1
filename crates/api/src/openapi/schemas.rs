//! The shapes of what is sent and answered, in JSON Schema 2020-12.

use base::{document, language, slug::MAX_SLUG};
use newsroom::{
    staff::{MAX_PASSWORD, MIN_PASSWORD, enrol::MAX_EMAIL},
    story::{
        limits::{DECK, HEADLINE, KICKER, LIST, NAME, NOTE, SLUGLINE},
        list::{MAX_LISTED, MAX_QUERY},
    },
};
use serde_json::{Map, Value, json};

use crate::stories::USUAL_PAGE;

/// Where a schema is found.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// The schema of a moving part of an address.
pub(super) fn piece(name: &str) -> Value {
    match name {
        "number" => json!({"type": "integer", "minimum": 1}),
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
        body(),
        stories(),
        acts(),
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
                "current": reference("Story"),
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
        "Sections": told(json!({"sections": list_of(told(json!({
            "id": reference("Id"), "slug": reference("Slug"), "name": {"type": "string"},
            "language": reference("Language"), "access": reference("Access"),
        })))})),
        "RunningStories": told(json!({"running_stories": list_of(told(json!({
            "id": reference("Id"), "slug": reference("Slug"), "name": {"type": "string"},
            "label": {"type": "string"}, "language": reference("Language"),
            "state": words(&["watching", "breaking", "developing", "winding-down", "closed"]),
        })))})),
        "Topics": told(json!({"topics": list_of(told(json!({
            "name": {"type": "string"}, "slug": reference("Slug"), "stories": {"type": "integer"},
        })))})),
        "People": told(json!({"people": list_of(told(json!({
            "id": reference("Id"), "name": {"type": "string"}, "slug": reference("Slug"),
        })))})),
    })
}

/// The body's outline. The whole grammar of its parts is ProseMirror's with our names; what a part
/// may hold is refused by name where it does not fit.
fn body() -> Value {
    let label = text(document::MAX_TEXT);
    json!({
        "Document": {
            "type": "object", "required": ["type"],
            "properties": {
                "type": {"const": "doc"},
                "content": {
                    "type": "array", "items": reference("Block"), "maxItems": document::MAX_BLOCKS,
                },
            },
            "description": format!(
                "At most {} blocks, {} deep, {} bytes of text.",
                document::MAX_BLOCKS, document::MAX_DEPTH, document::MAX_TEXT
            ),
        },
        "Block": {
            "type": "object", "required": ["type"],
            "properties": {
                "type": words(&[
                    "paragraph", "heading", "quote", "pull_quote", "picture", "gallery", "embed",
                    "list", "table", "preformatted", "divider", "fold", "kept",
                ]),
                "attrs": {"type": "object"},
                "content": list_of(json!({"anyOf": [
                    reference("Block"), reference("Inline"), reference("Part"),
                ]})),
            },
        },
        "Part": {
            "type": "object", "required": ["type"],
            "properties": {
                "type": words(&["list_item", "table_row", "table_cell"]),
                "attrs": {"type": "object"},
                "content": {"type": "array"},
            },
        },
        "Inline": {
            "type": "object", "required": ["type"],
            "properties": {
                "type": words(&["text", "hard_break", "footnote"]),
                "text": label,
                "marks": list_of(reference("Mark")),
                "content": list_of(reference("Inline")),
            },
        },
        "Mark": {
            "type": "object", "required": ["type"],
            "properties": {
                "type": words(&[
                    "strong", "emphasis", "strike", "code", "superscript", "subscript", "link",
                    "isolate",
                ]),
                "attrs": {"type": "object"},
            },
        },
        "Picture": object(json!({
            "src": reference("Href"), "alt": {"type": "string"},
            "caption": {"type": ["string", "null"]}, "credit": {"type": ["string", "null"]},
            "width": {"type": ["integer", "null"]}, "height": {"type": ["integer", "null"]},
            "place": {"type": ["string", "null"]}, "taken": {"type": ["string", "null"]},
        }), &["src"]),
    })
}

/// The fields that an editor sets, with their limits.
fn fields() -> Map<String, Value> {
    let fields = json!({
        "slugline": text_or_null(SLUGLINE),
        "headline": text(HEADLINE),
        "kicker": text_or_null(KICKER),
        "deck": text_or_null(DECK),
        "slug": or_null("Slug"),
        "language": reference("Language"),
        "bylines": short_list_of(object(json!({
            "person_id": or_null("Id"), "name": text(NAME), "role": text_or_null(NAME),
        }), &["name"])),
        "dateline": {"anyOf": [{"type": "null"}, object(json!({
            "place": text(NAME), "date": {"type": ["string", "null"], "format": "date"},
        }), &["place"])]},
        "body": reference("Document"),
        "lead_picture": or_null("Picture"),
        "section_id": or_null("Id"),
        "topics": short_list_of(text(NAME)),
        "people": short_list_of(text(NAME)),
        "places": short_list_of(text(NAME)),
        "running_story_id": or_null("Id"),
        "urgency": {"type": "integer", "minimum": 1, "maximum": 9},
        "genre": words(&[
            "news", "brief", "analysis", "opinion", "explainer", "fact_check", "obituary",
            "service", "sponsored",
        ]),
        "access": or_null("Access"),
        "sensitive": {"type": "boolean"},
        "public_safety_open": {"type": "boolean"},
        "comments": object(json!({
            "mode": words(&["usual", "pre", "off"]), "reason": text_or_null(NOTE),
        }), &[]),
        "embargo": {"anyOf": [{"type": "null"}, object(json!({
            "until": reference("Instant"), "reason": text_or_null(NOTE),
        }), &["until"])]},
        "scheduled_for": or_null("Instant"),
        "related": short_list_of(reference("Id")),
        "canonical_url": or_null("Href"),
        "source_note": text_or_null(NOTE),
    });
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn stories() -> Value {
    let mut story = fields();
    let around = json!({
        "id": reference("Id"),
        "revision": {"type": "integer", "minimum": 1},
        "state": reference("State"),
        "url": {"type": ["string", "null"], "format": "uri-reference"},
        "shell_url": {"type": ["string", "null"], "format": "uri-reference"},
        "publication": {"anyOf": [{"type": "null"}, told(json!({
            "at": reference("Instant"), "by": {"type": "string"},
            "revision": {"type": "integer"}, "changed_at": reference("Instant"),
        }))]},
        "withdrawal": {"anyOf": [{"type": "null"}, told(json!({
            "reason": {"type": "string"}, "substitute": or_null("Id"),
            "at": reference("Instant"), "by": {"type": "string"},
        }))]},
        "notes": list_of(told(json!({
            "class": reference("NoteClass"), "text": {"type": "string"},
            "at": reference("Instant"),
        }))),
        "created_at": reference("Instant"),
        "updated_at": reference("Instant"),
    });
    if let Value::Object(around) = around {
        story.extend(around);
    }
    json!({
        "Fields": object(Value::Object(fields()), &[]),
        "Story": told(Value::Object(story)),
        "Summary": summary(),
        "Stories": told(json!({
            "stories": list_of(reference("Summary")),
            "next": {"type": ["string", "null"], "description": "For `after`; null at the end."},
        })),
        "Revisions": told(json!({"revisions": list_of(told(json!({
            "number": {"type": "integer"}, "at": reference("Instant"), "by": {"type": "string"},
            "why": {"type": ["string", "null"]}, "public_class": or_null("NoteClass"),
        })))})),
    })
}

fn summary() -> Value {
    told(json!({
        "id": reference("Id"), "slug": or_null("Slug"), "headline": {"type": "string"},
        "kicker": {"type": ["string", "null"]}, "state": reference("State"),
        "section": {"anyOf": [{"type": "null"}, told(json!({
            "id": reference("Id"), "name": {"type": "string"},
        }))]},
        "bylines": list_of(json!({"type": "string"})),
        "language": reference("Language"),
        "updated_at": reference("Instant"),
        "published_at": or_null("Instant"),
        "revision": {"type": "integer"},
        "url": {"type": ["string", "null"], "format": "uri-reference"},
        "words": {"type": "integer"},
        "access": or_null("Access"),
    }))
}

fn acts() -> Value {
    let mut change = fields();
    change.insert("why".into(), text_or_null(NOTE));
    // In a change, null sets a field back to what it is when nothing is said.
    for field in change.values_mut() {
        *field = json!({"anyOf": [field.take(), {"type": "null"}]});
    }
    json!({
        "Change": object(Value::Object(change), &[]),
        "WithdrawalAsked": object(json!({
            "reason": {"type": "string", "minLength": 1, "maxLength": NOTE},
            "note": {"type": ["string", "null"], "maxLength": 0},
            "substitute": or_null("Id"),
        }), &["reason"]),
        "CorrectionAsked": object(json!({
            "class": reference("NoteClass"),
            "text": {"type": "string", "minLength": 1, "maxLength": NOTE},
            "changes": reference("Fields"),
        }), &["class", "text"]),
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
            "fresh_until": reference("Instant"),
        })),
    })
}
