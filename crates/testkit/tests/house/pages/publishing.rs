//! What was published is there, on every surface, and what was taken back is on none.

use serde_json::json;
use testkit::{Newsroom, Spans, Visitor};

use crate::world::World;

/// Everywhere a story of the section City shows itself.
const SURFACES: [&str; 14] = [
    "/",
    "/section/city",
    "/topic/harbour",
    "/author/ada-harbour",
    "/2026/11",
    "/2026/11/22",
    "/feed.xml",
    "/section/city/feed.xml",
    "/atom.xml",
    "/feed.json",
    "/topic/harbour/feed.json",
    "/author/ada-harbour/atom.xml",
    "/sitemap/2026/11.xml",
    "/news-sitemap.xml",
];

async fn shown_on(visitor: &Visitor<'_>, words: &str) -> Vec<&'static str> {
    let mut shown = Vec::new();
    for path in SURFACES {
        if visitor.opens(path).await.text().contains(words) {
            shown.push(path);
        }
    }
    shown
}

#[tokio::test]
async fn publish_to_visible_a_story_is_on_every_surface_and_gone_from_all_when_it_is_taken_back() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let sections = ada.visitor.opens("/api/v1/sections").await.json();
        let draft = ada
            .drafts(&json!({
                "headline": "The ferry sails again", "topics": ["Harbour"],
                "section_id": sections["sections"][0]["id"],
                "bylines": [{"name": "Ada Harbour"}],
                "body": testkit::editor::paragraphs(&["It left at noon."]),
            }))
            .await;
        let address = "/2026/11/the-ferry-sails-again";
        assert_eq!(shown_on(&visitor, address).await, [""; 0]);
        visitor.opens(address).await.is(404);
        let story = ada.publishes(&draft).await;
        assert_eq!(story.path, address);
        assert_eq!(shown_on(&visitor, address).await, SURFACES);
        visitor
            .opens(address)
            .await
            .is(200)
            .is_cached_until_purged()
            .shows("It left at noon.");
        ada.withdraws(&story, "There was no ferry.").await;
        assert_eq!(shown_on(&visitor, address).await, [""; 0]);
        visitor
            .opens(address)
            .await
            .is(410)
            .shows("There was no ferry.");
        assert!(!shown_on(&visitor, &world.open.path).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_read_in_the_story_in_the_log_of_corrections_and_in_its_data() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let visitor = news.anonymous();
        visitor
            .opens("/corrections")
            .await
            .is(200)
            .does_not_show("It was Tuesday");
        news.clock.passes(2.hours());
        let changes = json!({"headline": "Open water, put right"});
        world
            .wire
            .corrects(&world.open, "It was Tuesday, not Monday.", &changes)
            .await;
        let story = visitor.opens(&world.open.path).await.is(200);
        story
            .shows("It was Tuesday, not Monday.")
            .shows("put right")
            .shows("CorrectionComment");
        visitor
            .opens("/corrections")
            .await
            .is(200)
            .shows("It was Tuesday, not Monday.");
        visitor
            .opens("/feed.xml")
            .await
            .is(200)
            .shows("Open water, put right");
    })
    .await;
}

#[tokio::test]
async fn somebody_who_saved_first_is_not_overwritten() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let (ada, bob) = (news.editor("ada").await, news.editor("bob").await);
        ada.revises(&world.draft, &json!({"headline": "Ada's"}))
            .await;
        let late = bob
            .tries_to_revise(&world.draft, &json!({"headline": "Bob's"}))
            .await
            .is(409);
        assert_eq!(
            late.refuses("somebody-saved-first").json()["current"]["headline"],
            "Ada's"
        );
        let kept = ada.visitor.opens(&world.draft.api("")).await.json();
        assert_eq!(
            (&kept["headline"], &kept["revision"]),
            (&json!("Ada's"), &json!(2))
        );
    })
    .await;
}

