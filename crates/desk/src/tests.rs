//! Asks the desk's doors as a browser does.

use std::sync::Arc;

use axum::{Router, body::Body};
use base::clock::{SharedClock, SystemClock};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use store::testing::{TestDb, databases};
use tower::ServiceExt;
use web::House;

use crate::{Desk, Rooms, doors, files};

/// The desk around a database of its own; who is not let in needs nobody in it.
async fn service() -> (Router, TestDb) {
    let house = House::plain(Arc::new(SystemClock));
    let clock: SharedClock = Arc::new(SystemClock);
    let migrations = [newsroom::MIGRATIONS, manuscript::MIGRATIONS];
    let db = databases(&migrations).await.remove(0);
    let rooms = Rooms::new(db.clone(), Arc::clone(&clock));
    let desk = Desk::open(rooms, db.clone(), clock).unwrap();
    (doors().with_state(desk).into_service((), house).0, db)
}

async fn get(path: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::get(path).header("host", "desk.example");
    let request = request
        .header("accept-encoding", "identity")
        .body(Body::empty());
    let (service, _db) = service().await;
    let response = service.oneshot(request.unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let body = String::from_utf8_lossy(&body).into_owned();
    (parts.status, parts.headers, body)
}

/// The files that the page itself names.
async fn named_files() -> Vec<String> {
    let (_, _, page) = get("/desk").await;
    let named = page.split('"').filter(|part| part.starts_with("/desk/"));
    named.map(str::to_string).collect()
}

#[tokio::test]
async fn the_desk_is_served_at_its_address_and_at_every_place_within_it() {
    for path in ["/desk", "/desk/enrol", "/desk/stories/42"] {
        let (status, headers, page) = get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(page.contains("<div id=\"desk\">"), "{path}");
    }
    let (status, headers, _) = get("/desk/").await;
    assert_eq!(status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(headers["location"], "/desk");
}

#[tokio::test]
async fn every_file_the_page_names_is_there_and_assets_are_kept_for_a_year() {
    let named = named_files().await;
    assert!(named.len() >= 3, "{named:?}");
    for path in named {
        let (status, headers, _) = get(&path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_ne!(
            headers["content-type"], "application/octet-stream",
            "{path}"
        );
        if path.contains(files::ASSETS) {
            let kept = "public, max-age=31536000, immutable";
            assert_eq!(headers["cache-control"], kept, "{path}");
        }
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_no_page() {
    for path in [
        "/desk/assets/none-0000.js",
        "/desk/assets/none",
        "/desk/none.js",
        "/desk/%2e%2e/Cargo.toml",
        "/desk/assets/%2e%2e%2findex.html",
    ] {
        let (status, ..) = get(path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_desk_wears_the_strictest_shield_and_loads_nothing_inline() {
    let (_, headers, page) = get("/desk").await;
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("require-trusted-types-for 'script'"));
    assert!(policy.contains("frame-ancestors 'none'"));
    assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    let scripts = page.matches("<script").count();
    assert_eq!(scripts, page.matches(" src=\"/desk/").count());
    assert!(!page.contains("<style"));
}
