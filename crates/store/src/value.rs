//! What goes into a statement: dull values that both engines keep alike.

use std::{borrow::Cow, sync::Arc};

use base::{Id, Instant, clock::to_micros};
use uuid::Uuid;

/// One value on its way into or out of the database.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// `{bool}`
    Bool(bool),
    /// `{int}`
    Int(i64),
    /// `{real}`
    Real(f64),
    /// `TEXT`, without the NUL character, which PostgreSQL cannot keep.
    Text(String),
    /// `{blob}`
    Blob(Vec<u8>),
    /// `{uuid}`
    Uuid(Uuid),
    /// `{ts}`, in whole microseconds.
    Time(Instant),
    /// `{json}`
    Json(serde_json::Value),
}

impl Value {
    /// What kind of value this is, for messages; never the value itself, which may be personal.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Real(_) => "a number",
            Self::Text(_) => "text",
            Self::Blob(_) => "bytes",
            Self::Uuid(_) => "an id",
            Self::Time(_) => "an instant",
            Self::Json(_) => "a document",
        }
    }

    /// Whether it holds the NUL character, which only one of the two engines could keep.
    pub(crate) fn holds_nul(&self) -> bool {
        match self {
            Self::Text(text) => text.contains('\0'),
            Self::Json(document) => json_holds_nul(document),
            _ => false,
        }
    }
}

fn json_holds_nul(document: &serde_json::Value) -> bool {
    match document {
        serde_json::Value::String(text) => text.contains('\0'),
        serde_json::Value::Array(items) => items.iter().any(json_holds_nul),
        serde_json::Value::Object(members) => members
            .iter()
            .any(|(name, value)| name.contains('\0') || json_holds_nul(value)),
        _ => false,
    }
}

/// Makes the list of a statement's parameters: `params![id, headline, now]` for `$1, $2, $3`.
#[macro_export]
macro_rules! params {
    () => { ::std::vec::Vec::<$crate::Value>::new() };
    ($($value:expr),+ $(,)?) => { ::std::vec![$($crate::IntoValue::into_value($value)),+] };
}

/// Something a column can hold. Not for `u64`: half of it does not fit.
pub trait IntoValue {
    /// The value as the database takes it.
    fn into_value(self) -> Value;
}

macro_rules! into_value {
    ($($from:ty, $value:ident => $into:expr;)*) => {
        $(impl IntoValue for $from {
            fn into_value(self) -> Value {
                let $value = self;
                $into
            }
        })*
    };
}

into_value! {
    Value, value => value;
    bool, value => Value::Bool(value);
    i64, value => Value::Int(value);
    i32, value => Value::Int(value.into());
    u32, value => Value::Int(value.into());
    u16, value => Value::Int(value.into());
    u8, value => Value::Int(value.into());
    f64, value => Value::Real(value);
    &str, value => Value::Text(value.to_owned());
    String, value => Value::Text(value);
    Box<str>, value => Value::Text(value.into());
    Arc<str>, value => Value::Text(value.as_ref().to_owned());
    Cow<'_, str>, value => Value::Text(value.into_owned());
    Vec<u8>, value => Value::Blob(value);
    &[u8], value => Value::Blob(value.to_vec());
    Uuid, value => Value::Uuid(value);
    Instant, value => Value::Time(to_micros(value));
    serde_json::Value, value => Value::Json(value);
}

impl<const N: usize> IntoValue for [u8; N] {
    fn into_value(self) -> Value {
        Value::Blob(self.to_vec())
    }
}

impl<Kind> IntoValue for Id<Kind> {
    fn into_value(self) -> Value {
        Value::Uuid(self.uuid())
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, IntoValue::into_value)
    }
}

impl<T: IntoValue + Clone> IntoValue for &T {
    fn into_value(self) -> Value {
        self.clone().into_value()
    }
}
