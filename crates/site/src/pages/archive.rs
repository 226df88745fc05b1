//! `GET /archive` and `GET /{year}/{month}`: everything, by when it ran.

use axum::extract::{Path, State};
use newsroom::{
    Edition,
    edition::{ListOf, Month},
};
use serde::Serialize;
use web::{Answer, Page, Problem, Query};

use super::{
    list::{Listing, answer},
    page_number,
};
use crate::{
    Site,
    frame::{Frame, PageFrame},
    kept::{KeptPage, Stamp},
    rows,
    view::{Card, Paging, Viewer},
};

#[derive(Serialize)]
struct ArchivePage {
    frame: Frame,
    heading: String,
    years: Vec<YearView>,
    cards: Vec<Card>,
    pages: Paging,
}

#[derive(Serialize)]
struct YearView {
    name: String,
    url: String,
    months: Vec<MonthView>,
}

#[derive(Serialize)]
struct MonthView {
    name: String,
    url: String,
    count: usize,
}

/// The years and their months.
pub async fn show(State(site): State<Site>) -> Result<Answer, Problem> {
    let edition = site.edition();
    let make = async { make(&site, &edition) };
    Ok(site.kept.page("/archive", &edition, make).await?.into())
}

/// One month, or one of the site's own months as `/2026/11`.
pub async fn month(
    State(site): State<Site>,
    Path((year, month)): Path<(String, String)>,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let Some(asked) = parse(&year, &month) else {
        return super::elsewhere::lead_on(&site, &format!("/{year}/{month}"), &rows::MONTH).await;
    };
    let edition = site.edition();
    let viewer = Viewer {
        site: &site,
        edition: &edition,
        language: &site.identity.language,
    };
    let of = ListOf::Month(asked);
    if edition.list(&of, 0, 1).1 == 0 {
        return Err(Problem::absent());
    }
    let listing = Listing {
        row: &rows::MONTH,
        kind: "date",
        label_key: "list-label-date",
        heading: viewer.saying().month_of_year(asked.year, asked.month),
        intro: None,
        language: site.identity.language.clone(),
        of,
        path: format!("/{year}/{month}"),
        has_feed: false,
        section: None,
    };
    answer(&site, &edition, &listing, page_number(&query)).await
}

/// A year of four digits and a month of two, and nothing else.
pub(crate) fn parse(year: &str, month: &str) -> Option<Month> {
    let digits = |text: &str, len| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) {
        return None;
    }
    let month: i8 = month.parse().ok()?;
    Some(Month {
        year: year.parse().ok()?,
        month,
    })
    .filter(|_| (1..=12).contains(&month))
}

fn make(site: &Site, edition: &Edition) -> Result<KeptPage, Problem> {
    let language = &site.identity.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    let heading = viewer.say("archive-title");
    let frame = PageFrame::new(site, "archive", heading.clone(), language).at(site, "/archive");
    let page = ArchivePage {
        frame: Frame::new(site, edition, frame, None),
        heading,
        years: years(&viewer),
        cards: Vec::new(),
        pages: Paging::new("/archive", "", 1, (0, 1)),
    };
    let html = site.templates.render("archive.html", &page)?;
    let page = Page::kept(&rows::ARCHIVE, html)
        .with_surrogate_keys(["archive"])
        .shared();
    Ok(KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
    })
}

fn years(viewer: &Viewer<'_>) -> Vec<YearView> {
    let mut years: Vec<YearView> = Vec::new();
    for (month, count) in viewer.edition.months() {
        let name = format!("{:04}", month.year);
        let url = format!("/{name}/{:02}", month.month);
        let view = MonthView {
            name: viewer.saying().month(month.month),
            url,
            count,
        };
        match years.last_mut().filter(|year| year.name == name) {
            Some(year) => year.months.push(view),
            None => years.push(YearView {
                url: view.url.clone(),
                name,
                months: vec![view],
            }),
        }
    }
    years
}
