//! What stands around the stories is changed at the desk, and readers have it at once.

use serde_json::json;
use testkit::{Newsroom, Visitor, editor::paragraphs};

use crate::world::World;

const ETHICS: &str = "/about/ethics";
/// Everywhere a trust page is named: the foot of every page, structured data, the sitemap.
const NAMED_ON: [&str; 4] = ["/", "/archive", "/corrections", "/sitemap/0000/00.xml"];

async fn named_on(visitor: &Visitor<'_>, address: &str) -> Vec<&'static str> {
    let mut named = Vec::new();
    for path in NAMED_ON {
        if visitor.opens(path).await.is(200).text().contains(address) {
            named.push(path);
        }
    }
    named
}

#[tokio::test]
async fn an_adapted_trust_page_is_read_at_once_with_a_tag_of_its_own_and_linked_in_the_data() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let before = visitor.opens(ETHICS).await.is(200).is_cached_until_purged();
        let before = before.shows("We pay nobody for what they tell us.");
        let words = ["We ask two people, and name them."];
        ada.adapts("ethics", "How we work", &words).await;
        let after = visitor.opens(ETHICS).await.is(200).shows(words[0]);
        let after = after
            .does_not_show("We pay nobody")
            .shows("<h1>How we work</h1>");
        assert_ne!(before.header("etag"), after.header("etag"));
        assert!(after.header("etag").len() > 2);
        after.shows(r#""ethicsPolicy":"https://news.example/about/ethics""#);
        let story = visitor.opens(&world.open.path).await.is(200);
        story
            .shows(r#""ethicsPolicy":"https://news.example/about/ethics""#)
            .shows("How we work");
        assert_eq!(named_on(&visitor, ETHICS).await, NAMED_ON);
    })
    .await;
}

#[tokio::test]
async fn a_trust_page_that_is_taken_off_has_no_address_no_link_and_no_place_in_the_data() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let place = "/api/v1/trust-pages/ethics/publication";
        visitor.opens(ETHICS).await.is(200);
        ada.sends("DELETE", place, &json!({})).await.is(200);
        news.settles().await;
        visitor.opens(ETHICS).await.is(404);
        assert_eq!(named_on(&visitor, ETHICS).await, [""; 0]);
        let story = visitor.opens(&world.open.path).await.is(200);
        story.does_not_show("ethicsPolicy").does_not_show(ETHICS);
        let preview = ada.visitor.opens("/_preview/about/ethics").await.is(200);
        preview.is_never_shared().shows("We pay nobody");
        ada.sends("PUT", place, &json!({})).await.is(200);
        news.settles().await;
        visitor.opens(ETHICS).await.is(200).shows("We pay nobody");
    })
    .await;
}

#[tokio::test]
async fn starter_text_is_for_the_desk_and_readers_never_meet_its_brackets() {
    let news = Newsroom::open().await;
    let (ada, visitor) = (news.editor("ada").await, news.anonymous());
    assert_eq!(named_on(&visitor, "/about/").await, [""; 0]);
    let listed = ada
        .visitor
        .opens("/api/v1/trust-pages")
        .await
        .is(200)
        .json();
    let pages = listed["trust_pages"].as_array().unwrap();
    assert_eq!(pages.len(), newsroom::trust::STARTER.len());
    for page in pages {
        let (slug, gaps) = (page["slug"].as_str().unwrap(), page["gaps"].as_array());
        assert!(
            gaps.is_some_and(|gaps| !gaps.is_empty()),
            "{slug} has nothing to fill in"
        );
        visitor.opens(&format!("/about/{slug}")).await.is(404);
        let place = format!("/api/v1/trust-pages/{slug}/publication");
        let early = ada.sends("PUT", &place, &json!({})).await.is(422);
        early.refuses("still-starter-text");
    }
    news.closes().await;
}

#[tokio::test]
async fn a_trust_page_upon_a_passed_version_is_refused_with_the_present_text_and_loses_nothing() {
    Newsroom::on_both(async |news| {
        let _world = World::of(news).await;
        let (ada, bob) = (news.editor("ada").await, news.editor("bob").await);
        let page = "/api/v1/trust-pages/ethics";
        let seen = bob.visitor.opens(page).await.is(200);
        ada.adapts("ethics", "Ethics", &["Ada's words."]).await;
        let ask = bob
            .visitor
            .asks("PUT", page)
            .with("if-match", seen.header("etag"));
        let body = json!({"title": "Ethics", "body": paragraphs(&["Bob's words."])});
        let late = ask.json(&body).sends().await.is(409);
        let late = late.refuses("somebody-changed-first");
        assert_eq!(
            late.json()["current"]["body"],
            paragraphs(&["Ada's words."])
        );
        news.anonymous().opens(ETHICS).await.is(200).shows("Ada");
        let versions = bob.visitor.opens(&format!("{page}/versions")).await.json();
        let first = versions["versions"]
            .as_array()
            .and_then(|all| all.last())
            .unwrap();
        assert_eq!(
            (&first["version"], &first["starter"]),
            (&json!(1), &json!(true))
        );
        bob.visitor
            .opens(&format!("{page}/versions/1"))
            .await
            .is(200)
            .shows("[Newsroom name]");
    })
    .await;
}

#[tokio::test]
async fn a_section_is_added_published_into_opened_for_all_and_kept_while_it_has_stories() {
    Newsroom::on_both(async |news| {
        let _world = World::of(news).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let publisher = news.staff("pia", newsroom::staff::Role::Publisher).await;
        let sea = json!({"name": "The sea", "description": "Ships and weather."});
        let sea = publisher
            .sends("POST", "/api/v1/sections", &sea)
            .await
            .is(201)
            .json();
        news.settles().await;
        visitor.opens("/").await.is(200).shows("/section/the-sea");
        let texts = ["One.", "Two.", "Behind the gate."];
        let story = json!({
            "headline": "A calm", "section_id": sea["id"], "body": paragraphs(&texts),
        });
        let story = ada.runs(&story).await;
        visitor
            .opens("/section/the-sea")
            .await
            .is(200)
            .shows(&story.path);
        visitor
            .opens(&story.path)
            .await
            .is(200)
            .does_not_show(texts[2]);

        let at = format!("/api/v1/sections/{}", sea["id"].as_str().unwrap());
        let changed = json!({
            "name": "Sea", "description": "Ships.", "language": "en", "access": "open",
        });
        let ask = publisher.visitor.asks("PUT", &at).with("if-match", "\"1\"");
        ask.json(&changed).sends().await.is(200);
        news.settles().await;
        visitor.opens(&story.path).await.is(200).shows(texts[2]);
        let kept = publisher.sends("DELETE", &at, &json!({})).await.is(422);
        kept.refuses("section-has-stories");
        visitor
            .opens("/section/the-sea")
            .await
            .is(200)
            .shows("Ships.");
    })
    .await;
}
