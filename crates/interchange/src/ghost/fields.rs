//! What a row says beside what is read of it: kept beside the story, left out and told, or ignored.

use serde_json::Value;

use super::row::Row;
use crate::{incoming::IncomingStory, margin::Margin};

/// Fields that are read, or that served the old site alone.
const READ: [&str; 38] = [
    "id",
    "uuid",
    "title",
    "slug",
    "lexical",
    "mobiledoc",
    "markdown",
    "html",
    "plaintext",
    "comment_id",
    "image",
    "feature_image",
    "feature_image_alt",
    "feature_image_caption",
    "featured",
    "page",
    "type",
    "status",
    "language",
    "locale",
    "custom_excerpt",
    "canonical_url",
    "author_id",
    "published_by",
    "created_by",
    "updated_by",
    "created_at",
    "updated_at",
    "published_at",
    "codeinjection_head",
    "codeinjection_foot",
    "amp",
    "newsletter_id",
    "email_recipient_filter",
    "send_email_when_published",
    "email_only",
    "show_title_and_feature_image",
    "custom_template",
];
/// Fields that must be texts; anything else in them is told.
const TEXTS: [&str; 10] = [
    "title",
    "slug",
    "lexical",
    "mobiledoc",
    "markdown",
    "html",
    "status",
    "feature_image",
    "custom_excerpt",
    "canonical_url",
];
/// Code that the old site put into a page.
const INJECTED: [&str; 2] = ["codeinjection_head", "codeinjection_foot"];
/// Bytes of one further field that are kept.
const MAX_KEPT_FIELD: usize = 20_000;
/// Tells of fields that hold the wrong thing, and of code.
pub(super) fn remark(row: &Row, margin: &mut Margin) {
    if row.broken_letters {
        margin.remark("letters", "some were no UTF-8; each was replaced by a sign");
    }
    for name in TEXTS {
        let value = row.fields.get(name).unwrap_or(&Value::Null);
        if !value.is_string() && !value.is_null() {
            let kind = match value {
                Value::Bool(_) => "a yes or no",
                Value::Number(_) => "a number",
                Value::Array(_) => "a list",
                _ => "an object",
            };
            margin.remark(
                name,
                &format!("a text belongs here and {kind} stood here; left out"),
            );
        }
    }
    for name in INJECTED {
        if let Some(code) = row.text(name) {
            let why = format!(
                "{} bytes of code that the old site put into the page; nothing of it runs here, left out",
                code.len()
            );
            margin.remark(name, &why);
        }
    }
}

/// Everything else the row says is kept beside the story.
pub(super) fn keep(row: &Row, story: &mut IncomingStory, margin: &mut Margin) {
    for (name, value) in &row.fields {
        let empty = match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Bool(set) => !set,
            Value::Number(number) => number.as_i64() == Some(0),
            _ => false,
        };
        let public = name == "visibility" && value == "public";
        if empty || public || READ.contains(&name.as_str()) {
            continue;
        }
        let size = value.to_string().len();
        if size > MAX_KEPT_FIELD {
            margin.remark(name, &format!("a field of {size} bytes was left out"));
            continue;
        }
        story.kept.insert(name.clone(), value.clone());
    }
}
