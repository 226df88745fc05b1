//! A problem in words: for a person as a page, for a program as RFC 9457 JSON.

use axum::response::{IntoResponse, Response};
use base::Refusal;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use super::{Html, Inner, PlainProblemPage, Problem, ProblemPage, Said, Told};
use crate::{house::House, query::LONGEST_QUERY, visit::Visit, words::Fact};

/// Seconds after which to come back when something we stand on is away.
const COME_BACK_AFTER: u32 = 10;
/// Letters of the number a visitor quotes; eight of 32 letters are enough to find one line in a log.
const NUMBER_LETTERS: usize = 8;

/// Whom an answer is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Audience {
    Person,
    Program(Asker),
    /// Somebody at a host where nothing of the site is served: plain words, whatever was asked for.
    Bare,
}

/// A program that asked the API, and what it asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asker {
    pub(crate) brought: Brought,
    pub(crate) method: Method,
}

/// The credential a request brought, good or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Brought {
    Token,
    Session,
    /// A signature, or none, at a door where nothing else counts.
    Letter,
    Nothing,
}

/// Finds the words, logs a fault once, and makes the answer. Cache headers are the guard's.
pub(crate) fn answer(
    problem: &Problem,
    audience: &Audience,
    house: &House,
    visit: &Visit,
) -> Response {
    let inner = &*problem.0;
    let told = tell(inner, audience, house, visit);
    let (content_type, body) = match audience {
        Audience::Person => {
            let Html(page) = house.problem_page.render(&told, visit);
            ("text/html; charset=utf-8", page)
        }
        Audience::Bare => {
            let Html(page) = PlainProblemPage.render(&told, visit);
            ("text/html; charset=utf-8", page)
        }
        Audience::Program(_) => ("application/problem+json", as_json(&told, &inner.more)),
    };
    let mut response = (told.status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    add_headers(headers, (inner, told.status), audience);
    response
}

fn add_headers(
    headers: &mut HeaderMap,
    (inner, status): (&Inner, StatusCode),
    audience: &Audience,
) {
    let away = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(COME_BACK_AFTER);
    if let Some(seconds) = inner.retry_after.or(away) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        // RFC 9110 section 11.6.1 asks for a challenge; Bearer opens no window in a browser.
        let signs =
            matches!(audience, Audience::Program(asker) if asker.brought == Brought::Letter);
        let challenge = HeaderValue::from_static(if signs { "Signature" } else { "Bearer" });
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    for (name, value) in &inner.headers {
        headers.insert(name.clone(), value.clone());
    }
}

fn tell(inner: &Inner, audience: &Audience, house: &House, visit: &Visit) -> Told {
    let (status, number) = judged(inner, house, visit);
    let refusals: Vec<Said> = inner
        .refusals
        .iter()
        .map(|refusal| in_words(refusal, house))
        .collect();
    let told = Told {
        status,
        title: String::new(),
        detail: String::new(),
        number,
        refusals,
    };
    match audience {
        Audience::Person | Audience::Bare => for_a_person(told, house),
        Audience::Program(asker) => for_a_program(told, inner, asker, (house, visit)),
    }
}

fn for_a_person(told: Told, house: &House) -> Told {
    let say = |part: &str| {
        let key = format!("problem-{}-{part}", name_of(told.status));
        house.words.find(&house.language, &key, &[])
    };
    Told {
        title: say("title").unwrap_or_else(|| told.status.to_string()),
        detail: say("text").unwrap_or_default(),
        ..told
    }
}

/// The title says what happened at this door, to this asker; the detail says what was refused and
/// why, and then what was kept and what can be done.
fn for_a_program(
    told: Told,
    inner: &Inner,
    asker: &Asker,
    (house, visit): (&House, &Visit),
) -> Told {
    let seconds = inner.retry_after.unwrap_or(COME_BACK_AFTER);
    let brought = match asker.brought {
        Brought::Token => "token",
        Brought::Session => "session",
        Brought::Letter => "letter",
        Brought::Nothing => "nothing",
    };
    let facts = [
        ("brought", Fact::from(brought)),
        ("thing", Fact::from(thing(visit))),
        ("method", Fact::from(asker.method.as_str())),
        ("seconds", Fact::from(seconds)),
        ("longest", Fact::from(LONGEST_QUERY)),
        ("number", Fact::from(told.number.as_deref().unwrap_or("–"))),
    ];
    let say = |part: &str| {
        let key = format!("problem-api-{}-{part}", api_name_of(told.status));
        house.words.find(&house.language, &key, &facts)
    };
    let refused = told.refusals.iter().map(|said| said.message.clone());
    let sentences: Vec<String> = refused.chain(say("text")).collect();
    Told {
        title: say("title").unwrap_or_else(|| told.status.to_string()),
        detail: sentences.join(" "),
        ..told
    }
}

/// What an address of the API names last, by the moving part of its row.
fn thing(visit: &Visit) -> &'static str {
    let path = visit.row.map_or("", |row| row.path);
    let name = path
        .rsplit('{')
        .next()
        .and_then(|rest| rest.split_once('}'));
    match name.map(|(name, _)| name) {
        Some("story") => "story",
        Some("number") => "revision",
        Some("running") => "running-story",
        Some("entry") => "entry",
        Some("person") => "person",
        Some("section") => "section",
        Some("token") => "token",
        Some("slug") if path.contains("/topics/") => "topic",
        Some("confirm") => "invitation",
        _ => "address",
    }
}

