//! A story's life: drafted, changed, published, corrected, withdrawn.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::json;
use store::testing::on_both;

use crate::world::{MIGRATIONS, World};

#[tokio::test]
async fn a_story_is_drafted_and_read_as_it_was_sent() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let reporter = world.staff(Role::Reporter).await;
        let drafted = world.draft(&reporter).await;
        let path = format!("/api/v1/stories/{}", drafted.id());
        assert_eq!(drafted.header("location"), Some(path.as_str()));
        assert_eq!(drafted.header("etag"), Some("\"1\""));
        let read = world.get(&path, &reporter).await.is(StatusCode::OK);
        assert_eq!(read.bytes, drafted.bytes);
        assert_eq!(read.header("etag"), Some("\"1\""));
        assert_eq!(read.header("cache-control"), Some("private, no-store"));
        assert_eq!(read.json["state"], "draft");
        assert_eq!(read.json["url"], json!(null));
        assert_eq!(read.json["body"]["content"][0]["type"], "paragraph");
    })
    .await;
}

#[tokio::test]
async fn a_change_upon_a_passed_revision_is_answered_with_the_current_story() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let ada = world.staff(Role::Reporter).await;
        let path = format!("/api/v1/stories/{}", world.draft(&ada).await.id());
        let change = |headline: &str| {
            let ask = world.ask("PATCH", &path, &ada).upon(1);
            ask.json(json!({"headline": headline, "why": "shorter"}))
        };
        let saved = change("Bridge open").send().await.is(StatusCode::OK);
        assert_eq!(saved.header("etag"), Some("\"2\""));
        assert_eq!(saved.json["body"]["content"][0]["type"], "paragraph");
        let late = change("Bridge closed").send().await;
        late.refuses(409, None, "somebody-saved-first");
        assert_eq!(late.json["current"]["headline"], "Bridge open");
        assert_eq!(late.header("etag"), Some("\"2\""));
        let history = world.get(&format!("{path}/revisions"), &ada).await;
        assert_eq!(history.json["revisions"][0]["number"], 2);
        assert_eq!(history.json["revisions"][0]["why"], "shorter");
        assert_eq!(history.json["revisions"][0]["by"], "Reporter");
        let first = world.get(&format!("{path}/revisions/1"), &ada).await;
        assert_eq!(first.json["headline"], "The bridge reopens");
        let none = world.get(&format!("{path}/revisions/9"), &ada).await;
        assert_eq!(none.status, 404);
    })
    .await;
}

#[tokio::test]
async fn if_match_must_be_there_and_be_one_quoted_number() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let ada = world.staff(Role::Reporter).await;
        let path = format!("/api/v1/stories/{}", world.draft(&ada).await.id());
        let change = || {
            world
                .ask("PATCH", &path, &ada)
                .json(json!({"headline": "A"}))
        };
        let without = change().send().await;
        without.refuses(428, Some("If-Match"), "needs-if-match");
        for tag in [
            "*",
            "W/\"1\"",
            "1",
            "\"01\"",
            "\"1\", \"2\"",
            "\"x\"",
            "\"99999999999\"",
        ] {
            let odd = change().with("if-match", tag).send().await;
            odd.refuses(422, Some("If-Match"), "wrong-value");
        }
        let twice = change().upon(1).upon(1).send().await;
        twice.refuses(400, Some("If-Match"), "duplicate-key");
        let ahead = change().upon(2).send().await;
        ahead.refuses(409, None, "somebody-saved-first");
        let read = world.get(&path, &ada).await;
        assert_eq!(read.json["revision"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_story_is_published_corrected_and_withdrawn() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let published = world.published(&duty).await;
        assert_eq!(published.json["state"], "published");
        assert_eq!(published.json["url"], "/2026/11/the-bridge-reopens");
        assert_eq!(published.json["publication"]["by"], "DutyEditor");
        let path = format!("/api/v1/stories/{}", published.id());
        world.wait(60);
        let correction = json!({
            "class": "correction", "text": "It reopens tomorrow, not today.",
            "changes": {"headline": "The bridge reopens tomorrow"},
        });
        let ask = world.ask("POST", &format!("{path}/corrections"), &duty);
        let ask = ask.upon(1).json(correction);
        let corrected = ask.send().await.is(StatusCode::CREATED);
        assert_eq!(corrected.json["notes"][0]["class"], "correction");
        assert_eq!(corrected.json["revision"], 2);
        assert_eq!(corrected.json["publication"]["revision"], 2);
        let history = world.get(&format!("{path}/revisions"), &duty).await;
        assert_eq!(history.json["revisions"][0]["public_class"], "correction");
        assert_eq!(history.json["revisions"][1]["public_class"], json!(null));
        let ask = world.ask("PUT", &format!("{path}/withdrawal"), &duty);
        let ask = ask.json(json!({"reason": "It never closed.", "note": null, "substitute": null}));
        let withdrawn = ask.send().await.is(StatusCode::OK);
        assert_eq!(withdrawn.json["state"], "withdrawn");
        assert_eq!(withdrawn.json["withdrawal"]["reason"], "It never closed.");
        let again = world.ask("PUT", &format!("{path}/publication"), &duty);
        again.send().await.refuses(409, None, "withdrawn");
    })
    .await;
}

