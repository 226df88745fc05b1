//! Every address has one spelling, and an address that leads nowhere helps on.

use testkit::{Newsroom, Visitor};
use web::Verb;

use crate::{sheet, world::World};

async fn check(visitor: &Visitor<'_>, address: &str, leads_to: &str) {
    let seen = visitor.opens(address).await;
    let is_for_good = matches!(seen.status.as_u16(), 301 | 308);
    assert!(is_for_good, "{address} {}", seen.status);
    assert_eq!(seen.header("location"), leads_to, "{address}");
}

#[tokio::test]
async fn a_07_slashes_and_capitals_lead_to_the_one_spelling() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    let story = world.metered.path.as_str();
    for (address, right) in [
        (format!("{story}/"), story),
        (story.replacen('/', "//", 1), story),
        (story.replace("/metered", "//metered"), story),
        (story.to_uppercase(), story),
        (story.replace("metered", "%6Detered"), story),
        ("/Section/City".into(), "/section/city"),
        ("/section/city/?page=1".into(), "/section/city?page=1"),
        ("/archive//".into(), "/archive"),
    ] {
        check(&visitor, &address, right).await;
    }
    news.closes().await;
}

/// A token or a session must not open a door under another spelling of its address than the door's own.
#[tokio::test]
async fn a_07_no_door_opens_under_another_spelling() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let ada = news.editor("ada").await;
    let mut tried = 0;
    for row in dateline::house::rows()
        .iter()
        .filter(|row| row.verb != Verb::Get)
    {
        let right = sheet::addresses(row, &world).await.swap_remove(0);
        let (head, tail) = right.rsplit_once('/').unwrap();
        let other_spellings = [
            format!("{right}/"),
            format!("/{right}"),
            format!("{head}//{tail}"),
            format!("{head}%2F{tail}"),
            format!("{head}/./{tail}"),
            right.replacen("/api", "/API", 1),
        ];
        // A door at the root has no part before its last one, and not every door is below `/api`.
        let is_another = |address: &&String| address.starts_with('/') && **address != right;
        for address in other_spellings.iter().filter(is_another) {
            let ask = ada.visitor.asks(sheet::method(row), address);
            let seen = ask.json(&serde_json::json!({})).sends().await;
            assert!(
                matches!(seen.status.as_u16(), 404 | 405),
                "{} {}",
                seen.asked,
                seen.status
            );
            tried += 1;
        }
    }
    println!("{tried} other spellings");
    let public = ada.visitor.opens(&world.draft.api("")).await.is(200).json();
    assert_eq!(public["state"], "draft");
    news.closes().await;
}

#[tokio::test]
async fn an_old_address_leads_to_where_the_story_is_now() {
    Newsroom::on_both(async |news| {
        news.given_import("The lighthouse", "/?p=77").await;
        news.given_import("The pier", "/news/The-Pier.html").await;
        let visitor = news.anonymous();
        news.given_import("The quay", "/2019/05/The-Quay").await;
        // One step each, whatever an old site, or those who linked to it, made of the spelling.
        for address in [
            "/news/the-pier.html",
            "/news/The-Pier.html",
            "/News/The-Pier.HTML/",
            "/news//the-pier.html",
        ] {
            check(&visitor, address, "/2026/11/the-pier").await;
        }
        for address in [
            "/2019/05/The-Quay",
            "/2019/05/The-Quay/",
            "/2019/05/THE-QUAY",
        ] {
            check(&visitor, address, "/2026/11/the-quay").await;
        }
        check(&visitor, "/?p=77", "/2026/11/the-lighthouse").await;
        visitor
            .opens("/2026/11/the-pier")
            .await
            .is(200)
            .shows("The pier");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_says_so_and_offers_what_is() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let seen = news
        .anonymous()
        .opens("/2026/11/no-such-story")
        .await
        .is(404);
    let seen = seen
        .shows("action=\"/search\"")
        .shows("href=\"/\"")
        .shows(&world.open.path);
    assert!(seen.header("content-type").starts_with("text/html"));
    news.closes().await;
}
