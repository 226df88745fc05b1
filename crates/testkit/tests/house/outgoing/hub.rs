//! Programs that follow our feeds: they are asked first, are sent what readers see, and can be anybody.

use newsroom::story::Access;
use ring::hmac;
use testkit::{Newsroom, Seen, Spans, Visitor};

use super::receiver::{Asked, Receiver, says};
use crate::world::{METERED, plain_fields};

const FEED: &str = "https://news.example/feed.xml";

/// Says yes to whatever it is asked, and takes whatever it is sent.
fn agrees(asked: &Asked) -> String {
    let first = asked.head.lines().next().unwrap_or_default();
    let (_, query) = first.split_once("hub.challenge=").unwrap_or_default();
    says(
        "text/plain",
        query.split(['&', ' ']).next().unwrap_or_default(),
    )
}

async fn asks(visitor: &Visitor<'_>, fields: &[(&str, &str)]) -> Seen {
    let coded =
        |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("hub.{name}={}", coded(value)))
        .collect();
    let ask = visitor.asks("POST", "/hub");
    let form = "application/x-www-form-urlencoded";
    ask.body(form, pairs.join("&")).sends().await
}

#[tokio::test]
async fn w_03_who_follows_a_feed_is_asked_first_and_then_sent_it_as_readers_see_it() {
    let receiver = Receiver::open(agrees).await;
    let place = receiver.place;
    let news = Newsroom::open_with(|settings| settings.own_services = vec![place]).await;
    let city = news.given_section("City", Access::Metered).await;
    let editor = news.editor("ada").await;
    let visitor = news.anonymous();
    let feed = visitor.opens("/feed.xml").await.is(200);
    let link = format!("<https://news.example/hub>; rel=\"hub\", <{FEED}>; rel=\"self\"");
    assert_eq!(feed.header("link"), link);

    let callback = receiver.at("/in?mine=1");
    let fields = [
        ("mode", "subscribe"),
        ("topic", FEED),
        ("callback", &callback),
        ("secret", "a secret of theirs"),
        ("lease_seconds", "864000"),
    ];
    asks(&visitor, &fields).await.is(202);
    assert!(
        receiver.hears().is_empty(),
        "nothing is fetched while they wait"
    );
    news.works().await;
    let asked = receiver.hears().remove(0);
    assert!(asked.head.starts_with("GET /in?mine=1&hub.mode=subscribe&hub.topic=https%3A%2F%2Fnews.example%2Ffeed.xml&hub.challenge="), "{}", asked.head);
    assert!(
        asked.head.contains("&hub.lease_seconds=864000 "),
        "{}",
        asked.head
    );

    let story = editor
        .runs(&plain_fields(&city, "Water rises", METERED))
        .await;
    news.settles().await;
    news.works().await;
    let sent = receiver.hears().remove(0);
    assert!(sent.head.starts_with("POST /in?mine=1 "), "{}", sent.head);
    assert_eq!(sent.header("link"), link);
    assert_eq!(
        sent.header("content-type"),
        "application/rss+xml; charset=utf-8"
    );
    assert!(sent.body.contains("Water rises") && !sent.body.contains(METERED));
    assert_eq!(sent.body, visitor.opens("/feed.xml").await.text());
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"a secret of theirs");
    let tag = hmac::sign(&key, sent.body.as_bytes());
    let digits: String = tag
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(sent.header("x-hub-signature"), format!("sha256={digits}"));

    editor.withdraws(&story, "It was another river.").await;
    news.settles().await;
    news.works().await;
    let sent = receiver.hears().remove(0);
    assert!(!sent.body.contains("Water rises"));

    let fields = [
        ("mode", "unsubscribe"),
        ("topic", FEED),
        ("callback", &callback),
    ];
    asks(&visitor, &fields).await.is(202);
    news.works().await;
    receiver.hears();
    editor
        .runs(&plain_fields(&city, "Water falls", METERED))
        .await;
    news.settles().await;
    news.works().await;
    assert!(
        receiver.hears().is_empty(),
        "who follows no more is sent nothing"
    );
    news.closes().await;
}

