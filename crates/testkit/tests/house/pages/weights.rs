//! A line in the sand is a number: what a story's page may weigh, and that it asks nobody else.

use scraper::{Html, Selector};
use testkit::Newsroom;

use crate::world::World;

/// Bytes of a story's page before compression.
const PAGE: usize = 40_000;
/// Bytes of its style sheets.
const STYLE: usize = 20_000;
/// Bytes of its scripts.
const SCRIPT: usize = 15_000;
/// What a browser fetches by itself, and the attribute that says from where.
const FETCHED: [(&str, &str); 12] = [
    ("script[src]", "src"),
    ("link[rel=stylesheet]", "href"),
    ("link[rel=preload]", "href"),
    ("link[rel=modulepreload]", "href"),
    ("link[rel~=icon]", "href"),
    ("link[rel=preconnect]", "href"),
    ("link[rel=dns-prefetch]", "href"),
    ("link[rel=manifest]", "href"),
    ("img[src]", "src"),
    ("source[src]", "src"),
    ("iframe[src]", "src"),
    ("object[data]", "data"),
];

fn fetched(page: &str) -> Vec<(&'static str, String)> {
    let document = Html::parse_document(page);
    let mut found = Vec::new();
    for (selector, attribute) in FETCHED {
        let parsed = Selector::parse(selector).unwrap();
        let addresses = document
            .select(&parsed)
            .filter_map(|element| element.attr(attribute));
        found.extend(addresses.map(|address| (selector, address.to_string())));
    }
    found
}

#[tokio::test]
async fn a_storys_page_is_light_and_asks_nobody_else_for_anything() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    let (mut style, mut script, mut heaviest) = (0, 0, 0);
    for path in [
        "/",
        "/section/city",
        "/running/the-flood",
        &world.open.path,
        &world.metered.path,
    ] {
        let seen = visitor.opens(path).await.is(200);
        heaviest = heaviest.max(seen.bytes.len());
        assert!(
            seen.bytes.len() <= PAGE,
            "{path}: {} bytes",
            seen.bytes.len()
        );
        let parts = fetched(&seen.text());
        assert!(
            parts.iter().any(|(kind, _)| kind.contains("stylesheet")),
            "{path}"
        );
        (style, script) = (0, 0);
        for (kind, address) in parts {
            let is_ours = address.starts_with('/') && !address.starts_with("//");
            assert!(is_ours, "{path} asks {address}");
            if address.starts_with("/assets/") {
                let weight = visitor.opens(&address).await.is(200).bytes.len();
                style += weight * usize::from(kind == "link[rel=stylesheet]");
                script += weight * usize::from(kind == "script[src]");
            }
        }
        assert!(
            (1..=STYLE).contains(&style),
            "{path}: {style} bytes of style"
        );
        assert!(script <= SCRIPT, "{path}: {script} bytes of script");
    }
    assert!(
        script > 0,
        "the last was a shell, whose script opens the gate"
    );
    println!("heaviest page {heaviest} bytes, style {style}, script {script}");
    news.closes().await;
}

/// A long read must not be much heavier than its own letters.
#[tokio::test]
async fn a_page_weighs_little_more_than_its_text() {
    let news = Newsroom::open().await;
    let wire = news.machine(&newsroom::staff::api_token::Scope::ALL).await;
    let city = news
        .given_section("City", newsroom::story::Access::Open)
        .await;
    let paragraph = "The water rose until the market stood in it. ".repeat(10);
    let texts = [paragraph.as_str(); 40];
    let body = testkit::editor::paragraphs(&texts);
    let fields = serde_json::json!({"headline": "A long read", "section_id": city, "body": body});
    let story = wire.runs(&fields).await;
    let seen = news
        .anonymous()
        .opens(&story.path)
        .await
        .is(200)
        .shows(paragraph.trim_end());
    let frame = seen.bytes.len() - texts.concat().len();
    assert!(frame < PAGE / 4, "{frame} bytes around the text");
    news.closes().await;
}
