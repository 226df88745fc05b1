//! Lists that were asked for what they have not: words too long, pages that are none, a story twice.

use std::collections::BTreeSet;

use testkit::Newsroom;

use crate::world::{World, plain_fields};

#[tokio::test]
async fn a_search_that_is_too_long_is_refused_in_words_and_keeps_what_was_typed() {
    let news = Newsroom::open().await;
    let visitor = news.anonymous();
    let typed = format!("water{}", "x".repeat(196));
    let seen = visitor
        .opens(&format!("/search?q={typed}&page=-1"))
        .await
        .is(422);
    seen.shows("Search takes up to 200 letters")
        .shows(&format!("value=\"{}\"", &typed[..200]))
        .does_not_show("“q”")
        .does_not_show("Status 422");
    let letters = "ש".repeat(200);
    visitor
        .opens(&format!("/search?q={letters}"))
        .await
        .is(200)
        .does_not_show("up to 200");
    news.closes().await;
}

#[tokio::test]
async fn a_number_that_is_no_page_leads_to_the_first() {
    let news = Newsroom::open().await;
    let _world = World::of(&news).await;
    let visitor = news.anonymous();
    for list in [
        "/search?q=water",
        "/section/city",
        "/topic/harbour",
        "/author/ada-harbour",
        "/running/the-flood",
        "/2026/11",
        "/corrections",
    ] {
        for wrong in ["0", "-1", "abc", "1", "", "99999999999999999999"] {
            let joint = if list.contains('?') { '&' } else { '?' };
            let seen = visitor
                .opens(&format!("{list}{joint}page={wrong}"))
                .await
                .is(308);
            assert_eq!(seen.header("location"), list, "page={wrong}");
        }
    }
    // Past the last page of a search there is nothing to wait for; a list may grow into it.
    let past = visitor.opens("/search?q=water&page=7000").await.is(308);
    assert_eq!(past.header("location"), "/search?q=water");
    visitor
        .opens("/section/city?page=7000")
        .await
        .is(404)
        .shows("There is no page here");
    news.closes().await;
}

#[tokio::test]
async fn a_story_stands_on_the_front_once() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let city = &world.wire.visitor.opens("/api/v1/sections").await.json()["sections"][0]["id"];
    for nth in 0..24 {
        let fields = plain_fields(
            city.as_str().unwrap(),
            &format!("Report {nth}"),
            "The rest.",
        );
        world.wire.runs(&fields).await;
    }
    let front = news.anonymous().opens("/").await.is(200).text();
    let links = front
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let stories: Vec<&str> = links.filter(|link| link.starts_with("/2026/11/")).collect();
    let once: BTreeSet<&str> = stories.iter().copied().collect();
    assert_eq!(stories.len(), once.len(), "{stories:?}");
    assert!(stories.len() >= 15, "{stories:?}");
    assert!(front.contains("class=\"newest\"") && front.contains("class=\"band\""));
    news.closes().await;
}

#[tokio::test]
async fn whoever_finds_a_hole_is_told_where_to_tell_it() {
    let news = Newsroom::open().await;
    let visitor = news.anonymous();
    let path = "/.well-known/security.txt";
    let seen = visitor.opens(path).await.is(200);
    assert_eq!(seen.header("content-type"), "text/plain; charset=utf-8");
    let text = seen.shows("Contact: mailto:security@news.example\n").text();
    assert!(text.contains("\nPreferred-Languages: en\n"), "{text}");
    assert!(text.contains("\nCanonical: https://news.example/.well-known/security.txt\n"));
    let expires = |text: &str| -> base::Instant {
        let (_, rest) = text.split_once("\nExpires: ").unwrap();
        rest.lines().next().unwrap().parse().unwrap()
    };
    let now = base::Clock::now(&*news.clock);
    let left = expires(&text).duration_since(now).as_hours();
    assert!((24..365 * 24).contains(&left), "{left} hours");
    // A day later it holds a day longer: it does not run out while the site is served.
    news.clock.passes(testkit::Spans::hours(24));
    let later = visitor.opens(path).await.is(200).text();
    assert!(expires(&later) > expires(&text));
    news.restarts_with(|settings| settings.security_contact = None)
        .await;
    visitor.opens(path).await.is(404);
    news.closes().await;
}
