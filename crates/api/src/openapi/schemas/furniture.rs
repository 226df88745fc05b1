//! The shapes of what stands around the stories: trust pages and sections.

use newsroom::{
    section::rules::{LONGEST_DESCRIPTION, LONGEST_NAME},
    trust::adapt::LONGEST_TITLE,
};
use serde_json::{Value, json};

use super::{list_of, next, object, page_of, reference, text, told, words};

pub(super) fn trust_pages() -> Value {
    let mut page = line();
    page["body"] = reference("Document");
    let mut version = version_line();
    let versions = told(version.clone());
    version["body"] = reference("Document");
    json!({
        "TrustPages": told(json!({"trust_pages": list_of(told(line()))})),
        "TrustPage": told(page),
        "TrustAsked": object(json!({
            "title": {"type": "string", "minLength": 1, "maxLength": LONGEST_TITLE},
            "body": reference("Document"),
        }), &["title", "body"]),
        "RestorationAsked": object(json!({
            "version": {"type": "integer", "minimum": 1},
        }), &["version"]),
        "TrustVersions": told(json!({"versions": list_of(versions), "next": next()})),
        "TrustVersion": told(version),
    })
}

fn line() -> Value {
    json!({
        "slug": reference("Slug"), "title": {"type": "string"},
        "starter": {"type": "boolean", "description": "Still the text it came with."},
        "shown": {"type": "boolean", "description": "Readers see it."},
        "url": {"type": ["string", "null"], "format": "uri-reference"},
        "gaps": list_of(json!({
            "type": "string", "description": "Words in square brackets, to be filled in.",
        })),
        "version": {"type": "integer", "minimum": 1},
        "changed": {"anyOf": [{"type": "null"}, told(json!({
            "at": reference("Instant"), "by": {"type": "string"},
        }))]},
    })
}

fn version_line() -> Value {
    json!({
        "version": {"type": "integer", "minimum": 1},
        "act": words(&["laid_out", "adapted", "restored", "shown", "hidden"]),
        "title": {"type": "string"}, "starter": {"type": "boolean"},
        "shown": {"type": "boolean"}, "at": reference("Instant"),
        "by": {"type": ["string", "null"]},
    })
}

pub(super) fn sections() -> Value {
    let section = told(json!({
        "id": reference("Id"), "slug": reference("Slug"), "name": {"type": "string"},
        "description": {"type": "string"}, "language": reference("Language"),
        "access": reference("Access"), "version": {"type": "integer", "minimum": 1},
    }));
    let name = json!({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME});
    let changed = json!({
        "name": name, "description": text(LONGEST_DESCRIPTION),
        "language": reference("Language"), "access": reference("Access"),
    });
    let mut begun = changed.clone();
    begun["slug"] = reference("Slug");
    json!({
        "Section": section,
        "Sections": page_of("sections", "Section"),
        "SectionBegun": object(begun, &["name"]),
        "SectionChanged": object(changed, &["name", "description", "language", "access"]),
        "SectionOrder": object(json!({
            "sections": list_of(reference("Id")),
        }), &["sections"]),
    })
}
