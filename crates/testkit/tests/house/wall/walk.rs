//! W-07: one reader's month at the gate.

use testkit::{Editor, Newsroom, Spans, Story, newsroom::FIRST_KEY};

use crate::world::plain_fields;

const GATED: &str = "The third paragraph.";
const SECOND_KEY: &str = "2222222222222222222222222222222222222222222222222222222222222222";
const THIRD_KEY: &str = "3333333333333333333333333333333333333333333333333333333333333333";

async fn stories(news: &Newsroom, many: usize) -> Vec<Story> {
    let wire: Editor<'_> = news.machine(&newsroom::staff::api_token::Scope::ALL).await;
    let city = news
        .given_section("City", newsroom::story::Access::Metered)
        .await;
    let mut stories = Vec::new();
    for nth in 1..=many {
        stories.push(
            wire.runs(&plain_fields(&city, &format!("Story {nth}"), GATED))
                .await,
        );
    }
    stories
}

#[tokio::test]
async fn w_07_a_reader_reads_ten_stories_a_month_is_asked_from_the_third_and_waits_at_the_eleventh()
{
    Newsroom::on_both(async |news| {
        let stories = stories(news, 11).await;
        let reader = news.anonymous();
        for (nth, story) in (1..=10).zip(&stories) {
            let standing = if nth < 3 { "counted" } else { "asked" };
            let shell = reader
                .opens(&story.path)
                .await
                .is(200)
                .is_cached_until_purged();
            let gate = shell.does_not_show(GATED).gate().expect("a gate");
            for _again in 0..3 {
                let seen = reader
                    .opens(&gate)
                    .await
                    .is(200)
                    .is_never_shared()
                    .shows(GATED);
                seen.stands(standing, &format!("{nth}/10"));
            }
        }
        let eleventh = &stories[10];
        let seen = reader
            .opens(&eleventh.gate())
            .await
            .is(200)
            .is_never_shared();
        seen.does_not_show(GATED).stands("closed", "10/10");
        let page = reader
            .opens(&format!("{}/full", eleventh.path))
            .await
            .is(200);
        page.does_not_show(GATED).stands("closed", "10/10");
        // What was read stays read, and another reader begins at one.
        reader
            .opens(&stories[0].gate())
            .await
            .shows(GATED)
            .stands("counted", "10/10");
        news.anonymous()
            .opens(&eleventh.gate())
            .await
            .shows(GATED)
            .stands("counted", "1/10");
    })
    .await;
}

#[tokio::test]
async fn w_07_a_new_month_begins_at_one_in_the_newsrooms_own_zone() {
    let news = Newsroom::open_with(|settings| settings.policy.limit = 2).await;
    let stories = stories(&news, 3).await;
    let reader = news.anonymous();
    for story in &stories[..2] {
        reader.opens(&story.gate()).await.shows(GATED);
    }
    reader
        .opens(&stories[2].gate())
        .await
        .stands("closed", "2/2")
        .does_not_show(GATED);
    news.clock.moves_to("2026-11-30T22:59:59Z");
    reader
        .opens(&stories[2].gate())
        .await
        .stands("closed", "2/2")
        .does_not_show(GATED);
    news.clock.passes(1.seconds());
    reader
        .opens(&stories[2].gate())
        .await
        .stands("counted", "1/2")
        .shows(GATED);
    news.closes().await;
}

#[tokio::test]
async fn w_07_a_change_of_keys_costs_nobody_a_read() {
    let news = Newsroom::open().await;
    let stories = stories(&news, 4).await;
    let (reader, away) = (news.anonymous(), news.anonymous());
    for visitor in [&reader, &away] {
        visitor
            .opens(&stories[0].gate())
            .await
            .stands("counted", "1/10");
    }
    news.restarts_with(|settings| {
        settings.previous_meter_secret = Some(FIRST_KEY.into());
        settings.meter_secret = Some(SECOND_KEY.into());
    })
    .await;
    reader
        .opens(&stories[0].gate())
        .await
        .stands("counted", "1/10");
    reader
        .opens(&stories[1].gate())
        .await
        .stands("counted", "2/10");
    reader
        .opens(&stories[3].gate())
        .await
        .stands("asked", "3/10");
    news.restarts_with(|settings| {
        settings.previous_meter_secret = Some(SECOND_KEY.into());
        settings.meter_secret = Some(THIRD_KEY.into());
    })
    .await;
    // The key that began a month's tally is kept for a month. Whoever changes keys twice within it
    // gives every reader a new one; nobody is closed out.
    for visitor in [&reader, &away] {
        visitor
            .opens(&stories[2].gate())
            .await
            .stands("counted", "1/10");
    }
    news.closes().await;
}

#[tokio::test]
async fn w_07_a_cookie_that_was_tampered_with_is_no_cookie() {
    let news = Newsroom::open().await;
    let stories = stories(&news, 2).await;
    let reader = news.anonymous();
    reader.opens(&stories[0].gate()).await;
    let sealed = reader.cookie("__Host-m").expect("the meter's cookie");
    let mut forged = vec![
        String::new(),
        "x".into(),
        "A".repeat(4000),
        format!("{sealed}{sealed}"),
    ];
    for at in 0..sealed.len() {
        let other = if sealed.as_bytes()[at] == b'A' {
            "B"
        } else {
            "A"
        };
        forged.push(format!("{}{other}{}", &sealed[..at], &sealed[at + 1..]));
        forged.push(sealed[..at].to_string());
    }
    let whole = news.anonymous().with_cookie("__Host-m", &sealed);
    whole
        .opens(&stories[1].gate())
        .await
        .stands("counted", "2/10");
    for value in &forged {
        let cheat = news.anonymous().with_cookie("__Host-m", value);
        cheat
            .opens(&stories[1].gate())
            .await
            .is(200)
            .stands("counted", "1/10");
    }
    println!("{} forgeries", forged.len());
    news.closes().await;
}

#[tokio::test]
async fn a_network_without_cookies_meets_the_wall_when_its_day_is_used_up() {
    let news = Newsroom::open_with(|settings| settings.policy.daily_allowance = 5).await;
    let story = stories(&news, 1).await.swap_remove(0);
    for nth in 0..5 {
        let visitor = news.visitor_from(&format!("203.0.113.{nth}"));
        visitor.opens(&story.gate()).await.shows(GATED);
    }
    let sixth = news.visitor_from("203.0.113.77");
    sixth
        .opens(&story.gate())
        .await
        .is(200)
        .does_not_show(GATED);
    news.visitor_from("203.0.114.1")
        .opens(&story.gate())
        .await
        .shows(GATED);
    news.clock.passes(1.days());
    sixth.opens(&story.gate()).await.shows(GATED);
    news.closes().await;
}
