//! Takes the fields of a story as a request brings them, ready for the newsroom's acts.

use newsroom::story::Change;
use serde_json::{Map, Value};

/// Fields in which an empty text says “none”: a form has no other way to take words away.
pub const EMPTY_IS_NONE: [&str; 7] = [
    "slugline",
    "kicker",
    "deck",
    "slug",
    "genre",
    "canonical_url",
    "source_note",
];

/// The change that these members of a JSON object ask for. Whether it can be made, the act says.
pub fn taken(mut members: Map<String, Value>) -> Change {
    for name in EMPTY_IS_NONE {
        if let Some(value) = members.get_mut(name).filter(|value| *value == "") {
            *value = Value::Null;
        }
    }
    Change(members)
}
