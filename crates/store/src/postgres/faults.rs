//! What PostgreSQL's errors mean to us.

use tokio_postgres::{Error, error::SqlState};

use crate::error::StoreError;

/// Why a statement did not run: by our own word, or by the server's or the wire's.
#[derive(Debug)]
pub(super) enum Failure {
    Ours(StoreError),
    Theirs(Error),
    /// No answer within our patience; what the server does with it is unknown.
    NoAnswer,
}

impl Failure {
    /// Whether a fresh connection, or a fresh plan, may well do better. Only for what may be repeated.
    pub(super) fn deserves_another_try(&self) -> bool {
        matches!(self, Self::Theirs(error) if is_wire(error) || is_stale_plan(error))
    }

    /// Whether the connection must not be used again.
    pub(super) fn is_end_of_connection(&self) -> bool {
        match self {
            Self::Ours(_) => false,
            Self::NoAnswer => true,
            Self::Theirs(error) => is_wire(error) || is_going_down(error.code()),
        }
    }
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
            Failure::Theirs(error) => explain(&error),
            Failure::NoAnswer => {
                StoreError::Unavailable("the server did not answer in time".into())
            }
        }
    }
}

/// Whether the statement was planned for tables that have since been altered.
pub(super) fn is_stale_plan(error: &Error) -> bool {
    error.as_db_error().is_some_and(|said| {
        *said.code() == SqlState::FEATURE_NOT_SUPPORTED && said.message().contains("cached plan")
    })
}

/// Sorts an error into ours. Only the message is kept: the server's detail repeats values.
fn explain(error: &Error) -> StoreError {
    let Some(said) = error.as_db_error() else {
        return if is_wire(error) {
            StoreError::Unavailable(with_cause(error))
        } else {
            StoreError::Parameters(with_cause(error))
        };
    };
    let message = said.message().to_owned();
    match said.code() {
        &SqlState::UNIQUE_VIOLATION => StoreError::Duplicate(message),
        &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => StoreError::SilentTooLong,
        code if is_going_down(Some(code)) || is_passing(code) => StoreError::Unavailable(message),
        _ => StoreError::Refused(message),
    }
}

/// The server ends our connection, or does not let us in.
fn is_going_down(code: Option<&SqlState>) -> bool {
    code.is_some_and(|code| {
        matches!(code.code(), "57P01" | "57P02" | "57P03" | "57P05" | "25P03")
            || code.code().starts_with("08")
    })
}

/// It may go well the next time: contention, exhaustion, a full disk, our own time limit.
fn is_passing(code: &SqlState) -> bool {
    code.code().starts_with("53")
        || matches!(
            code.code(),
            "40001" | "40P01" | "55P03" | "57014" | "58030" | "25006"
        )
}

fn is_wire(error: &Error) -> bool {
    let is_io = std::error::Error::source(error)
        .is_some_and(|cause| cause.downcast_ref::<std::io::Error>().is_some());
    error.is_closed() || is_io
}

fn with_cause(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
