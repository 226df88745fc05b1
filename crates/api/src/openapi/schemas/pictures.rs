//! The shapes of pictures.

use newsroom::{
    picture::{
        fields::{MAX_ENTRIES, MAX_LINE, MAX_TEXT},
        pull::MAX_PULLED,
        upload::MAX_NAME,
    },
    story::limits::NOTE,
    task::COUNTED_MOST,
};
use serde_json::{Value, json};

use super::{list_of, object, or_null, reference, text, text_or_null, told, words};

pub(super) fn records() -> Value {
    json!({
        "File": {"type": "string", "format": "binary", "description": "JPEG, PNG, GIF or WebP."},
        "Focus": object(json!({"x": thousandths(), "y": thousandths()}), &["x", "y"]),
        "PictureFields": fields(),
        "PictureRecord": record(),
        "PictureRecords": told(json!({
            "pictures": list_of(reference("PictureRecord")), "next": {"type": ["string", "null"]},
        })),
        "PictureUses": told(json!({
            "uses": list_of(told(json!({
                "story": reference("Id"), "headline": {"type": "string"},
                "url": address(), "lead": {"type": "boolean"},
            }))),
            "live_entries": list_of(place()), "trust_pages": list_of(place()),
            "taken_off": list_of(reference("Task")),
        })),
        "Task": task(),
        "Tasks": told(json!({
            "tasks": list_of(reference("Task")), "next": {"type": ["string", "null"]},
            "waiting": {"type": "integer", "minimum": 0, "maximum": COUNTED_MOST},
        })),
        "Upload": told(json!({
            "id": reference("Id"), "length": whole(), "received": whole(), "part_limit": whole(),
            "picture": or_null("PictureRecord"),
        })),
        "PictureFetch": told(json!({
            "id": reference("Id"), "address": {"type": "string"},
            "state": words(&["under-way", "brought", "refused"]),
            "picture": or_null("PictureRecord"),
            "refusal": {"anyOf": [{"type": "null"}, told(json!({
                "key": {"type": "string"}, "message": {"type": "string"},
            }))]},
        })),
        "Pulled": told(json!({
            "pulled": list_of(reference("Id")), "already": list_of(reference("Id")),
            "taken_off": list_of(told(with(json!({"picture": reference("Id")}), where_it_is()))),
        })),
    })
}

fn task() -> Value {
    let done = told(json!({
        "how": words(&["by_hand", "changed", "restored"]), "by": {"type": "string"},
        "at": reference("Instant"),
    }));
    let own = json!({
        "id": reference("Id"), "kind": words(&["picture_taken_off"]), "picture": reference("Id"),
        "why": words(&["pulled", "lapsed"]), "raised_at": reference("Instant"),
        "done": {"anyOf": [{"type": "null"}, done]},
    });
    told(with(own, where_it_is()))
}

/// A place of the site: of its three ids, the one of its kind is there.
fn where_it_is() -> Value {
    let id_or_null = || json!({"anyOf": [{"type": "null"}, reference("Id")]});
    json!({
        "place": words(&["story", "live_entry", "trust_page"]),
        "story": id_or_null(), "live_entry": id_or_null(), "trust_page": {"type": ["string", "null"]},
        "title": {"type": "string"}, "url": address(),
    })
}

fn with(mut members: Value, more: Value) -> Value {
    if let (Value::Object(members), Value::Object(more)) = (&mut members, more) {
        members.extend(more);
    }
    members
}

pub(super) fn asked(largest: u64) -> Value {
    json!({
        "PullAsked": object(json!({"reason": text(NOTE)}), &["reason"]),
        "PullsAsked": object(json!({
            "ids": {"type": "array", "items": reference("Id"), "minItems": 1, "maxItems": MAX_PULLED},
            "reason": text(NOTE),
        }), &["ids", "reason"]),
        "FetchAsked": object(json!({
            "address": {"type": "string", "format": "uri", "maxLength": courier::fetch::ADDRESS_LONGEST},
        }), &["address"]),
        "UploadAsked": object(json!({
            "length": {"type": "integer", "minimum": 1, "maximum": largest}, "name": file_name(),
        }), &["length"]),
    })
}

