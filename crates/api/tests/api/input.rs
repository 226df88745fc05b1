//! Bad input: a clear refusal that names the field and the rule, and nothing half-written.

use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::{Value, json};
use store::testing::on_both;

use crate::world::{MIGRATIONS, Told, World};

/// A body, and how it is refused: status, field, key.
const DRAFTS: &str = r##"
{"headline": "a", "headline": "b"} => 400 headline duplicate-key
{"comments": {"mode": "off", "mode": "pre"}} => 400 comments.mode duplicate-key
{"bylines": [{"name": "a"}, {"name": "a", "name": "b"}]} => 400 bylines[1].name duplicate-key
{"is_admin": true} => 422 is_admin unknown-field
{"id": "1"} => 422 id unknown-field
{"publication": {}} => 422 publication unknown-field
{"headline": 7} => 422 headline wrong-type
{"headline": ["a"]} => 422 headline wrong-type
{"urgency": "5"} => 422 urgency wrong-type
{"urgency": 0} => 422 urgency out-of-range
{"urgency": 300} => 422 urgency wrong-value
{"language": "<b>"} => 422 language not-a-language
{"slug": "../x"} => 422 slug not-a-slug
{"access": "free"} => 422 access not-a-choice
{"access": {"open": {}}} => 422 access not-a-choice
{"body": "<p>x</p>"} => 422 body wrong-type
{"bylines": [{"name": "A", "email": "b"}]} => 422 bylines[0].email unknown-field
{"embargo": {"until": "soon"}} => 422 embargo.until wrong-value
{"headline": "a\u0000b"} => 422 headline nul-character
{"topics": ["a", "b\u0000"]} => 422 topics[1] nul-character
{"section_id": "NOBODY"} => 422 section_id unknown-section
{"running_story_id": "NOBODY"} => 422 running_story_id unknown-running-story
{"section_id": "1"} => 422 section_id wrong-value
{"slugline": "LETTERS"} => 422 slugline too-long
{"headline": "LETTERS"} => 422 headline too-long
{"body": {"type": "doc", "content": [{"type": "script"}]}} => 422 body.content[0].type not-a-choice
{"body": {"type": "doc", "content": [{"type": "fold"}, {"type": {}}]}} => 422 body.content[1].type not-a-choice
{"body": {"type": "doc", "content": [{"type": "heading", "attrs": {"level": 1}}]}} => 422 body.content[0].attrs.level heading-level
{"body": {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}]}]}]}} => 422 body.content[0].content[0].marks[0].attrs.href not-an-address
{"body": {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": [{"type": "link", "attrs": {"href": "java\tscript:alert(1)"}}]}]}]}} => 422 body.content[0].content[0].marks[0].attrs.href not-an-address
"##;
const NOBODY: &str = "0192f0c0-0000-7000-8000-000000000000";

/// The rows of a table such as [`DRAFTS`].
fn rows(table: &str) -> impl Iterator<Item = (String, u16, String, String)> {
    let letters = "\u{5e9}".repeat(251);
    table.trim().lines().map(move |row| {
        let (asked, refused) = row.rsplit_once(" => ").unwrap();
        let asked = asked.replace("NOBODY", NOBODY).replace("LETTERS", &letters);
        let mut refused = refused.split(' ').map(str::to_string);
        let mut next = || refused.next().unwrap();
        (asked, next().parse().unwrap(), next(), next())
    })
}

#[tokio::test]
async fn a_draft_that_cannot_be_is_refused_by_field_and_rule() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let scopes = [Scope::StoriesRead, Scope::StoriesWrite];
        let wire = world.machine(&scopes).await;
        for (body, status, field, key) in rows(DRAFTS) {
            let ask = world.ask("POST", "/api/v1/stories", &wire);
            let told = ask.bytes(body.as_bytes()).send().await;
            told.refuses(status, Some(&field), &key);
        }
        nothing_was_written(&world.get("/api/v1/stories", &wire).await);
    })
    .await;
}

#[tokio::test]
async fn a_42_what_is_no_json_or_too_large_is_refused_whole() {
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

/// What is changed, and how it is refused. The longest reason has 2000 letters.
const CHANGES: &str = r#"
PATCH  {"headline": "b", "x": 1} => 422 x unknown-field
PATCH  {"why": 7} => 422 why wrong-type
PATCH  {"why": "LONG"} => 422 why too-long
POST /corrections {"class": "correction"} => 422 text missing
POST /corrections {"class": "slip", "text": "a"} => 422 class not-a-choice
POST /corrections {"class": "refile", "text": " "} => 422 text missing
POST /corrections {"class": "refile", "text": "a", "changes": {"by": 1}} => 422 by unknown-field
PUT /withdrawal {} => 422 reason missing
PUT /withdrawal {"reason": ""} => 422 reason missing
PUT /withdrawal {"reason": "LONG"} => 422 reason too-long
PUT /withdrawal {"reason": "a", "note": "LONG"} => 422 note too-long
PUT /withdrawal {"reason": "a", "at": 1} => 422 at unknown-field
PUT /withdrawal {"reason": "a", "substitute": "ITSELF"} => 422 substitute unknown-story
PUT /publication {"at": "now"} => 422 at unknown-field
"#;

#[tokio::test]
async fn a_change_that_is_refused_leaves_the_story_as_it_was() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let story = world.published(&duty).await;
        let path = format!("/api/v1/stories/{}", story.id());
        for (asked, status, field, key) in rows(CHANGES) {
            let asked = asked.replace("LONG", &"n".repeat(2001));
            let asked = asked.replace("ITSELF", &story.id());
            let mut parts = asked.splitn(3, ' ');
            let mut next = || parts.next().unwrap();
            let (method, below, body) = (next(), next(), next());
            let ask = world.ask(method, &format!("{path}{below}"), &duty);
            let told = ask.upon(1).bytes(body.as_bytes()).send().await;
            told.refuses(status, Some(&field), &key);
        }
        assert_eq!(world.get(&path, &duty).await.bytes, story.bytes);
    })
    .await;
}

/// A query, and how it is refused. What is looked for has 200 letters at most.
const QUERIES: &str = "
stories?limit=0 => 422 limit out-of-range
stories?limit=201 => 422 limit out-of-range
stories?limit=ten => 422 limit wrong-value
stories?section=1 => 422 section wrong-value
stories?state=gone => 422 state not-a-choice
stories?after=1 => 422 after wrong-value
stories?after=-377705023201000000.NOBODY => 422 after wrong-value
stories?after=1%27--.2 => 422 after wrong-value
stories?state=draft&state=ready => 400 state duplicate-key
stories?made_by=1 => 400 made_by unknown-parameter
stories?order=slug => 400 order unknown-parameter
stories?q=%00 => 422 q nul-character
stories?q=LETTERS => 422 q too-long
people?q=%00 => 422 q nul-character
people?q=LETTERS => 422 q too-long
people?email=a => 400 email unknown-parameter
topics?q=%00 => 422 q nul-character
";

#[tokio::test]
async fn a_01_a_03_v_34_a_query_is_read_into_its_types_and_nothing_else_filters() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let wire = world.machine(&[Scope::StoriesRead]).await;
        for (query, status, field, key) in rows(QUERIES) {
            let query = query.replace('\u{5e9}', "q");
            let told = world.get(&format!("/api/v1/{query}"), &wire).await;
            told.refuses(status, Some(&field), &key);
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
