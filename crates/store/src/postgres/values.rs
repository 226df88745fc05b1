//! Values on the wire: sent as the type the server says a parameter has, received as columns say.

use std::{error::Error, sync::Arc};

use base::Instant;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut};
use uuid::Uuid;

use crate::{error::StoreError, row::Row, value::Value};

type AnyError = Box<dyn Error + Sync + Send>;

/// A value on its way to the server.
#[derive(Debug)]
pub(super) struct Sent<'v>(pub(super) &'v Value);

impl ToSql for Sent<'_> {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, AnyError> {
        match (self.0, wanted) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Bool(held), &Type::BOOL) => held.to_sql(wanted, out),
            (Value::Int(held), &Type::INT8) => held.to_sql(wanted, out),
            (Value::Int(held), &Type::INT4) => i32::try_from(*held)?.to_sql(wanted, out),
            (Value::Int(held), &Type::INT2) => i16::try_from(*held)?.to_sql(wanted, out),
            (Value::Real(held), &Type::FLOAT8) => held.to_sql(wanted, out),
            (Value::Text(held), _) if is_text(wanted) => held.to_sql(wanted, out),
            (Value::Blob(held), &Type::BYTEA) => held.to_sql(wanted, out),
            (Value::Uuid(held), &Type::UUID) => held.to_sql(wanted, out),
            (Value::Time(held), &Type::TIMESTAMPTZ) => held.to_sql(wanted, out),
            (Value::Json(held), &Type::JSONB | &Type::JSON) => held.to_sql(wanted, out),
            (held, _) => Err(format!("{} was given where {wanted} is wanted", held.kind()).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, AnyError> {
        self.to_sql(wanted, out)
    }
}

/// The row as ours.
pub(super) fn received(
    row: &tokio_postgres::Row,
    columns: &Arc<[String]>,
) -> Result<Row, StoreError> {
    let values = (0..row.len())
        .map(|at| {
            row.try_get::<_, Received>(at)
                .map(|received| received.0)
                .map_err(|error| {
                    let cause = error.source().map(ToString::to_string).unwrap_or_default();
                    StoreError::Refused(format!(
                        "the column `{}` cannot be read: {cause}",
                        columns[at]
                    ))
                })
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Row::new(Arc::clone(columns), values))
}

/// A value as it came from the server.
struct Received(Value);

impl<'r> FromSql<'r> for Received {
    fn from_sql(held: &Type, raw: &'r [u8]) -> Result<Self, AnyError> {
        let value = match *held {
            Type::BOOL => Value::Bool(bool::from_sql(held, raw)?),
            Type::INT8 => Value::Int(i64::from_sql(held, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(held, raw)?.into()),
            Type::INT2 => Value::Int(i16::from_sql(held, raw)?.into()),
            Type::FLOAT8 => Value::Real(f64::from_sql(held, raw)?),
            Type::FLOAT4 => Value::Real(f32::from_sql(held, raw)?.into()),
            Type::BYTEA => Value::Blob(Vec::from_sql(held, raw)?),
            Type::UUID => Value::Uuid(Uuid::from_sql(held, raw)?),
            Type::TIMESTAMPTZ => Value::Time(Instant::from_sql(held, raw)?),
            Type::JSON | Type::JSONB => Value::Json(serde_json::Value::from_sql(held, raw)?),
            ref text if is_text(text) => Value::Text(String::from_sql(held, raw)?),
            ref other => return Err(format!("it is {other}, CAST it in the statement").into()),
        };
        Ok(Self(value))
    }

    fn from_sql_null(_: &Type) -> Result<Self, AnyError> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn is_text(wanted: &Type) -> bool {
    matches!(
        *wanted,
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN
    )
}