/// How a file is called at home, which no rule of ours decides.
pub(super) fn file_name() -> Value {
    json!({"type": "string", "description": format!("Kept without its folders, {MAX_NAME} characters of it.")})
}

/// Where a picture stands besides stories.
fn place() -> Value {
    told(json!({"title": {"type": "string"}, "url": {"type": "string"}}))
}

/// Where a picture says it comes from (C2PA); null when it says nothing.
fn origin() -> Value {
    let line = || json!({"type": ["string", "null"]});
    json!({"anyOf": [{"type": "null"}, told(json!({
        "standing": words(&["vouched", "fits", "broken"]),
        "signer": {"anyOf": [{"type": "null"}, told(json!({
            "name": {"type": "string"}, "organisation": line(), "at": line(),
        }))]},
        "made_with": line(),
        "made": words(&["unsaid", "captured", "by_people", "composite", "by_model"]),
        "steps": list_of(told(json!({
            "action": {"type": "string"}, "with": line(), "at": line(),
        }))),
        "ingredients": list_of(told(json!({
            "title": line(), "is_parent": {"type": "boolean"}, "is_broken": {"type": "boolean"},
        }))),
        "findings": list_of(json!({"type": "string"})),
    }))]})
}

fn record() -> Value {
    told(json!({
        "id": reference("Id"), "version": whole(), "fields": reference("PictureFields"),
        "file_name": {"type": "string"}, "kind": words(&["jpeg", "png", "gif", "webp"]),
        "bytes": whole(), "width": whole(), "height": whole(),
        "colour": {"type": "string", "description": "#rrggbb, which stands where it will be."},
        "focus": reference("Focus"),
        "state": words(&["developing", "ready", "undeveloped"]),
        "remarks": list_of(words(&[
            "still", "colours-guessed", "unread-xmp", "unread-iim", "unread-exif",
        ])),
        "rights": words(&["fine", "no-credit", "lapsing", "lapsed", "pulled"]),
        "pull": {"anyOf": [{"type": "null"}, told(json!({
            "reason": {"type": "string"}, "at": reference("Instant"), "by": {"type": "string"},
            "lapsed": {"type": "boolean"},
        }))]},
        "told": origin(),
        "preview": address_or_null(), "thumbnail": address_or_null(),
        "prints": list_of(told(json!({
            "shape": words(&["whole", "wide", "square", "tall"]),
            "format": words(&["jpeg", "webp"]),
            "width": whole(), "height": whole(), "bytes": whole(), "url": address(),
        }))),
        "uses": whole(),
        "uploaded_at": reference("Instant"), "uploaded_by": {"type": "string"},
        "changed_at": reference("Instant"),
    }))
}

fn fields() -> Value {
    let line = text_or_null(MAX_LINE);
    let long = text_or_null(MAX_TEXT);
    let names = json!({"type": "array", "items": text(MAX_LINE), "maxItems": MAX_ENTRIES});
    let moment = json!({
        "type": ["string", "null"],
        "description": "1970, 1970-04, 1970-04-13 or 1970-04-13T21:08:00-06:00: no more than is known.",
    });
    object(
        json!({
            "title": line, "headline": line, "caption": long, "caption_writer": line, "alt": long,
            "extended_description": long, "credit": line, "creators": names, "copyright": line,
            "usage_terms": long, "web_statement": line,
            "licensor": object(json!({"name": line, "url": line}), &[]),
            "rights_end": moment, "data_mining": line, "digital_source_type": line, "source": line,
            "instructions": long, "job": line, "event": line, "keywords": names, "persons": names,
            "place": object(json!({
                "sublocation": line, "city": line, "state": line, "country": line,
                "country_code": line,
            }), &[]),
            "taken": moment,
        }),
        &[],
    )
}

fn thousandths() -> Value {
    json!({"type": "integer", "minimum": 0, "maximum": 1000})
}
fn whole() -> Value {
    json!({"type": "integer", "minimum": 0})
}
fn address() -> Value {
    json!({"type": "string", "format": "uri-reference"})
}
fn address_or_null() -> Value {
    json!({"type": ["string", "null"], "format": "uri-reference"})
}