#[tokio::test]
async fn f_01_a_press_that_is_sent_again_publishes_once() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let draft = &world.draft;
        let mut told = Vec::new();
        for _again in 0..3 {
            let ask = world.wire.visitor.asks("PUT", &draft.api("/publication"));
            let seen = ask
                .with("idempotency-key", "one-press")
                .json(&json!({}))
                .sends()
                .await;
            told.push(seen.is(200).bytes);
            news.settles().await;
        }
        assert!(told.iter().all(|bytes| *bytes == told[0]));
        let feed = news.anonymous().opens("/feed.xml").await.text();
        assert_eq!(feed.matches("Drafted water").count(), 1);
        let revisions = world
            .wire
            .visitor
            .opens(&draft.api("/revisions"))
            .await
            .json();
        assert_eq!(revisions["revisions"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test]
async fn what_stands_between_a_story_and_its_readers_is_said_all_at_once() {
    let news = Newsroom::open().await;
    let ada = news.editor("ada").await;
    let draft = ada.drafts(&json!({})).await;
    let seen = ada
        .sends("PUT", &draft.api("/publication"), &json!({}))
        .await
        .is(422);
    seen.refuses("no-headline")
        .refuses("no-body")
        .refuses("no-section");
    news.anonymous()
        .opens("/feed.xml")
        .await
        .does_not_show(&draft.id);
    news.closes().await;
}

#[tokio::test]
async fn a_scheduled_story_waits_for_its_hour() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let hour = json!({"scheduled_for": "2026-11-22T18:00:00Z"});
    let draft = world.wire.revises(&world.draft, &hour).await;
    world.wire.publishes(&draft).await;
    let visitor = news.anonymous();
    visitor
        .opens("/feed.xml")
        .await
        .does_not_show("Drafted water");
    let house = news.house();
    for (moment, goes_out) in [
        ("2026-11-22T17:59:59Z", 0),
        ("2026-11-22T18:00:00Z", 1),
        ("2026-11-22T18:00:01Z", 0),
    ] {
        news.clock.moves_to(moment);
        let now = base::Clock::now(&*news.clock);
        let published = newsroom::story::publish::publish_due(&house.db, &house.customs, now).await;
        assert_eq!(published.unwrap(), goes_out, "{moment}");
        news.settles().await;
    }
    visitor.opens("/feed.xml").await.shows("Drafted water");
    news.closes().await;
}

#[tokio::test]
async fn the_front_is_as_the_editor_arranged_it_as_soon_as_it_was_arranged() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let leads = |page: &str| {
            let page = page.split("front-lead").nth(1).unwrap_or_default();
            let (lead, _) = page.split_once("</article>").unwrap_or_default();
            lead.to_string()
        };
        let slots = json!({"slots": [
            {"story_id": world.draft.id, "weight": "lead"},
            {"story_id": world.open.id, "weight": "lead"},
        ]});
        let (draft, story) = (&world.draft.id, &world.open.id);
        let wanted = format!("/_preview/front?slots={draft}.lead,{story}.lead");
        let preview = ada.visitor.opens(&wanted).await.is(200).is_never_shared();
        assert!(leads(&preview.text()).contains(&world.open.path));
        let odd = ada.visitor.opens("/_preview/front?slots=1.huge").await;
        odd.is(422);
        let page = visitor.opens("/").await.text();
        assert!(!leads(&page).contains(&world.open.path), "{page}");
        let ask = ada.visitor.asks("PUT", "/api/v1/front");
        ask.with("if-match", "\"0\"")
            .json(&slots)
            .sends()
            .await
            .is(200);
        news.settles().await;
        let page = visitor.opens("/").await.text();
        assert!(leads(&page).contains(&world.open.path), "{page}");
        // What waits in its slot shows from the moment it is public, and not before.
        let story = ada.publishes(&world.draft).await;
        let page = visitor.opens("/").await.text();
        assert!(leads(&page).contains(&story.path), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_running_story_opened_for_safety_opens_all_its_stories_until_it_is_closed() {
    Newsroom::on_both(async |news| {
        let _world = World::of(news).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let lists = ada.visitor.opens("/api/v1/running-stories").await.json();
        let running = &lists["running_stories"][0];
        assert_eq!(running["public_safety_open"], false);
        let sections = ada.visitor.opens("/api/v1/sections").await.json();
        let texts = ["One.", "Two.", "Three.", "Where the shelters are."];
        let story = ada
            .runs(&json!({
                "headline": "The water rises", "access": "registered",
                "section_id": sections["sections"][0]["id"],
                "running_story_id": running["id"],
                "body": testkit::editor::paragraphs(&texts),
            }))
            .await;
        let shelters = async || {
            let page = visitor.opens(&story.path).await.is(200);
            page.text().contains(texts[3])
        };
        assert!(!shelters().await);
        let id = running["id"].as_str().unwrap();
        let switch = format!("/api/v1/running-stories/{id}/public-safety");
        for (method, open) in [("PUT", true), ("DELETE", false)] {
            let told = ada.sends(method, &switch, &json!({})).await.is(200);
            assert_eq!(told.json()["public_safety_open"], open);
            news.settles().await;
            assert_eq!(shelters().await, open, "{method}");
        }
    })
    .await;
}