#[tokio::test]
async fn taking_the_publication_away_leaves_the_neutral_notice() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let path = format!(
            "/api/v1/stories/{}/publication",
            world.published(&duty).await.id()
        );
        let told = world
            .ask("DELETE", &path, &duty)
            .send()
            .await
            .is(StatusCode::OK);
        assert_eq!(told.json["state"], "withdrawn");
        let notice = "The newsroom has withdrawn this story.";
        assert_eq!(told.json["withdrawal"]["reason"], notice);
        let again = world.ask("DELETE", &path, &duty).send().await;
        again.refuses(409, None, "not-published");
    })
    .await;
}

#[tokio::test]
async fn what_stands_against_publishing_is_told_all_at_once() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&[Scope::StoriesWrite, Scope::Publish]).await;
        let ask = world.ask("POST", "/api/v1/stories", &wire);
        let empty = ask.send().await.is(StatusCode::CREATED);
        let path = format!("/api/v1/stories/{}/publication", empty.id());
        let told = world.ask("PUT", &path, &wire).send().await;
        told.refuses(422, Some("headline"), "no-headline");
        told.refuses(422, Some("section_id"), "no-section");
        told.refuses(422, Some("body"), "no-body");
        let late = world.ask("PUT", &path, &wire).upon(7).send().await;
        late.refuses(409, None, "somebody-saved-first");
        assert_eq!(late.json["current"]["revision"], 1);
    })
    .await;
}

#[tokio::test]
async fn an_act_upon_a_story_that_is_not_there_is_404() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let known = world.published(&duty).await.id();
        let spelt_otherwise = [
            known.to_uppercase(),
            known.replace('-', ""),
            format!("%7B{known}%7D"),
            format!("urn:uuid:{known}"),
            "0192f0c0-0000-7000-8000-000000000000".into(),
            "1".into(),
            "1%20OR%201=1".into(),
        ];
        for id in spelt_otherwise {
            let path = format!("/api/v1/stories/{id}");
            let told = world.get(&path, &duty).await;
            assert_eq!(told.status, 404, "{path}");
            let path = format!("{path}/publication");
            let told = world.ask("PUT", &path, &duty).json(json!({})).send().await;
            assert_eq!(told.status, 404, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_keeps_a_note_for_the_newsroom() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let path = format!("/api/v1/stories/{}", world.published(&duty).await.id());
        let ask = world.ask("PUT", &format!("{path}/withdrawal"), &duty);
        let body = json!({"reason": "It never closed.", "note": "The council rang at six."});
        let told = ask.upon(1).json(body).send().await.is(StatusCode::OK);
        assert_eq!(told.json["withdrawal"]["note"], "The council rang at six.");
        let read = world.get(&path, &duty).await;
        assert_eq!(read.json["withdrawal"], told.json["withdrawal"]);
    })
    .await;
}

#[tokio::test]
async fn publishing_and_withdrawing_mean_the_revision_that_was_looked_at() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let path = format!("/api/v1/stories/{}", world.published(&duty).await.id());
        let change = world.ask("PATCH", &path, &duty).upon(1);
        let change = change.json(json!({"deck": "Since noon."}));
        change.send().await.is(StatusCode::OK);
        for (method, below, body) in [
            ("PUT", "publication", json!({})),
            ("PUT", "withdrawal", json!({"reason": "It never closed."})),
            ("DELETE", "publication", json!({})),
        ] {
            let ask = world.ask(method, &format!("{path}/{below}"), &duty);
            let late = ask.upon(1).json(body).send().await;
            late.refuses(409, None, "somebody-saved-first");
            assert_eq!(late.json["current"]["deck"], "Since noon.", "{below}");
            assert_eq!(late.header("etag"), Some("\"2\""));
        }
        let read = world.get(&path, &duty).await;
        assert_eq!(read.json["publication"]["revision"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_contributor_may_change_drafts_of_their_own_only() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let (cora, editor) = (
            world.staff(Role::Contributor).await,
            world.staff(Role::Editor).await,
        );
        let change = |told: &crate::world::Told| {
            let ask = world.ask("PATCH", &format!("/api/v1/stories/{}", told.id()), &cora);
            ask.upon(1).json(json!({"deck": "New"}))
        };
        let hers = world.draft(&cora).await;
        assert_eq!(hers.json["begun_by"]["name"], "Contributor");
        change(&hers).send().await.is(StatusCode::OK);
        let theirs = world.draft(&editor).await;
        let told = change(&theirs).send().await;
        told.refuses(403, None, "not-your-story");
        let out = world.draft(&cora).await;
        let path = format!("/api/v1/stories/{}/publication", out.id());
        let ask = world.ask("PUT", &path, &editor);
        ask.send().await.is(StatusCode::OK);
        let told = change(&out).send().await;
        told.refuses(403, None, "no-longer-a-draft");
    })
    .await;
}
