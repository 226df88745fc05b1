//! `GET /about/{slug}`: what the newsroom tells its readers about itself.

use axum::extract::{Path, State};
use base::{HtmlOptions, Slug};
use newsroom::{Edition, trust::TrustPage};
use serde::Serialize;
use web::{Answer, Page, Problem};

use crate::pictures::served_here;
use crate::{
    Site,
    frame::{Frame, PageFrame},
    json_ld,
    kept::{KeptPage, Stamp},
    rows,
    view::Viewer,
    when::{Detail, When},
};

/// A trust page, as `trust.html` wants it.
#[derive(Serialize)]
pub(super) struct TrustView {
    pub(super) frame: Frame,
    title: String,
    body_html: String,
    updated: When,
}

/// Shows a trust page. The edition holds those that readers see; any other is not there.
pub async fn show(State(site): State<Site>, Path(slug): Path<Slug>) -> Result<Answer, Problem> {
    let edition = site.edition();
    let address = address(&slug);
    let make = async { make(&site, &edition, &slug) };
    Ok(site.kept.page(&address, &edition, make).await?.into())
}

fn make(site: &Site, edition: &Edition, slug: &Slug) -> Result<KeptPage, Problem> {
    let mut shown = edition.furniture.trust.iter();
    let page = shown.find(|page| page.slug == *slug);
    let view = TrustView::of(site, edition, page.ok_or_else(Problem::absent)?);
    let html = site.templates.render("trust.html", &view)?;
    let page = Page::kept(&rows::TRUST, html)
        .with_surrogate_keys(["trust"])
        .shared();
    Ok(KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
    })
}

impl TrustView {
    /// The view of a page, whether it is in the edition or not.
    pub(super) fn of(site: &Site, edition: &Edition, page: &TrustPage) -> Self {
        let language = &site.identity.language;
        let viewer = Viewer {
            site,
            edition,
            language,
        };
        let frame = PageFrame::new(site, "trust", page.title.clone(), language);
        let mut frame = frame.at(site, &address(&page.slug));
        frame.json_ld = Some(json_ld::newsroom(site));
        Self {
            frame: Frame::new(site, edition, frame, None),
            title: page.title.clone(),
            body_html: HtmlOptions::default().write(&served_here(site, &page.body).content),
            updated: viewer.saying().when(page.updated_at, Detail::Day),
        }
    }
}

fn address(slug: &Slug) -> String {
    format!("/about/{slug}")
}
