//! What stands in a query or an address is read into its type, or it is nothing at all.

use testkit::{Newsroom, Seen, Visitor};
use web::{Row, Verb, Who};

use crate::{sheet, world::World};

/// What has opened databases elsewhere (A-01), as a query's value.
const VALUES: [&str; 16] = [
    "%27",
    "%22",
    "1%27--",
    "1;DROP%20TABLE%20story",
    "%27%20OR%20%271%27=%271",
    "(CASE%20WHEN%201=1%20THEN%201%20ELSE%200%20END)",
    "slug,(SELECT%20secret)",
    "[1,2]",
    "%7B%22$gt%22:%22%22%7D",
    "%00",
    "%FF%FE",
    "-1",
    "99999999999999999999999",
    "1e9",
    "NaN",
    "%25_%5C",
];
/// Names by which other programs let themselves be asked for what nobody should see (A-03).
const NAMES: [&str; 16] = [
    "filter",
    "order",
    "sort",
    "include",
    "fields",
    "select",
    "where",
    "email",
    "password",
    "password_hash",
    "token_hash",
    "body",
    "access",
    "embargo",
    "created_by",
    "filter[email]",
];
/// Other spellings and neighbours of an id (A-37); `{}` is where the right one stands.
const IDS: [&str; 12] = [
    "1",
    "0",
    "-1",
    "1e3",
    "{}a",
    "{}%00",
    "%7B{}%7D",
    "urn:uuid:{}",
    "{},1",
    "{}%20",
    "+{}",
    "null",
];

async fn who_may<'a>(news: &'a Newsroom, world: &'a World<'a>, row: &Row) -> Visitor<'a> {
    match row.who {
        Who::Staff(_) => news.editor("ada").await.visitor,
        Who::Anyone | Who::Reader => news.anonymous(),
        Who::Machine(_) => {
            world
                .news
                .machine(&newsroom::staff::api_token::Scope::ALL)
                .await
                .visitor
        }
    }
}

fn rows() -> impl Iterator<Item = Row> {
    let rows = dateline::house::rows().into_iter();
    rows.filter(|row| row.verb == Verb::Get && !matches!(row.who, Who::Staff(_)))
}

#[tokio::test]
async fn a_01_no_value_of_a_parameter_breaks_a_door_or_opens_it_wider() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let mut tried = 0;
    for row in rows().filter(|row| !row.query.is_empty()) {
        let visitor = who_may(&news, &world, &row).await;
        let address = sheet::addresses(&row, &world).await.swap_remove(0);
        let path = address.split('?').next().unwrap_or_default();
        let whole = stories_on(&visitor.opens(path).await);
        for name in row.query {
            for value in VALUES {
                let seen = visitor.opens(&format!("{path}?{name}={value}")).await;
                assert!(
                    !seen.status.is_server_error(),
                    "{} {}",
                    seen.asked,
                    seen.status
                );
                let found = if seen.status == 200 {
                    stories_on(&seen)
                } else {
                    0
                };
                assert!(found <= whole, "{} found more", seen.asked);
                let said = seen.text().to_lowercase();
                for word in ["sqlite", "postgres", "syntax error", "no such column"] {
                    assert!(!said.contains(word), "{}: {word}", seen.asked);
                }
                tried += 1;
            }
        }
    }
    println!("{tried} values");
    assert!(tried > 200, "{tried}");
    news.closes().await;
}

fn stories_on(seen: &Seen) -> usize {
    let listed = seen.json()["stories"].as_array().map(Vec::len);
    listed.unwrap_or_else(|| seen.text().matches("<article").count())
}

