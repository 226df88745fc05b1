//! `GET /robots.txt` (RFC 9309): everything public may be crawled; the gate and search may not.

use axum::extract::State;
use web::{Answer, Kind, Page};

use crate::{Site, rows};

/// Shows the rules.
pub async fn show(State(site): State<Site>) -> Answer {
    let rules = format!(
        "User-agent: *\nDisallow: /_gate/\nDisallow: /search\nDisallow: /desk\nDisallow: /api/\n\n\
         Sitemap: {}\nSitemap: {}\n",
        site.absolute("/sitemap.xml"),
        site.absolute("/news-sitemap.xml")
    );
    Page::new(&rows::ROBOTS, Kind::Text, rules, web::Effort::None).into()
}
