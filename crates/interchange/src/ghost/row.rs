//! A row of a table, whose fields were written by many versions in many types.

use base::Instant;
use serde_json::{Map, Value};

use super::dates;
use crate::html;

/// Characters of a headline as a place names it.
const MAX_NAMED: usize = 60;

/// A row; numbers count from 1.
pub(super) struct Row {
    /// Its number in its table.
    pub number: usize,
    /// The line of the file at which it begins.
    pub line: u64,
    /// Its fields.
    pub fields: Map<String, Value>,
    /// Whether letters of it that were no UTF-8 were replaced.
    pub broken_letters: bool,
}

impl Row {
    /// A text, trimmed; `None` when there is none, or nothing in it.
    pub fn text(&self, name: &str) -> Option<&str> {
        let text = self.fields.get(name)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// A text on one line. Ghost's names, titles and excerpts are plain, so that a `<b>` in one means
    /// these three letters.
    pub fn plain(&self, name: &str) -> Option<String> {
        let text = html::one_line(self.text(name)?);
        (!text.is_empty()).then_some(text)
    }

    /// An id: a number up to 0.11, 24 hexadecimal digits since.
    pub fn key(&self, name: &str) -> Option<String> {
        match self.fields.get(name)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_string()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Whether a flag is set; SQLite writes flags as 1 and 0.
    pub fn flag(&self, name: &str) -> bool {
        is_set(self.fields.get(name))
    }

    /// A number that orders rows; nought when there is none.
    pub fn order(&self, name: &str) -> i64 {
        self.fields.get(name).and_then(Value::as_i64).unwrap_or(0)
    }

    /// A moment, in any of the ways in which Ghost has written them.
    pub fn moment(&self, name: &str) -> Option<Instant> {
        self.fields.get(name).and_then(dates::moment)
    }

    /// Where it stands, for reports.
    pub fn place(&self) -> String {
        let title = self.plain("title").unwrap_or_default();
        let title: String = title.chars().take(MAX_NAMED).collect();
        format!("item {} (line {}) “{title}”", self.number, self.line)
    }
}

/// Whether a value of a flag or setting says yes.
pub(super) fn is_set(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(set)) => *set,
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(Value::String(text)) => matches!(text.as_str(), "1" | "true"),
        _ => false,
    }
}
