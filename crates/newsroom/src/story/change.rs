//! Some fields of a story, changed: a JSON object laid over the fields as they stand.

use base::{Refusal, Refusals, misread};
use serde_json::{Map, Value};

use super::Fields;

/// The names and new values, as the API takes them; `null` sets a field back to its default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change(pub Map<String, Value>);

impl Change {
    /// Every field set as given: what an import or a first save brings.
    pub fn to_all(fields: &Fields) -> Self {
        match serde_json::to_value(fields) {
            Ok(Value::Object(map)) => Self(map),
            other => unreachable!("fields are written as an object, not {other:?}"),
        }
    }

    /// The fields after this change.
    ///
    /// # Errors
    /// A refusal that names the field when a name is unknown or a value of the wrong kind.
    pub fn over(&self, fields: &Fields) -> Result<Fields, Refusals> {
        let mut all = Self::to_all(fields).0;
        let blank = Self::to_all(&Fields::default()).0;
        for (name, value) in &self.0 {
            let Some(default) = blank.get(name) else {
                return Err(Refusal::on(name.clone(), "unknown-field").into());
            };
            let value = if value.is_null() { default } else { value };
            refuse_wrong_kind(&blank, name, value)?;
            all.insert(name.clone(), value.clone());
        }
        let all = Value::Object(all);
        let wrong = misread::refusal::<Fields>(&all, "");
        wrong.map_or(Ok(()), Err)?;
        serde_json::from_value(all).map_err(|_| Refusal::of("not-an-object").into())
    }
}

/// Reads the one field by itself, so that the refusal can name it.
fn refuse_wrong_kind(
    blank: &Map<String, Value>,
    name: &str,
    value: &Value,
) -> Result<(), Refusals> {
    let complaint = |value: &Value| {
        let mut alone = blank.clone();
        alone.insert(name.into(), value.clone());
        let read = serde_json::from_value::<Fields>(Value::Object(alone));
        read.err().map(|error| error.to_string())
    };
    match misread::refusal_by(value, name, &complaint) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}
