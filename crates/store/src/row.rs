//! What comes out of a statement: columns by name, as the type the caller asks for.

use std::sync::Arc;

use base::{Fault, Id, Instant};
use serde::de::DeserializeOwned;
use thiserror::Error;
use uuid::Uuid;

use crate::{error::StoreError, value::Value};

/// One row of an answer.
#[derive(Debug, Clone)]
pub struct Row {
    columns: Arc<[String]>,
    values: Vec<Value>,
}

impl Row {
    pub(crate) fn new(columns: Arc<[String]>, values: Vec<Value>) -> Self {
        Self { columns, values }
    }

    /// The column's value.
    ///
    /// # Errors
    /// When there is no such column, or it holds something else, or nothing where `T` is no `Option`.
    /// This is a mistake in our program, never in somebody's input.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T, Fault> {
        self.find(column)
            .and_then(|value| {
                T::from_value(value).map_err(|wanted| Mismatch::Kind {
                    column: column.to_owned(),
                    held: value.kind(),
                    wanted,
                })
            })
            .map_err(|mismatch| Fault::while_("reading a row", StoreError::Column(mismatch)))
    }

    /// The column's document, read straight into its type.
    ///
    /// # Errors
    /// As [`Row::get`], and when the document is not of this type.
    pub fn document<T: DeserializeOwned>(&self, column: &str) -> Result<T, Fault> {
        let read = match self.find(column) {
            Ok(Value::Text(held)) => serde_json::from_str(held),
            Ok(Value::Json(held)) => T::deserialize(held),
            _ => serde_json::from_value(self.get(column)?),
        };
        read.map_err(|error| Fault::while_(format!("reading the document `{column}`"), error))
    }

    fn find(&self, column: &str) -> Result<&Value, Mismatch> {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| self.values.get(at))
            .ok_or_else(|| Mismatch::Absent {
                column: column.to_owned(),
                present: self.columns.join(", "),
            })
    }
}

/// Why a column could not be read.
#[derive(Debug, Error)]
pub enum Mismatch {
    /// The answer has no such column.
    #[error("the answer has no column `{column}`, only {present}")]
    Absent {
        /// What was asked for.
        column: String,
        /// What there is.
        present: String,
    },
    /// The column holds something else.
    #[error("the column `{column}` holds {held} where {wanted} was wanted")]
    Kind {
        /// Which column.
        column: String,
        /// What it holds.
        held: &'static str,
        /// What was asked for.
        wanted: &'static str,
    },
}

/// A type that can be read from a column on both engines.
///
/// SQLite keeps ids as bytes, instants and booleans as integers and documents as text, so that the
/// type asked for decides what is read.
pub trait FromValue: Sized {
    /// Reads the value, or says what would have been wanted.
    ///
    /// # Errors
    /// The kind that was wanted, for the message.
    fn from_value(value: &Value) -> Result<Self, &'static str>;
}

macro_rules! from_value {
    ($($to:ty, $wanted:literal, $value:ident => $from:expr;)*) => {
        $(impl FromValue for $to {
            fn from_value($value: &Value) -> Result<Self, &'static str> {
                $from.ok_or($wanted)
            }
        })*
    };
}

from_value! {
    bool, "a boolean", value => match value {
        Value::Bool(held) => Some(*held),
        Value::Int(0) => Some(false),
        Value::Int(1) => Some(true),
        _ => None,
    };
    i64, "an integer", value => integer(value);
    i32, "an integer of 32 bits", value => integer(value).and_then(|held| held.try_into().ok());
    u32, "a whole number of 32 bits", value => integer(value).and_then(|held| held.try_into().ok());
    u64, "a whole number", value => integer(value).and_then(|held| held.try_into().ok());
    f64, "a number", value => match value {
        Value::Real(held) => Some(*held),
        _ => None,
    };
    String, "text", value => match value {
        Value::Text(held) => Some(held.clone()),
        _ => None,
    };
    Vec<u8>, "bytes", value => match value {
        Value::Blob(held) => Some(held.clone()),
        _ => None,
    };
    Uuid, "an id", value => match value {
        Value::Uuid(held) => Some(*held),
        Value::Blob(held) => Uuid::from_slice(held).ok(),
        _ => None,
    };
    Instant, "an instant", value => match value {
        Value::Time(held) => Some(*held),
        Value::Int(held) => Instant::from_microsecond(*held).ok(),
        _ => None,
    };
    serde_json::Value, "a document", value => match value {
        Value::Json(held) => Some(held.clone()),
        Value::Text(held) => serde_json::from_str(held).ok(),
        _ => None,
    };
}

impl<Kind> FromValue for Id<Kind> {
    fn from_value(value: &Value) -> Result<Self, &'static str> {
        Uuid::from_value(value).map(Self::from_uuid)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Result<Self, &'static str> {
        match value {
            Value::Null => Ok(None),
            held => T::from_value(held).map(Some),
        }
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Int(held) => Some(*held),
        _ => None,
    }
}
