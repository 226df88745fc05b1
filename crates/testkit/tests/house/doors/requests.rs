//! What a request must be: from our own page, of a known method, each name once, not too often, not too large.

use newsroom::staff::Role;
use serde_json::json;
use testkit::{Newsroom, Visitor};
use web::Verb;

use crate::{sheet, world::World};

/// No door takes more in one piece, in bytes.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

#[tokio::test]
async fn v_12_a_foreign_page_can_do_nothing_in_an_editors_name() {
    let news = Newsroom::open().await;
    let ada = news.editor("ada").await;
    // Sec-Fetch-Site, Origin, and whether it passes.
    let cases = [
        (Some("same-origin"), None, true),
        (Some("none"), None, true),
        (Some("same-origin"), Some("https://evil.example"), true),
        (None, Some("https://news.example"), true),
        (Some("cross-site"), None, false),
        (Some("same-site"), None, false),
        (Some("cross-site"), Some("https://news.example"), false),
        (None, Some("https://evil.example"), false),
        (None, Some("http://news.example"), false),
        (None, Some("https://news.example.evil.example"), false),
        (None, Some("null"), false),
        (None, None, false),
    ];
    for content_type in [
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
    ] {
        for (site, origin, passes) in cases {
            let mut ask = ada
                .visitor
                .asks("POST", "/api/v1/stories")
                .without("sec-fetch-site");
            ask = ask.body(content_type, "{}");
            for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                if let Some(value) = value {
                    ask = ask.with(name, value);
                }
            }
            let status = ask.sends().await.status.as_u16();
            let wanted = match (passes, content_type) {
                (false, _) => 403,
                (true, "application/json") => 201,
                (true, _) => 415,
            };
            assert_eq!(status, wanted, "{content_type} {site:?} {origin:?}");
        }
    }
    news.closes().await;
}

#[tokio::test]
async fn v_26_other_methods_are_refused_everywhere() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    let rows = dateline::house::rows();
    for row in &rows {
        let address = sheet::addresses(row, &world).await.swap_remove(0);
        for method in ["TRACE", "CONNECT", "OPTIONS", "PROPFIND", "BREW"] {
            let seen = visitor.asks(method, &address).sends().await;
            assert!(
                matches!(seen.status.as_u16(), 404 | 405),
                "{} {}",
                seen.asked,
                seen.status
            );
        }
    }
    visitor.asks("POST", "/").sends().await.is(405);
    news.closes().await;
}

#[tokio::test]
async fn v_28_no_name_comes_twice() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    news.anonymous()
        .opens("/search?q=water&q=wine")
        .await
        .shows("q");
    let path = world.draft.api("");
    let twice = r#"{"headline": "One", "headline": "Two"}"#;
    let ask = world
        .wire
        .visitor
        .asks("PATCH", &path)
        .with("if-match", "\"1\"");
    ask.body("application/json", twice)
        .sends()
        .await
        .refuses("duplicate-key");
    let draft = world.wire.visitor.opens(&path).await.json();
    assert!(draft["headline"].as_str().unwrap().starts_with("Drafted"));
    let seen = world.wire.visitor.opens("/api/v1/stories?q=a&q=b").await;
    seen.refuses("duplicate-key");
    news.closes().await;
}

#[tokio::test]
async fn v_54_whoever_tries_passwords_is_soon_told_to_wait() {
    let news = Newsroom::open_with(|settings| settings.waive_rates = false).await;
    let guess = json!({"email": "ada@news.example", "password": "guess", "code": "000000"});
    let visitor = news.anonymous();
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let ask = visitor
            .asks("POST", "/api/v1/session")
            .with("sec-fetch-site", "same-origin");
        statuses.push(ask.json(&guess).sends().await.status.as_u16());
    }
    assert_eq!(statuses[..10], [422; 10]);
    assert_eq!(statuses[10..], [429; 2]);
    let other_network = news.anonymous();
    let ask = other_network
        .asks("POST", "/api/v1/session")
        .with("sec-fetch-site", "same-origin");
    // The account was tried too often, wherever the next try comes from.
    ask.json(&guess).sends().await.is(429);
    news.closes().await;
}

