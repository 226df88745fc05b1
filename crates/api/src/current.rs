//! Answers that carry a version: as the `ETag`, and whole in a problem where somebody changed it first.

use std::future::Future;

use base::{Fault, No};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use web::{Answer, Problem};

use crate::face::etag;

/// Answers with a thing and its version.
///
/// # Errors
/// A fault when it cannot be written as JSON.
pub(crate) fn answer<T: Serialize>(
    status: StatusCode,
    face: &T,
    version: u32,
) -> Result<Answer, Problem> {
    Ok(Answer::json(status, face)?.with_header(header::ETAG, etag(version)))
}

/// As [`answer`], of something new, with the address where it is.
///
/// # Errors
/// As [`answer`].
pub(crate) fn created<T: Serialize>(at: &str, face: &T, version: u32) -> Result<Answer, Problem> {
    Ok(found_at(at, answer(StatusCode::CREATED, face, version)?))
}

/// An answer that says where what was begun can be asked for.
pub(crate) fn found_at(at: &str, answer: Answer) -> Answer {
    match HeaderValue::try_from(at) {
        Ok(at) => answer.with_header(header::LOCATION, at),
        Err(_) => answer,
    }
}

/// What to answer when an act did not happen: with `current`, where somebody changed it first.
pub(crate) async fn refused<T, Looking>(no: No, look: Looking) -> Problem
where
    T: Serialize,
    Looking: Future<Output = Result<Option<(T, u32)>, Fault>>,
{
    let first = matches!(&no, No::Refused(refusals) if refusals.has("somebody-changed-first"));
    let problem = Problem::from(no);
    if !first {
        return problem;
    }
    match look.await {
        Ok(Some((face, version))) => problem
            .with("current", face)
            .with_header(header::ETAG, etag(version)),
        Ok(None) => Problem::absent(),
        Err(fault) => fault.into(),
    }
}
