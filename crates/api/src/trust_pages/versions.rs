//! `…/versions`: what a trust page said before, who changed it and when.

use axum::extract::State;
use base::{Document, Instant};
use http::StatusCode;
use newsroom::trust::{
    Act,
    version::{self, Line, MAX_VERSIONS},
};
use serde::Serialize;
use web::{Answer, Problem, Query};

use crate::{
    Api,
    address::{AtTrustPage, AtTrustVersion},
    paging::{self, Span},
};

#[derive(Debug, Serialize)]
struct Versions {
    versions: Vec<LineFace>,
    next: Option<String>,
}

/// Versions on a page of the list.
pub const SPAN: Span = Span {
    usual: MAX_VERSIONS,
    most: MAX_VERSIONS,
};

#[derive(Debug, Serialize)]
struct LineFace {
    version: u32,
    act: Act,
    title: String,
    starter: bool,
    shown: bool,
    at: Instant,
    /// None for the program, which laid the page out.
    by: Option<String>,
}

#[derive(Debug, Serialize)]
struct TextFace {
    #[serde(flatten)]
    line: LineFace,
    body: Document,
}

/// All of them, newest first.
pub async fn index(
    State(api): State<Api>,
    AtTrustPage(slug): AtTrustPage,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let limit = paging::limit(&query, SPAN)?;
    let after = paging::after(&query, paging::number)?;
    let lines = version::lines(&api.db, &slug, after, limit).await?;
    // Every page has its first version, so that only one that is not there has none.
    if lines.is_empty() && version::text(&api.db, &slug, 1).await?.is_none() {
        return Err(Problem::absent());
    }
    let next = paging::next(&lines, limit, |line| line.version.to_string());
    let versions = lines.into_iter().map(line).collect();
    Answer::json(StatusCode::OK, &Versions { versions, next })
}

/// One, with its text as it was then.
pub async fn show(State(api): State<Api>, at: AtTrustVersion) -> Result<Answer, Problem> {
    let AtTrustVersion(slug, number) = at;
    let text = version::text(&api.db, &slug, number).await?;
    let text = text.ok_or_else(Problem::absent)?;
    let face = TextFace {
        line: line(text.line),
        body: text.body,
    };
    Answer::json(StatusCode::OK, &face)
}

fn line(line: Line) -> LineFace {
    LineFace {
        version: line.version,
        act: line.act,
        title: line.title,
        starter: line.starter,
        shown: line.shown,
        at: line.at,
        by: line.by,
    }
}
