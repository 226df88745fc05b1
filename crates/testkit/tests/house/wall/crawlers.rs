//! W-08: a crawler is who it says it is, or an ordinary reader.

use testkit::{Newsroom, Seen, Visitor};
use web::Peer;

use crate::world::{REGISTERED, World};

const GOOGLEBOT: &str = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const GOOGLES: &str = "66.249.66.1";
const GOOGLES_NAME: &str = "crawl-66-249-66-1.googlebot.com";
/// A rented machine whose owner gave it a name of Google's (legitbot issue 85).
const LIAR: &str = "95.216.227.158";
const LIARS_NAME: &str = "crawl-95-216-227-158.googlebot.com";

fn given_names(news: &Newsroom) {
    let names = &news.names;
    names
        .reverse_is(GOOGLES, GOOGLES_NAME)
        .forward_is(GOOGLES_NAME, GOOGLES);
    names
        .reverse_is(LIAR, LIARS_NAME)
        .forward_is(LIARS_NAME, GOOGLES);
    names.reverse_is("203.0.113.5", "crawl.evilgooglebot.com");
    names.forward_is("crawl.evilgooglebot.com", "203.0.113.5");
    names.reverse_is("2001:db8::5", "crawl-5.googlebot.com");
    names.forward_is("crawl-5.googlebot.com", "2001:db8::6");
    names.reverse_is("2001:4860:4801::1", "crawl-6.googlebot.com");
    names.forward_is("crawl-6.googlebot.com", "2001:4860:4801::1");
}

/// Nothing left the building but questions about those who said they were crawlers.
#[track_caller]
pub(super) fn asked_only_for_names(news: &Newsroom) {
    let left = news.out_tray();
    let (name, address) = ("name of ", "address of ");
    let is_question = |line: &String| line.starts_with(name) || line.starts_with(address);
    assert!(
        !left.is_empty() && left.iter().all(is_question),
        "{left:#?}"
    );
    assert!(
        !left.iter().any(|line| line.contains("198.18.")),
        "a reader: {left:#?}"
    );
}

#[track_caller]
fn gets_everything(seen: Seen) {
    let seen = seen.is(200).is_never_shared().shows(REGISTERED);
    assert_eq!(seen.header("x-robots-tag"), "noarchive");
    assert!(!seen.headers.contains_key("set-cookie"));
}

#[track_caller]
fn is_a_reader(seen: Seen) {
    let seen = seen.is(200).is_never_shared().does_not_show(REGISTERED);
    assert_eq!(seen.header("dateline-standing"), "closed", "{}", seen.asked);
    assert!(!seen.headers.contains_key("x-robots-tag"));
}

#[tokio::test]
async fn w_08_only_a_crawler_whose_name_leads_back_to_it_reads_behind_the_gate() {
    let news = Newsroom::open().await;
    given_names(&news);
    let world = World::of(&news).await;
    let full = format!("{}/full", world.registered.path);
    for path in [world.registered.gate(), full] {
        for ip in [GOOGLES, "2001:4860:4801::1", "::ffff:66.249.66.1"] {
            gets_everything(news.crawler(GOOGLEBOT, ip).opens(&path).await);
        }
        for ip in [
            LIAR,
            "203.0.113.5",
            "2001:db8::5",
            "203.0.113.6",
            "127.0.0.1",
        ] {
            is_a_reader(news.crawler(GOOGLEBOT, ip).opens(&path).await);
        }
        is_a_reader(
            news.crawler("Mozilla/5.0 Firefox/140", GOOGLES)
                .opens(&path)
                .await,
        );
        is_a_reader(news.crawler("GPTBot/1.2", GOOGLES).opens(&path).await);
    }
    // The shell is the same for everybody, crawlers among them.
    let theirs = news
        .crawler(GOOGLEBOT, GOOGLES)
        .opens(&world.registered.path)
        .await;
    let ours = news.anonymous().opens(&world.registered.path).await;
    assert_eq!((theirs.bytes, theirs.headers), (ours.bytes, ours.headers));
    let mut left = news.out_tray();
    let questions = left.len();
    left.sort();
    left.dedup();
    assert_eq!(left.len(), questions, "a question was asked twice");
    assert!(
        left.contains(&format!("address of {GOOGLES_NAME}")),
        "{left:#?}"
    );
    assert!(left.contains(&format!("name of {LIAR}")), "{left:#?}");
    news.closes().await;
}

async fn forwarded(visitor: &Visitor<'_>, path: &str, hops: &str) -> Seen {
    let ask = visitor.asks("GET", path).with("x-forwarded-for", hops);
    let ask = ask
        .with("forwarded", &format!("for={GOOGLES}"))
        .with("x-real-ip", GOOGLES);
    ask.with("cf-connecting-ip", GOOGLES)
        .with("true-client-ip", GOOGLES)
        .sends()
        .await
}

#[tokio::test]
async fn w_08_v_24_nobody_becomes_a_crawler_by_a_forwarding_header() {
    let news = Newsroom::open().await;
    given_names(&news);
    let gate = World::of(&news).await.registered.gate();
    let stranger = news.crawler(GOOGLEBOT, "203.0.113.9");
    for hops in [
        GOOGLES,
        "66.249.66.1, 203.0.113.9",
        "203.0.113.9, 66.249.66.1",
        "127.0.0.1, 66.249.66.1",
    ] {
        is_a_reader(forwarded(&stranger, &gate, hops).await);
    }
    let proxy = news.crawler(GOOGLEBOT, "127.0.0.1");
    for hops in [
        "66.249.66.1, 203.0.113.9",
        "66.249.66.1, unknown",
        "",
        "nonsense",
        "66.249.66.1, 66.249.66.1x",
    ] {
        is_a_reader(forwarded(&proxy, &gate, hops).await);
    }
    gets_everything(forwarded(&proxy, &gate, GOOGLES).await);
    gets_everything(forwarded(&proxy, &gate, "203.0.113.9, 66.249.66.1").await);
    asked_only_for_names(&news);
    news.closes().await;
}

#[tokio::test]
async fn w_08_a_name_server_that_is_slow_or_broken_makes_nobody_a_crawler() {
    let news = Newsroom::open().await;
    given_names(&news);
    let gate = World::of(&news).await.registered.gate();
    news.names.fall_silent();
    is_a_reader(news.crawler(GOOGLEBOT, GOOGLES).opens(&gate).await);
    news.names.break_down();
    is_a_reader(news.crawler(GOOGLEBOT, "66.249.66.2").opens(&gate).await);
    assert_eq!(
        news.out_tray(),
        [format!("name of {GOOGLES}"), "name of 66.249.66.2".into()]
    );
    news.closes().await;
}

#[tokio::test]
async fn w_08_a_crawler_gets_what_the_publisher_chose_for_it() {
    let news = Newsroom::open_with(|settings| {
        settings.crawlers = vec![("google".into(), audience::crawler::Offers::Teaser)];
    })
    .await;
    given_names(&news);
    let gate = World::of(&news).await.registered.gate();
    is_a_reader(news.crawler(GOOGLEBOT, GOOGLES).opens(&gate).await);
    asked_only_for_names(&news);
    news.closes().await;
}

/// The peer is what the server saw, so that no test above passes for want of it.
#[tokio::test]
async fn a_request_comes_from_where_its_connection_does() {
    let peer = Peer("203.0.113.9:1".parse().unwrap());
    let headers = http::HeaderMap::new();
    assert_eq!(
        web::client::client(Some(peer), &headers, &[]).to_string(),
        "203.0.113.9"
    );
}
