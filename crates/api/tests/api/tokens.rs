//! Tokens: made by whoever administers, shown once, listed, ended.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope, suspend::suspend};
use serde_json::json;
use store::testing::on_both;

use crate::world::{Actor, MIGRATIONS, World};

const TOKENS: &str = "/api/v1/tokens";

#[tokio::test]
async fn v_01_a_token_is_shown_once_lists_its_maker_and_opens_until_it_is_ended() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let publisher = world.staff(Role::Publisher).await;
        let asked = json!({"name": "Wire", "scopes": ["stories:read"]});
        let made = world
            .ask("POST", TOKENS, &publisher)
            .json(asked)
            .send()
            .await;
        let made = made.is(StatusCode::CREATED);
        let secret = made.json["token"].as_str().unwrap();
        let wire = Actor::Machine(secret.into());
        world.get("/api/v1/stories", &wire).await.is(StatusCode::OK);

        let listed = world.get(TOKENS, &publisher).await;
        assert!(!String::from_utf8_lossy(&listed.bytes).contains(secret));
        let line = &listed.json["tokens"][0];
        assert_eq!(
            (&line["owner"], &line["good"]),
            (&json!("Publisher"), &json!(true))
        );
        assert_eq!(line["expires_at"], "2027-11-22T12:00:00Z");
        let at = format!("{TOKENS}/{}", made.id());
        assert_eq!(made.header("location"), Some(at.as_str()));
        for _ in 0..2 {
            let ended = world
                .ask("PUT", &format!("{at}/revocation"), &publisher)
                .send()
                .await;
            assert_eq!(ended.is(StatusCode::OK).json["good"], false);
        }
        world
            .get("/api/v1/stories", &wire)
            .await
            .is(StatusCode::UNAUTHORIZED);
        assert_eq!(
            world.get(&at, &publisher).await.json["revoked_at"],
            "2026-11-22T12:00:00Z"
        );
    })
    .await;
}

#[tokio::test]
async fn no_editor_and_no_machine_makes_tokens_and_a_wrong_one_is_refused() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let good = json!({"name": "Wire", "scopes": ["publish"]});
        for actor in [world.staff(Role::DutyEditor).await, world.machine(&Scope::ALL).await] {
            let told = world.ask("POST", TOKENS, &actor).json(good.clone()).send().await;
            assert_eq!(told.status, StatusCode::FORBIDDEN);
            assert_eq!(world.get(TOKENS, &actor).await.status, StatusCode::FORBIDDEN);
        }
        let owner = world.staff(Role::Owner).await;
        for (body, field, key) in [
            (json!({"name": " ", "scopes": ["publish"]}), "name", "missing"),
            (json!({"name": "Wire", "scopes": []}), "scopes", "missing"),
            (json!({"name": "Wire", "scopes": ["all"]}), "scopes[0]", "not-a-choice"),
            (
                json!({"name": "Wire", "scopes": ["publish"], "expires_at": "2026-11-22T11:00:00Z"}),
                "expires_at",
                "token-end",
            ),
            (
                json!({"name": "Wire", "scopes": ["publish"], "expires_at": "2046-11-22T11:00:00Z"}),
                "expires_at",
                "token-end",
            ),
        ] {
            let told = world.ask("POST", TOKENS, &owner).json(body).send().await;
            told.refuses(422, Some(field), key);
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_is_shut_out_leaves_no_token_behind() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let publisher = world.staff(Role::Publisher).await;
        let asked = json!({"name": "Wire", "scopes": ["stories:read"]});
        let made = world
            .ask("POST", TOKENS, &publisher)
            .json(asked)
            .send()
            .await;
        let wire = Actor::Machine(made.json["token"].as_str().unwrap().into());
        let session = world.get("/api/v1/session", &publisher).await;
        let email = session.json["staff"]["email"].as_str().unwrap();
        suspend(&world.db, email, world.now()).await.unwrap();
        world
            .get("/api/v1/stories", &wire)
            .await
            .is(StatusCode::UNAUTHORIZED);
    })
    .await;
}
