//! Trust pages: who adapts them, upon what, what readers get, and that nothing is lost.

use http::StatusCode;
use newsroom::{staff::Role, trust};
use serde_json::{Value, json};
use store::{Db, testing::on_both};

use crate::world::{Actor, Ask, MIGRATIONS, World};

const ETHICS: &str = "/api/v1/trust-pages/ethics";

fn saying(text: &str) -> Value {
    json!({"title": "Ethics", "body": {"type": "doc", "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": text}]},
    ]}})
}

async fn laid_out(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let words = base::Document::of_paragraphs(["[Newsroom name] pays nobody."]);
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    let ethics = "ethics".parse().unwrap();
    let starter = ("Ethics".to_string(), words);
    trust::lay_out(&mut tx, ethics, starter, 0, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn opened(db: Db) -> World {
    laid_out(&db).await;
    World::open(db).await
}

fn adapt<'a>(world: &'a World, actor: &Actor, upon: u64, text: &str) -> Ask<'a> {
    world
        .ask("PUT", ETHICS, actor)
        .upon(upon)
        .json(saying(text))
}

async fn shown(world: &World) -> usize {
    world.keeper.refresh_furniture().await.unwrap();
    world.keeper.current().furniture.trust.len()
}

#[tokio::test]
async fn an_editor_adapts_a_trust_page_and_puts_it_on_the_site() {
    on_both(MIGRATIONS, async |db| {
        let world = opened(db).await;
        let editor = world.staff(Role::Editor).await;
        let listed = world.get("/api/v1/trust-pages", &editor).await;
        let line = json!({
            "slug": "ethics", "title": "Ethics", "starter": true, "shown": false, "url": null,
            "gaps": ["[Newsroom name]"], "version": 1, "changed": null,
        });
        assert_eq!(listed.json, json!({"trust_pages": [line]}));
        let place = format!("{ETHICS}/publication");
        let early = world.ask("PUT", &place, &editor).send().await;
        early.refuses(422, None, "still-starter-text");

        let told = adapt(&world, &editor, 1, "We pay nobody.").send().await;
        let told = told.is(StatusCode::OK);
        assert_eq!(told.header("etag"), Some("\"2\""));
        assert_eq!(told.json["changed"]["by"], "Editor");
        assert_eq!(
            (&told.json["starter"], &told.json["gaps"]),
            (&json!(false), &json!([]))
        );
        assert_eq!(shown(&world).await, 0);
        let on = world.ask("PUT", &place, &editor).upon(2).send().await;
        let on = on.is(StatusCode::OK);
        assert_eq!(on.json["url"], "/about/ethics");
        assert_eq!(shown(&world).await, 1);
        let off = world.ask("DELETE", &place, &editor).send().await;
        assert_eq!(off.is(StatusCode::OK).json["url"], json!(null));
        assert_eq!(shown(&world).await, 0);

        let versions = world.get(&format!("{ETHICS}/versions"), &editor).await;
        let versions = versions.json["versions"].as_array().unwrap().clone();
        let acts: Vec<_> = versions.iter().map(|line| &line["act"]).collect();
        assert_eq!(acts, ["hidden", "shown", "adapted", "laid_out"]);
        let first = world.get(&format!("{ETHICS}/versions/1"), &editor).await;
        assert_eq!(
            first.json["body"],
            saying("[Newsroom name] pays nobody.")["body"]
        );
        let back = world.ask("PUT", &format!("{ETHICS}/restoration"), &editor);
        let back = back.upon(4).json(json!({"version": 1})).send().await;
        assert_eq!(back.is(StatusCode::OK).json["starter"], true);
        for missing in [
            "/api/v1/trust-pages/weather",
            "/api/v1/trust-pages/ethics/versions/99",
        ] {
            let told = world.get(missing, &editor).await;
            assert_eq!(told.status, StatusCode::NOT_FOUND, "{missing}");
        }
    })
    .await;
}

#[tokio::test]
async fn two_who_adapt_a_trust_page_are_told_of_each_other() {
    on_both(MIGRATIONS, async |db| {
        let world = opened(db).await;
        let (ada, ben) = (
            world.staff(Role::Editor).await,
            world.staff(Role::Editor).await,
        );
        let hers = adapt(&world, &ada, 1, "We pay nobody.").send().await;
        hers.is(StatusCode::OK);
        let late = adapt(&world, &ben, 1, "We pay some.").send().await;
        late.refuses(409, None, "somebody-changed-first");
        assert_eq!(
            late.json["current"]["body"],
            saying("We pay nobody.")["body"]
        );
        assert_eq!(late.header("etag"), Some("\"2\""));
        let blind = world.ask("PUT", ETHICS, &ben).json(saying("We pay some."));
        let blind = blind.send().await;
        blind.refuses(428, Some("If-Match"), "needs-if-match");
        let twice = || {
            adapt(&world, &ben, 2, "We pay some.")
                .with("idempotency-key", "one")
                .send()
        };
        let (first, again) = (twice().await.is(StatusCode::OK), twice().await);
        assert_eq!(again.is(StatusCode::OK).bytes, first.bytes);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_trust_page_is_named_and_only_editors_change_one() {
    on_both(MIGRATIONS, async |db| {
        let world = opened(db).await;
        let editor = world.staff(Role::Editor).await;
        let put = |body: Value| world.ask("PUT", ETHICS, &editor).upon(1).json(body).send();
        let mut untitled = saying("We pay nobody.");
        untitled["title"] = json!(" ");
        put(untitled).await.refuses(422, Some("title"), "missing");
        let mut long = saying("We pay nobody.");
        long["title"] = json!("x".repeat(81));
        put(long).await.refuses(422, Some("title"), "too-long");
        put(saying(" ")).await.refuses(422, Some("body"), "no-body");
        let unknown = put(json!({"title": "Ethics"})).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        let restore = world
            .ask("PUT", &format!("{ETHICS}/restoration"), &editor)
            .upon(1);
        let restore = restore.json(json!({"version": 7})).send().await;
        restore.refuses(422, Some("version"), "unknown-version");
        let reporter = world.staff(Role::Reporter).await;
        let told = adapt(&world, &reporter, 1, "Mine.").send().await;
        told.refuses(403, None, "not-allowed");
        let read = world.get(ETHICS, &reporter).await.is(StatusCode::OK);
        assert_eq!(read.json["version"], 1, "what was refused changed nothing");
    })
    .await;
}
