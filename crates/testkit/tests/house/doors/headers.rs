//! The headers of every answer, from the sheet.

use testkit::{Newsroom, Seen};
use web::{Cache, Row, Shield, Verb};

use crate::{sheet, world::World};

/// What a row's answers say to caches, written a second time.
fn cache_control(cache: Cache, status: u16) -> &'static str {
    match (cache, status) {
        (Cache::Personal, _) => "private, no-store",
        (Cache::Never, _) => "no-store",
        (_, 404 | 410) => "public, max-age=0, s-maxage=10",
        (_, 301 | 308) => "public, max-age=0, s-maxage=60",
        (Cache::Page, 200 | 304) => {
            "public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400"
        }
        (Cache::Feed, 200 | 304) => {
            "public, max-age=60, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400"
        }
        (Cache::Asset, 200 | 304) => "public, max-age=31536000, immutable",
        _ => "no-store",
    }
}

#[track_caller]
fn check(row: &Row, seen: &Seen) {
    let at = format!("{} {}", row.name, seen.asked);
    let cache = seen.header("cache-control");
    assert_eq!(
        cache,
        cache_control(row.cache, seen.status.as_u16()),
        "{at}"
    );
    let shared = cache.starts_with("public");
    assert!(
        !(shared && seen.headers.contains_key("set-cookie")),
        "{at}: a cookie for everybody"
    );
    let vary = seen.header("vary");
    assert!(
        matches!(vary, "" | "accept-encoding"),
        "{at}: varies by {vary}"
    );
    policy(row, seen, &at);
    assert_eq!(seen.header("x-content-type-options"), "nosniff", "{at}");
    let referrer = match row.shield {
        // Of frames there are none on the site's own host: a page of ours says so.
        Shield::Site | Shield::Frame => "strict-origin-when-cross-origin",
        Shield::Desk | Shield::Preview | Shield::Media => "no-referrer",
    };
    assert_eq!(seen.header("referrer-policy"), referrer, "{at}");
    assert!(
        seen.header("strict-transport-security")
            .starts_with("max-age=31536000"),
        "{at}"
    );
    let opener = if matches!(row.shield, Shield::Site | Shield::Media | Shield::Frame) {
        ""
    } else {
        "same-origin"
    };
    assert_eq!(seen.header("cross-origin-opener-policy"), opener, "{at}");
    let shared_with = seen
        .headers
        .keys()
        .find(|name| name.as_str().starts_with("access-control"));
    assert_eq!(shared_with, None, "{at}");
    if !seen.bytes.is_empty() {
        types(seen, &at);
    }
    for line in seen.headers.get_all("set-cookie") {
        cookie(line.to_str().unwrap(), &at);
    }
}

#[track_caller]
fn policy(row: &Row, seen: &Seen, at: &str) {
    let policy = seen.header("content-security-policy");
    let ancestors = if row.shield == Shield::Preview {
        "'self'"
    } else {
        "'none'"
    };
    for needed in ["default-src 'none'", "object-src 'none'", "base-uri 'none'"] {
        assert!(policy.contains(needed), "{at}: {policy}");
    }
    let (forms, sandbox) = match row.shield {
        Shield::Media => ("form-action 'none'", true),
        _ => ("form-action 'self'", false),
    };
    assert!(policy.contains(forms), "{at}: {policy}");
    assert_eq!(policy.contains("sandbox"), sandbox, "{at}: {policy}");
    assert!(
        policy.contains(&format!("frame-ancestors {ancestors}")),
        "{at}: {policy}"
    );
    for refused in ["unsafe-", "nonce-", "*", "http:"] {
        assert!(!policy.contains(refused), "{at}: {policy}");
    }
    let is_desk = row.shield == Shield::Desk;
    assert_eq!(
        policy.contains("require-trusted-types-for 'script'"),
        is_desk,
        "{at}: {policy}"
    );
}

/// V-19: a type that fits, and letters that are said to be UTF-8 wherever it is text.
#[track_caller]
fn types(seen: &Seen, at: &str) {
    let kind = seen.header("content-type");
    assert!(!kind.is_empty(), "{at}: no type");
    let is_text = kind.starts_with("text/") || kind.contains("xml") && !kind.contains("svg");
    assert!(!is_text || kind.ends_with("charset=utf-8"), "{at}: {kind}");
    assert_eq!(
        kind.contains("json"),
        seen.json().is_object(),
        "{at}: {kind}"
    );
}

/// V-11.
#[track_caller]
fn cookie(line: &str, at: &str) {
    for needed in ["__Host-", "Path=/", "Secure", "HttpOnly", "SameSite="] {
        assert!(line.contains(needed), "{at}: {line:?}");
    }
    assert!(!line.contains("Domain"), "{at}: {line}");
}

#[tokio::test]
async fn v_14_v_16_v_18_v_19_v_20_v_79_every_answer_wears_what_its_row_says() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let (anonymous, ada) = (news.anonymous(), news.editor("ada").await);
    let mut checked = 0;
    for row in dateline::house::rows()
        .iter()
        .filter(|row| row.verb == Verb::Get)
    {
        for address in sheet::addresses(row, &world).await {
            for visitor in [&anonymous, &ada.visitor] {
                for method in ["GET", "HEAD"] {
                    let seen = visitor.asks(method, &address).sends().await;
                    check(row, &seen);
                    let again = visitor.asks(method, &address);
                    let again = again.with("if-none-match", seen.header("etag"));
                    check(row, &again.sends().await);
                    checked += 2;
                }
            }
        }
    }
    println!("{checked} answers looked at");
    news.closes().await;
}

#[tokio::test]
async fn errors_wear_the_same_and_are_kept_for_ten_seconds_at_most() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let anonymous = news.anonymous();
    let rows = dateline::house::rows();
    let row = |path: &str| rows.iter().find(|row| row.path == path).unwrap();
    let long = format!("/search?q={}", "w".repeat(201));
    for (door, path, status) in [
        ("/topic/{slug}", "/topic/nothing", 404),
        ("/search", long.as_str(), 422),
        ("/section/{slug}", "/section/city?page=0", 308),
        ("/section/{slug}", "/section/city?page=1&page=2", 400),
        ("/_gate/{story}/{revision}", "/_gate/nonsense/1", 404),
        ("/api/v1/session", "/api/v1/session", 401),
        ("/assets/{name}", "/assets/none.css", 404),
        ("/{*path}", "/nothing/here/at/all/ever", 404),
        ("/{year}/{month}/{slug}", world.withdrawn.path.as_str(), 410),
    ] {
        check(row(door), &anonymous.opens(path).await.is(status));
    }
    let elsewhere = anonymous
        .asks("GET", "/")
        .without("host")
        .with("host", "evil.example");
    check(row("/"), &elsewhere.sends().await.is(421));
    news.closes().await;
}

#[tokio::test]
async fn v_11_every_cookie_is_kept_well() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let reader = news.anonymous();
    let seen = reader.opens(&world.metered.gate()).await.is(200);
    cookie(seen.header("set-cookie"), "the meter");
    let ada = news.editor("ada").await;
    let gone = ada.visitor.asks("DELETE", "/api/v1/session").sends().await;
    cookie(gone.header("set-cookie"), "signing out");
    news.closes().await;
}
