//! `GET /search`: stories by words of their headlines. Nothing gated is looked at (WALL, Search).

use axum::extract::State;
use http::StatusCode;
use newsroom::{Edition, edition::ListOf};
use serde::Serialize;
use web::{Answer, Page, Problem, Query};

use super::{STORIES_A_PAGE, page_number};
use crate::{
    Site,
    frame::{Frame, PageFrame},
    rows,
    view::{Card, Link, Paging, Viewer},
};

/// Characters a search may hold.
const MAX_QUERY: usize = 200;
/// Sections offered when nothing was found.
const SUGGESTIONS: usize = 8;

#[derive(Serialize)]
struct SearchPage {
    frame: Frame,
    query: String,
    /// How many letters a search may hold, where there were more; the query is cut to them.
    too_long: Option<usize>,
    cards: Vec<Card>,
    pages: Paging,
    total: Option<usize>,
    advice: bool,
    suggestions: Vec<Link>,
}

/// Searches, or shows the empty form. What is longer than a search may be stays in the form, cut, with
/// a word about it; a page past the last leads to the first.
pub async fn show(State(site): State<Site>, Query(query): Query) -> Result<Answer, Problem> {
    let typed = query.get("q").unwrap_or_default().trim();
    let words: String = typed.chars().take(MAX_QUERY).collect();
    if words.len() < typed.len() {
        return too_long(&site, words);
    }
    let edition = site.edition();
    let found = find(&edition, &words);
    let coded = format!("q={}", encode(&words));
    let pages = found.len().div_ceil(STORIES_A_PAGE).max(1);
    let Some(number) = page_number(&query).filter(|number| *number <= pages) else {
        return Answer::moved(&format!("/search?{coded}"));
    };
    let shown = found.iter().skip((number - 1) * STORIES_A_PAGE);
    let nothing = !words.is_empty() && found.is_empty();
    let page = SearchPage {
        cards: viewer(&site, &edition).cards(shown.take(STORIES_A_PAGE).copied()),
        pages: Paging::new("/search", &coded, number, (found.len(), STORIES_A_PAGE)),
        total: (!words.is_empty()).then_some(found.len()),
        advice: nothing,
        suggestions: match nothing {
            true => suggestions(&edition),
            false => Vec::new(),
        },
        ..SearchPage::empty(&site, &edition, words)
    };
    answer(&site, &page, StatusCode::OK)
}

fn too_long(site: &Site, kept: String) -> Result<Answer, Problem> {
    let page = SearchPage {
        too_long: Some(MAX_QUERY),
        ..SearchPage::empty(site, &site.edition(), kept)
    };
    answer(site, &page, StatusCode::UNPROCESSABLE_ENTITY)
}

fn answer(site: &Site, page: &SearchPage, status: StatusCode) -> Result<Answer, Problem> {
    let html = site.templates.render("search.html", page)?;
    Ok(Page::once(&rows::SEARCH, html).with_status(status).into())
}

fn viewer<'a>(site: &'a Site, edition: &'a Edition) -> Viewer<'a> {
    Viewer {
        site,
        edition,
        language: &site.identity.language,
    }
}

impl SearchPage {
    /// The form with these words in it, and nothing found.
    fn empty(site: &Site, edition: &Edition, query: String) -> Self {
        let title = viewer(site, edition).say("search-title");
        let frame = PageFrame::new(site, "search", title, &site.identity.language).hidden();
        Self {
            frame: Frame::new(site, edition, frame, None),
            query,
            too_long: None,
            cards: Vec::new(),
            pages: Paging::new("/search", "", 1, (0, STORIES_A_PAGE)),
            total: None,
            advice: false,
            suggestions: Vec::new(),
        }
    }
}

/// Stories whose headline, kicker or deck hold every word, newest first.
fn find<'a>(
    edition: &'a Edition,
    words: &str,
) -> Vec<&'a std::sync::Arc<newsroom::edition::Published>> {
    let wanted: Vec<String> = words
        .to_lowercase()
        .split_whitespace()
        .map(String::from)
        .collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let all = edition.list(&ListOf::Newest, 0, usize::MAX).0;
    let holds = |text: &Option<String>, word: &str| {
        text.as_ref()
            .is_some_and(|text| text.to_lowercase().contains(word))
    };
    all.into_iter()
        .filter(|story| {
            let headline = story.card.headline.to_lowercase();
            wanted.iter().all(|word| {
                headline.contains(word)
                    || holds(&story.card.deck, word)
                    || holds(&story.card.kicker, word)
            })
        })
        .collect()
}

fn suggestions(edition: &Edition) -> Vec<Link> {
    let sections = edition.furniture.sections.iter().take(SUGGESTIONS);
    let link = |section: &newsroom::section::Section| Link {
        name: section.name.clone(),
        url: format!("/section/{}", section.slug),
    };
    sections.map(link).collect()
}

/// Percent-codes a query value (RFC 3986 section 2.1).
fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_18_what_is_searched_for_is_one_value_in_every_address() {
        for words in [
            "a&page=9", "a#b", "a%26b", "a=b;c", "+ &amp;", "?q=x", "\r\nX: y", "גשר",
        ] {
            let address = format!("q={}&page=2", encode(words));
            assert!(!address.contains(['#', '?', ' ', '\r', '\n']), "{address}");
            let pairs = web::query::Pairs::parse(address.as_bytes()).unwrap();
            let read: Vec<_> = pairs.iter().collect();
            assert_eq!(read, [("q", words), ("page", "2")]);
        }
    }
}
