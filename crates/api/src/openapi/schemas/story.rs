//! The shapes of a story: its fields with their limits, its body, and what is asked about it.

use base::document;
use newsroom::story::limits::{DECK, HEADLINE, KICKER, NAME, NOTE, SLUGLINE};
use serde_json::{Map, Value, json};

use super::{
    list_of, next, object, or_null, page_of, reference, short_list_of, text, text_or_null, told,
    words,
};
use crate::fields::EMPTY_IS_NONE;

/// The body's outline. The whole grammar of its parts is ProseMirror's with our names; what a part
/// may hold is refused by name where it does not fit.
pub(super) fn body() -> Value {
    json!({
        "Document": {
            "type": "object", "required": ["type"], "additionalProperties": false,
            "properties": {
                "type": {"const": "doc"},
                "content": {
                    "type": "array", "maxItems": document::MAX_BLOCKS,
                    "items": {"anyOf": [reference("Block"), reference("Rule")]},
                },
            },
            "description": format!(
                "At most {} blocks, {} deep, {} bytes of text.",
                document::MAX_BLOCKS, document::MAX_DEPTH, document::MAX_TEXT
            ),
        },
        "Block": {
            "type": "object", "required": ["type"], "additionalProperties": false,
            "properties": {
                "type": words(&[
                    "paragraph", "heading", "quote", "pull_quote", "picture", "gallery", "embed",
                    "list", "table", "preformatted", "kept",
                ]),
                "attrs": {"type": "object"},
                "content": list_of(json!({"anyOf": [
                    reference("Block"), reference("Rule"), reference("Inline"), reference("Break"),
                    reference("Part"),
                ]})),
            },
        },
        "Rule": nothing_in(&["divider", "fold"]),
        "Part": {
            "type": "object", "required": ["type"], "additionalProperties": false,
            "properties": {
                "type": words(&["list_item", "table_row", "table_cell"]),
                "attrs": {"type": "object"},
                "content": {"type": "array"},
            },
        },
        "Picture": object(json!({
            "id": {"anyOf": [reference("Id"), {"type": "null"}], "description": "Which of ours it is; then src is not looked at."},
            "src": reference("Href"), "alt": {"type": "string"},
            "caption": {"type": ["string", "null"]}, "credit": {"type": ["string", "null"]},
            "width": {"type": ["integer", "null"]}, "height": {"type": ["integer", "null"]},
            "place": {"type": ["string", "null"]}, "taken": {"type": ["string", "null"]},
        }), &["src"]),
    })
}

/// A part of a body that holds nothing.
fn nothing_in(types: &[&str]) -> Value {
    json!({
        "type": "object", "required": ["type"], "properties": {"type": words(types)},
        "description": "Nothing is in it; what is sent inside is not kept.",
    })
}

/// The words of a body, and what sets them apart.
pub(super) fn words_of_a_body() -> Value {
    let label = text(document::MAX_TEXT);
    json!({
        "Inline": {
            "type": "object", "required": ["type"], "additionalProperties": false,
            "properties": {
                "type": words(&["text", "footnote"]),
                "text": label,
                "marks": list_of(reference("Mark")),
                "content": list_of(json!({"anyOf": [reference("Inline"), reference("Break")]})),
            },
        },
        "Break": nothing_in(&["hard_break"]),
        "Mark": {
            "type": "object", "required": ["type"], "additionalProperties": false,
            "properties": {
                "type": words(&[
                    "strong", "emphasis", "strike", "code", "superscript", "subscript", "link",
                    "isolate",
                ]),
                "attrs": {"type": "object"},
            },
        },
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

/// A story as it is answered, and lists of them.
pub(super) fn stories() -> Value {
    let mut story = fields();
    let around = json!({
        "id": reference("Id"),
        "revision": {"type": "integer", "minimum": 1},
        "state": reference("State"),
        "url": {"type": ["string", "null"], "format": "uri-reference"},
        "shell_url": {"type": ["string", "null"], "format": "uri-reference"},
        "begun_by": told(json!({"staff_id": or_null("Id"), "name": {"type": "string"}})),
        "publication": {"anyOf": [{"type": "null"}, told(json!({
            "at": reference("Instant"), "by": {"type": "string"},
            "revision": {"type": "integer"}, "changed_at": reference("Instant"),
        }))]},
        "withdrawal": {"anyOf": [{"type": "null"}, told(json!({
            "reason": {"type": "string"}, "note": text_or_null(NOTE), "substitute": or_null("Id"),
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
        "Stories": page_of("stories", "Summary"),
        "Revisions": told(json!({"next": next(), "revisions": list_of(told(json!({
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
        "due_at": or_null("Instant"),
        "revision": {"type": "integer"},
        "url": {"type": ["string", "null"], "format": "uri-reference"},
        "words": {"type": "integer"},
        "access": or_null("Access"),
    }))
}

/// What is asked about a story.
pub(super) fn acts() -> Value {
    let mut asked = fields();
    // In what is sent, null sets a field back to what it is when nothing is said.
    for (name, field) in &mut asked {
        let mut any = vec![field.take(), json!({"type": "null"})];
        if EMPTY_IS_NONE.contains(&name.as_str()) {
            any.push(json!({"const": ""}));
        }
        *field = json!({"anyOf": any});
    }
    let mut change = asked.clone();
    change.insert("why".into(), text_or_null(NOTE));
    let mut change = object(Value::Object(change), &[]);
    change["description"] = json!(format!(
        "What is left out stays as it is. An empty text says none in {}.",
        EMPTY_IS_NONE.join(", ")
    ));
    json!({
        "FieldsAsked": object(Value::Object(asked), &[]),
        "Change": change,
        "SealAsked": object(json!({
            "why": text_or_null(NOTE),
        }), &[]),
        "WithdrawalAsked": object(json!({
            "reason": {"type": "string", "minLength": 1, "maxLength": NOTE},
            "note": text_or_null(NOTE),
            "substitute": or_null("Id"),
        }), &["reason"]),
        "CorrectionAsked": object(json!({
            "class": reference("NoteClass"),
            "text": {"type": "string", "minLength": 1, "maxLength": NOTE},
            "changes": reference("FieldsAsked"),
        }), &["class", "text"]),
    })
}
