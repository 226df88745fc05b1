//! W-10 and F-03: whatever breaks, the wall is shown or a “not now”, and never the text.

use testkit::{Newsroom, Story};

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