/// The status, and the number under which a fault was just logged.
fn judged(inner: &Inner, house: &House, visit: &Visit) -> (StatusCode, Option<String>) {
    let Some(fault) = &inner.fault else {
        return (inner.status, None);
    };
    let number = fresh_number();
    let door = visit.row.map_or("none", |row| row.name);
    tracing::error!(number, door, "fault {number} at {door}: {}", fault.chain());
    let status = if (house.is_unavailable)(fault) {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        inner.status
    };
    (status, Some(number))
}

fn in_words(refusal: &Refusal, house: &House) -> Said {
    let field = refusal.field.as_deref();
    let mut facts: Vec<(&str, Fact)> = vec![("field", Fact::from(field.unwrap_or_default()))];
    for (name, value) in &refusal.facts {
        facts.push((name, Fact::read(value)));
    }
    Said {
        field: field.map(str::to_string),
        key: refusal.key,
        message: house.words.say(&house.language, refusal.key, &facts),
    }
}

fn as_json(told: &Told, more: &serde_json::Map<String, serde_json::Value>) -> String {
    let mut members = serde_json::Map::new();
    members.insert("type".into(), "about:blank".into());
    members.insert("title".into(), told.title.as_str().into());
    members.insert("status".into(), told.status.as_u16().into());
    members.insert("detail".into(), told.detail.as_str().into());
    if let Some(number) = &told.number {
        members.insert("number".into(), number.as_str().into());
    }
    let refusals = serde_json::to_value(&told.refusals).unwrap_or_default();
    members.insert("refusals".into(), refusals);
    for (name, value) in more {
        members.entry(name.clone()).or_insert_with(|| value.clone());
    }
    serde_json::Value::Object(members).to_string()
}

/// A number to quote: letters that are not mistaken for each other (Crockford's base 32).
fn fresh_number() -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let id = uuid::Uuid::now_v7();
    let random = id.as_u64_pair().1;
    (0..NUMBER_LETTERS)
        .map(|nth| LETTERS[(random >> (nth * 5)) as usize & 31] as char)
        .collect()
}

/// Every name a problem can have, for the test that looks for their words.
#[cfg(test)]
pub(crate) const NAMES: [&str; 12] = [
    "sign-in",
    "forbidden",
    "not-found",
    "method",
    "conflict",
    "too-large",
    "misdirected",
    "refused",
    "too-many",
    "unavailable",
    "bad-request",
    "fault",
];

/// The middle of a status' message keys: `problem-not-found-title`, `problem-not-found-text`.
fn name_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "sign-in",
        403 => "forbidden",
        404 => "not-found",
        405 => "method",
        409 | 412 | 428 => "conflict",
        413 => "too-large",
        421 => "misdirected",
        422 => "refused",
        429 => "too-many",
        503 => "unavailable",
        400..=499 => "bad-request",
        _ => "fault",
    }
}

/// Every name a problem of the API can have, for the same test.
#[cfg(test)]
pub(crate) const API_NAMES: [&str; 15] = [
    "bad-request",
    "sign-in",
    "forbidden",
    "not-found",
    "method",
    "conflict",
    "too-large",
    "query-too-long",
    "media-type",
    "misdirected",
    "refused",
    "precondition",
    "too-many",
    "unavailable",
    "fault",
];

/// As [`name_of`], for `problem-api-not-found-title` and `problem-api-not-found-text`.
fn api_name_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        409 | 412 => "conflict",
        414 => "query-too-long",
        415 => "media-type",
        428 => "precondition",
        _ => name_of(status),
    }
}
