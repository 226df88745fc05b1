//! `GET /openapi.json`: the API described in OpenAPI 3.1, made from the sheet of doors itself.
//!
//! Paths, verbs, who may come, queries and body limits are read off the rows, so that the description
//! cannot disagree with the doors; `operations` adds what a row does not know, one line for each,
//! and `schemas` the shapes, with limits taken from where they are kept. A derive on our types would
//! have to reach into `newsroom` and `base`, which know nothing of doors, or repeat each type here.

mod operations;
mod schemas;

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Map, Value, json};
use web::{Answer, Effort, Kind, Page, Row, StaffRight, Verb, Who};

use crate::{Api, door::STAFF_COOKIE, idempotency, rows, write};
use operations::{Operation, Precondition, operation};

/// Answers with the description. Anybody may read it: it says nothing that asking would not.
pub async fn show(State(api): State<Api>) -> Answer {
    Arc::clone(&api.description).into()
}

/// The description as a page that is made once.
pub(crate) fn page(newsroom: &str, largest_picture: u64) -> Arc<Page> {
    let text = document(newsroom, largest_picture).to_string();
    Page::new(&rows::OPENAPI, Kind::Json, text, Effort::Keep).shared()
}

/// The description of every row of the sheet, for a newsroom of that name which takes pictures of so many bytes.
pub fn document(newsroom: &str, largest_picture: u64) -> Value {
    let mut paths = Map::new();
    for row in crate::ROWS {
        let path = paths.entry(row.path).or_insert_with(|| json!({}));
        path[verb(row.verb)] = described(row, &operation(row.name));
    }
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": format!("{newsroom}: newsroom API"),
            "version": "1",
            "description": ABOUT,
        },
        "servers": [{"url": "/", "description": "This newsroom"}],
        "paths": paths,
        "components": {
            "schemas": schemas::all(largest_picture),
            "responses": {"Problem": problem()},
            "headers": headers(),
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": STAFF_COOKIE},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    })
}

const ABOUT: &str = "Stories, what stands around them, and their publication. Every refusal is a \
    problem (RFC 9457) that names the field and the rule, and nothing is half-written. Lists come a \
    page at a time: send `next` as `after`. A query parameter that a door does not know is refused. \
    Unsafe requests by session are taken from pages of the same origin only; a bearer token may come \
    from anywhere.";

fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::Get => "get",
        Verb::Post => "post",
        Verb::Put => "put",
        Verb::Patch => "patch",
        Verb::Delete => "delete",
    }
}

fn described(row: &Row, operation: &Operation) -> Value {
    let mut described = json!({
        "operationId": row.name.to_lowercase(),
        "summary": operation.summary,
        "parameters": parameters(row, operation),
        "responses": responses(row, operation),
        "security": security(row.who),
    });
    if let Some(schema) = operation.takes {
        let body_type = if schema == schemas::FILE {
            "application/octet-stream"
        } else {
            "application/json"
        };
        described["requestBody"] = json!({
            "required": operation.needs_body,
            "description": format!("At most {} bytes.", row.body_limit),
            "content": {body_type: {"schema": schemas::reference(schema)}},
        });
    }
    described
}

fn parameters(row: &Row, operation: &Operation) -> Vec<Value> {
    let pieces = row.path.split('/').filter_map(moving).map(|name| {
        json!({"name": name, "in": "path", "required": true, "schema": schemas::piece(name)})
    });
    let query = row.query.iter().map(
        |name| json!({"name": name, "in": "query", "required": false, "schema": schemas::query(row.name, name)}),
    );
    let mut parameters: Vec<Value> = pieces.chain(query).collect();
    if operation.upon != Precondition::None {
        parameters.push(json!({
            "name": "If-Match", "in": "header",
            "required": operation.upon == Precondition::Needed,
            "description": "The revision this is made upon, as its ETag: one quoted number.",
            "schema": {"type": "string", "pattern": "^\"(0|[1-9][0-9]{0,8})\"$"},
        }));
    }
    if operation.is_kept {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": format!(
                "One for each intention, however often it is sent. The same request gets the same \
                 answer for {} hours.", idempotency::KEPT_HOURS),
            "schema": {
                "type": "string", "minLength": 1, "maxLength": write::LONGEST_KEY,
                "pattern": "^[!-~]+$",
            },
        }));
    }
    parameters
}

fn responses(row: &Row, operation: &Operation) -> Value {
    let mut done = json!({"description": operation.done});
    if let Some(schema) = operation.answers {
        done["content"] = json!({"application/json": {"schema": schemas::reference(schema)}});
    }
    let mut headers = Map::new();
    for name in operation.headers {
        headers.insert((*name).into(), reference("headers", name));
    }
    if !row.cache.is_shared() {
        for name in ["RateLimit-Policy", "RateLimit"] {
            headers.insert(name.into(), reference("headers", name));
        }
    }
    if operation.is_kept {
        let name = "Idempotency-Replayed";
        headers.insert(name.into(), reference("headers", name));
    }
    if !headers.is_empty() {
        done["headers"] = Value::Object(headers);
    }
    let mut responses = Map::new();
    if let Some(status) = operation.or_status {
        responses.insert(status.to_string(), done.clone());
    }
    if operation.status == 201 {
        done["links"] = links(row);
    }
    responses.insert(operation.status.to_string(), done);
    for status in problems(row, operation) {
        responses.insert(status.into(), reference("responses", "Problem"));
    }
    Value::Object(responses)
}

