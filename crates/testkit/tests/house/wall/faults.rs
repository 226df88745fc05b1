//! W-10 and F-03: whatever breaks, the wall is shown or a “not now”, and never the text.

use base::clock::SharedClock;
use dateline::house;
use testkit::{Newsroom, Seen, Story};

use crate::world::{METERED, REGISTERED, World};

fn addresses(story: &Story) -> [String; 2] {
    [story.gate(), format!("{}/full", story.path)]
}

#[tokio::test]
async fn w_10_f_03_when_the_database_is_away_the_gate_gives_no_text() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let (anonymous, reader) = (news.anonymous(), news.reader().await);
    news.restarts_with(|_| {}).await;
    news.house().db.close().await;
    for (story, gated) in [(&world.metered, METERED), (&world.registered, REGISTERED)] {
        for address in addresses(story) {
            for visitor in [&anonymous, &reader] {
                let seen = visitor
                    .opens(&address)
                    .await
                    .is_never_shared()
                    .does_not_show(gated);
                assert!(
                    matches!(seen.status.as_u16(), 200 | 503),
                    "{} {}",
                    seen.asked,
                    seen.status
                );
                let is_wall = seen.header("dateline-standing") == "closed";
                assert!(seen.status.as_u16() == 503 || is_wall, "{}", seen.asked);
            }
        }
    }
    let told = anonymous.opens(&world.metered.gate()).await.is(503);
    assert!(!told.header("retry-after").is_empty());
    assert!(
        !news
            .closes_broken()
            .await
            .iter()
            .any(|line| line.contains(METERED))
    );
}

#[tokio::test]
async fn w_10_a_body_held_in_memory_is_not_given_to_whom_nobody_can_look_up() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let reader = news.reader().await;
    for address in addresses(&world.registered) {
        reader.opens(&address).await.is(200).shows(REGISTERED);
    }
    news.house().db.close().await;
    for address in addresses(&world.registered) {
        reader
            .opens(&address)
            .await
            .is(503)
            .is_never_shared()
            .does_not_show(REGISTERED);
        let seen = news.anonymous().opens(&address).await;
        seen.is_never_shared().does_not_show(REGISTERED);
    }
    // What is in memory goes on being read.
    news.anonymous().opens("/robots.txt").await;
    news.closes_broken().await;
}

#[tokio::test]
async fn f_03_a_cookie_that_breaks_the_rules_is_no_way_in() {
    let news = Newsroom::open().await;
    let gate = World::of(&news).await.registered.gate();
    let huge = "A".repeat(30_000);
    for value in ["", "\"", "%00", "1|2|3", "0", "deadbeef", huge.as_str()] {
        for name in ["__Host-m", "__Host-reader", "__Host-staff"] {
            let cheat = news.anonymous().with_cookie(name, value);
            let seen = cheat.opens(&gate).await.is(200).is_never_shared();
            seen.stands("closed", "0/10").does_not_show(REGISTERED);
        }
    }
    news.closes().await;
}

/// The wall, or a page that says what broke; never the text, and for nobody else to keep.
#[track_caller]
fn is_the_wall(seen: Seen, gated: &str) {
    let seen = seen.is_never_shared().does_not_show(gated);
    let is_wall = seen.header("dateline-standing") == "closed" && seen.status == 200;
    // 500 where the doorkeeper broke before the gate was reached.
    let is_told = seen.status.is_server_error();
    assert!(is_wall || is_told, "{} {}", seen.asked, seen.status);
    assert!(!seen.headers.contains_key("set-cookie"), "{}", seen.asked);
}

#[tokio::test]
async fn w_10_a_panic_anywhere_in_the_gate_closes_it() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let (gated, story) = (METERED, &world.metered);
    let (mut panics, mut walls) = (0, 0);
    for address in addresses(story) {
        // Held in memory already: a gate that fails open would have it at hand.
        news.anonymous().opens(&address).await.is(200).shows(gated);
        for readings in 0.. {
            news.clock.breaks_after(readings);
            let seen = news.anonymous().opens(&address).await;
            if news.clock.mends() {
                seen.is(200).shows(gated);
                break;
            }
            walls += usize::from(seen.status == 200);
            is_the_wall(seen, gated);
            panics += 1;
        }
        let crawler = news.crawler("Googlebot/2.1", "66.249.66.77");
        news.names.panic_when_asked();
        is_the_wall(crawler.opens(&address).await, gated);
    }
    assert!(
        walls >= 2,
        "the gate asks for the time, or this proves nothing"
    );
    let faults = news.closes_broken().await;
    assert_eq!(faults.len(), panics + 2, "each is told once: {faults:#?}");
    assert!(
        faults
            .iter()
            .all(|line| line.contains("told to") && !line.contains(gated))
    );
}

/// The doorkeeper's panic is nobody's way in either: whom it cannot look up is told to come back.
#[tokio::test]
async fn w_10_a_panic_at_the_door_lets_nobody_in() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let reader = news.reader().await;
    for address in addresses(&world.registered) {
        reader.opens(&address).await.is(200).shows(REGISTERED);
        news.clock.breaks_after(0);
        let seen = reader.opens(&address).await.is_never_shared();
        assert!(
            !news.clock.mends(),
            "the door asks for the time, or this proves nothing"
        );
        assert!(seen.status.is_server_error(), "{}", seen.status);
        seen.does_not_show(REGISTERED);
    }
    news.closes_broken().await;
}

/// A house without its key does not open, so that no gate ever stands without one; with another key than
/// the one a cookie was sealed with, the reader begins anew.
#[tokio::test]
async fn w_10_without_its_key_the_house_does_not_open() {
    let news = Newsroom::open().await;
    let clock: SharedClock = news.clock.clone();
    for (key, says) in [
        (None, "is not set"),
        (Some(""), "hexadecimal digits"),
        (Some("11"), "hexadecimal digits"),
        (
            Some("zz11111111111111111111111111111111111111111111111111111111111111"),
            "hexadecimal digits",
        ),
    ] {
        let mut settings = news.settings.borrow().clone();
        settings.meter_secret = key.map(String::from);
        let opened = house::Newsroom::around(news.house().db, &settings, clock.clone()).await;
        let why = opened
            .err()
            .map(|fault| format!("{fault:?}"))
            .unwrap_or_default();
        assert!(
            why.contains("meter.secret") && why.contains(says),
            "{key:?}: {why}"
        );
    }
    let file = std::env::temp_dir().join("no-such-folder/meter.key");
    let said = (
        "DATELINE_METER_SECRET_FILE".to_string(),
        file.display().to_string(),
    );
    let wrong = dateline::settings::read(std::path::Path::new(""), [said]).unwrap_err();
    assert!(wrong.to_string().contains("cannot be read"), "{wrong}");
    news.closes().await;
}
