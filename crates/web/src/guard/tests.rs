//! The rules of the guard, through the whole layer.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Path,
};
use base::{Clock, Fault, Instant, Refusal};
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde::Deserialize;
use tower::ServiceExt;
use uuid::Uuid;

use crate::{
    Answer, Effort, Hosts, House, Json, Kind, Page, Peer, Problem, Query, Rights, Scope, Scopes,
    StaffRight, Visit, Visitor,
    visit::{Doorkeeper, Looking},
};

crate::doors! {
    /// Doors for these tests.
    fn doors() -> Doors<()>;
    FRONT: Get "/" => front, who: Anyone, cache: Page, rate: READING, gate: Open;
    STORY: Get "/{year}/{month}/{slug}" => story, who: Anyone, cache: Page, rate: READING, gate: Shell;
    SEARCH: Get "/search" => search, who: Anyone, cache: Page, rate: SEARCH, gate: Open,
        query: ["q", "page"];
    FEED: Get "/feed" => feed, who: Anyone, cache: Feed, rate: READING, gate: Open;
    GATE: Get "/_gate/{story}" => gate, who: Anyone, cache: Personal, rate: GATE, gate: Gated;
    GONE: Get "/gone" => gone, who: Anyone, cache: Page, rate: READING, gate: Open;
    BROKEN: Get "/broken" => broken, who: Anyone, cache: Page, rate: READING, gate: Open;
    AWAY: Get "/away" => away, who: Anyone, cache: Page, rate: READING, gate: Open;
    PANICS: Get "/panics" => panics, who: Anyone, cache: Page, rate: READING, gate: Open;
    COOKIE: Get "/cookie" => cookie, who: Anyone, cache: Page, rate: READING, gate: Open;
    LOOSE: Get "/loose" => cookie, who: Anyone, cache: Personal, rate: READING, gate: Open;
    OWN_CACHE: Get "/own-cache" => own_cache, who: Anyone, cache: Page, rate: READING, gate: Open;
    LEAK: Get "/leak" => gate, who: Anyone, cache: Personal, rate: READING, gate: Open;
    SIGN_IN: Post "/api/v1/session" => echo, who: Anyone, cache: Never, rate: SIGN_IN, gate: Open,
        body_limit: 100;
    TOKEN: Put "/api/v1/enrolment/{token}" => token, who: Anyone, cache: Never, rate: WRITING, gate: Open,
        case: Exact;
    READ: Get "/api/v1/stories" => front_json, who: Machine(StoriesRead), cache: Never, rate: WRITING,
        gate: StaffOnly, shield: Site;
    WRITE: Post "/api/v1/stories" => change, who: Machine(StoriesWrite), cache: Never, rate: WRITING,
        gate: StaffOnly, body_limit: 2_000;
    ADMIN: Delete "/api/v1/tokens/{id}" => nothing, who: Staff(Administer), cache: Never, rate: WRITING,
        gate: StaffOnly;
    HOME: Get "/home" => personal, who: Reader, cache: Personal, rate: READING, gate: Open;
    PREVIEW: Get "/_preview/{story}" => personal, who: Staff(SignedIn), cache: Never, rate: READING,
        gate: StaffOnly, shield: Preview;
}