/// What can be done with a thing that was just made: the doors below its address take its id.
fn links(row: &Row) -> Value {
    let below = format!("{}/{{", row.path);
    let mut links = Map::new();
    for other in crate::ROWS {
        let Some((piece, rest)) = other
            .path
            .strip_prefix(&below)
            .and_then(|path| path.split_once('}'))
        else {
            continue;
        };
        if rest.contains('{') {
            continue;
        }
        let mut parameters = json!({piece: "$response.body#/id"});
        for known in row.path.split('/').filter_map(moving) {
            parameters[known] = json!(format!("$request.path.{known}"));
        }
        if operation(other.name).upon == Precondition::Needed {
            parameters["header.If-Match"] = json!("$response.header.ETag");
        }
        let name = other.name.to_lowercase();
        let link = json!({"operationId": name, "parameters": parameters});
        links.insert(name, link);
    }
    Value::Object(links)
}

/// The name of a moving part of an address.
fn moving(piece: &str) -> Option<&str> {
    piece.strip_prefix('{')?.strip_suffix('}')
}

/// The problems a door can answer with, by what its row and its operation say.
fn problems(row: &Row, operation: &Operation) -> Vec<&'static str> {
    let names_one = row.path.contains('{');
    let writes = row.verb != Verb::Get;
    let may_conflict =
        operation.upon != Precondition::None || operation.is_kept || operation.may_clash;
    let all = [
        ("400", writes || row.who != Who::Anyone),
        ("401", row.who != Who::Anyone),
        ("403", row.who != Who::Anyone || writes),
        ("404", names_one),
        ("409", may_conflict),
        ("413", writes),
        ("414", !row.query.is_empty()),
        ("415", operation.takes.is_some()),
        ("422", writes || !row.query.is_empty()),
        ("428", operation.upon == Precondition::Needed),
        ("429", true),
        ("500", true),
        ("503", true),
    ];
    all.into_iter()
        .filter_map(|(status, can)| can.then_some(status))
        .collect()
}

/// What a token needs is told in the scope; staff need the right that goes with it.
fn security(who: Who) -> Value {
    match who {
        Who::Anyone => json!([]),
        Who::Reader | Who::Staff(StaffRight::SignedIn) => json!([{"session": []}]),
        Who::Staff(right) => json!([{"session": [role(right)]}]),
        Who::Machine(scope) => {
            json!([{"session": [role(scope.right())]}, {"token": [word(scope)]}])
        }
    }
}

/// The least role with this right.
fn role(right: StaffRight) -> &'static str {
    match right {
        StaffRight::SignedIn => "staff",
        StaffRight::Write => "contributor",
        StaffRight::Publish => "editor",
        StaffRight::Administer => "publisher",
    }
}

fn word(scope: web::Scope) -> &'static str {
    match scope {
        web::Scope::StoriesRead => "stories:read",
        web::Scope::StoriesWrite => "stories:write",
        web::Scope::Publish => "publish",
        web::Scope::Lists => "any",
    }
}

fn reference(kind: &str, name: &str) -> Value {
    json!({"$ref": format!("#/components/{kind}/{name}")})
}

fn problem() -> Value {
    let schema = schemas::reference("Problem");
    json!({
        "description": "It was not done, and why. Nothing was changed.",
        "headers": {
            "RateLimit-Policy": reference("headers", "RateLimit-Policy"),
            "RateLimit": reference("headers", "RateLimit"),
            "Retry-After": reference("headers", "Retry-After"),
        },
        "content": {"application/problem+json": {"schema": schema}},
    })
}

fn headers() -> Value {
    json!({
        "ETag": {
            "description": "The revision, quoted: for If-Match.",
            "schema": {"type": "string"},
        },
        "Location": {
            "description": "Where the new thing is.",
            "schema": {"type": "string", "format": "uri-reference"},
        },
        "Set-Cookie": {
            "description": "The session: __Host-, Secure, HttpOnly, SameSite=Strict.",
            "schema": {"type": "string"},
        },
        "Clear-Site-Data": {
            "description": "Tells a browser to forget what it cached.",
            "schema": {"type": "string"},
        },
        "RateLimit-Policy": {
            "description": "The quota of this door's rate and the seconds in which it fills, such as \
                \"writing\";q=120;w=12 (IETF draft httpapi-ratelimit-headers).",
            "schema": {"type": "string"},
        },
        "RateLimit": {
            "description": "What is left of it and the seconds until it is whole again, such as \
                \"writing\";r=119;t=1.",
            "schema": {"type": "string"},
        },
        "Retry-After": {
            "description": "Seconds to wait, with 429 and 503.",
            "schema": {"type": "integer"},
        },
        "Idempotency-Replayed": {
            "description": "`true` on the answer to a repeat.",
            "schema": {"type": "string", "const": "true"},
        },
    })
}
