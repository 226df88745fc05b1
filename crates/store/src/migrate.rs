//! Bringing tables up to date: forwards only, each step once and in a transaction of its own.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::{error::StoreError, row::Row, sql};

/// The steps of one crate, oldest first. A step that has been released is never edited again.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    /// Whose tables these are: the crate's name.
    pub of: &'static str,
    /// Name, such as `0001_stories`, and SQL with the tokens of [`Dialect`]. A step may hold several
    /// statements.
    pub steps: &'static [(&'static str, &'static str)],
}

/// What the tokens in a step's SQL stand for: dull types that both engines keep alike.
///
/// | token | SQLite | PostgreSQL |
/// |---|---|---|
/// | `{int}` | INTEGER | BIGINT |
/// | `{real}` | REAL | DOUBLE PRECISION |
/// | `{uuid}` | BLOB | UUID |
/// | `{ts}` | INTEGER, microseconds since 1970 UTC | TIMESTAMPTZ |
/// | `{json}` | TEXT | JSONB |
/// | `{bool}` | INTEGER | BOOLEAN |
/// | `{blob}` | BLOB | BYTEA |
/// | `{strict}`, after the table's closing bracket | STRICT | nothing |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect(&'static [(&'static str, &'static str)]);

pub(crate) const FOR_SQLITE: Dialect = Dialect(&[
    ("{int}", "INTEGER"),
    ("{real}", "REAL"),
    ("{uuid}", "BLOB"),
    ("{ts}", "INTEGER"),
    ("{json}", "TEXT"),
    ("{bool}", "INTEGER"),
    ("{blob}", "BLOB"),
    ("{strict}", "STRICT"),
]);

pub(crate) const FOR_POSTGRES: Dialect = Dialect(&[
    ("{int}", "BIGINT"),
    ("{real}", "DOUBLE PRECISION"),
    ("{uuid}", "UUID"),
    ("{ts}", "TIMESTAMPTZ"),
    ("{json}", "JSONB"),
    ("{bool}", "BOOLEAN"),
    ("{blob}", "BYTEA"),
    ("{strict}", ""),
]);

impl Dialect {
    /// The step's SQL for one engine.
    pub(crate) fn spell(self, sql: &str) -> String {
        let mut spelled = sql.to_owned();
        for (token, word) in self.0 {
            spelled = spelled.replace(token, word);
        }
        spelled
    }
}

/// A step that is still to be applied.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) of: &'static str,
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
}

impl Step {
    /// What the migration table keeps of it: the hash of the SQL as written, tokens and all.
    pub(crate) fn hash(&self) -> Vec<u8> {
        hash(self.sql)
    }

    /// Puts the step's name before the engine's complaint.
    pub(crate) fn failed(&self, error: StoreError) -> StoreError {
        if error.is_unavailable() {
            return error;
        }
        StoreError::Migration(format!(
            "the step {}/{} failed: {error}",
            self.of, self.name
        ))
    }
}

/// A step that was applied before, as the migration table tells it.
#[derive(Debug)]
pub(crate) struct Applied {
    of: String,
    name: String,
    hash: Vec<u8>,
}

impl Applied {
    pub(crate) fn from_row(row: &Row) -> Result<Self, StoreError> {
        let read = || -> Result<Self, base::Fault> {
            Ok(Self {
                of: row.get("of_crate")?,
                name: row.get("name")?,
                hash: row.get("sha256")?,
            })
        };
        read().map_err(|fault| StoreError::Migration(fault.chain()))
    }
}

/// The steps to apply now, in order.
///
/// Refuses a step that was edited after it was applied, a new step put before an applied one, a
/// token we do not know, and a deferred constraint.
pub(crate) fn plan(
    migrations: &[Migrations],
    applied: &[Applied],
) -> Result<Vec<Step>, StoreError> {
    let hashes: HashMap<(&str, &str), &[u8]> = applied
        .iter()
        .map(|step| ((step.of.as_str(), step.name.as_str()), step.hash.as_slice()))
        .collect();
    let mut steps: Vec<Step> = Vec::new();
    for crate_steps in migrations {
        let first_of_crate = steps.len();
        for &(name, sql) in crate_steps.steps {
            let step = Step {
                of: crate_steps.of,
                name,
                sql,
            };
            match hashes.get(&(step.of, step.name)) {
                Some(&was) if was != step.hash() => return Err(edited(&step)),
                Some(_) if steps.len() > first_of_crate => return Err(out_of_order(&step)),
                Some(_) => {}
                None => steps.push(checked(step)?),
            }
        }
    }
    Ok(steps)
}

/// The store's own steps, then the others in the order given.
pub(crate) fn with_our_own(migrations: &[Migrations]) -> Vec<Migrations> {
    let others = migrations
        .iter()
        .filter(|theirs| theirs.of != sql::MIGRATIONS.of);
    std::iter::once(&sql::MIGRATIONS)
        .chain(others)
        .copied()
        .collect()
}

fn checked(step: Step) -> Result<Step, StoreError> {
    if let Some(token) = leftover_token(&FOR_SQLITE.spell(step.sql)) {
        let why = format!(
            "the step {}/{} has the unknown token {token}",
            step.of, step.name
        );
        return Err(StoreError::Migration(why));
    }
    // Checked only at the commit, which on SQLite is shared: it would fail the neighbours as well.
    if step.sql.to_ascii_uppercase().contains("DEFERRABLE") {
        let why = format!(
            "the step {}/{} has a DEFERRABLE constraint",
            step.of, step.name
        );
        return Err(StoreError::Migration(why));
    }
    Ok(step)
}

fn leftover_token(sql: &str) -> Option<&str> {
    sql.match_indices('{').find_map(|(at, _)| {
        let length = sql[at..].find('}')?;
        let word = &sql[at + 1..at + length];
        let is_word = !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        is_word.then_some(&sql[at..=at + length])
    })
}

fn edited(step: &Step) -> StoreError {
    StoreError::Migration(format!(
        "the step {}/{} was edited after it was applied to this database; nothing was changed. Put the step back and add a new one",
        step.of, step.name
    ))
}

fn out_of_order(step: &Step) -> StoreError {
    StoreError::Migration(format!(
        "a new step stands before {}/{}, which was applied long ago; nothing was changed. Put new steps last",
        step.of, step.name
    ))
}

fn hash(sql: &str) -> Vec<u8> {
    Sha256::digest(sql.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests;
