//! Sections: begun, changed, ordered and taken away while the newsroom is open.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::{Value, json};
use store::testing::on_both;

use crate::world::{MIGRATIONS, World};

const SECTIONS: &str = "/api/v1/sections";

fn names(told: &Value) -> Vec<&str> {
    let sections = told["sections"].as_array().unwrap();
    sections
        .iter()
        .map(|section| section["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_publisher_arranges_the_sections_while_the_newsroom_is_open() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let publisher = world.staff(Role::Publisher).await;
        let begin = |body: Value| world.ask("POST", SECTIONS, &publisher).json(body).send();
        let sea = begin(json!({"name": "Sea"})).await.is(StatusCode::CREATED);
        assert_eq!(sea.header("etag"), Some("\"1\""));
        assert_eq!(
            (&sea.json["slug"], &sea.json["access"]),
            (&json!("sea"), &json!("metered"))
        );
        begin(json!({"name": "Sea"}))
            .await
            .refuses(422, Some("slug"), "section-address-taken");
        begin(json!({"name": " "}))
            .await
            .refuses(422, Some("name"), "missing");

        let at = format!("{SECTIONS}/{}", sea.id());
        let wanted = json!({
            "name": "The sea", "description": "Ships.", "language": "he", "access": "open",
        });
        let change = |upon| {
            world
                .ask("PUT", &at, &publisher)
                .upon(upon)
                .json(wanted.clone())
                .send()
        };
        let changed = change(1).await.is(StatusCode::OK);
        assert_eq!(
            (&changed.json["version"], &changed.json["slug"]),
            (&json!(2), &json!("sea"))
        );
        let late = change(1).await;
        late.refuses(409, None, "somebody-changed-first");
        assert_eq!(late.json["current"]["name"], "The sea");

        let order = format!("{SECTIONS}/order");
        let order = |ids: Value| {
            world
                .ask("PUT", &order, &publisher)
                .json(json!({"sections": ids}))
                .send()
        };
        let told = order(json!([sea.id(), world.city]))
            .await
            .is(StatusCode::OK);
        assert_eq!(names(&told.json), ["The sea", "City"]);
        order(json!([world.city]))
            .await
            .refuses(422, Some("sections"), "not-every-section");

        world.draft(&publisher).await;
        let city = format!("{SECTIONS}/{}", world.city);
        let kept = world.ask("DELETE", &city, &publisher).send().await;
        kept.refuses(422, None, "section-has-stories");
        assert!(
            kept.json["refusals"][0]["message"]
                .as_str()
                .unwrap()
                .starts_with("One story")
        );
        let gone = world
            .ask("DELETE", &at, &publisher)
            .send()
            .await
            .is(StatusCode::OK);
        assert_eq!(names(&gone.json), ["City"]);
        let again = world.ask("DELETE", &at, &publisher).send().await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        world.keeper.refresh_furniture().await.unwrap();
        assert_eq!(world.keeper.current().furniture.sections.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn editors_and_machines_leave_the_sections_as_they_are() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let editor = world.staff(Role::DutyEditor).await;
        let begin = world
            .ask("POST", SECTIONS, &editor)
            .json(json!({"name": "Sea"}));
        begin.send().await.refuses(403, None, "not-allowed");
        let wire = world.machine(&Scope::ALL).await;
        let begin = world
            .ask("POST", SECTIONS, &wire)
            .json(json!({"name": "Sea"}));
        assert_eq!(begin.send().await.status, StatusCode::FORBIDDEN);
        let listed = world.get(SECTIONS, &editor).await;
        assert_eq!(names(&listed.json), ["City"]);
    })
    .await;
}
