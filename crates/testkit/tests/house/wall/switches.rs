//! W-09: closing and taking back are seen at once, by everybody and on every surface.

use serde_json::json;
use testkit::{Newsroom, Visitor};

use crate::world::World;

/// Addresses on which an open story's words stand.
async fn surfaces(visitor: &Visitor<'_>, story: &str) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    for path in [story.to_string(), format!("{story}/full")] {
        for coding in ["", "gzip", "br"] {
            let ask = visitor.asks("GET", &path).with("accept-encoding", coding);
            let answer = ask.sends().await;
            let text = if coding.is_empty() {
                answer.text()
            } else {
                String::new()
            };
            seen.push((path.clone(), text));
        }
    }
    seen
}

#[tokio::test]
async fn w_09_a_story_that_was_open_is_closed_for_everybody_at_once() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let city = world.wire.visitor.opens("/api/v1/sections").await.json();
        let gated = "canaryswitch7q";
        let fields = json!({"headline": "The switch", "access": "open",
            "section_id": city["sections"][0]["id"],
            "body": testkit::editor::paragraphs(&["One.", "Two.", gated])});
        let story = world.wire.runs(&fields).await;
        let (early, late) = (news.anonymous(), news.anonymous());
        for _warm in 0..2 {
            early
                .opens(&story.path)
                .await
                .is_cached_until_purged()
                .shows(gated);
            surfaces(&early, &story.path).await;
        }
        let known = early.opens(&story.path).await.header("etag").to_string();
        let changed = world
            .wire
            .revises(&story, &json!({"access": "registered"}))
            .await;
        world.wire.publishes(&changed).await;
        for visitor in [&early, &late] {
            for (path, text) in surfaces(visitor, &story.path).await {
                assert!(!text.contains(gated), "{path}");
            }
            let ask = visitor
                .asks("GET", &story.path)
                .with("if-none-match", &known);
            ask.sends()
                .await
                .is(200)
                .is_cached_until_purged()
                .does_not_show(gated);
            visitor
                .opens(&story.gate())
                .await
                .is(200)
                .stands("closed", "0/10")
                .does_not_show(gated);
        }
        news.reader()
            .await
            .opens(&changed.gate())
            .await
            .shows(gated);
    })
    .await;
}

#[tokio::test]
async fn w_09_a_withdrawn_story_answers_with_its_notice_everywhere_at_once() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let (visitor, reader) = (news.anonymous(), news.reader().await);
        let story = &world.open;
        visitor.opens(&story.path).await.is(200).shows("The lead,");
        reader.opens(&world.registered.gate()).await.is(200);
        world.wire.withdraws(story, "A source asked for it.").await;
        world
            .wire
            .withdraws(&world.registered, "It was wrong.")
            .await;
        let notice = visitor
            .opens(&story.path)
            .await
            .is(410)
            .shows("A source asked for it.");
        notice.does_not_show("The lead,").does_not_show("A deck,");
        for path in [
            format!("{}/full", story.path),
            format!("{}/full", world.registered.path),
        ] {
            reader
                .opens(&path)
                .await
                .is(410)
                .is_never_shared()
                .does_not_show("The lead,");
        }
        for gone in [story, &world.registered] {
            reader.opens(&gone.gate()).await.is(404).is_never_shared();
        }
        for list in [
            "/",
            "/section/city",
            "/topic/harbour",
            "/feed.xml",
            "/section/city/feed.xml",
            "/atom.xml",
            "/topic/harbour/feed.json",
            "/running/the-flood/feed.json",
            "/news-sitemap.xml",
            "/sitemap/2026/11.xml",
            "/2026/11",
            "/author/ada-harbour",
            "/running/the-flood",
            "/search?q=water",
        ] {
            let seen = visitor.opens(list).await.is(200).does_not_show(&story.path);
            seen.shows(&world.metered.path);
        }
    })
    .await;
}
