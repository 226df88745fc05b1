//! The list of stories, and the short lists every form needs.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::{Value, json};
use store::testing::on_both;

use crate::world::{MIGRATIONS, World};

fn headlines(page: &Value) -> Vec<&str> {
    let stories = page["stories"].as_array().unwrap();
    stories
        .iter()
        .map(|story| story["headline"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn stories_are_listed_newest_first_page_by_page_and_by_what_is_asked() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&Scope::ALL).await;
        for headline in ["One", "Two", "Three"] {
            world.wait(1);
            let ask = world.ask("POST", "/api/v1/stories", &wire);
            ask.json(json!({"headline": headline}))
                .send()
                .await
                .is(StatusCode::CREATED);
        }
        let first = world.get("/api/v1/stories?limit=2", &wire).await;
        assert_eq!(headlines(&first.json), ["Three", "Two"]);
        let next = first.json["next"].as_str().unwrap();
        let second = world
            .get(&format!("/api/v1/stories?limit=2&after={next}"), &wire)
            .await;
        assert_eq!(headlines(&second.json), ["One"]);
        assert_eq!(second.json["next"], json!(null));
        let found = world.get("/api/v1/stories?q=thr&state=draft", &wire).await;
        assert_eq!(headlines(&found.json), ["Three"]);
        let published = world.published(&wire).await;
        let asked = format!("/api/v1/stories?state=published&section={}", world.city);
        let listed = world.get(&asked, &wire).await;
        let line = &listed.json["stories"][0];
        assert_eq!(line["section"], json!({"id": world.city, "name": "City"}));
        assert_eq!(line["url"], published.json["url"]);
        assert_eq!(line["published_at"], published.json["publication"]["at"]);
        assert_eq!(line["words"], 3);
        let held = world.get("/api/v1/stories?state=held", &wire).await;
        assert_eq!(held.json, json!({"stories": [], "next": null}));
    })
    .await;
}

#[tokio::test]
async fn the_short_lists_hold_what_a_form_offers() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let sections = world.get("/api/v1/sections", &duty).await;
        let city = json!({
            "id": world.city, "slug": "city", "name": "City", "language": "en",
            "description": "What happens here.", "access": "metered", "version": 1,
        });
        assert_eq!(sections.json, json!({"sections": [city], "next": null}));
        let running = world.get("/api/v1/running-stories", &duty).await;
        assert_eq!(running.json, json!({"running_stories": [], "next": null}));
        let people = world.get("/api/v1/people?q=a", &duty).await;
        assert_eq!(people.json, json!({"people": [], "next": null}));
        let story = world.published(&duty).await;
        let id = story.id().parse().unwrap();
        world.keeper.refresh_story(id).await.unwrap();
        let topics = world.get("/api/v1/topics?q=BRID", &duty).await;
        let bridges = json!({"name": "Bridges", "slug": "bridges", "stories": 1, "version": 0});
        assert_eq!(topics.json, json!({"topics": [bridges], "next": null}));
        let topics = world.get("/api/v1/topics?q=ships", &duty).await;
        assert_eq!(topics.json, json!({"topics": [], "next": null}));
    })
    .await;
}
