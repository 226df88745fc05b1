//! `…/versions`: what a trust page said before, who changed it and when.

use axum::extract::State;
use base::{Document, Instant};
use http::StatusCode;
use newsroom::trust::{
    Act,
    version::{self, Line},
};
use serde::Serialize;
use web::{Answer, Problem};

use crate::{
    Api,
    address::{AtTrustPage, AtTrustVersion},
};

#[derive(Debug, Serialize)]
struct Versions {
    versions: Vec<LineFace>,
}

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
) -> Result<Answer, Problem> {
    let lines = version::lines(&api.db, &slug).await?;
    if lines.is_empty() {
        return Err(Problem::absent());
    }
    let versions = lines.into_iter().map(line).collect();
    Answer::json(StatusCode::OK, &Versions { versions })
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
