//! People, topics, running stories and live entries through their doors.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::{Value, json};
use store::testing::on_both;

use crate::world::{Actor, MIGRATIONS, Told, World};

const PEOPLE: &str = "/api/v1/people";
const RUNNING: &str = "/api/v1/running-stories";

async fn put(world: &World, at: &str, upon: u64, by: &Actor, body: Value) -> Told {
    world.ask("PUT", at, by).upon(upon).json(body).send().await
}

async fn post(world: &World, at: &str, by: &Actor, body: Value) -> Told {
    world.ask("POST", at, by).json(body).send().await
}

/// Every name on every page, and how many pages that took.
async fn walked(world: &World, list: &str, (lines, name): (&str, &str)) -> (Vec<String>, u32) {
    let wire = world.machine(&[Scope::StoriesRead]).await;
    let (mut names, mut pages, mut after) = (Vec::new(), 0, String::new());
    loop {
        let page = world.get(&format!("{list}{after}"), &wire).await;
        let page = page.is(StatusCode::OK).json;
        let lines = page[lines].as_array().unwrap();
        names.extend(
            lines
                .iter()
                .map(|line| line[name].as_str().unwrap().to_string()),
        );
        pages += 1;
        let Some(next) = page["next"].as_str() else {
            return (names, pages);
        };
        after = format!("&after={}", next.replace(' ', "%20"));
    }
}

#[tokio::test]
async fn a_person_is_added_listed_changed_and_taken_away() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&[Scope::Publish]).await;
        for name in ["Cora Smith", "Ada Quill", "Bo Reed"] {
            let told = post(&world, PEOPLE, &wire, json!({"name": name})).await;
            told.is(StatusCode::CREATED);
        }
        let taken = post(&world, PEOPLE, &wire, json!({"name": "Bo Reed"})).await;
        taken.refuses(422, Some("slug"), "person-address-taken");
        let (names, pages) = walked(&world, "/api/v1/people?limit=1", ("people", "name")).await;
        assert_eq!(names, ["Ada Quill", "Bo Reed", "Cora Smith"]);
        assert_eq!(pages, 4);

        let found = world.get("/api/v1/people?q=cora", &wire).await;
        let at = format!(
            "{PEOPLE}/{}",
            found.json["people"][0]["id"].as_str().unwrap()
        );
        let jones = json!({"name": "Cora Jones", "slug": "cora-jones", "role": "Editor"});
        let told = put(&world, &at, 1, &wire, jones.clone())
            .await
            .is(StatusCode::OK);
        assert_eq!(told.header("etag"), Some("\"2\""));
        let late = put(&world, &at, 1, &wire, jones).await;
        late.refuses(409, None, "somebody-changed-first");
        assert_eq!(late.json["current"]["name"], "Cora Jones");
        assert_eq!(late.header("etag"), Some("\"2\""));
        assert_eq!(world.get(&at, &wire).await.json, told.json);

        let gone = world.ask("DELETE", &at, &wire).send().await;
        gone.is(StatusCode::NO_CONTENT);
        let gone = world.get(&at, &wire).await.is(StatusCode::NOT_FOUND);
        assert_eq!(gone.json["title"], "There is no such person");
    })
    .await;
}

#[tokio::test]
async fn a_topic_is_renamed_and_its_stories_stay_on_its_page() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let id = world.published(&duty).await.id().parse().unwrap();
        world.keeper.refresh_story(id).await.unwrap();
        let at = "/api/v1/topics/bridges";
        let topic = world.get(at, &duty).await.is(StatusCode::OK);
        assert_eq!(topic.header("etag"), Some("\"0\""));
        let unsaid = world
            .ask("PUT", at, &duty)
            .json(json!({"name": "Crossings"}));
        unsaid
            .send()
            .await
            .refuses(428, Some("If-Match"), "needs-if-match");
        let named = put(&world, at, 0, &duty, json!({"name": "Crossings"})).await;
        let named = named.is(StatusCode::OK);
        let told = json!({"name": "Crossings", "slug": "bridges", "stories": 1, "version": 1});
        assert_eq!(named.json, told);
        let late = put(&world, at, 0, &duty, json!({"name": "Fords"})).await;
        late.refuses(409, None, "somebody-changed-first");
        assert_eq!(late.json["current"], told);
        world.keeper.refresh_furniture().await.unwrap();
        assert_eq!(world.get(at, &duty).await.json, told);
        let (names, _) = walked(&world, "/api/v1/topics?limit=1", ("topics", "name")).await;
        assert_eq!(names, ["Crossings"]);
        let none = put(
            &world,
            "/api/v1/topics/ships",
            0,
            &duty,
            json!({"name": "Boats"}),
        )
        .await;
        assert_eq!(none.json["title"], "There is no such topic");
    })
    .await;
}