#[tokio::test]
async fn a_03_no_list_filters_or_sorts_by_what_is_not_named() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let mut tried = 0;
    for row in rows() {
        let visitor = who_may(&news, &world, &row).await;
        let address = sheet::addresses(&row, &world).await.swap_remove(0);
        let path = address.split('?').next().unwrap_or_default();
        let usual = visitor.opens(path).await;
        for name in NAMES.iter().filter(|name| !row.query.contains(name)) {
            let coded = name.replace('[', "%5B").replace(']', "%5D");
            let seen = visitor.opens(&format!("{path}?{coded}=a")).await;
            // Led back to the address without it, refused, or answered as if it were not there.
            let is_led_back = seen.header("location") == path;
            let is_refused = seen.status.is_client_error();
            assert!(
                is_led_back || is_refused || seen.bytes == usual.bytes,
                "{} {}",
                seen.asked,
                seen.status
            );
            tried += 1;
        }
    }
    println!("{tried} names");
    news.closes().await;
}

#[tokio::test]
async fn a_37_an_id_has_one_spelling_and_anything_else_is_not_there() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let wire = &world.wire.visitor;
    let ada = news.editor("ada").await.visitor;
    let mut tried = 0;
    for row in dateline::house::rows()
        .iter()
        .filter(|row| row.path.contains("{story}"))
    {
        let right = sheet::addresses(row, &world).await.swap_remove(0);
        let id = right
            .split('/')
            .find(|part| part.len() == 36)
            .expect("an id")
            .to_string();
        let visitor = if matches!(row.who, Who::Staff(_)) {
            &ada
        } else {
            wire
        };
        let upper = id.to_uppercase();
        let bare = id.replace('-', "");
        let others = IDS.map(|other| other.replace("{}", &id));
        for other in others.iter().chain([&upper, &bare]) {
            let address = right.replacen(&id, other, 1);
            let ask = visitor.asks(sheet::method(row), &address);
            let seen = match row.verb {
                Verb::Get => ask.sends().await,
                _ => {
                    ask.with("if-match", "\"1\"")
                        .json(&serde_json::json!({}))
                        .sends()
                        .await
                }
            };
            // Capitals may be led to the one spelling; nothing else is understood.
            let is_led = seen.header("location") == right.as_str() && *other == upper;
            assert!(
                is_led || seen.status.is_client_error(),
                "{} {}",
                seen.asked,
                seen.status
            );
            tried += 1;
        }
    }
    println!("{tried} other spellings");
    assert!(tried > 100, "{tried}");
    let draft = wire.opens(&world.draft.api("")).await.is(200).json();
    assert_eq!(
        (draft["state"].as_str(), draft["revision"].as_u64()),
        (Some("draft"), Some(1))
    );
    news.closes().await;
}

#[tokio::test]
async fn v_34_a_search_takes_words_of_a_length_and_no_pattern_among_them_means_anything() {
    let news = Newsroom::open().await;
    let _world = World::of(&news).await;
    let visitor = news.anonymous();
    let found =
        async |words: &str| stories_on(&visitor.opens(&format!("/search?q={words}")).await.is(200));
    assert!(found("water").await > 0);
    for pattern in [
        ".*",
        "wat.r",
        "w%25r",
        "_ater",
        "%5Ewater",
        "water|tide",
        "(a%2B)%2B$",
        "wate*",
        "[w]ater",
        "NOT%20nothing",
        "headline:water",
        "%22water%20open%22",
    ] {
        assert_eq!(found(pattern).await, 0, "{pattern}");
    }
    // The longest that is read, as one word and as the most words, and what is longer.
    for longest in ["w".repeat(200), ["w"; 100].join("+")] {
        visitor.opens(&format!("/search?q={longest}")).await.is(200);
    }
    for longer in ["w".repeat(201), "%D7%90".repeat(201), ["w"; 102].join("+")] {
        let seen = visitor.opens(&format!("/search?q={longer}")).await.is(422);
        assert!(seen.bytes.len() < 20_000, "it is not said back at length");
    }
    visitor
        .opens(&format!("/search?q={}", "w".repeat(5_000)))
        .await
        .is(414);
    news.closes().await;
}