async fn front() -> Answer {
    Page::kept(&rows::FRONT, "the front ".repeat(200))
        .with_surrogate_keys(["front", "not one", "sec-city"])
        .into()
}
async fn story(headers: HeaderMap, Path((_, _, slug)): Path<(String, String, String)>) -> Answer {
    let seen: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
    let seen = seen
        .iter()
        .any(|name| *name == "cookie" || *name == "authorization");
    Page::once(&rows::STORY, format!("{slug} {seen}"))
        .with_last_modified("1970-04-13T03:00:00.5Z".parse().unwrap())
        .into()
}
async fn search(Query(query): Query) -> Result<Answer, Problem> {
    let page = query.read::<u32>("page")?.unwrap_or(1);
    Ok(Page::once(&rows::SEARCH, format!("{:?} {page}", query.get("q"))).into())
}
async fn feed() -> Answer {
    Page::new(&rows::FEED, Kind::Rss, "<rss/>", Effort::Keep).into()
}
async fn gate() -> Answer {
    Page::kept(&rows::GATE, "gated ".repeat(300)).into()
}
async fn gone() -> Answer {
    Page::kept(&rows::GONE, "withdrawn")
        .with_status(StatusCode::GONE)
        .into()
}
async fn broken() -> Result<Answer, Problem> {
    Err(Fault::while_("reading the edition", "a secret detail").into())
}
async fn away() -> Result<Answer, Problem> {
    Err(Fault::new("the database is away").into())
}
async fn panics() -> Answer {
    panic!("on purpose")
}
async fn cookie() -> Answer {
    Answer::page(Page::once(&rows::COOKIE, "a"))
        .with_header(header::SET_COOKIE, HeaderValue::from_static("a=b"))
}
async fn own_cache() -> Answer {
    Answer::page(Page::once(&rows::OWN_CACHE, "a"))
        .with_header(header::CACHE_CONTROL, HeaderValue::from_static("public"))
}
async fn echo(body: Bytes) -> Answer {
    Answer::bytes(StatusCode::OK, Kind::Bytes.content_type(), body)
}
async fn token(Path(token): Path<String>) -> Result<Answer, Problem> {
    Answer::json(StatusCode::OK, &token)
}
async fn front_json() -> Result<Answer, Problem> {
    Answer::json(StatusCode::OK, &["a"])
}
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    headline: String,
}
async fn change(Json(change): Json<Change>) -> Result<Answer, Problem> {
    if change.headline.is_empty() {
        return Err(Refusal::on("headline", "no-headline").into());
    }
    if change.headline == "old" {
        let problem = Problem::from(Refusal::of("somebody-saved-first").with("yours", 3));
        return Err(problem.with("current", "new"));
    }
    Ok(Answer::empty())
}
async fn nothing() -> Answer {
    Answer::empty()
}
async fn personal(visit: Visit) -> Answer {
    let text = Bytes::from(format!("{} {}", visit.visitor.kind(), visit.client));
    Answer::bytes(StatusCode::OK, Kind::Text.content_type(), text)
}

/// Knows people by the value of their cookie or bearer token.
struct ByName;

impl Doorkeeper for ByName {
    fn visitor<'a>(&'a self, parts: &'a http::request::Parts) -> Looking<'a> {
        let bearer = parts.headers.get(header::AUTHORIZATION);
        let name = bearer.or(parts.headers.get(header::COOKIE));
        let name = name.and_then(|name| name.to_str().ok()).unwrap_or("");
        let staff = |rights: &[StaffRight], second_factor| Visitor::Staff {
            id: Uuid::from_u128(2),
            name: "Ada".into(),
            rights: Rights::of(rights),
            second_factor,
        };
        let machine = |scopes: &[Scope]| Visitor::Machine {
            id: Uuid::from_u128(3),
            scopes: Scopes::of(scopes),
        };
        let visitor = match name {
            "s=reader" => Visitor::Reader {
                id: Uuid::from_u128(1),
            },
            "s=contributor" => staff(&[StaffRight::Write], true),
            "s=editor" => staff(&[StaffRight::Write, StaffRight::Publish], true),
            "s=half" => staff(&[StaffRight::Write, StaffRight::Administer], false),
            "s=owner" => staff(&[StaffRight::Administer], true),
            "Bearer reads" => machine(&[Scope::StoriesRead]),
            "Bearer writes" => machine(&[Scope::StoriesWrite]),
            "s=broken" => return Box::pin(async { Err(Fault::new("the database is away")) }),
            _ => Visitor::Anonymous,
        };
        Box::pin(async move { Ok(visitor) })
    }
}

struct Moving(Mutex<Instant>);

impl Clock for Moving {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }
}

struct Open {
    router: Router,
    clock: Arc<Moving>,
}

