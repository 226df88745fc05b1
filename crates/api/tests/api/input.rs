//! Bad input: a clear refusal that names the field and the rule, and nothing half-written.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::{Value, json};
use store::testing::on_both;

use crate::world::{MIGRATIONS, Told, World};

#[tokio::test]
async fn a_draft_that_cannot_be_is_refused_by_field_and_rule() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world
            .machine(&[Scope::StoriesRead, Scope::StoriesWrite])
            .await;
        let nobody = "0192f0c0-0000-7000-8000-000000000000";
        let body = |block: Value| json!({"body": {"type": "doc", "content": [block]}}).to_string();
        let link = |href: &str| {
            body(
                json!({"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": [
                    {"type": "link", "attrs": {"href": href}},
                ]}]}),
            )
        };
        let table = [
            (
                r#"{"headline": "a", "headline": "b"}"#.into(),
                400,
                "headline",
                "duplicate-key",
            ),
            (
                r#"{"comments": {"mode": "off", "mode": "pre"}}"#.into(),
                400,
                "mode",
                "duplicate-key",
            ),
            (
                r#"{"is_admin": true}"#.into(),
                422,
                "is_admin",
                "unknown-field",
            ),
            (r#"{"id": "1"}"#.into(), 422, "id", "unknown-field"),
            (
                r#"{"publication": {}}"#.into(),
                422,
                "publication",
                "unknown-field",
            ),
            (r#"{"headline": 7}"#.into(), 422, "headline", "wrong-type"),
            (
                r#"{"headline": ["a"]}"#.into(),
                422,
                "headline",
                "wrong-type",
            ),
            (r#"{"urgency": "5"}"#.into(), 422, "urgency", "wrong-type"),
            (r#"{"urgency": 0}"#.into(), 422, "urgency", "out-of-range"),
            (r#"{"urgency": 300}"#.into(), 422, "urgency", "wrong-type"),
            (
                r#"{"language": "<b>"}"#.into(),
                422,
                "language",
                "wrong-type",
            ),
            (r#"{"slug": "../x"}"#.into(), 422, "slug", "wrong-type"),
            (r#"{"access": "free"}"#.into(), 422, "access", "wrong-type"),
            (r#"{"body": "<p>x</p>"}"#.into(), 422, "body", "wrong-type"),
            (
                r#"{"bylines": [{"name": "A", "email": "b"}]}"#.into(),
                422,
                "bylines",
                "wrong-type",
            ),
            (
                r#"{"headline": "a\u0000b"}"#.into(),
                422,
                "headline",
                "nul-character",
            ),
            (
                r#"{"topics": ["a", "b\u0000"]}"#.into(),
                422,
                "topics[1]",
                "nul-character",
            ),
            (
                format!(r#"{{"slugline": "{}"}}"#, "s".repeat(25)),
                422,
                "slugline",
                "too-long",
            ),
            (
                format!(r#"{{"headline": "{}"}}"#, "ש".repeat(251)),
                422,
                "headline",
                "too-long",
            ),
            (
                format!(r#"{{"section_id": "{nobody}"}}"#),
                422,
                "section_id",
                "unknown-section",
            ),
            (
                format!(r#"{{"running_story_id": "{nobody}"}}"#),
                422,
                "running_story_id",
                "unknown-running-story",
            ),
            (
                r#"{"section_id": "1"}"#.into(),
                422,
                "section_id",
                "wrong-type",
            ),
            (link("javascript:alert(1)"), 422, "body", "wrong-type"),
            (link("java\tscript:alert(1)"), 422, "body", "wrong-type"),
            (body(json!({"type": "script"})), 422, "body", "wrong-type"),
            (
                body(json!({"type": "heading", "attrs": {"level": 1}})),
                422,
                "body.content[0].attrs.level",
                "heading-level",
            ),
        ];
        for (body, status, field, key) in table {
            let body: String = body;
            let ask = world
                .ask("POST", "/api/v1/stories", &wire)
                .bytes(body.as_bytes());
            eprintln!("{body:.80}");
            ask.send().await.refuses(status, Some(field), key);
        }
        nothing_was_written(&world.get("/api/v1/stories", &wire).await);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_json_or_too_large_is_refused_whole() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world
            .machine(&[Scope::StoriesRead, Scope::StoriesWrite])
            .await;
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let table: [(&[u8], &str); 7] = [
            (b"{", "not-json"),
            (b"{}{}", "not-json"),
            (b"{\"headline\": \"\xff\"}", "not-text"),
            (b"\xfe\xff{}", "not-text"),
            (b"{\"headline\": \"\\ud800\"}", "not-json"),
            (deep.as_bytes(), "not-json"),
            (b"{\"urgency\": 1e999}", "not-json"),
        ];
        for (body, key) in table {
            let ask = world.ask("POST", "/api/v1/stories", &wire).bytes(body);
            ask.send().await.refuses(400, None, key);
        }
        let ask = world.ask("POST", "/api/v1/stories", &wire).bytes(b"[]");
        assert_eq!(ask.send().await.status, 422);
        let large = format!(
            "{{\"headline\": \"{}\"}}",
            "a".repeat(api::doors::STORY_BODY)
        );
        let ask = world
            .ask("POST", "/api/v1/stories", &wire)
            .bytes(large.as_bytes());
        ask.send().await.refuses(413, None, "too-large");
        let mut ask = world.ask("POST", "/api/v1/stories", &wire).json(json!({}));
        ask = ask.with("content-length", "99999999999");
        ask.send().await.refuses(413, None, "too-large");
        let ask = world.ask("POST", "/api/v1/stories", &wire);
        let as_form = ask.raw(b"headline=a", "application/x-www-form-urlencoded");
        as_form.send().await.refuses(415, None, "not-this-type");
        nothing_was_written(&world.get("/api/v1/stories", &wire).await);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_is_refused_leaves_the_story_as_it_was() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let story = world.published(&duty).await;
        let path = format!("/api/v1/stories/{}", story.id());
        let corrections = format!("{path}/corrections");
        let withdrawal = format!("{path}/withdrawal");
        let long = "n".repeat(2001);
        let table = [
            (
                "PATCH",
                &path,
                json!({"headline": "b", "x": 1}),
                "x",
                "unknown-field",
            ),
            ("PATCH", &path, json!({"why": 7}), "why", "wrong-type"),
            ("PATCH", &path, json!({"why": long}), "why", "too-long"),
            (
                "POST",
                &corrections,
                json!({"class": "correction"}),
                "text",
                "missing",
            ),
            (
                "POST",
                &corrections,
                json!({"class": "slip", "text": "a"}),
                "class",
                "wrong-value",
            ),
            (
                "POST",
                &corrections,
                json!({"class": "refile", "text": " "}),
                "text",
                "missing",
            ),
            (
                "POST",
                &corrections,
                json!({"class": "refile", "text": "a", "changes": {"by": 1}}),
                "by",
                "unknown-field",
            ),
            ("PUT", &withdrawal, json!({}), "reason", "missing"),
            (
                "PUT",
                &withdrawal,
                json!({"reason": ""}),
                "reason",
                "missing",
            ),
            (
                "PUT",
                &withdrawal,
                json!({"reason": long}),
                "reason",
                "too-long",
            ),
            (
                "PUT",
                &withdrawal,
                json!({"reason": "a", "note": long}),
                "note",
                "too-long",
            ),
            (
                "PUT",
                &withdrawal,
                json!({"reason": "a", "at": 1}),
                "at",
                "unknown-field",
            ),
            (
                "PUT",
                &withdrawal,
                json!({"reason": "a", "substitute": story.id()}),
                "substitute",
                "unknown-story",
            ),
        ];
        for (method, path, body, field, key) in table {
            eprintln!("{method} {key}");
            let ask = world.ask(method, path, &duty).upon(1).json(body);
            ask.send().await.refuses(422, Some(field), key);
        }
        let ask = world.ask("PUT", &format!("{path}/publication"), &duty);
        let told = ask.json(json!({"at": "now"})).send().await;
        told.refuses(422, Some("at"), "unknown-field");
        assert_eq!(world.get(&path, &duty).await.bytes, story.bytes);
    })
    .await;
}

#[tokio::test]
async fn a_query_is_read_into_its_types_and_nothing_else_filters() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&[Scope::StoriesRead]).await;
        let long = "q".repeat(201);
        let table = [
            ("stories?limit=0".into(), 422, "limit", "out-of-range"),
            ("stories?limit=201".into(), 422, "limit", "out-of-range"),
            ("stories?limit=ten".into(), 422, "limit", "wrong-value"),
            ("stories?section=1".into(), 422, "section", "wrong-value"),
            ("stories?state=gone".into(), 422, "state", "wrong-value"),
            ("stories?after=1".into(), 422, "after", "wrong-value"),
            (
                "stories?after=-377705023201000000.0192f0c0-0000-7000-8000-000000000000".into(),
                422,
                "after",
                "wrong-value",
            ),
            ("stories?after=1%27--.2".into(), 422, "after", "wrong-value"),
            (
                "stories?state=draft&state=ready".into(),
                400,
                "state",
                "duplicate-key",
            ),
            ("stories?made_by=1".into(), 422, "made_by", "unknown-field"),
            ("stories?order=slug".into(), 422, "order", "unknown-field"),
            ("stories?q=%00".into(), 422, "q", "nul-character"),
            (format!("stories?q={long}"), 422, "q", "too-long"),
            ("people?q=%00".into(), 422, "q", "nul-character"),
            (format!("people?q={long}"), 422, "q", "too-long"),
            ("people?email=a".into(), 422, "email", "unknown-field"),
            ("topics?q=%00".into(), 422, "q", "nul-character"),
        ];
        for (query, status, field, key) in table {
            let query: String = query;
            let told = world.get(&format!("/api/v1/{query}"), &wire).await;
            told.refuses(status, Some(field), key);
        }
        for harmless in ["q=%27%20OR%201=1--", "q=%25", "q=_%5c", "q=CASE+WHEN"] {
            let told = world
                .get(&format!("/api/v1/stories?{harmless}"), &wire)
                .await;
            assert_eq!(told.is(StatusCode::OK).json["stories"], json!([]));
        }
    })
    .await;
}

#[tokio::test]
async fn an_empty_text_in_a_field_that_may_be_left_out_says_none() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&[Scope::StoriesWrite]).await;
        let fields: serde_json::Map<String, Value> = api::fields::EMPTY_IS_NONE
            .iter()
            .map(|name| (name.to_string(), json!("")))
            .collect();
        let ask = world.ask("POST", "/api/v1/stories", &wire);
        let told = ask
            .json(Value::Object(fields))
            .send()
            .await
            .is(StatusCode::CREATED);
        assert_eq!(told.json["kicker"], json!(null));
        assert_eq!(told.json["slug"], json!(null));
        assert_eq!(told.json["genre"], "news");
    })
    .await;
}

#[track_caller]
fn nothing_was_written(listed: &Told) {
    assert_eq!(listed.json["stories"], json!([]));
}