#[tokio::test]
async fn a_following_ends_with_its_time_and_with_a_410() {
    let receiver = Receiver::open(|asked| match asked.head.starts_with("POST") {
        true => "HTTP/1.1 410 Gone\r\n\r\n".into(),
        false => agrees(asked),
    })
    .await;
    let place = receiver.place;
    let news = Newsroom::open_with(|settings| settings.own_services = vec![place]).await;
    let city = news.given_section("City", Access::Open).await;
    let editor = news.editor("ada").await;
    let visitor = news.anonymous();
    for (path, lease) in [("/gone", "864000"), ("/short", "5")] {
        let callback = receiver.at(path);
        let fields = [
            ("mode", "subscribe"),
            ("topic", "https://news.example/section/city/atom.xml"),
            ("callback", &callback),
            ("lease_seconds", lease),
        ];
        asks(&visitor, &fields).await.is(202);
    }
    news.works().await;
    receiver.hears();
    // The shortest time is an hour, whatever is asked for.
    news.clock.passes(2.hours());
    editor
        .runs(&plain_fields(&city, "Water rises", "More."))
        .await;
    news.settles().await;
    news.works().await;
    let heard = receiver.hears();
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(heard[0].head.starts_with("POST /gone "));
    editor
        .runs(&plain_fields(&city, "Water falls", "More."))
        .await;
    news.settles().await;
    news.works().await;
    assert!(receiver.hears().is_empty());
    news.closes().await;
}

#[tokio::test]
async fn a_16_nobody_becomes_a_strangers_hand_by_a_callback() {
    // Neither a place inside nor one that did not ask for it is sent anything.
    let inside = Receiver::open(agrees).await;
    let silent = Receiver::open(|_| says("text/plain", "no")).await;
    let place = silent.place;
    let news = Newsroom::open_with(|settings| settings.own_services = vec![place]).await;
    let city = news.given_section("City", Access::Open).await;
    let editor = news.editor("ada").await;
    let visitor = news.anonymous();
    for callback in [inside.at("/in"), silent.at("/in")] {
        let fields = [
            ("mode", "subscribe"),
            ("topic", FEED),
            ("callback", &callback),
        ];
        asks(&visitor, &fields).await.is(202);
    }
    news.works().await;
    editor
        .runs(&plain_fields(&city, "Water rises", "More."))
        .await;
    news.settles().await;
    news.works().await;
    assert!(inside.hears().is_empty());
    assert_eq!(silent.hears().len(), 1, "asked once, and never again");

    #[track_caller]
    fn check(seen: Seen, key: &str) {
        seen.is(422).refuses(key);
    }
    let good = silent.at("/in");
    let try_with = async |topic: &str, callback: &str, mode: &str| {
        let fields = [("mode", mode), ("topic", topic), ("callback", callback)];
        asks(&visitor, &fields).await
    };
    check(try_with(FEED, &good, "publish").await, "hub-mode");
    check(
        try_with("https://news.example/", &good, "subscribe").await,
        "hub-topic",
    );
    check(
        try_with("https://other.example/feed.xml", &good, "subscribe").await,
        "hub-topic",
    );
    check(
        try_with(
            "https://news.example/section/none/feed.xml",
            &good,
            "subscribe",
        )
        .await,
        "hub-topic",
    );
    check(
        try_with(FEED, "gopher://a.example/", "subscribe").await,
        "hub-callback",
    );
    check(
        try_with(FEED, "http://a:b@a.example/", "subscribe").await,
        "hub-callback",
    );
    let mut waiting = 0;
    loop {
        let callback = format!("http://many.example/{waiting}");
        let seen = try_with(FEED, &callback, "subscribe").await;
        if seen.status == 422 {
            check(seen, "hub-full");
            break;
        }
        waiting += 1;
    }
    assert_eq!(waiting, syndication::hub::WAITING_MOST.1);
    news.works().await;
    news.out_tray();
    news.closes().await;
}
