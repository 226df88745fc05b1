//! The only place where a refusal or a fault becomes a status: as RFC 9457 for programs, as a page for people.

mod telling;

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use base::{Fault, No, Refusal, Refusals, html};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

#[cfg(test)]
pub(crate) use telling::{API_NAMES, NAMES};
pub(crate) use telling::{Asker, Audience, Brought, answer};

use crate::{rate::TooOften, visit::Visit};

/// What a handler answers when it does not do what was asked.
///
/// Made from a [`Refusal`], [`Refusals`], a [`Fault`] or a [`No`] by `?`.
#[derive(Debug)]
pub struct Problem(Box<Inner>);

#[derive(Debug)]
struct Inner {
    status: StatusCode,
    refusals: Vec<Refusal>,
    fault: Option<Fault>,
    retry_after: Option<u32>,
    headers: Vec<(HeaderName, HeaderValue)>,
    more: serde_json::Map<String, serde_json::Value>,
}

/// A problem in words, as people and programs are told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The status.
    pub status: StatusCode,
    /// A few words: what happened.
    pub title: String,
    /// A sentence or two: what was kept, what can be done.
    pub detail: String,
    /// The number to quote, when it is our fault.
    pub number: Option<String>,
    /// Each refusal in words, in the order of the form.
    pub refusals: Vec<Said>,
}

/// One refusal in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The field as the API spells it.
    pub field: Option<String>,
    /// The message's key, for programs.
    pub key: &'static str,
    /// The message in the newsroom's language.
    pub message: String,
}

/// A whole HTML page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html(pub String);

/// Draws a problem as a page.
pub trait ProblemPage: Send + Sync {
    /// The page. It must not fail, and must not ask the database: it is shown when that is away.
    fn render(&self, told: &Told, visit: &Visit) -> Html;
}

/// The page when there is no other: no theme, no style, just the words.
pub struct PlainProblemPage;

impl ProblemPage for PlainProblemPage {
    fn render(&self, told: &Told, _visit: &Visit) -> Html {
        let mut page = String::from(
            "<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width\"><title>",
        );
        html::push_text(&mut page, &told.title);
        page.push_str("</title><h1>");
        html::push_text(&mut page, &told.title);
        page.push_str("</h1><p>");
        html::push_text(&mut page, &told.detail);
        page.push_str("</p>");
        for said in &told.refusals {
            page.push_str("<p>");
            html::push_text(&mut page, &said.message);
            page.push_str("</p>");
        }
        if let Some(number) = &told.number {
            page.push_str("<p><code>");
            html::push_text(&mut page, number);
            page.push_str("</code></p>");
        }
        Html(page)
    }
}

impl Problem {
    /// A problem that is nothing but its status; the words come from messages such as
    /// `problem-not-found-title` and `problem-not-found-text`.
    pub fn of_status(status: StatusCode) -> Self {
        Self(Box::new(Inner {
            status,
            refusals: Vec::new(),
            fault: None,
            retry_after: None,
            headers: Vec::new(),
            more: serde_json::Map::new(),
        }))
    }

    /// 404: there is no such thing, or not for this person.
    pub fn absent() -> Self {
        Self::of_status(StatusCode::NOT_FOUND)
    }

    /// 401: we must know who you are.
    pub fn sign_in_first() -> Self {
        Self::of_status(StatusCode::UNAUTHORIZED)
    }

    /// 403: we know who you are, and the answer is no.
    pub fn forbidden() -> Self {
        Self::of_status(StatusCode::FORBIDDEN)
    }

    /// 429: too many in too short a time.
    pub fn too_often(too_often: TooOften) -> Self {
        let mut problem = Self::of_status(StatusCode::TOO_MANY_REQUESTS);
        problem.0.retry_after = Some(too_often.seconds);
        problem
    }

    /// Sets another status than the refusals' own.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = status;
        self
    }

    /// Adds a member for programs, such as `current` with the story as it is now (RFC 9457
    /// section 3.2). A value that cannot be JSON is left out.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Serialize) -> Self {
        if let Ok(value) = serde_json::to_value(value) {
            self.0.more.insert(name.to_string(), value);
        }
        self
    }

    /// Adds a header, such as `ETag` with the newer revision.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The status it will have (a fault that means "not now" turns into 503 later).
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The refusals in it.
    pub fn refusals(&self) -> &[Refusal] {
        &self.0.refusals
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::from(Refusals::from(refusal))
    }
}
impl From<Refusals> for Problem {
    fn from(refusals: Refusals) -> Self {
        let status = refusals
            .iter()
            .map(|refusal| status_of(refusal.key))
            .find(|status| *status != StatusCode::UNPROCESSABLE_ENTITY)
            .unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let mut problem = Self::of_status(status);
        problem.0.refusals = refusals.iter().cloned().collect();
        problem
    }
}
impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let mut problem = Self::of_status(StatusCode::INTERNAL_SERVER_ERROR);
        problem.0.fault = Some(fault);
        problem
    }
}
impl From<No> for Problem {
    fn from(no: No) -> Self {
        match no {
            No::Refused(refusals) => refusals.into(),
            No::Absent => Self::absent(),
            No::Failed(fault) => fault.into(),
        }
    }
}

/// A problem on its way to the guard, which finds the words.
#[derive(Clone)]
pub(crate) struct Slip(pub(crate) Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(Slip(Arc::new(self)));
        response
    }
}

/// The status of a refusal by its key; everything that is not about the way of asking is 422.
fn status_of(key: &str) -> StatusCode {
    match key {
        "not-json" | "not-text" | "duplicate-key" | "too-many-fields" | "unknown-parameter" => {
            StatusCode::BAD_REQUEST
        }
        "not-signed-in" => StatusCode::UNAUTHORIZED,
        "not-allowed"
        | "scope-missing"
        | "not-for-tokens"
        | "not-for-readers"
        | "needs-second-factor"
        | "foreign-page"
        | "not-your-story"
        | "not-your-picture"
        | "no-longer-a-draft" => StatusCode::FORBIDDEN,
        "somebody-saved-first"
        | "somebody-arranged-first"
        | "somebody-changed-first"
        | "already-published"
        | "not-published"
        | "withdrawn"
        | "upload-elsewhere"
        | "request-in-progress" => StatusCode::CONFLICT,
        "too-large" | "picture-too-large" | "file-too-large-to-scan" => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        "too-many-uploads" | "too-many-fetches" => StatusCode::TOO_MANY_REQUESTS,
        "scanner-silent" => StatusCode::SERVICE_UNAVAILABLE,
        "not-this-type" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "needs-if-match" => StatusCode::PRECONDITION_REQUIRED,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
