//! Feeds by their addresses, from a server on loopback that only these tests may fetch from.

use std::{collections::HashMap, net::SocketAddr};

use courier::testing::StubNames;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;
use crate::{
    admin::{import, terminal::Progress},
    house::MIGRATIONS,
    settings::{self, Settings},
};

/// The one address that the guard lets through here.
const ALLOWED: &str = "127.0.0.78";

/// Answers by path; what is not in it is not found.
async fn serve(answers: impl Fn(SocketAddr) -> HashMap<&'static str, String>) -> SocketAddr {
    let listener = TcpListener::bind(format!("{ALLOWED}:0")).await.unwrap();
    let place = listener.local_addr().unwrap();
    let answers = answers(place);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 4096];
            let read = stream.read(&mut head).await.unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..read]).to_string();
            let path = head.split(' ').nth(1).unwrap_or_default();
            let gone = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_string();
            let answer = answers.get(path).unwrap_or(&gone);
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    place
}

fn answering(media_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

fn leading_to(location: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")
}

/// A page of Atom with a dated entry and one without a date, leading on where `next` says so.
fn page(id: &str, next: &str) -> String {
    let next = match next {
        "" => String::new(),
        next => format!("<link rel='next' href='{next}'/>"),
    };
    answering(
        "application/atom+xml; charset=\"utf-8\"",
        &format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><id>urn:h</id><title>Herald</title>\
             <link href='https://herald.test/'/>{next}<entry><id>{id}</id><title>Story {id}</title>\
             <link href='https://herald.test/{id}'/><updated>2020-01-01T00:00:00Z</updated>\
             <content type='html'>&lt;p>Größe&lt;/p></content></entry>\
             <entry><id>undated {id}</id><title>Undated</title><content>Text</content></entry></feed>"
        ),
    )
}

fn feed(address: String, fetcher: Fetcher) -> Reading {
    let fetcher = Box::new(fetcher);
    Reading::Feed(Feed {
        place: Place::Web { address, fetcher },
        how: How {
            drafts: false,
            credit: None,
            now: "2026-01-01T00:00:00Z".parse().unwrap(),
        },
    })
}

fn fetcher_to(place: SocketAddr) -> Fetcher {
    let rules = Rules {
        ports: vec![place.port()],
        allowed: vec![place.ip()],
        redirects: REDIRECTS_MOST,
        ..Rules::default()
    };
    Fetcher::new(Arc::new(StubNames::new()), rules)
}

fn settings() -> Settings {
    settings::read(std::path::Path::new("/nowhere/dateline.toml"), []).unwrap()
}

async fn import(db: &store::Db, reading: Reading) -> Result<interchange::land::Report, String> {
    let mut progress = Progress::hidden();
    match import::run(db, &settings(), reading, &mut progress).await {
        Ok(report) => Ok(report),
        Err(Stopped::Refused(why)) => Err(why),
        Err(_) => panic!("neither a report nor a refusal"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_fetched_with_its_pages_and_a_second_run_is_all_zeros() {
    let place = serve(|_| {
        HashMap::from([
            ("/feed", leading_to("/moved")),
            ("/moved", page("1", "/two")),
            ("/two", page("2", "")),
        ])
    })
    .await;
    store::testing::on_both(MIGRATIONS, async |db| {
        let run = async || {
            let address = format!("http://{place}/feed");
            import(&db, feed(address, fetcher_to(place))).await.unwrap()
        };
        let first = run().await;
        assert_eq!((first.stories, first.drafts, first.redirects), (2, 2, 2));
        let second = run().await;
        assert_eq!(
            (second.unchanged, second.landed(), second.redirects),
            (4, 0, 0)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_fetched_or_is_no_feed_is_refused_in_clear_words() {
    let place = serve(|place| {
        let html = "<html><link rel=alternate type='application/atom+xml' href='/a'></html>";
        HashMap::from([
            ("/ring", leading_to("/ring")),
            ("/page", answering("text/html", html)),
            (
                "/large",
                answering("text/xml", &" ".repeat(courier::fetch::LARGEST_BODY + 1)),
            ),
            ("/inward", page("1", "http://127.0.0.1/secret")),
            ("/pages", page("1", &format!("http://{place}/pages"))),
        ])
    })
    .await;
    let databases = store::testing::databases(MIGRATIONS).await;
    for (path, words) in [
        ("/ring", "redirects are followed at most 3 times"),
        (
            "/page",
            &format!("it is a web page; its feeds are at http://{place}/a"),
        ),
        ("/large", "the answer is larger than 5242880 bytes"),
        ("/none", "answered with the status 404 instead of a feed"),
        ("/inward", "page 2 of the feed, http://127.0.0.1/secret: "),
        ("/pages", "page 1 of the feed leads back to "),
    ] {
        let reading = feed(format!("http://{place}{path}"), fetcher_to(place));
        let why = import(&databases[0], reading).await.unwrap_err();
        assert!(why.contains(words), "{path}: {why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_own_fetch_touches_nothing_on_this_machine() {
    let place = serve(|_| HashMap::from([("/feed", page("1", ""))])).await;
    let databases = store::testing::databases(MIGRATIONS).await;
    for (address, words) in [
        (
            format!("http://{place}/feed"),
            "is not among those that may be fetched from",
        ),
        (
            "http://127.0.0.1/feed".into(),
            "is not on the public internet",
        ),
    ] {
        let Ok(fetcher) = fetcher() else {
            panic!("this machine's name servers can be read");
        };
        let why = import(&databases[0], feed(address, fetcher))
            .await
            .unwrap_err();
        assert!(why.contains(words), "{why}");
    }
}

#[test]
fn an_address_is_told_from_a_file_and_a_charset_from_its_type() {
    assert!(is_address("HTTPS://herald.test/feed") && !is_address("feed.xml"));
    assert!(!is_address("ftp://herald.test/feed"));
    let said = |media_type| charset(media_type);
    assert_eq!(
        said("text/xml; Charset=\"ISO-8859-1\"").as_deref(),
        Some("ISO-8859-1")
    );
    assert_eq!(said("text/xml"), None);
}