#[tokio::test]
async fn a_running_story_begins_goes_on_and_is_closed() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&[Scope::Publish]).await;
        let flood = post(&world, RUNNING, &wire, json!({"name": "The flood"})).await;
        let flood = flood.is(StatusCode::CREATED);
        let at = format!("{RUNNING}/{}", flood.id());
        assert_eq!(flood.header("location"), Some(at.as_str()));
        assert_eq!(
            (&flood.json["label"], &flood.json["state"]),
            (&json!("The flood"), &json!("watching"))
        );
        world.wait(1);
        post(&world, RUNNING, &wire, json!({"name": "The strike"}))
            .await
            .is(StatusCode::CREATED);
        let list = "/api/v1/running-stories?limit=1";
        let (names, _) = walked(&world, list, ("running_stories", "name")).await;
        assert_eq!(names, ["The strike", "The flood"]);

        let closed = json!({
            "name": "The flood", "label": "Flood", "language": "en", "state": "closed",
            "summary": ["It is over."],
        });
        let told = put(&world, &at, 1, &wire, closed).await.is(StatusCode::OK);
        assert_eq!(told.json["summary"], json!(["It is over."]));
        let found = world
            .get("/api/v1/running-stories?state=closed", &wire)
            .await;
        assert_eq!(found.json["running_stories"], json!([told.json]));
        let odd = world.get("/api/v1/running-stories?state=over", &wire).await;
        odd.refuses(422, Some("state"), "not-a-choice");
        world
            .ask("DELETE", &at, &wire)
            .send()
            .await
            .is(StatusCode::NO_CONTENT);
    })
    .await;
}

#[tokio::test]
async fn a_live_entry_is_said_amended_and_taken_down() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&[Scope::Publish]).await;
        let flood = post(&world, RUNNING, &wire, json!({"name": "The flood"})).await;
        let entries = format!("{RUNNING}/{}/entries", flood.id());
        let said = |title: &str| json!({"title": title, "status": "confirmed"});
        for title in ["One", "Two", "Three"] {
            world.wait(1);
            post(&world, &entries, &wire, said(title))
                .await
                .is(StatusCode::CREATED);
        }
        let (titles, _) = walked(&world, &format!("{entries}?limit=2"), ("entries", "title")).await;
        assert_eq!(titles, ["Three", "Two", "One"]);
        let withdrawn = json!({"title": "Four", "status": "withdrawn"});
        post(&world, &entries, &wire, withdrawn)
            .await
            .refuses(422, Some("status"), "not-a-choice");

        let listed = world
            .get(&format!("{entries}?status=confirmed&limit=1"), &wire)
            .await;
        let at = format!(
            "{entries}/{}",
            listed.json["entries"][0]["id"].as_str().unwrap()
        );
        let told = put(&world, &at, 1, &wire, said("Drei"))
            .await
            .is(StatusCode::OK);
        assert_eq!(told.json["title"], "Drei");
        put(&world, &at, 1, &wire, said("Tri"))
            .await
            .refuses(409, None, "somebody-changed-first");
        let down = world
            .ask("PUT", &format!("{at}/withdrawal"), &wire)
            .json(json!({"reason": "It was two."}));
        let down = down.send().await.is(StatusCode::OK);
        assert_eq!(
            (&down.json["title"], &down.json["status"]),
            (&json!(null), &json!("withdrawn"))
        );
        put(&world, &at, 3, &wire, said("Tri"))
            .await
            .refuses(422, None, "entry-taken-down");
        let stays = world
            .ask("DELETE", &format!("{RUNNING}/{}", flood.id()), &wire)
            .send()
            .await;
        stays.refuses(422, None, "running-story-in-use");
        let nowhere = world
            .get(
                &entries.replace(&flood.id(), &world.city.to_string()),
                &wire,
            )
            .await;
        assert_eq!(nowhere.json["title"], "There is no such running story");
    })
    .await;
}

#[tokio::test]
async fn a_03_what_a_door_does_not_know_is_refused_with_what_it_knows() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&Scope::ALL).await;
        for row in api::ROWS.iter().filter(|row| row.verb == web::Verb::Get) {
            if row.cache.is_shared() {
                continue;
            }
            let path = crate::access::address(row, &world.city.to_string());
            let told = world.get(&format!("{path}?sort=secret"), &wire).await;
            told.refuses(400, Some("sort"), "unknown-parameter");
            let message = told.json["refusals"][0]["message"].as_str().unwrap();
            let named = row.query.iter().all(|name| message.contains(name));
            assert!(named, "{}: {message}", row.name);
        }
        for list in ["stories", "people", "topics", "running-stories", "sections"] {
            for (query, field, key) in [
                ("limit=0", "limit", "out-of-range"),
                ("limit=9999", "limit", "out-of-range"),
                ("limit=x", "limit", "wrong-value"),
                ("after=x", "after", "wrong-value"),
            ] {
                let told = world.get(&format!("/api/v1/{list}?{query}"), &wire).await;
                told.refuses(422, Some(field), key);
            }
        }
    })
    .await;
}