/// A house with its doors open.
fn open() -> Open {
    let clock = Arc::new(Moving(Mutex::new("1970-04-13T03:00:00Z".parse().unwrap())));
    let house = House {
        doorkeeper: Arc::new(ByName),
        hosts: Hosts::Ours(vec!["news.example".into()]),
        https: true,
        trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
        is_unavailable: Arc::new(|fault| fault.chain().contains("away")),
        ..House::plain(clock.clone())
    };
    Open {
        router: doors().into_service((), house).0,
        clock,
    }
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Open {
    async fn asked(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Got {
        let (verb, address) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(verb).uri(address);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "news.example");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from(body.to_string())).unwrap();
        let peer: SocketAddr = "192.0.2.1:4711".parse().unwrap();
        request.extensions_mut().insert(Peer(peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Got {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    }

    async fn get(&self, address: &str) -> Got {
        self.asked(&format!("GET {address}"), &[], "").await
    }
}

#[tokio::test]
async fn each_row_decides_what_may_be_kept() {
    let house = open();
    for (line, headers, cache) in [
        (
            "/",
            &[][..],
            "public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400",
        ),
        (
            "/feed",
            &[],
            "public, max-age=60, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400",
        ),
        ("/_gate/a", &[], "private, no-store"),
        ("/gone", &[], "public, max-age=0, s-maxage=10"),
        ("/nowhere", &[], "no-store"),
        ("/broken", &[], "no-store"),
        ("/away", &[], "no-store"),
        ("/home", &[], "private, no-store"),
        ("/api/v1/stories", &[("cookie", "s=editor")], "no-store"),
        ("/search?x=1", &[], "public, max-age=0, s-maxage=60"),
    ] {
        let got = house.asked(&format!("GET {line}"), headers, "").await;
        assert_eq!(got.header("cache-control"), cache, "{line}");
        assert_eq!(got.headers.get_all("cache-control").iter().count(), 1);
    }
}

#[tokio::test]
async fn a_page_comes_in_the_coding_asked_for_and_not_again_while_unchanged() {
    let house = open();
    let plain = house.get("/").await;
    assert_eq!(plain.header("surrogate-key"), "front sec-city");
    assert_eq!(plain.header("vary"), "accept-encoding");
    assert_eq!(plain.header("content-encoding"), "");
    for (accepted, coding) in [("br, gzip", "br"), ("gzip", "gzip")] {
        let accepted = ("accept-encoding", accepted);
        let got = house.asked("GET /", &[accepted], "").await;
        assert_eq!(got.header("content-encoding"), coding);
        assert!(got.body.len() < plain.body.len());
        let tag = got.header("etag").to_string();
        assert_ne!(tag, plain.header("etag"));
        for tags in [tag.clone(), format!("\"x\", W/{tag}"), "*".into()] {
            let again = house
                .asked("GET /", &[accepted, ("if-none-match", &tags)], "")
                .await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{tags}");
            assert!(again.body.is_empty());
            assert_eq!(again.header("etag"), tag);
            assert_eq!(again.header("vary"), "accept-encoding");
            assert!(again.header("cache-control").starts_with("public"));
        }
    }
    let other = house
        .asked("GET /", &[("if-none-match", "\"x\"")], "")
        .await;
    assert_eq!(other.status, StatusCode::OK);
    let small = house
        .asked("GET /feed", &[("accept-encoding", "br")], "")
        .await;
    assert_eq!(
        (small.header("vary"), small.header("content-encoding")),
        ("", "")
    );
}

#[tokio::test]
async fn a_date_asks_whether_a_page_changed_but_an_etag_decides() {
    let house = open();
    let same = "Mon, 13 Apr 1970 03:00:00 GMT";
    let got = house.get("/1970/04/oxygen").await;
    assert_eq!(got.header("last-modified"), same);
    for (headers, status) in [
        (&[("if-modified-since", same)][..], 304),
        (
            &[("if-modified-since", "Mon, 13 Apr 1970 02:59:59 GMT")],
            200,
        ),
        (&[("if-modified-since", "yesterday")], 200),
        (
            &[("if-modified-since", same), ("if-none-match", "\"x\"")],
            200,
        ),
    ] {
        let got = house.asked("GET /1970/04/oxygen", headers, "").await;
        assert_eq!(got.status, status, "{headers:?}");
    }
}

#[tokio::test]
async fn head_answers_as_get_without_the_body() {
    let house = open();
    let (get, head) = (house.get("/").await, house.asked("HEAD /", &[], "").await);
    assert_eq!(head.status, get.status);
    assert!(head.body.is_empty());
    for name in ["etag", "cache-control", "content-type", "vary"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!(head.header("content-length"), get.body.len().to_string());
}

#[tokio::test]
async fn a_shared_page_never_sees_who_asks() {
    let house = open();
    let mut answers = Vec::new();
    for headers in [
        &[][..],
        &[("cookie", "s=editor")],
        &[("cookie", "s=broken"), ("authorization", "Bearer reads")],
        &[("x-forwarded-host", "evil.example"), ("x-preview", "1")],
    ] {
        let got = house.asked("GET /1970/04/oxygen", headers, "").await;
        answers.push((got.text(), format!("{:?}", got.headers)));
    }
    assert!(answers[0].0.contains("oxygen false"));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

#[tokio::test]
async fn a_handler_that_breaks_its_row_is_a_fault() {
    let house = open();
    for address in ["/cookie", "/loose", "/own-cache", "/leak"] {
        let got = house.get(address).await;
        assert_eq!(got.status, StatusCode::INTERNAL_SERVER_ERROR, "{address}");
        assert!(!got.headers.contains_key("set-cookie"));
        assert!(!got.text().contains("gated"));
    }
}

#[tokio::test]
async fn an_address_has_one_spelling() {
    let house = open();
    for (address, to) in [
        ("/1970/04/oxygen/", "/1970/04/oxygen"),
        ("/1970//04/oxygen", "/1970/04/oxygen"),
        ("//1970/04/oxygen", "/1970/04/oxygen"),
        ("/1970/04/Oxygen", "/1970/04/oxygen"),
        ("/1970/04/%6fxygen", "/1970/04/oxygen"),
        ("/1970/04/%d7%92", "/1970/04/%D7%92"),
        ("/FEED/", "/feed"),
        ("/search/?q=A", "/search?q=A"),
        ("/search?q=a&utm_source=x", "/search?q=a"),
        ("/?fbclid=1", "/"),
    ] {
        let got = house.get(address).await;
        assert_eq!(got.status, StatusCode::PERMANENT_REDIRECT, "{address}");
        assert_eq!(got.header("location"), to, "{address}");
        assert_eq!(house.get(to).await.status, StatusCode::OK, "{to}");
    }
    for address in [
        "/1970/04/a%2fb",
        "/1970/04/%2e%2e",
        "/1970/04/..",
        "/1970/04/a%00",
        "/1970/04/a%5cb",
        "/1970/04/%ff",
        "/1970/04/%zz",
        "/nowhere/",
        "/Nowhere",
    ] {
        let got = house.get(address).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn nothing_is_done_at_a_misspelt_address() {
    let house = open();
    let token = ("authorization", "Bearer writes");
    for address in [
        "/api/v1/stories/",
        "/api/v1//stories",
        "/API/v1/stories",
        "/api/v1/%73tories",
        "/api/v1%2fstories",
    ] {
        let got = house
            .asked(&format!("POST {address}"), &[token], "{}")
            .await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{address}");
    }
    let exact = house.asked("PUT /api/v1/enrolment/AbC", &[], "").await;
    assert_eq!(exact.text(), "\"AbC\"");
}

#[tokio::test]
async fn a_query_with_a_key_twice_is_refused() {
    let house = open();
    assert_eq!(
        house.get("/search?q=a&page=2").await.text(),
        "Some(\"a\") 2"
    );
    assert_eq!(
        house.get("/search?q=a&q=b").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        house.get("/?a=1&%61=2").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        house.get("/search?page=x").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let long = format!("/search?q={}", "a".repeat(4100));
    assert_eq!(house.get(&long).await.status, StatusCode::URI_TOO_LONG);
}

#[tokio::test]
async fn unknown_verbs_are_answered_with_the_known_ones() {
    let house = open();
    for (line, allowed) in [
        ("POST /", "GET,HEAD"),
        ("TRACE /", "GET,HEAD"),
        ("OPTIONS /api/v1/stories", "GET,HEAD,POST"),
        ("BREW /feed", "GET,HEAD"),
    ] {
        let got = house.asked(line, &[], "").await;
        assert_eq!(got.status, StatusCode::METHOD_NOT_ALLOWED, "{line}");
        assert_eq!(got.header("allow"), allowed, "{line}");
        assert_eq!(got.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn an_unsafe_request_must_come_from_our_own_page() {
    let house = open();
    let cookie = ("cookie", "s=contributor");
    let json = ("content-type", "application/json");
    let ours = "https://news.example";
    for (headers, passes) in [
        (&[("sec-fetch-site", "same-origin"), cookie][..], true),
        (&[("sec-fetch-site", "none"), cookie], true),
        (&[("sec-fetch-site", "same-site"), cookie], false),
        (&[("sec-fetch-site", "cross-site"), cookie], false),
        (
            &[("sec-fetch-site", "cross-site"), ("origin", ours), cookie],
            false,
        ),
        (&[("origin", ours), cookie], true),
        (
            &[("origin", "https://news.example.evil.example"), cookie],
            false,
        ),
        (&[("origin", "http://news.example"), cookie], false),
        (&[("origin", "null"), cookie], false),
        (&[cookie], false),
        (&[("authorization", "Bearer writes")], true),
        (
            &[
                ("authorization", "Bearer writes"),
                ("sec-fetch-site", "cross-site"),
            ],
            true,
        ),
    ] {
        for content_type in [json, ("content-type", "text/plain")] {
            let headers: Vec<_> = headers.iter().copied().chain([content_type]).collect();
            let got = house
                .asked("POST /api/v1/stories", &headers, r#"{"headline":"a"}"#)
                .await;
            let refused = got.status == StatusCode::FORBIDDEN;
            assert_eq!(!refused, passes, "{headers:?} {}", got.status);
        }
    }
    // Signing in from a foreign page is refused too, though no cookie is there yet.
    let got = house
        .asked(
            "POST /api/v1/session",
            &[("sec-fetch-site", "cross-site")],
            "",
        )
        .await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn v_21_a_foreign_page_cannot_pull_in_what_is_for_one_person() {
    let house = open();
    let cookie = ("cookie", "s=reader");
    for (headers, status) in [
        (
            &[
                cookie,
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-dest", "script"),
            ][..],
            403,
        ),
        (
            &[
                cookie,
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-dest", "document"),
            ],
            200,
        ),
        (
            &[
                cookie,
                ("sec-fetch-site", "same-origin"),
                ("sec-fetch-dest", "empty"),
            ],
            200,
        ),
    ] {
        let got = house.asked("GET /home", headers, "").await;
        assert_eq!(got.status, status, "{headers:?}");
    }
}

#[tokio::test]
async fn each_door_opens_to_those_its_row_names() {
    let house = open();
    let same = ("sec-fetch-site", "same-origin");
    let doors = [
        "GET /home",
        "GET /_preview/a",
        "GET /api/v1/stories",
        "DELETE /api/v1/tokens/a",
    ];
    for (credential, statuses) in [
        (("cookie", "s=nobody"), [401, 401, 401, 401]),
        (("cookie", "s=reader"), [200, 403, 403, 403]),
        (("cookie", "s=contributor"), [403, 200, 200, 403]),
        (("cookie", "s=editor"), [403, 200, 200, 403]),
        (("cookie", "s=owner"), [403, 200, 200, 204]),
        (("cookie", "s=half"), [403, 200, 200, 403]),
        (("authorization", "Bearer reads"), [403, 403, 200, 403]),
        (("authorization", "Bearer writes"), [403, 403, 403, 403]),
        (("cookie", "s=broken"), [503, 503, 503, 503]),
    ] {
        for (door, status) in doors.iter().zip(statuses) {
            let got = house.asked(door, &[credential, same], "").await;
            assert_eq!(got.status, status, "{door} {credential:?}");
        }
    }
}

#[tokio::test]
async fn a_42_a_body_is_limited_whatever_reads_it() {
    let house = open();
    let post = "POST /api/v1/session";
    assert_eq!(
        house.asked(post, &[], &"a".repeat(100)).await.status,
        StatusCode::OK
    );
    let announced = house
        .asked(post, &[("content-length", "101")], &"a".repeat(101))
        .await;
    assert_eq!(announced.status, StatusCode::PAYLOAD_TOO_LARGE);
    let unannounced = house.asked(post, &[], &"a".repeat(101)).await;
    assert_eq!(unannounced.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        unannounced.header("content-type"),
        "application/problem+json"
    );
}

#[tokio::test]
async fn json_that_is_not_as_expected_is_refused_by_field() {
    let house = open();
    let json = ("content-type", "application/json; charset=utf-8");
    let token = ("authorization", "Bearer writes");
    for (body, status, key, field) in [
        (r#"{"headline":""}"#, 422, "no-headline", Some("headline")),
        (r#"{"headline":1}"#, 422, "wrong-type", Some("headline")),
        (r#"{}"#, 422, "missing", Some("headline")),
        (
            r#"{"headline":"a","admin":true}"#,
            422,
            "unknown-field",
            Some("admin"),
        ),
        (
            r#"{"headline":"a","headline":"b"}"#,
            400,
            "duplicate-key",
            Some("headline"),
        ),
        (r#"{"headline":"#, 400, "not-json", None),
        (r#"{"headline":"old"}"#, 409, "somebody-saved-first", None),
    ] {
        let got = house
            .asked("POST /api/v1/stories", &[json, token], body)
            .await;
        assert_eq!(got.status, status, "{body}");
        let problem: serde_json::Value = serde_json::from_slice(&got.body).unwrap();
        assert_eq!(problem["status"], status);
        let refusal = &problem["refusals"][0];
        assert_eq!(
            (refusal["key"].as_str(), refusal["field"].as_str()),
            (Some(key), field)
        );
        assert_ne!(
            refusal["message"].as_str(),
            Some(key),
            "a message for {key}"
        );
        assert_eq!(problem.get("current").is_some(), status == 409);
    }
    let text = ("content-type", "text/plain");
    let got = house
        .asked("POST /api/v1/stories", &[text, token], "{}")
        .await;
    assert_eq!(got.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_fault_gives_a_number_and_keeps_its_reason_to_itself() {
    let house = open();
    let got = house.get("/broken").await;
    assert_eq!(got.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(got.text().contains("<code>"));
    assert!(!got.text().contains("secret") && !got.text().contains("edition"));
    assert_eq!(
        house.get("/panics").await.status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    let away = house.get("/away").await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(away.header("retry-after"), "10");
}

#[tokio::test]
async fn a_host_that_is_not_ours_is_misdirected() {
    let house = open();
    for (hosts, status) in [
        (&[("host", "news.example")][..], 200),
        (&[("host", "NEWS.example")], 200),
        (&[("host", "evil.example")], 421),
        (&[("host", "news.example@evil.example")], 400),
        (&[("host", "news.example"), ("host", "evil.example")], 400),
    ] {
        assert_eq!(
            house.asked("GET /", hosts, "").await.status,
            status,
            "{hosts:?}"
        );
    }
}

#[tokio::test]
async fn whoever_comes_too_often_is_told_when_to_come_back() {
    let house = open();
    let post = "POST /api/v1/session";
    for _ in 0..10 {
        assert_eq!(house.asked(post, &[], "").await.status, StatusCode::OK);
    }
    // An invented forwarding header does not make somebody else of the same peer.
    let forged = house
        .asked(post, &[("x-forwarded-for", "6.6.6.6")], "")
        .await;
    assert_eq!(forged.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(forged.header("retry-after"), "6");
    assert_eq!(house.get("/").await.status, StatusCode::OK);
    *house.clock.0.lock().unwrap() += jiff::SignedDuration::from_secs(6);
    assert_eq!(house.asked(post, &[], "").await.status, StatusCode::OK);
    assert_eq!(
        house.asked(post, &[], "").await.status,
        StatusCode::TOO_MANY_REQUESTS
    );
}

#[tokio::test]
async fn every_answer_wears_its_shield() {
    let house = open();
    let editor = ("cookie", "s=editor");
    for (line, headers, frames, opener) in [
        ("GET /", &[][..], "frame-ancestors 'none'", ""),
        ("GET /nowhere", &[], "frame-ancestors 'none'", ""),
        ("BREW /", &[], "frame-ancestors 'none'", ""),
        (
            "GET /_preview/a",
            &[editor],
            "frame-ancestors 'self'",
            "same-origin",
        ),
        (
            "GET /_preview/a",
            &[],
            "frame-ancestors 'self'",
            "same-origin",
        ),
    ] {
        let got = house.asked(line, headers, "").await;
        assert!(
            got.header("content-security-policy").contains(frames),
            "{line}"
        );
        assert_eq!(got.header("cross-origin-opener-policy"), opener, "{line}");
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(
            got.header("strict-transport-security"),
            "max-age=31536000; includeSubDomains"
        );
        assert!(!got.header("content-type").is_empty());
    }
}

#[tokio::test]
async fn whom_a_door_refuses_is_noted_without_where_they_are() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let writer = Arc::clone(&log);
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || Into(Arc::clone(&writer)))
        .finish();
    let _listening = tracing::subscriber::set_default(subscriber);
    let house = open();
    house
        .asked("GET /home", &[("cookie", "s=editor")], "")
        .await;
    house.get("/broken").await;
    let log = String::from_utf8(log.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("refused staff") && log.contains("at HOME: 403"),
        "{log}"
    );
    assert_eq!(log.matches("a secret detail").count(), 1, "{log}");
    assert!(
        !log.contains("192.0.2") && !log.contains("s=editor"),
        "{log}"
    );
}

struct Into(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Into {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
