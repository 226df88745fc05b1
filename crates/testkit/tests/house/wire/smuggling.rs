//! V-25: a request has one end, or it is refused; no second one hides in the first.

use testkit::{
    Newsroom,
    wire::{Server, exchange},
};

/// What would be answered with 404 if a hidden request were heard as one of its own.
const HIDDEN: &str = "GET /smuggled-in-here HTTP/1.1\r\nhost: news.example\r\n\r\n";

/// What becomes of a request that is spelt this way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// 400, or the connection is cut, and nothing more is read from it.
    Refused,
    /// At most one answer, for a door that reads no body may answer before it; then the end.
    OneAnswer,
}

/// Head lines after the first, the body, and what becomes of it.
const CORPUS: [(&str, &str, Fate); 16] = [
    ("content-length: 5\r\ncontent-length: 0", "", Fate::Refused),
    ("content-length: 0, 5", "", Fate::Refused),
    ("content-length: +5", "", Fate::Refused),
    ("content-length: -1", "", Fate::Refused),
    ("content-length: 0x5", "", Fate::Refused),
    ("content-length: 5 5", "", Fate::Refused),
    ("content-length: 99999999999999999999999", "", Fate::Refused),
    ("content-length : 0", "", Fate::Refused),
    ("x-a: b\r\n folded: c", "", Fate::Refused),
    ("x-a: b\r\n\tfolded: c", "", Fate::Refused),
    ("x-a\0b: c", "", Fate::Refused),
    ("x-a: b\0c", "", Fate::Refused),
    ("transfer-encoding: identity", "", Fate::Refused),
    (
        "transfer-encoding: chunked, identity",
        "0\r\n\r\n",
        Fate::Refused,
    ),
    ("transfer-encoding: xchunked", "0\r\n\r\n", Fate::Refused),
    ("transfer-encoding: chunked", "zz\r\n\r\n", Fate::OneAnswer),
];

/// Both lengths at once: RFC 9112 section 6.1 lets a server refuse or take the chunks and close after.
const BOTH: [&str; 3] = [
    "content-length: 4\r\ntransfer-encoding: chunked",
    "transfer-encoding: chunked\r\ncontent-length: 4",
    "transfer-encoding: chunked\r\ncontent-length: 60\r\ncontent-length: 4",
];

#[track_caller]
fn check(head: &str, heard: &[u8], fate: Fate) {
    let heard = String::from_utf8_lossy(heard);
    let answers = heard.matches("HTTP/1.1 ").count();
    let refused = heard.is_empty() || heard.starts_with("HTTP/1.1 400");
    assert!(
        !heard.contains("HTTP/1.1 404"),
        "{head:?} let the hidden request in: {heard}"
    );
    assert!(answers <= 1, "{head:?}: {answers} answers");
    assert!(
        refused || fate == Fate::OneAnswer,
        "{head:?}: {}",
        &heard[..heard.len().min(300)]
    );
}

#[tokio::test]
async fn v_25_a_request_whose_end_is_in_doubt_is_refused_and_nothing_after_it_is_heard() {
    let news = Newsroom::open().await;
    let server = Server::of(&news);
    for (head, body, fate) in CORPUS {
        for method in ["GET", "POST"] {
            let path = if method == "GET" {
                "/"
            } else {
                "/api/v1/session"
            };
            let request = format!(
                "{method} {path} HTTP/1.1\r\nhost: news.example\r\n{head}\r\n\r\n{body}{HIDDEN}"
            );
            check(
                head,
                &exchange(server.address, request.as_bytes()).await,
                fate,
            );
        }
    }
    server.stops();
    news.closes_broken().await;
}

#[tokio::test]
async fn v_25_of_two_lengths_the_chunks_count_and_the_connection_ends() {
    let news = Newsroom::open().await;
    let server = Server::of(&news);
    for head in BOTH {
        let body = "2\r\n{}\r\n0\r\n\r\n";
        let request = format!(
            "POST /api/v1/session HTTP/1.1\r\nhost: news.example\r\ncontent-type: application/json\r\n{head}\r\n\r\n{body}{HIDDEN}"
        );
        let heard = exchange(server.address, request.as_bytes()).await;
        let heard = String::from_utf8_lossy(&heard);
        println!("{head:?}: {}", heard.lines().next().unwrap_or("cut"));
        assert!(
            !heard.contains("HTTP/1.1 404"),
            "{head:?} let the hidden request in: {heard}"
        );
    }
    server.stops();
    news.closes_broken().await;
}

#[tokio::test]
async fn v_26_http_1_0_and_two_requests_on_one_connection_are_served() {
    let news = Newsroom::open().await;
    let server = Server::of(&news);
    let heard = exchange(
        server.address,
        b"GET /robots.txt HTTP/1.0\r\nhost: news.example\r\n\r\n",
    )
    .await;
    assert!(
        heard.starts_with(b"HTTP/1.0 200"),
        "{}",
        String::from_utf8_lossy(&heard)
    );
    let twice = "GET /robots.txt HTTP/1.1\r\nhost: news.example\r\n\r\n\
                 GET /robots.txt HTTP/1.1\r\nhost: news.example\r\nconnection: close\r\n\r\n";
    let heard = exchange(server.address, twice.as_bytes()).await;
    assert_eq!(
        String::from_utf8_lossy(&heard)
            .matches("HTTP/1.1 200")
            .count(),
        2
    );
    server.stops();
    news.closes_broken().await;
}

/// Also when the page is in memory, in front of the guards.
#[tokio::test]
async fn v_25_a_request_for_two_hosts_or_none_is_refused() {
    let news = Newsroom::open().await;
    let server = Server::of(&news);
    let get = async |target: &str, hosts: &str| {
        let request = format!("GET {target} HTTP/1.1\r\n{hosts}connection: close\r\n\r\n");
        let heard = exchange(server.address, request.as_bytes()).await;
        String::from_utf8_lossy(&heard).get(9..12).map(String::from)
    };
    let ours = "host: news.example\r\n";
    for _warm in 0..3 {
        assert_eq!(get("/", ours).await.as_deref(), Some("200"));
        assert_eq!(
            get("http://news.example/", ours).await.as_deref(),
            Some("200")
        );
        for (target, hosts, status) in [
            ("/", "host: news.example\r\nhost: evil.example\r\n", "400"),
            ("/", "host: evil.example\r\nhost: news.example\r\n", "400"),
            ("/", "host: news.example\r\nhost: news.example\r\n", "400"),
            ("/", "", "400"),
            ("/", "host: evil.example\r\n", "421"),
            ("http://evil.example/", ours, "400"),
            ("http://news.example/", "host: evil.example\r\n", "400"),
        ] {
            assert_eq!(
                get(target, hosts).await.as_deref(),
                Some(status),
                "{target} {hosts:?}"
            );
        }
    }
    server.stops();
    news.closes_broken().await;
}