#[tokio::test]
async fn v_54_every_door_has_a_rate_and_a_limit() {
    for row in dateline::house::rows() {
        let rate = row.rate;
        assert!(rate.per_minute > 0 && rate.burst > 0, "{}", row.name);
        assert!(rate.burst <= rate.per_minute, "{}: {rate:?}", row.name);
        assert_eq!(row.body_limit == 0, row.verb == Verb::Get, "{}", row.name);
    }
}

#[tokio::test]
async fn a_42_a_body_over_its_doors_limit_is_refused_before_it_is_read() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let ada = news.staff("ada", Role::Owner).await.visitor;
    let mut tried = 0;
    for row in dateline::house::rows() {
        if row.body_limit == 0 {
            continue;
        }
        let largest = match row.name {
            "BRING_PICTURE" => api::pictures::LARGEST,
            "UPLOAD_PART" => api::pictures::uploads::PART,
            _ => LARGEST_BODY,
        };
        assert!(row.body_limit <= largest, "{}", row.name);
        let address = sheet::addresses(&row, &world).await.swap_remove(0);
        let large = vec![b' '; row.body_limit + 1];
        let visitor = match row.who {
            web::Who::Machine(_) => &world.wire.visitor,
            _ => &ada,
        };
        let length = large.len().to_string();
        let ask = visitor.asks(sheet::method(&row), &address);
        let ask = ask.with("content-length", &length);
        ask.body("application/json", large).sends().await.is(413);
        // Said to be larger than any memory, or than a number can hold.
        for length in ["4294967297", "18446744073709551615"] {
            let ask = visitor
                .asks(sheet::method(&row), &address)
                .with("content-length", length);
            ask.body("application/json", "{}").sends().await.is(413);
        }
        tried += 1;
    }
    println!("{tried} doors that take a body");
    news.closes().await;
}

/// The bytes of the database's files: all that is kept, whatever table it is in.
fn kept(news: &Newsroom) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(news.folder().unwrap()).unwrap();
    let mut kept: Vec<_> = files
        .map(|file| file.unwrap())
        .map(|file| {
            (
                file.file_name().into_string().unwrap(),
                std::fs::read(file.path()).unwrap(),
            )
        })
        .filter(|(name, _)| !name.ends_with("-shm") && !name.ends_with(".lock"))
        .collect();
    kept.sort();
    kept
}

async fn crawls(visitor: &Visitor<'_>, world: &World<'_>) -> usize {
    let mut asked = 0;
    for row in dateline::house::rows()
        .iter()
        .filter(|row| row.verb == Verb::Get)
    {
        for address in sheet::addresses(row, world).await {
            for method in ["GET", "HEAD"] {
                visitor.asks(method, &address).sends().await;
                asked += 1;
            }
        }
    }
    asked
}

#[tokio::test]
async fn v_13_v_10_nothing_in_the_database_changes_when_somebody_reads() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let (reader, ada) = (news.reader().await, news.editor("ada").await);
    let before = kept(&news);
    let mut asked = 0;
    for visitor in [
        &news.anonymous(),
        &reader,
        &ada.visitor,
        &world.wire.visitor,
    ] {
        asked += crawls(visitor, &world).await;
    }
    assert!(before.iter().any(|(_, bytes)| bytes.len() > 10_000));
    assert!(kept(&news) == before, "reading changed what is kept");
    println!("{asked} requests changed nothing");
    world.wire.drafts(&json!({})).await;
    assert!(kept(&news) != before, "and the test would have seen it");
    news.closes().await;
}

#[tokio::test]
async fn v_27_the_desks_line_opens_to_the_desk_alone() {
    let news = Newsroom::open().await;
    let editor = news.editor("ada").await;
    let (ada, nobody) = (&editor.visitor, news.anonymous());
    let asks = async |who: &Visitor<'_>, origin: &str| {
        let asked = who.asks("GET", "/desk/live").without("sec-fetch-site");
        let asked = asked.with("origin", origin).with("connection", "upgrade");
        asked.with("upgrade", "websocket").sends().await
    };
    // A WebSocket brings cookies along from any page: the page it comes from decides.
    asks(ada, "https://elsewhere.example").await.is(403);
    asks(&nobody, "https://news.example").await.is(401);
    // Whoever may is let in; the scene has no socket to speak on, and is told so.
    asks(ada, "https://news.example").await.is(426);
    news.closes().await;
}
