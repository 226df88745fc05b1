//! `GET /news-sitemap.xml`: the stories of the last two days, as Google's news search wants them.
//!
//! It changes with the hour and not only with the edition, so it is not kept: it is made when it is asked for.

use axum::extract::State;
use base::{Instant, Language};
use jiff::SignedDuration;
use newsroom::{
    edition::{ListOf, Published},
    story::Genre,
};
use web::{Answer, Effort, Kind, Page};

use super::{Xml, feed::rfc_3339, sitemap::coded};
use crate::{Site, rows};

/// How far back it goes: news search wants two days.
const REACHES_BACK: SignedDuration = SignedDuration::from_hours(48);
/// Addresses in it: as many as news search takes in one sitemap.
const ADDRESSES: usize = 1_000;
const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
    (
        "xmlns:news",
        "http://www.google.com/schemas/sitemap-news/0.9",
    ),
];

/// Shows it.
pub async fn show(State(site): State<Site>) -> Answer {
    let edition = site.edition();
    let (newest, _) = edition.list(&ListOf::Newest, 0, ADDRESSES);
    let mut xml = Xml::begin("urlset", &NAMESPACES);
    let stories = of_last_days(newest.into_iter().map(AsRef::as_ref), site.clock.now());
    for story in stories {
        write(&mut xml, &site, story);
    }
    let body = xml.end("urlset");
    let page = Page::new(&rows::NEWS_SITEMAP, Kind::Xml, body, Effort::Once);
    page.with_surrogate_keys(["sitemap"]).into()
}

/// What somebody paid for is no news, and is left out.
fn of_last_days<'s>(
    newest: impl Iterator<Item = &'s Published>,
    now: Instant,
) -> impl Iterator<Item = &'s Published> {
    let since = now - REACHES_BACK;
    newest
        .take_while(move |story| story.first_at >= since)
        .filter(|story| story.card.genre != Genre::Sponsored)
}

fn write(xml: &mut Xml, site: &Site, story: &Published) {
    xml.open("url", &[]);
    xml.text("loc", &coded(&site.absolute(&story.path)));
    xml.text("lastmod", &rfc_3339(story.changed_at));
    xml.open("news:news", &[]);
    xml.open("news:publication", &[]);
    xml.text("news:name", &site.identity.name);
    xml.text("news:language", language(&story.card.language));
    xml.close("news:publication");
    xml.text("news:publication_date", &rfc_3339(story.first_at));
    xml.text("news:title", &story.card.headline);
    xml.close("news:news");
    xml.close("url");
}

/// Two or three letters of ISO 639; Chinese alone is told apart by where its script is written.
fn language(language: &Language) -> &str {
    let tag = language.tag().to_ascii_lowercase();
    let is_traditional = ["hant", "-tw", "-hk", "-mo"];
    match language.primary() {
        "zh" if is_traditional.iter().any(|part| tag.contains(part)) => "zh-tw",
        "zh" => "zh-cn",
        primary => primary,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_named_as_news_search_knows_them() {
        #[track_caller]
        fn check(tag: &str, expected: &str) {
            assert_eq!(language(&tag.parse().unwrap()), expected);
        }
        check("en-GB", "en");
        check("he", "he");
        check("zh", "zh-cn");
        check("zh-Hant", "zh-tw");
    }
}
