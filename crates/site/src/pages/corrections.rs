//! `GET /corrections`: everything we got wrong, newest first.

use axum::extract::State;
use newsroom::{Edition, story::list};
use serde::Serialize;
use web::{Answer, Page, Problem, Query};

use super::{STORIES_A_PAGE, page_number};
use crate::{
    Site,
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
    story: StoryLink,
}

#[derive(Serialize)]
struct StoryLink {
    headline: String,
    url: String,
}

/// Shows the public log.
pub async fn show(State(site): State<Site>, Query(query): Query) -> Result<Answer, Problem> {
    let number = page_number(&query)?;
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
    let frame = PageFrame::new(site, "corrections", title, language).at(site, address);
    let entries = lines.into_iter().map(|line| Entry {
        note: viewer.note(&line.note),
        story: StoryLink {
            headline: line.card.headline,
            url: line.path,
        },
    });
    let page = CorrectionsPage {
        frame: Frame::new(site, edition, frame, None),
        entries: entries.collect(),
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
