//! Coming in, signing in, staying, signing out.

use http::StatusCode;
use newsroom::staff::Role;
use serde_json::{Value, json};
use store::testing::on_both;
use web::house::Rates;

use crate::world::{Actor, MIGRATIONS, PASSWORD, Told, World, code};

const EMAIL: &str = "ada@news.example";

/// Enrols Ada through the door and answers her secret.
async fn enrolled(world: &World) -> (String, Told) {
    let token = world.invitation(Role::Owner).await;
    let ask = world.ask("POST", "/api/v1/enrolment", &Actor::Anonymous);
    let begun = ask.json(json!({
        "token": token.reveal(), "name": "Ada Roe", "email": EMAIL, "password": PASSWORD,
    }));
    let begun = begun.send().await.is(StatusCode::OK);
    let secret = begun.json["secret"].as_str().unwrap().to_string();
    let confirm = begun.json["confirm"].as_str().unwrap();
    let path = format!("/api/v1/enrolment/{confirm}");
    let code = code(&secret, world.now());
    let ask = world.ask("PUT", &path, &Actor::Anonymous);
    let told = ask.json(json!({"code": code})).send().await;
    (secret, told)
}

async fn sign_in(world: &World, email: &str, password: &str, code: &str) -> Told {
    let ask = world.ask("POST", "/api/v1/session", &Actor::Anonymous);
    let given = json!({"email": email, "password": password, "code": code});
    ask.json(given).send().await
}

fn cookie(told: &Told) -> Actor {
    let line = told.header("set-cookie").unwrap();
    let value = line.strip_prefix("__Host-staff=").unwrap();
    Actor::Staff(value.split(';').next().unwrap().to_string())
}

#[tokio::test]
async fn the_first_owner_comes_in_by_token_and_is_signed_in() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let (_, told) = enrolled(&world).await;
        let told = told.is(StatusCode::OK);
        assert_eq!(told.json["staff"]["role"], "owner");
        assert_eq!(
            told.json["newsroom"],
            json!({
                "name": "The Harbour Post", "language": "en", "direction": "ltr",
                "zone": "Europe/Berlin",
            })
        );
        let line = told.header("set-cookie").unwrap();
        let attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=604800";
        assert!(line.ends_with(attributes), "{line}");
        assert_eq!(told.header("cache-control"), Some("private, no-store"));
        let session = world.get("/api/v1/session", &cookie(&told)).await;
        assert_eq!(session.json["staff"]["name"], "Ada Roe");
        assert_eq!(session.header("set-cookie"), None);
    })
    .await;
}

#[tokio::test]
async fn unknown_and_wrong_are_told_in_the_same_words() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let (secret, _) = enrolled(&world).await;
        world.wait(60);
        let right = code(&secret, world.now());
        let wrong = [
            ("nobody@news.example", PASSWORD, right.as_str()),
            (EMAIL, "another long password", right.as_str()),
            (EMAIL, PASSWORD, "000000"),
            (EMAIL, PASSWORD, ""),
            (EMAIL, "", right.as_str()),
        ];
        let mut answers: Vec<Value> = Vec::new();
        for (email, password, code) in wrong {
            let told = sign_in(&world, email, password, code).await;
            told.refuses(422, None, "wrong-sign-in");
            assert_eq!(told.header("set-cookie"), None);
            answers.push(told.json);
        }
        answers.dedup();
        assert_eq!(answers.len(), 1);
        let signed_in = sign_in(&world, " Ada@News.example ", PASSWORD, &right).await;
        signed_in.is(StatusCode::OK);
        let again = sign_in(&world, EMAIL, PASSWORD, &right).await;
        again.refuses(422, None, "wrong-sign-in");
    })
    .await;
}

#[tokio::test]
async fn signing_in_again_and_signing_out_end_the_session_before() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let (secret, told) = enrolled(&world).await;
        let first = cookie(&told);
        world.wait(60);
        let ask = world.ask("POST", "/api/v1/session", &first);
        let code = code(&secret, world.now());
        let given = json!({"email": EMAIL, "password": PASSWORD, "code": code});
        let second = cookie(&ask.json(given).send().await.is(StatusCode::OK));
        assert_eq!(world.get("/api/v1/session", &first).await.status, 401);
        assert_eq!(world.get("/api/v1/session", &second).await.status, 200);
        let out = world.ask("DELETE", "/api/v1/session", &second).send().await;
        let out = out.is(StatusCode::NO_CONTENT);
        assert_eq!(out.header("clear-site-data"), Some("\"cache\""));
        let gone = "__Host-staff=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0";
        assert_eq!(out.header("set-cookie"), Some(gone));
        assert_eq!(world.get("/api/v1/session", &second).await.status, 401);
        let again = world.ask("DELETE", "/api/v1/session", &second).send().await;
        assert_eq!(again.status, StatusCode::NO_CONTENT);
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_by_account_from_however_many_networks() {
    on_both(MIGRATIONS, async |db| {
        let world = World::with(db, Rates::Kept).await;
        let guess = async |network: u8, email: &str| {
            let ask = world.ask("POST", "/api/v1/session", &Actor::Anonymous);
            let given = json!({"email": email, "password": "a", "code": "000000"});
            ask.from(network).json(given).send().await.status
        };
        for network in 1..=10 {
            assert_eq!(guess(network, EMAIL).await, 422);
        }
        assert_eq!(guess(11, " ADA@news.example").await, 429);
        assert_eq!(guess(12, "ben@news.example").await, 422);
        world.wait(60);
        assert_eq!(guess(13, EMAIL).await, 422);
    })
    .await;
}

#[tokio::test]
async fn an_enrolment_that_cannot_be_is_refused_by_field() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let token = world.invitation(Role::Reporter).await;
        let begin = async |token: &str, email: &str, password: &str| {
            let ask = world.ask("POST", "/api/v1/enrolment", &Actor::Anonymous);
            let given = json!({
                "token": token, "name": "Ada", "email": email, "password": password,
            });
            ask.json(given).send().await
        };
        let told = begin("no such token", EMAIL, PASSWORD).await;
        told.refuses(422, Some("token"), "expired-token");
        let told = begin(token.reveal(), "ada", "short").await;
        told.refuses(422, Some("email"), "not-an-email");
        told.refuses(422, Some("password"), "too-short");
        begin(token.reveal(), EMAIL, PASSWORD)
            .await
            .is(StatusCode::OK);
        let path = format!("/api/v1/enrolment/{}", token.reveal());
        let ask = world.ask("PUT", &path, &Actor::Anonymous);
        let told = ask.json(json!({"code": "000000"})).send().await;
        told.refuses(422, Some("code"), "wrong-code");
    })
    .await;
}
