//! The sitemap index and a sitemap for each month (sitemaps.org, protocol 0.9).

use axum::extract::{Path, State};
use newsroom::edition::{Edition, ListOf, Month};
use web::{Answer, Kind, Page, Problem, Row};

use super::Xml;
use crate::{
    Site,
    kept::{KeptPage, Stamp},
    pages::archive::parse,
    rows,
};

const NAMESPACE: [(&str, &str); 1] = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];
/// Addresses in one sitemap (the protocol allows 50,000).
const ADDRESSES: usize = 50_000;
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
    let months = edition.months().map(|(month, _)| (month.year, month.month));
    for (year, month) in std::iter::once((0, 0)).chain(months) {
        xml.open("sitemap", &[]);
        xml.text(
            "loc",
            &site.absolute(&format!("/sitemap/{year:04}/{month:02}{ENDING}")),
        );
        xml.close("sitemap");
    }
    kept(&rows::SITEMAPS, edition, xml.end("sitemapindex"))
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
        let changed = story.changed_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
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
    let trust = furniture
        .trust
        .iter()
        .map(|page| format!("/about/{}", page.slug));
    ["/".to_string(), "/archive".into(), "/corrections".into()]
        .into_iter()
        .chain(sections)
        .chain(running)
        .chain(trust)
        .map(|path| (coded(&site.absolute(&path)), None))
        .collect()
}

/// Letters beyond ASCII percent-coded, as the protocol wants addresses.
fn coded(url: &str) -> String {
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
