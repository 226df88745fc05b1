//! The sitemap index and a sitemap for each month (sitemaps.org, protocol 0.9).

use axum::extract::{Path, State};
use base::Instant;
use newsroom::edition::{Edition, ListOf, Month};
use web::{Answer, Kind, Page, Problem, Row};

use super::{Xml, feed::rfc_3339};
use crate::{
    Site,
    kept::{KeptPage, Stamp},
    pages::archive::parse,
    rows,
};

const NAMESPACE: [(&str, &str); 1] = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];
/// Addresses in one sitemap (the protocol allows 50,000).
const ADDRESSES: usize = 50_000;
/// Stories of the newest months whose changes the index tells.
const LOOKED_AT: usize = 20_000;
/// Where each month's sitemap begins its name: `/sitemap/1970/04.xml`.
const ENDING: &str = ".xml";

/// The index: one sitemap for each month, and one for what stands outside of months.
pub async fn index(State(site): State<Site>) -> Result<Answer, Problem> {
    let edition = site.edition();
    let make = async { Ok(make_index(&site, &edition)) };
    Ok(site.kept.page("/sitemap.xml", &edition, make).await?.into())
}

/// One month's sitemap; `/sitemap/0000/00.xml` holds sections, running stories and trust pages.
pub async fn month(
    State(site): State<Site>,
    Path((year, file)): Path<(String, String)>,
) -> Result<Answer, Problem> {
    let month = file.strip_suffix(ENDING).ok_or_else(Problem::absent)?;
    let edition = site.edition();
    let addresses = match (year.as_str(), month) {
        ("0000", "00") => standing(&site, &edition),
        _ => {
            let month = parse(&year, month).ok_or_else(Problem::absent)?;
            of_month(&site, &edition, month).ok_or_else(Problem::absent)?
        }
    };
    let path = format!("/sitemap/{year}/{file}");
    let make = async { Ok(make_month(&edition, addresses)) };
    Ok(site.kept.page(&path, &edition, make).await?.into())
}

type Address = (String, Option<String>);

fn make_index(site: &Site, edition: &Edition) -> KeptPage {
    let mut xml = Xml::begin("sitemapindex", &NAMESPACE);
    let mut looked_at = 0;
    let months = edition.months().map(|(month, _)| (month.year, month.month));
    for (year, month) in std::iter::once((0, 0)).chain(months) {
        xml.open("sitemap", &[]);
        xml.text(
            "loc",
            &site.absolute(&format!("/sitemap/{year:04}/{month:02}{ENDING}")),
        );
        if let Some(changed) = changed(edition, (year, month), &mut looked_at) {
            xml.text("lastmod", &rfc_3339(changed));
        }
        xml.close("sitemap");
    }
    kept(&rows::SITEMAPS, edition, xml.end("sitemapindex"))
}

/// When a story of this month last changed; nothing for months beyond [`LOOKED_AT`] stories, where the
/// index would take long to make, and for the sitemap of what stands outside of months.
fn changed(edition: &Edition, (year, month): (i16, i8), looked_at: &mut usize) -> Option<Instant> {
    if month == 0 || *looked_at >= LOOKED_AT {
        return None;
    }
    let of = ListOf::Month(Month { year, month });
    let (stories, _) = edition.list(&of, 0, ADDRESSES);
    *looked_at += stories.len();
    stories.iter().map(|story| story.changed_at).max()
}

fn make_month(edition: &Edition, addresses: Vec<Address>) -> KeptPage {
    let mut xml = Xml::begin("urlset", &NAMESPACE);
    for (url, changed) in addresses.into_iter().take(ADDRESSES) {
        xml.open("url", &[]);
        xml.text("loc", &url);
        if let Some(changed) = changed {
            xml.text("lastmod", &changed);
        }
        xml.close("url");
    }
    kept(&rows::SITEMAP, edition, xml.end("urlset"))
}

fn of_month(site: &Site, edition: &Edition, month: Month) -> Option<Vec<Address>> {
    let (stories, total) = edition.list(&ListOf::Month(month), 0, ADDRESSES);
    let address = |story: &std::sync::Arc<newsroom::edition::Published>| {
        let changed = rfc_3339(story.changed_at);
        (coded(&site.absolute(&story.path)), Some(changed))
    };
    (total > 0).then(|| stories.into_iter().map(address).collect())
}

fn standing(site: &Site, edition: &Edition) -> Vec<Address> {
    let furniture = &edition.furniture;
    let sections = furniture
        .sections
        .iter()
        .map(|one| format!("/section/{}", one.slug));
    let running = furniture
        .running
        .iter()
        .map(|one| format!("/running/{}", one.slug));
    let trust = furniture.trust.iter().map(|page| {
        (
            format!("/about/{}", page.slug),
            Some(rfc_3339(page.updated_at)),
        )
    });
    ["/".to_string(), "/archive".into(), "/corrections".into()]
        .into_iter()
        .chain(sections)
        .chain(running)
        .map(|path| (path, None))
        .chain(trust)
        .map(|(path, changed)| (coded(&site.absolute(&path)), changed))
        .collect()
}

/// Letters beyond ASCII percent-coded, as the protocol wants addresses.
pub(crate) fn coded(url: &str) -> String {
    url.bytes()
        .map(|byte| {
            if byte.is_ascii() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn kept(row: &'static Row, edition: &Edition, body: Vec<u8>) -> KeptPage {
    let page = Page::new(row, Kind::Xml, body, web::Effort::Keep)
        .with_surrogate_keys(["sitemap"])
        .shared();
    KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
    }
}
