//! A story's footnotes are one list at its end, whichever way the whole is put together.

use std::collections::BTreeSet;

use base::{Document, Id};
use newsroom::running::{EntryStatus, LiveEntry};
use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};
use testkit::Newsroom;

use crate::world::World;

/// A note in the first paragraph, a fold, and a note behind it.
fn body() -> Value {
    let noted = |words: &str, note: &str| {
        json!({"type": "paragraph", "content": [
            {"type": "text", "text": words},
            {"type": "footnote", "content": [{"type": "text", "text": note}]},
        ]})
    };
    json!({"type": "doc", "content": [
        noted("In front.", "From the log."), {"type": "fold"}, noted("Behind.", "GATED-NOTE"),
        {"type": "paragraph", "content": [{"type": "text", "text": "The end."}]},
    ]})
}

fn all<'h>(page: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).collect()
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let text = |element: ElementRef<'_>| element.text().collect::<String>().trim().to_string();
    all(page, selector).into_iter().map(text).collect()
}

/// Every link within the page leads somewhere, and no two things have one name.
#[track_caller]
fn leads_both_ways(page: &Html) {
    let names: Vec<&str> = all(page, "[id]")
        .iter()
        .filter_map(|it| it.attr("id"))
        .collect();
    let once: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), once.len(), "{names:?}");
    for link in all(page, ".text a[href^='#']") {
        let to = link.attr("href").unwrap().trim_start_matches('#');
        assert!(once.contains(to), "nothing is called {to}");
    }
}

#[tokio::test]
async fn w_01_footnotes_stand_once_at_the_end_of_the_full_reading_and_the_shell_has_only_its_own() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let (reader, sections) = (news.reader().await, "/api/v1/sections");
    let city = &world.wire.visitor.opens(sections).await.json()["sections"][0]["id"];
    let fields = json!({
        "headline": "With notes", "section_id": city, "access": "metered", "body": body(),
    });
    let story = world.wire.runs(&fields).await;

    let shell = news.anonymous().opens(&story.path).await.is(200);
    let shell = shell.does_not_show("GATED-NOTE").text();
    let shell = Html::parse_document(&shell);
    leads_both_ways(&shell);
    assert_eq!(texts(&shell, ".text > .footnotes h2"), ["Notes"]);
    assert_eq!(texts(&shell, ".text > .footnotes li"), ["From the log. ↩"]);

    let whole = reader
        .opens(&format!("{}/full", story.path))
        .await
        .is(200)
        .text();
    let whole = Html::parse_document(&whole);
    leads_both_ways(&whole);
    let both = ["From the log. ↩", "GATED-NOTE ↩"];
    assert_eq!(texts(&whole, ".text > .footnotes li"), both);
    assert_eq!(texts(&whole, ".text > :last-child > h2"), ["Notes"]);
    assert_eq!(texts(&whole, ".note-ref"), ["1", "2"]);

    // What the script puts in place of the shell's: the same section, byte for byte.
    let piece = reader
        .opens(&story.gate())
        .await
        .is(200)
        .is_never_shared()
        .text();
    let piece = Html::parse_fragment(&piece);
    let section = |page: &Html| all(page, ".footnotes").first().unwrap().html();
    assert_eq!(section(&piece), section(&whole));

    let ada = news.editor("ada").await;
    let closed = format!("/_preview/{}?as=closed", story.id);
    ada.visitor
        .opens(&closed)
        .await
        .is(200)
        .shows("From the log.")
        .does_not_show("GATED-NOTE");
    news.closes().await;
}

#[tokio::test]
async fn footnotes_of_several_entries_of_a_live_page_do_not_share_a_name() {
    let news = Newsroom::open().await;
    let id = news
        .given_running_story("The flood", "The river rises.")
        .await;
    let body: Document = serde_json::from_value(body()).unwrap();
    let mut tx = news.house().db.begin().await.unwrap();
    for nth in 0..2 {
        let entry = LiveEntry {
            id: Id::fresh(),
            title: Some(format!("Entry {nth}")),
            body: body.clone(),
            byline: None,
            key_event: false,
            pinned: false,
            status: EntryStatus::Reported,
            at: base::Clock::now(&*news.clock),
            version: 1,
        };
        let running = id.parse().unwrap();
        newsroom::running::put_entry(&mut tx, running, &entry)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let page = news
        .anonymous()
        .opens("/running/the-flood")
        .await
        .is(200)
        .text();
    let page = Html::parse_document(&page);
    leads_both_ways(&page);
    assert_eq!(texts(&page, ".note-ref"), ["1", "2", "3", "4"]);
    news.closes().await;
}
