//! What was renamed keeps its page: people, topics and running stories, and live entries as they come.

use newsroom::{staff::api_token::Scope, story::Access};
use serde_json::{Value, json};
use testkit::{Editor, Newsroom, Seen, editor::paragraphs};

/// Sets a thing anew upon what it is now, and waits until readers have it.
async fn sets(wire: &Editor<'_>, path: &str, body: &Value) -> Seen {
    let now = wire.visitor.opens(path).await.is(200);
    let ask = wire.visitor.asks("PUT", path);
    let ask = ask.with("if-match", now.header("etag"));
    let done = ask.json(body).sends().await.is(200);
    wire.visitor.news.settles().await;
    done
}

async fn makes(wire: &Editor<'_>, path: &str, body: &Value) -> String {
    let made = wire.sends("POST", path, body).await.is(201);
    wire.visitor.news.settles().await;
    made.header("location").to_string()
}

fn about(city: &str, topic: &str, byline: &str) -> Value {
    json!({
        "headline": format!("A story of {topic}"), "section_id": city, "access": "open",
        "topics": [topic], "bylines": [{"name": byline}],
        "body": paragraphs(&["It is open."]),
    })
}

#[tokio::test]
async fn a_renamed_person_and_topic_keep_their_page_and_both_names_lead_to_it() {
    Newsroom::on_both(async |news| {
        let city = news.given_section("City", Access::Open).await;
        let wire = news.machine(&Scope::ALL).await;
        let before = wire.runs(&about(&city, "Brigdes", "Cora Smith")).await;
        let cora = makes(&wire, "/api/v1/people", &json!({"name": "Cora Smith"})).await;
        sets(
            &wire,
            &cora,
            &json!({"name": "Cora Jones", "role": "Writes about bridges"}),
        )
        .await;
        sets(&wire, "/api/v1/topics/brigdes", &json!({"name": "Bridges"})).await;
        wire.runs(&about(&city, "Bridges", "Cora Jones")).await;

        let visitor = news.anonymous();
        for page in ["/author/cora-smith", "/topic/brigdes"] {
            let seen = visitor.opens(page).await.is(200);
            seen.shows("A story of Brigdes").shows("A story of Bridges");
        }
        visitor
            .opens("/author/cora-smith")
            .await
            .shows("Writes about bridges");
        for (old, page) in [
            ("/author/cora-jones", "/author/cora-smith"),
            ("/topic/bridges", "/topic/brigdes"),
            ("/topic/bridges/feed.xml", "/topic/brigdes/feed.xml"),
        ] {
            assert_eq!(visitor.opens(old).await.is(301).header("location"), page);
        }
        // The story prints the byline as it was, and leads to where the topic and its writer are now.
        let story = visitor.opens(&before.path).await.is(200);
        story
            .shows("Cora Smith")
            .shows("/author/cora-smith")
            .shows(">Bridges<");

        let moved = json!({"name": "Cora Jones", "slug": "cora-jones"});
        sets(&wire, &cora, &moved).await;
        let seen = visitor.opens("/author/cora-smith").await.is(301);
        assert_eq!(seen.header("location"), "/author/cora-jones");
        let page = visitor.opens("/author/cora-jones").await.is(200);
        page.shows("A story of Brigdes").shows("A story of Bridges");
    })
    .await;
}

#[tokio::test]
async fn a_live_page_says_what_was_just_said_and_no_longer_what_was_taken_down() {
    Newsroom::on_both(async |news| {
        let wire = news.machine(&Scope::ALL).await;
        let flood = makes(
            &wire,
            "/api/v1/running-stories",
            &json!({"name": "The flood"}),
        )
        .await;
        let entries = format!("{flood}/entries");
        let entry = makes(&wire, &entries, &json!({"title": "The dam has broken"})).await;
        let visitor = news.anonymous();
        visitor
            .opens("/running/the-flood")
            .await
            .shows("The dam has broken");
        let down = json!({"reason": "It has not."});
        wire.sends("PUT", &format!("{entry}/withdrawal"), &down)
            .await
            .is(200);
        news.settles().await;
        let seen = visitor.opens("/running/the-flood").await.is(200);
        seen.shows("It has not.")
            .does_not_show("The dam has broken");
        let great = json!({
            "name": "The flood", "slug": "great-flood", "label": "Flood", "language": "en",
            "state": "developing", "summary": ["The dam holds."],
        });
        sets(&wire, &flood, &great).await;
        let seen = visitor.opens("/running/the-flood").await.is(301);
        assert_eq!(seen.header("location"), "/running/great-flood");
        visitor
            .opens("/running/great-flood")
            .await
            .is(200)
            .shows("The dam holds.");
    })
    .await;
}
