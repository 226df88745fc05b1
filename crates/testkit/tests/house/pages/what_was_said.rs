//! What readers were told about a story stays told when the story is taken back.

use serde_json::json;
use testkit::{Newsroom, Spans};

use crate::world::World;

#[tokio::test]
async fn the_log_keeps_the_corrections_of_a_withdrawn_story_and_says_that_it_was_withdrawn() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let visitor = news.anonymous();
        let changes = json!({"headline": "Open water, put right"});
        let corrected = world
            .wire
            .corrects(&world.open, "It was Tuesday, not Monday.", &changes)
            .await;
        let page = visitor.opens(&corrected.path).await.is(200).text();
        assert_eq!(page.matches("It was Tuesday, not Monday.").count(), 2);
        assert!(page.contains("id=\"said-1\"") && page.contains("href=\"#said-1\""));
        // Saved at the desk and never before readers: no notice may show it.
        let secret = json!({"headline": "The secret draft"});
        let saved = world.wire.revises(&corrected, &secret).await;
        let before = visitor.opens("/corrections").await.is(200);
        before.does_not_show("The mayor never said it.");
        news.clock.passes(2.hours());
        world
            .wire
            .withdraws(&saved, "The mayor never said it.")
            .await;

        let log = visitor.opens("/corrections").await.is(200);
        let text = log.is_cached_until_purged().text();
        let at = |words: &str| {
            text.find(words)
                .unwrap_or_else(|| panic!("no “{words}” in {text}"))
        };
        assert!(at("The mayor never said it.") < at("It was Tuesday, not Monday."));
        assert!(at("Withdrawal") < at("The mayor never said it."));
        assert!(
            text.contains("It was about another harbour."),
            "an older one"
        );
        assert_eq!(text.matches("Open water, put right").count(), 2);
        assert_eq!(text.matches(&format!("href=\"{}\"", saved.path)).count(), 2);
        assert!(!text.contains("The secret draft"));

        let notice = visitor.opens(&saved.path).await.is(410);
        assert!(
            notice
                .header("surrogate-key")
                .contains(&format!("art-{}", saved.id))
        );
        notice
            .shows("The mayor never said it.")
            .shows("It was Tuesday, not Monday.")
            .shows("Open water, put right")
            .does_not_show("The secret draft")
            .does_not_show("The lead,");
    })
    .await;
}

#[tokio::test]
async fn what_is_said_about_a_story_is_said_in_its_language_on_every_page() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    let fields = json!({
        "headline": "הרכבת", "slug": "the-train", "language": "he", "access": "registered",
        "body": testkit::editor::paragraphs(&["היא יצאה."]),
    });
    let fields = with(
        &fields,
        "section_id",
        &world.wire.visitor.opens("/api/v1/sections").await.json()["sections"][0]["id"],
    );
    let story = world.wire.runs(&fields).await;
    news.clock.passes(2.hours());
    let changes = json!({"deck": "שורה"});
    let story = world.wire.corrects(&story, "טעינו.", &changes).await;
    let card = card_of(&visitor.opens("/2026/11").await.is(200).text(), &story.path);
    assert!(card.contains("lang=\"he\" dir=\"rtl\""), "{card}");
    for (theirs, the_pages) in [
        ("לקוראים רשומים", "For registered readers"),
        ("עודכן", "Updated"),
    ] {
        assert!(card.contains(theirs) && !card.contains(the_pages), "{card}");
    }

    world.wire.withdraws(&story, "לא היתה רכבת.").await;
    let log = visitor.opens("/corrections").await.is(200).text();
    let line = log.split("<li").find(|line| line.contains("לא היתה רכבת."));
    let line = line.expect("the withdrawal is in the log");
    assert!(
        line.contains("lang=\"he\" dir=\"rtl\"") && !line.contains("Taken back"),
        "{line}"
    );
    let notice = visitor.opens(&story.path).await.is(410);
    notice
        .shows("<html lang=\"he\" dir=\"rtl\">")
        .shows("הידיעה הזאת הוסרה");
    news.closes().await;
}

fn with(fields: &serde_json::Value, name: &str, value: &serde_json::Value) -> serde_json::Value {
    let mut fields = fields.clone();
    fields[name] = value.clone();
    fields
}

fn card_of(page: &str, path: &str) -> String {
    let card = page.split("<article").find(|card| card.contains(path));
    card.expect("the story has a card").to_string()
}
