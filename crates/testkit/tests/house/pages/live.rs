//! A running story with live entries, as programs are told of it: by its feeds and by its data.

use base::{Clock as _, Document, Id};
use newsroom::running::{self, EntryStatus, LiveEntry, RunningState};
use serde_json::Value;
use testkit::{Newsroom, Spans};

use crate::world::{PUBLIC, World};

async fn entry(news: &Newsroom, words: &str, status: EntryStatus) {
    let house = news.house();
    let furniture = house.keeper.current().furniture.clone();
    let entry = LiveEntry {
        id: Id::fresh(),
        title: None,
        body: Document::of_paragraphs([words]),
        byline: None,
        key_event: false,
        pinned: false,
        status,
        at: news.clock.now(),
        version: 1,
    };
    let mut tx = house.db.begin().await.unwrap();
    running::put_entry(&mut tx, furniture.running[0].id, &entry)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    house.keeper.refresh_furniture().await.unwrap();
}

async fn ends(news: &Newsroom) {
    let house = news.house();
    let mut running = house.keeper.current().furniture.running[0].clone();
    running.state = RunningState::Closed;
    let mut tx = house.db.begin().await.unwrap();
    running::put(&mut tx, &running).await.unwrap();
    tx.commit().await.unwrap();
    house.keeper.refresh_furniture().await.unwrap();
}

async fn data(news: &Newsroom, path: &str) -> Value {
    let page = news.anonymous().opens(path).await.is(200).text();
    let (_, data) = page
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    let (data, _) = data.split_once("</script>").unwrap();
    serde_json::from_str(data).expect("JSON-LD is JSON")
}

#[tokio::test]
async fn live_entries_are_in_the_feed_newest_first_among_the_stories_and_gone_when_withdrawn() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    news.clock.passes(1.hours());
    entry(&news, "The gate held.", EntryStatus::Confirmed).await;
    news.clock.passes(1.hours());
    entry(&news, "The gate broke.", EntryStatus::Withdrawn).await;
    let visitor = news.anonymous();
    let feed = visitor.opens("/running/the-flood/feed.json").await.is(200);
    let items = feed.json()["items"].as_array().unwrap().clone();
    assert_eq!(items[0]["title"], "The gate held.");
    assert_eq!(items[0]["tags"][1], "Confirmed");
    let url = items[0]["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://news.example/running/the-flood#e"),
        "{url}"
    );
    let of_story = format!("urn:uuid:{}", world.open.id);
    assert!(items.iter().any(|item| item["id"] == of_story.as_str()));
    assert!(items.iter().any(|item| item["title"] == PUBLIC));
    feed.does_not_show("The gate broke.");
    let atom = visitor.opens("/running/the-flood/atom.xml").await.is(200);
    let atom = atom.does_not_show("The gate broke.").text();
    // The withdrawn story of the world, and the withdrawn entry.
    assert_eq!(atom.matches("<at:deleted-entry ").count(), 2, "{atom}");
    news.closes().await;
}

#[tokio::test]
async fn the_data_of_a_running_story_says_when_its_coverage_began_and_ended() {
    let news = Newsroom::open().await;
    let _world = World::of(&news).await;
    let path = "/running/the-flood";
    for nth in 0..60 {
        news.clock.passes(1.hours());
        entry(&news, &format!("Entry {nth}."), EntryStatus::Reported).await;
    }
    let running = data(&news, path).await;
    assert_eq!(running["@type"], "LiveBlogPosting");
    assert_eq!(running["liveBlogUpdate"].as_array().map(Vec::len), Some(50));
    assert_eq!(running["coverageEndTime"], Value::Null);
    ends(&news).await;
    let (first, second) = (
        data(&news, path).await,
        data(&news, &format!("{path}?page=2")).await,
    );
    for name in ["coverageStartTime", "coverageEndTime"] {
        assert!(first[name].is_string(), "{first}");
        assert_eq!(first[name], second[name], "{name}");
    }
    assert!(first["coverageStartTime"].as_str() < first["coverageEndTime"].as_str());
    news.closes().await;
}
