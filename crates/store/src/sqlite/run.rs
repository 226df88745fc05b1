//! Running one statement on one connection.

use std::sync::Arc;

use rusqlite::{
    CachedStatement, Connection, Error, Statement as Prepared, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use super::faults::explain;
use crate::{error::StoreError, row::Row, statement::Statement, value::Value};

/// Why a statement did not run: by our own fault, or by SQLite's word.
pub(super) enum Failure {
    Ours(StoreError),
    Theirs(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Theirs(error)
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Ours(error) => error,
            Failure::Theirs(error) => explain(error),
        }
    }
}

/// Runs the statement to its end and keeps its rows.
pub(super) fn read(
    connection: &Connection,
    statement: &Statement,
    params: &[Value],
) -> Result<Vec<Row>, Failure> {
    let mut prepared = bound(connection, statement, params)?;
    let columns: Arc<[String]> = prepared.column_names().map(str::to_owned).collect();
    let mut rows = prepared.raw_query();
    let mut answer = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..columns.len())
            .map(|at| row.get_ref(at).map(kept).map_err(Failure::from))
            .collect::<Result<Vec<_>, _>>()?;
        answer.push(Row::new(Arc::clone(&columns), values));
    }
    Ok(answer)
}

/// Runs the statement to its end and counts the rows it touched.
pub(super) fn write(
    connection: &Connection,
    statement: &Statement,
    params: &[Value],
) -> Result<u64, Failure> {
    let mut prepared = bound(connection, statement, params)?;
    let mut rows = prepared.raw_query();
    while rows.next()?.is_some() {}
    Ok(connection.changes())
}

/// Compiles the statement without running it.
pub(super) fn prepare(connection: &Connection, statement: &Statement) -> Result<(), Failure> {
    connection.prepare(statement.for_sqlite())?;
    Ok(())
}

fn bound<'c>(
    connection: &'c Connection,
    statement: &Statement,
    params: &[Value],
) -> Result<CachedStatement<'c>, Failure> {
    let mut prepared = connection.prepare_cached(statement.for_sqlite())?;
    let wanted = prepared.parameter_count();
    if wanted != params.len() {
        let why = format!(
            "{} takes {wanted} parameters, not {}",
            statement.name(),
            params.len()
        );
        return Err(Failure::Ours(StoreError::Parameters(why)));
    }
    bind(&mut prepared, params)?;
    Ok(prepared)
}

fn bind(prepared: &mut Prepared<'_>, params: &[Value]) -> Result<(), Failure> {
    for (at, value) in params.iter().enumerate() {
        if value.holds_nul() {
            let why = format!("${} holds the NUL character, which text may not", at + 1);
            return Err(Failure::Ours(StoreError::Parameters(why)));
        }
        prepared.raw_bind_parameter(at + 1, Bound(value))?;
    }
    Ok(())
}

/// A value on its way into SQLite, which knows five kinds.
struct Bound<'v>(&'v Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let number = |number| Ok(ToSqlOutput::from(number));
        match self.0 {
            Value::Null => Ok(ToSqlOutput::Borrowed(ValueRef::Null)),
            Value::Bool(held) => number(i64::from(*held)),
            Value::Int(held) => number(*held),
            Value::Time(held) => number(held.as_microsecond()),
            Value::Real(held) => Ok(ToSqlOutput::from(*held)),
            Value::Text(held) => Ok(ToSqlOutput::from(held.as_str())),
            Value::Blob(held) => Ok(ToSqlOutput::from(held.as_slice())),
            Value::Uuid(held) => Ok(ToSqlOutput::from(held.as_bytes().as_slice())),
            Value::Json(held) => Ok(ToSqlOutput::from(held.to_string())),
        }
    }
}

fn kept(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(held) => Value::Int(held),
        ValueRef::Real(held) => Value::Real(held),
        // Only valid UTF-8 ever goes in; a damaged file is for the check to find, not for a panic.
        ValueRef::Text(held) => Value::Text(String::from_utf8_lossy(held).into_owned()),
        ValueRef::Blob(held) => Value::Blob(held.to_vec()),
    }
}
