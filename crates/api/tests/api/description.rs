//! The description says what the doors do.

use std::collections::BTreeSet;

use api::ROWS;
use newsroom::{
    staff::Role,
    story::{Change, Fields, limits},
};
use serde_json::Value;
use store::testing::on_both;
use web::Verb;

use crate::world::{Actor, MIGRATIONS, World};

fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::Get => "get",
        Verb::Post => "post",
        Verb::Put => "put",
        Verb::Patch => "patch",
        Verb::Delete => "delete",
    }
}

#[test]
fn every_door_is_described_and_nothing_else() {
    let document = api::openapi::document("news", 50_000_000);
    let mut described = BTreeSet::new();
    for (path, verbs) in document["paths"].as_object().unwrap() {
        for verb in verbs.as_object().unwrap().keys() {
            described.insert((path.clone(), verb.clone()));
        }
    }
    let doors: BTreeSet<(String, String)> = ROWS
        .iter()
        .map(|row| (row.path.to_string(), verb(row.verb).to_string()))
        .collect();
    assert_eq!(described, doors);
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let document = api::openapi::document("news", 50_000_000);
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    for reference in &references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        let reference = format!("#/components/schemas/{name}");
        assert!(references.contains(&reference), "{name} is not used");
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                references.insert(reference.clone());
            }
            members
                .values()
                .for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

#[test]
fn every_field_of_a_story_is_described_with_its_limit() {
    let document = api::openapi::document("news", 50_000_000);
    let described = &document["components"]["schemas"]["Fields"]["properties"];
    let Change(fields) = Change::to_all(&Fields::default());
    let names: Vec<&String> = fields.keys().collect();
    let known: Vec<&String> = described.as_object().unwrap().keys().collect();
    assert_eq!(known, names);
    for limit in limits::LIMITS {
        let (field, part) = limit.field.split_once('.').unwrap_or((limit.field, ""));
        let text = described[field].to_string();
        let word = match limit.unit {
            limits::Unit::Characters => "maxLength",
            limits::Unit::Entries => "maxItems",
        };
        let said = format!("\"{word}\":{}", limit.most);
        assert!(text.contains(&said), "{field} {part}: {said} not in {text}");
    }
}

#[tokio::test]
async fn anybody_may_read_the_description_and_caches_may_keep_it() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let editor = world.staff(Role::Editor).await;
        for actor in [&Actor::Anonymous, &editor] {
            let told = world.get("/api/v1/openapi.json", actor).await;
            assert_eq!(told.status, 200);
            assert_eq!(told.json["openapi"], "3.1.0");
            assert!(told.header("etag").is_some());
        }
    })
    .await;
}
