//! The same request, sent again: done once, and answered with the same bytes.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::json;
use store::{params, testing::on_both};

use crate::world::{Actor, MIGRATIONS, Told, World};

async fn draft(world: &World, actor: &Actor, key: &str, headline: &str) -> Told {
    let ask = world.ask("POST", "/api/v1/stories", actor);
    let ask = ask.with("idempotency-key", key);
    ask.json(json!({"headline": headline})).send().await
}

async fn stories(world: &World, actor: &Actor) -> usize {
    let listed = world.get("/api/v1/stories", actor).await;
    listed.json["stories"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_repeat_is_answered_with_the_same_bytes_and_done_once() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world
            .machine(&[Scope::StoriesRead, Scope::StoriesWrite])
            .await;
        let first = draft(&world, &wire, "k1", "A")
            .await
            .is(StatusCode::CREATED);
        assert_eq!(first.header("idempotency-replayed"), None);
        world.wait(3600);
        let again = draft(&world, &wire, "k1", "A")
            .await
            .is(StatusCode::CREATED);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(again.bytes, first.bytes);
        for name in ["etag", "location", "content-type", "cache-control"] {
            assert_eq!(again.header(name), first.header(name), "{name}");
        }
        assert_eq!(stories(&world, &wire).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_caller() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let ada = world.staff(Role::DutyEditor).await;
        let ben = world.staff(Role::DutyEditor).await;
        let story = draft(&world, &ada, "k1", "A").await;
        let other = draft(&world, &ada, "k1", "B").await;
        other.refuses(422, Some("Idempotency-Key"), "idempotency-mismatch");
        let path = format!("/api/v1/stories/{}", story.id());
        let ask = world
            .ask("PATCH", &path, &ada)
            .upon(1)
            .with("idempotency-key", "k1");
        let elsewhere = ask.json(json!({"headline": "A"})).send().await;
        elsewhere.refuses(422, Some("Idempotency-Key"), "idempotency-mismatch");
        draft(&world, &ben, "k1", "B").await.is(StatusCode::CREATED);
        assert_eq!(stories(&world, &ada).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_change_and_a_withdrawal_are_repeated_like_a_draft() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let path = format!("/api/v1/stories/{}", world.published(&duty).await.id());
        let change = || {
            let ask = world.ask("PATCH", &path, &duty).upon(1);
            ask.with("idempotency-key", "c")
                .json(json!({"deck": "New"}))
        };
        let first = change().send().await.is(StatusCode::OK);
        let again = change().send().await.is(StatusCode::OK);
        assert_eq!(
            (again.bytes, again.json["revision"].as_u64()),
            (first.bytes, Some(2))
        );
        let address = format!("{path}/publication");
        let withdraw = || {
            world
                .ask("DELETE", &address, &duty)
                .with("idempotency-key", "w")
        };
        let first = withdraw().send().await.is(StatusCode::OK);
        let again = withdraw().send().await.is(StatusCode::OK);
        assert_eq!(again.bytes, first.bytes);
    })
    .await;
}

#[tokio::test]
async fn a_refused_request_gives_its_key_back() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&[Scope::StoriesWrite]).await;
        let long = "A".repeat(251);
        let refused = draft(&world, &wire, "k1", &long).await;
        refused.refuses(422, Some("headline"), "too-long");
        draft(&world, &wire, "k1", "A")
            .await
            .is(StatusCode::CREATED);
    })
    .await;
}

#[tokio::test]
async fn two_at_once_make_one_story() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world
            .machine(&[Scope::StoriesRead, Scope::StoriesWrite])
            .await;
        for round in 0..10 {
            let key = format!("k{round}");
            let (one, other) = tokio::join!(
                draft(&world, &wire, &key, "A"),
                draft(&world, &wire, &key, "A")
            );
            for told in [&one, &other] {
                match told.status {
                    StatusCode::CREATED => {}
                    _ => told.refuses(409, None, "request-in-progress"),
                }
            }
            assert!(one.status == 201 || other.status == 201);
            assert_eq!(stories(&world, &wire).await, round + 1);
        }
    })
    .await;
}

mod sql {
    store::statements! {
        /// Takes the answers away, as if the process had died before it kept them.
        LOSE_ANSWERS = "UPDATE kept_answer SET status = NULL, headers = NULL, body = NULL";
        /// How many keys are known.
        KEYS = "SELECT COUNT(*) AS keys FROM kept_answer";
    }
}

#[tokio::test]
async fn a_request_that_never_ended_is_under_way_for_a_while_and_may_then_run_again() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let story = world.draft(&duty).await;
        let path = format!("/api/v1/stories/{}/publication", story.id());
        let publish = || world.ask("PUT", &path, &duty).with("idempotency-key", "p");
        publish().send().await.is(StatusCode::OK);
        let mut tx = world.db.begin().await.unwrap();
        tx.write(&sql::LOSE_ANSWERS, params![]).await.unwrap();
        tx.commit().await.unwrap();
        let early = publish().send().await;
        early.refuses(409, None, "request-in-progress");
        world.wait(api::idempotency::UNDER_WAY_SECONDS + 1);
        let ask = world
            .ask("PUT", &path, &duty)
            .with("idempotency-key", "p")
            .upon(1);
        let another = ask.send().await;
        another.refuses(422, Some("Idempotency-Key"), "idempotency-mismatch");
        let later = publish().send().await.is(StatusCode::OK);
        assert_eq!(later.json["revision"], 1);
        assert_eq!(later.header("idempotency-replayed"), None);
    })
    .await;
}

#[tokio::test]
async fn answers_are_kept_for_a_day_and_then_swept() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world
            .machine(&[Scope::StoriesRead, Scope::StoriesWrite])
            .await;
        draft(&world, &wire, "k1", "A")
            .await
            .is(StatusCode::CREATED);
        draft(&world, &wire, "k2", "A")
            .await
            .is(StatusCode::CREATED);
        world.wait(24 * 3600 + 1);
        let later = draft(&world, &wire, "k1", "B")
            .await
            .is(StatusCode::CREATED);
        assert_eq!(later.header("idempotency-replayed"), None);
        assert_eq!(
            api::idempotency::sweep(&world.db, world.now())
                .await
                .unwrap(),
            1
        );
        let left = world
            .db
            .read_one(&sql::KEYS, params![])
            .await
            .unwrap()
            .unwrap();
        assert_eq!(left.get::<u32>("keys").unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_is_visible_ascii_of_bounded_length() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&[Scope::StoriesWrite]).await;
        let long = "k".repeat(256);
        for (key, refusal) in [
            ("", "wrong-value"),
            ("a b", "wrong-value"),
            (&long, "too-long"),
        ] {
            let told = draft(&world, &wire, key, "A").await;
            told.refuses(422, Some("Idempotency-Key"), refusal);
        }
        draft(&world, &wire, &"k".repeat(255), "A")
            .await
            .is(StatusCode::CREATED);
    })
    .await;
}
