//! A problem in words: for a person as a page, for a program as RFC 9457 JSON.

use axum::response::{IntoResponse, Response};
use base::Refusal;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::{Html, Inner, Problem, Said, Told};
use crate::{house::House, visit::Visit, words::Fact};

/// Seconds after which to come back when something we stand on is away.
const COME_BACK_AFTER: u32 = 10;
/// Letters of the number a visitor quotes; eight of 32 letters are enough to find one line in a log.
const NUMBER_LETTERS: usize = 8;

/// Whom an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    Person,
    Program,
}

/// Finds the words, logs a fault once, and makes the answer. Cache headers are the guard's.
pub(crate) fn answer(
    problem: &Problem,
    audience: Audience,
    house: &House,
    visit: &Visit,
) -> Response {
    let inner = &*problem.0;
    let told = tell(inner, house, visit);
    let (content_type, body) = match audience {
        Audience::Person => {
            let Html(page) = house.problem_page.render(&told, visit);
            ("text/html; charset=utf-8", page)
        }
        Audience::Program => ("application/problem+json", as_json(&told, &inner.more)),
    };
    let mut response = (told.status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    add_headers(headers, inner, told.status);
    response
}

fn add_headers(headers: &mut HeaderMap, inner: &Inner, status: StatusCode) {
    let away = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(COME_BACK_AFTER);
    if let Some(seconds) = inner.retry_after.or(away) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        // RFC 9110 section 11.6.1 asks for a challenge; Bearer opens no window in a browser.
        let challenge = HeaderValue::from_static("Bearer");
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    for (name, value) in &inner.headers {
        headers.insert(name.clone(), value.clone());
    }
}

fn tell(inner: &Inner, house: &House, visit: &Visit) -> Told {
    let (status, number) = judged(inner, house, visit);
    let (words, language) = (&house.words, &house.language);
    let say = |part: &str| {
        words.find(
            language,
            &format!("problem-{}-{part}", name_of(status)),
            &[],
        )
    };
    Told {
        status,
        title: say("title").unwrap_or_else(|| status.to_string()),
        detail: say("text").unwrap_or_default(),
        number,
        refusals: inner
            .refusals
            .iter()
            .map(|refusal| in_words(refusal, house))
            .collect(),
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
