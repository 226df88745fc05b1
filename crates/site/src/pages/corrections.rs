//! `GET /corrections`: everything we got wrong or took back, newest first.

use axum::extract::State;
use newsroom::{
    Edition,
    story::list::{self, Logged, Told},
};
use serde::Serialize;
use web::{Answer, Page, Problem, Query};

use super::{STORIES_A_PAGE, page_number};
use crate::{
    Site, feeds,
    frame::{Frame, PageFrame},
    kept::{KeptPage, Stamp},
    rows,
    view::{NoteView, Paging, Viewer},
};

#[derive(Serialize)]
struct CorrectionsPage {
    frame: Frame,
    entries: Vec<Entry>,
    pages: Paging,
}

#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    note: NoteView,
    withdrawn: bool,
    language: String,
    direction: &'static str,
    story: StoryLink,
}

#[derive(Serialize)]
struct StoryLink {
    headline: String,
    url: String,
}

/// Shows the public log.
pub async fn show(State(site): State<Site>, Query(query): Query) -> Result<Answer, Problem> {
    let Some(number) = page_number(&query) else {
        return Answer::moved("/corrections");
    };
    let edition = site.edition();
    let address = match number {
        1 => "/corrections".to_string(),
        number => format!("/corrections?page={number}"),
    };
    let make = make(&site, &edition, number, &address);
    Ok(site.kept.page(&address, &edition, make).await?.into())
}

async fn make(
    site: &Site,
    edition: &Edition,
    number: usize,
    address: &str,
) -> Result<KeptPage, Problem> {
    let offset = (number - 1) * STORIES_A_PAGE;
    let (lines, total) = list::corrections(&site.db, STORIES_A_PAGE as u32, offset as u32).await?;
    if number > 1 && lines.is_empty() {
        return Err(Problem::absent());
    }
    let language = &site.identity.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    let title = viewer.say("corrections-title");
    let mut frame = PageFrame::new(site, "corrections", title.clone(), language)
        .at(site, address)
        .described(Some(viewer.say("corrections-text")));
    frame.feeds = feeds::links(&format!("{} – {title}", site.identity.name), "/corrections");
    let page = CorrectionsPage {
        frame: Frame::new(site, edition, frame, None),
        entries: lines.into_iter().map(|line| entry(&viewer, line)).collect(),
        pages: Paging::new("/corrections", "", number, (total as usize, STORIES_A_PAGE)),
    };
    let html = site.templates.render("corrections.html", &page)?;
    let page = Page::kept(&rows::CORRECTIONS, html)
        .with_surrogate_keys(["corrections"])
        .shared();
    Ok(KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
    })
}

/// A line of the log, in the language of its story.
fn entry(viewer: &Viewer<'_>, line: Logged) -> Entry {
    let Viewer { site, edition, .. } = *viewer;
    let language = &line.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    let (note, withdrawn) = match &line.told {
        Told::Noted(note) => (viewer.note(note), false),
        Told::Withdrawn(reason) => (viewer.withdrawal(reason, line.at), true),
    };
    Entry {
        note,
        withdrawn,
        language: language.tag().into(),
        direction: language.direction().attribute(),
        story: StoryLink {
            headline: line.headline,
            url: line.path,
        },
    }
}
