//! The shipped theme, and the overlay a newsroom may lay over it.

use std::{path::Path, sync::Arc};

use axum::extract::{Path as Segment, State};
use base::Fault;
use web::{Answer, Assets, Problem, Templates, Words, assets::Source};

use crate::Site;

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../theme/templates/", $name)))),+]
    };
}
macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../theme/", $name)) as &[u8])),+]
    };
}

static TEMPLATES: &[(&str, &str)] = templates!(
    "archive.html",
    "base.html",
    "cards.html",
    "corrections.html",
    "footnotes.html",
    "front.html",
    "gone.html",
    "history.html",
    "list.html",
    "loyal.html",
    "notes.html",
    "nudge.html",
    "origin.html",
    "paging.html",
    "picture.html",
    "problem.html",
    "running.html",
    "search-form.html",
    "search.html",
    "story.html",
    "trust.html",
    "wall.html",
);

static FILES: &[(&str, &[u8])] = files!(
    "icon.svg",
    "site.css",
    "site.js",
    "fonts/arabic.woff2",
    "fonts/hebrew.woff2",
    "fonts/sans-ext.woff2",
    "fonts/sans.woff2",
    "fonts/serif-ext.woff2",
    "fonts/serif-italic-ext.woff2",
    "fonts/serif-italic.woff2",
    "fonts/serif.woff2",
);

/// The most bytes one file of an overlay may have.
const LARGEST_FILE: u64 = 2 * 1024 * 1024;

/// The templates, with the overlay's in place of ours where it has them.
pub(crate) fn templates(words: &Arc<Words>, overlay: Option<&Path>) -> Result<Templates, Fault> {
    let overlay = overlay.map(|folder| folder.join("templates"));
    Templates::new(
        TEMPLATES,
        overlay,
        Arc::clone(words),
        cfg!(debug_assertions),
    )
}

/// The stylesheet, the script and the fonts; a file of the same name in the overlay wins.
pub(crate) fn assets(overlay: Option<&Path>) -> Result<Assets, Fault> {
    let source = |name: &str, shipped: &'static [u8]| match overlay {
        Some(folder) if folder.join(name).symlink_metadata().is_ok() => {
            let bytes = web::overlay::read(folder, &folder.join(name), LARGEST_FILE)?;
            Ok(Source::new(name, bytes))
        }
        _ => Ok(Source::new(name, shipped)),
    };
    let sources = FILES
        .iter()
        .map(|(name, shipped)| source(name, shipped))
        .collect::<Result<_, Fault>>()?;
    Assets::new(&crate::rows::ASSET, sources, &[])
}

/// `GET /assets/{name}`: a file of the theme, under a name that changes with its bytes.
pub async fn asset(
    State(site): State<Site>,
    Segment(name): Segment<String>,
) -> Result<Answer, Problem> {
    site.assets
        .find(&name)
        .map(Answer::from)
        .ok_or_else(Problem::absent)
}
