//! `GET /sections`: where on the site a story can belong.

use axum::extract::State;
use base::{Id, Language, Slug};
use http::StatusCode;
use newsroom::{
    section::{self, Section},
    story::Access,
};
use serde::Serialize;
use web::{Answer, Problem};

use crate::Api;

#[derive(Debug, Serialize)]
struct Sections {
    sections: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id<Section>,
    slug: Slug,
    name: String,
    language: Language,
    access: Access,
}

/// All of them, in the order of the navigation.
pub async fn index(State(api): State<Api>) -> Result<Answer, Problem> {
    let sections = section::all(&api.db).await?;
    let sections = sections.into_iter().map(|section| Line {
        id: section.id,
        slug: section.slug,
        name: section.name,
        language: section.language,
        access: section.access,
    });
    let sections = sections.collect();
    Answer::json(StatusCode::OK, &Sections { sections })
}
