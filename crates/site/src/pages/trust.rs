//! `GET /about/{slug}`: what the newsroom tells its readers about itself.

use axum::extract::{Path, State};
use base::{HtmlOptions, Slug};
use newsroom::Edition;
use serde::Serialize;
use web::{Answer, Page, Problem};

use crate::{
    Site,
    frame::{Frame, PageFrame},
    json_ld,
    kept::{KeptPage, Stamp},
    rows,
    view::Viewer,
    when::{Detail, When},
};

#[derive(Serialize)]
struct TrustView {
    frame: Frame,
    title: String,
    body_html: String,
    updated: Option<When>,
    starter: bool,
}

/// Shows a trust page.
pub async fn show(State(site): State<Site>, Path(slug): Path<Slug>) -> Result<Answer, Problem> {
    let edition = site.edition();
    let address = format!("/about/{slug}");
    let make = async { make(&site, &edition, &slug, &address) };
    Ok(site.kept.page(&address, &edition, make).await?.into())
}

fn make(site: &Site, edition: &Edition, slug: &Slug, at: &str) -> Result<KeptPage, Problem> {
    let page = edition
        .furniture
        .trust
        .iter()
        .find(|page| page.slug == *slug);
    let page = page.ok_or_else(Problem::absent)?;
    let language = &site.identity.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    let mut frame = PageFrame::new(site, "trust", page.title.clone(), language).at(site, at);
    frame.json_ld = Some(json_ld::newsroom(site));
    frame.noindex = page.starter;
    let view = TrustView {
        frame: Frame::new(site, edition, frame, None),
        title: page.title.clone(),
        body_html: HtmlOptions::default().write(&page.body.content),
        updated: (!page.starter).then(|| viewer.saying().when(page.updated_at, Detail::Day)),
        starter: page.starter,
    };
    let html = site.templates.render("trust.html", &view)?;
    let page = Page::kept(&rows::TRUST, html)
        .with_surrogate_keys(["trust"])
        .shared();
    Ok(KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
    })
}
