//! Addresses where no page of ours is: old ones lead on, withdrawn stories say so, the rest is 404.

use axum::extract::State;
use http::{StatusCode, Uri};
use newsroom::reading::{self, Elsewhere, Notice};
use serde::Serialize;
use web::{Answer, Page, Problem, Row};

use crate::{
    Site,
    frame::{Frame, PageFrame},
    rows,
    view::{Card, NoteView, Viewer},
    when::{Detail, When},
};

#[derive(Serialize)]
struct GonePage {
    frame: Frame,
    headline: String,
    reason: String,
    when: When,
    /// What readers had been told about the story before, newest first.
    history: Vec<NoteView>,
    substitute: Option<Card>,
}

/// `GET` of anything no other door knows.
pub async fn show(State(site): State<Site>, uri: Uri) -> Result<Answer, Problem> {
    lead_on(&site, &decoded(uri.path()), &rows::OLD_ADDRESS).await
}

/// Answers for a path that is no public story's, given without percent-coding, at the door of `row`.
pub(crate) async fn lead_on(site: &Site, path: &str, row: &'static Row) -> Result<Answer, Problem> {
    match reading::elsewhere(&site.db, path).await? {
        Some(Elsewhere::MovedTo(to)) => Answer::moved_page(&to),
        Some(Elsewhere::Withdrawn(notice)) => gone(site, &notice, row),
        None => Err(Problem::absent()),
    }
}

fn gone(site: &Site, notice: &Notice, row: &'static Row) -> Result<Answer, Problem> {
    let edition = site.edition();
    let language = &notice.language;
    let viewer = Viewer {
        site,
        edition: &edition,
        language,
    };
    let title = viewer.say("gone-title");
    let frame = PageFrame::new(site, "gone", title, language).hidden();
    let substitute = notice.substitute.and_then(|id| edition.story(id));
    let page = GonePage {
        frame: Frame::new(site, &edition, frame, None),
        headline: notice.headline.clone(),
        reason: notice.reason.clone(),
        when: viewer.saying().when(notice.at, Detail::Time),
        history: notice
            .notes
            .iter()
            .rev()
            .map(|note| viewer.note(note))
            .collect(),
        substitute: substitute.map(|story| viewer.card(story, "plain")),
    };
    let html = site.templates.render("gone.html", &page)?;
    // The card of what to read instead changes with that story.
    let shown = std::iter::once(notice.story).chain(substitute.map(|story| story.id));
    Ok(Page::once(row, html)
        .with_status(StatusCode::GONE)
        .with_surrogate_keys(shown.map(|id| format!("art-{id}")))
        .into())
}

/// A path without percent-coding; bytes that are no UTF-8 become the replacement character, which
/// no address of ours holds.
pub(crate) fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex
            .filter(|_| *first == b'%')
            .and_then(|two| u8::from_str_radix(two, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
