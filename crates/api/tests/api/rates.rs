//! How often one may come, told on every answer.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::json;
use store::testing::on_both;
use web::house::Rates;

use crate::world::{MIGRATIONS, World};

#[tokio::test]
async fn every_answer_tells_the_rate_and_what_is_left_of_it() {
    on_both(MIGRATIONS, async |db| {
        let world = World::with(db, Rates::Kept).await;
        let (wire, editor) = (
            world.machine(&Scope::ALL).await,
            world.staff(Role::Editor).await,
        );
        let told = world.get("/api/v1/people", &wire).await;
        assert_eq!(
            told.header("ratelimit-policy"),
            Some("\"reading\";q=300;w=30")
        );
        assert_eq!(told.header("ratelimit"), Some("\"reading\";r=299;t=1"));
        // Each account has its own, and each rate; a refusal tells it too.
        let other = world.get("/api/v1/people?sort=x", &editor).await;
        assert_eq!(
            other.header("ratelimit"),
            None,
            "refused before anybody looked who it was"
        );
        let other = world.get("/api/v1/people?limit=0", &editor).await;
        assert_eq!(other.header("ratelimit"), Some("\"reading\";r=299;t=1"));
        let write = world
            .ask("POST", "/api/v1/people", &wire)
            .json(json!({}))
            .send()
            .await;
        assert_eq!(
            write.header("ratelimit-policy"),
            Some("\"writing\";q=120;w=12")
        );
        assert_eq!(write.header("ratelimit"), Some("\"writing\";r=119;t=1"));
    })
    .await;
}

#[tokio::test]
async fn one_too_many_is_told_when_to_come_back() {
    on_both(MIGRATIONS, async |db| {
        let world = World::with(db, Rates::Kept).await;
        let wire = world.machine(&Scope::ALL).await;
        let write = async || world.ask("DELETE", "/api/v1/people/x", &wire).send().await;
        for left in (0..120).rev() {
            let told = write().await;
            let told = told.header("ratelimit").unwrap().to_string();
            assert!(
                told.starts_with(&format!("\"writing\";r={left};t=")),
                "{told}"
            );
        }
        let told = write().await.is(StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(told.header("retry-after"), Some("1"));
        assert_eq!(told.header("ratelimit"), Some("\"writing\";r=0;t=1"));
        world.wait(1);
        write().await.is(StatusCode::NOT_FOUND);
    })
    .await;
}
