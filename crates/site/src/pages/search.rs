//! `GET /search`: stories by words of their headlines. Nothing gated is looked at (WALL, Search).

use axum::extract::State;
use base::Refusal;
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
    cards: Vec<Card>,
    pages: Paging,
    total: Option<usize>,
    advice: bool,
    suggestions: Vec<Link>,
}

/// Searches, or shows the empty form.
pub async fn show(State(site): State<Site>, Query(query): Query) -> Result<Answer, Problem> {
    let words = query.get("q").unwrap_or_default().trim().to_string();
    if words.chars().count() > MAX_QUERY {
        return Err(Refusal::on("q", "too-long").with("limit", MAX_QUERY).into());
    }
    let number = page_number(&query)?;
    let edition = site.edition();
    let found = find(&edition, &words);
    let language = &site.identity.language;
    let viewer = Viewer {
        site: &site,
        edition: &edition,
        language,
    };
    let title = viewer.say("search-title");
    let frame = PageFrame::new(&site, "search", title, language).hidden();
    let shown = found
        .iter()
        .skip((number - 1) * STORIES_A_PAGE)
        .take(STORIES_A_PAGE);
    let nothing = !words.is_empty() && found.is_empty();
    let coded = format!("q={}", encode(&words));
    let page = SearchPage {
        frame: Frame::new(&site, &edition, frame, None),
        cards: viewer.cards(shown.copied()),
        pages: Paging::new("/search", &coded, number, (found.len(), STORIES_A_PAGE)),
        total: (!words.is_empty()).then_some(found.len()),
        advice: nothing,
        suggestions: if nothing {
            suggestions(&edition)
        } else {
            Vec::new()
        },
        query: words,
    };
    let html = site.templates.render("search.html", &page)?;
    Ok(Page::once(&rows::SEARCH, html).into())
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
