//! The front: who arranges it, upon what, and what is refused.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::{Value, json};
use store::testing::on_both;

use crate::world::{Actor, Ask, MIGRATIONS, World};

fn slot(id: &str, weight: &str) -> Value {
    json!({"story_id": id, "weight": weight})
}

fn arrange<'a>(world: &'a World, actor: &Actor, upon: u64, slots: &[Value]) -> Ask<'a> {
    let ask = world.ask("PUT", "/api/v1/front", actor).upon(upon);
    ask.json(json!({"slots": slots}))
}

#[tokio::test]
async fn an_editor_arranges_the_front_and_everybody_at_the_desk_sees_it() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let editor = world.staff(Role::Editor).await;
        let bare = world.get("/api/v1/front", &editor).await.is(StatusCode::OK);
        assert_eq!(
            bare.json,
            json!({"version": 0, "arranged": null, "slots": []})
        );
        assert_eq!(bare.header("etag"), Some("\"0\""));
        let out = world.published(&editor).await.id();
        let waiting = world.draft(&editor).await.id();
        let slots = [slot(&waiting, "lead"), slot(&out, "brief")];
        let told = arrange(&world, &editor, 0, &slots).send().await;
        let told = told.is(StatusCode::OK);
        assert_eq!(told.header("etag"), Some("\"1\""));
        assert_eq!(told.json["arranged"]["by"], "Editor");
        assert_eq!(told.json["slots"][0]["weight"], "lead");
        assert_eq!(told.json["slots"][0]["story"]["state"], "draft");
        assert_eq!(told.json["slots"][1]["story_id"], json!(out));
        assert_eq!(told.json["slots"][1]["story"]["state"], "published");
        let contributor = world.staff(Role::Contributor).await;
        let read = world.get("/api/v1/front", &contributor).await;
        assert_eq!(read.bytes, told.bytes);
        world.keeper.refresh_furniture().await.unwrap();
        let edition = world.keeper.current();
        assert_eq!(edition.furniture.slots.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn two_who_arrange_the_front_are_told_of_each_other() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let (ada, ben) = (
            world.staff(Role::Editor).await,
            world.staff(Role::Editor).await,
        );
        let (one, other) = (world.draft(&ada).await.id(), world.draft(&ada).await.id());
        let hers = [slot(&one, "lead")];
        arrange(&world, &ada, 0, &hers)
            .send()
            .await
            .is(StatusCode::OK);
        let late = arrange(&world, &ben, 0, &[slot(&other, "lead")])
            .send()
            .await;
        late.refuses(409, None, "somebody-arranged-first");
        assert_eq!(late.json["current"]["version"], 1);
        assert_eq!(late.json["current"]["slots"][0]["story_id"], json!(one));
        assert_eq!(late.header("etag"), Some("\"1\""));
        let blind = world
            .ask("PUT", "/api/v1/front", &ben)
            .json(json!({"slots": []}));
        blind
            .send()
            .await
            .refuses(428, Some("If-Match"), "needs-if-match");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_front_is_named_by_slot() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&Scope::ALL).await;
        let id = world.draft(&wire).await.id();
        let nowhere = "0192f0c0-0000-7000-8000-000000000000";
        let slots = [
            slot(&id, "lead"),
            slot(nowhere, "plain"),
            slot(&id, "brief"),
        ];
        let told = arrange(&world, &wire, 0, &slots).send().await;
        told.refuses(422, Some("slots[1].story_id"), "unknown-story");
        told.refuses(422, Some("slots[2].story_id"), "twice-on-the-front");
        let many = vec![slot(&id, "plain"); 41];
        let told = arrange(&world, &wire, 0, &many).send().await;
        told.refuses(422, Some("slots"), "too-many");
        for body in [
            json!({"slots": [{"story_id": id}]}),
            json!({"slots": [slot(&id, "huge")]}),
            json!({"slots": [{"story_id": id, "weight": "lead", "position": 1}]}),
            json!({"slots": [], "version": 0}),
            json!({}),
        ] {
            let ask = world.ask("PUT", "/api/v1/front", &wire).upon(0);
            let status = ask.json(body.clone()).send().await.status;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        }
        let read = world.get("/api/v1/front", &wire).await;
        assert_eq!(read.json["version"], 0);
    })
    .await;
}

#[tokio::test]
async fn an_arrangement_sent_twice_is_made_once() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let editor = world.staff(Role::Editor).await;
        let slots = [slot(&world.draft(&editor).await.id(), "lead")];
        let send = || {
            let ask = arrange(&world, &editor, 0, &slots);
            ask.with("idempotency-key", "front-1").send()
        };
        let first = send().await.is(StatusCode::OK);
        let again = send().await.is(StatusCode::OK);
        assert_eq!(again.bytes, first.bytes);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(again.header("etag"), Some("\"1\""));
    })
    .await;
}

#[tokio::test]
async fn a_contributor_does_not_arrange_the_front() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        for role in [Role::Contributor, Role::Reporter] {
            let somebody = world.staff(role).await;
            let told = arrange(&world, &somebody, 0, &[]).send().await;
            told.refuses(403, None, "not-allowed");
        }
        let reading = world
            .machine(&[Scope::StoriesRead, Scope::StoriesWrite])
            .await;
        let told = arrange(&world, &reading, 0, &[]).send().await;
        assert_eq!(told.status, 403);
    })
    .await;
}
