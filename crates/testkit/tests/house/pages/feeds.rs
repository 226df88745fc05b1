//! Feeds as programs of others read them: the same in each form, for good by their ids, and never more than is free.

use std::collections::BTreeMap;

use interchange::{
    feed::{self, How, Pages, Sheet},
    incoming::{Incoming, IncomingStory, Unread},
};
use newsroom::story::Access;
use quick_xml::{Reader, events::Event};
use serde_json::json;
use testkit::{Newsroom, Seen, Spans, Visitor, editor::paragraphs};

use super::markup::POLYGLOTS;
use crate::{
    sheet,
    world::{METERED, PUBLIC, REGISTERED, World},
};

/// The page of each feed, and what a feed of the world's stories shows there.
const PAGES: [&str; 6] = [
    "",
    "/section/city",
    "/topic/harbour",
    "/author/ada-harbour",
    "/running/the-flood",
    "/corrections",
];
const FORMS: [(&str, &str); 3] = [
    ("feed.xml", "application/rss+xml"),
    ("atom.xml", "application/atom+xml"),
    ("feed.json", "application/feed+json"),
];

/// One page of a feed that was opened, for our own import.
struct Opened(Seen);

impl Pages for Opened {
    fn first(&mut self) -> Result<Sheet, Unread> {
        Ok(Sheet {
            address: "https://news.example/feed".into(),
            charset: None,
            bytes: self.0.bytes.to_vec(),
        })
    }

    fn further(&mut self, _: &str) -> Result<Option<Sheet>, Unread> {
        Ok(None)
    }
}

/// What our own import makes of a feed.
async fn imported(visitor: &Visitor<'_>, path: &str) -> Vec<IncomingStory> {
    let mut stories = Vec::new();
    let how = How {
        drafts: false,
        credit: None,
        now: "2030-01-01T00:00:00Z".parse().unwrap(),
    };
    let mut pages = Opened(visitor.opens(path).await.is(200));
    let read = feed::read(&mut pages, &how, &mut |piece| {
        if let Incoming::Story(story) = piece {
            stories.push(*story);
        }
        Ok(())
    });
    read.unwrap_or_else(|why| panic!("{path}: {why}"));
    stories
}

/// Texts of the elements of this name, as an XML parser gives them.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut inside): (Vec<String>, bool) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) if start.name().as_ref() == name => {
                inside = true;
                found.push(String::new());
            }
            Event::End(_) => inside = false,
            Event::Text(text) if inside => {
                found.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(reference) if inside => {
                let coded = format!("&{};", &*reference);
                let text = quick_xml::escape::unescape(&coded).unwrap();
                found.last_mut().unwrap().push_str(&text);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// The ids of a feed's items, in their order.
fn ids(path: &str, text: &str) -> Vec<String> {
    if path.ends_with(".json") {
        let feed: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let items = feed["items"].as_array().expect("items");
        return items
            .iter()
            .map(|item| item["id"].as_str().unwrap().into())
            .collect();
    }
    match path.ends_with("atom.xml") {
        true => texts(text, "id").split_off(1),
        false => texts(text, "guid"),
    }
}

#[tokio::test]
async fn every_list_has_a_feed_in_three_forms_that_say_the_same_and_its_page_names_them() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    for page in PAGES {
        let of_page = visitor
            .opens(if page.is_empty() { "/" } else { page })
            .await;
        let mut said = Vec::new();
        for (file, kind) in FORMS {
            let path = format!("{page}/{file}");
            let seen = visitor.opens(&path).await.is(200).is_cached_until_purged();
            assert_eq!(
                seen.header("content-type"),
                format!("{kind}; charset=utf-8")
            );
            seen.clone().shows(&format!("https://news.example{path}"));
            let link = format!("<link rel=\"alternate\" type=\"{kind}\" title=\"");
            let text = of_page.text();
            let named = text.split(&link).skip(1);
            let named: Vec<_> = named.filter_map(|rest| rest.split('"').nth(2)).collect();
            assert!(named.contains(&path.as_str()), "{page}: {named:?}");
            said.push(ids(&path, &seen.text()));
        }
        assert!(!said[0].is_empty(), "{page} has a feed with nothing in it");
        assert_eq!(said[0], said[1], "{page}");
        assert_eq!(said[0], said[2], "{page}");
        let is_shown = said[0].contains(&format!("urn:uuid:{}", world.metered.id));
        assert_eq!(is_shown, page != "/corrections", "{page}");
    }
    news.closes().await;
}

#[tokio::test]
async fn w_03_feeds_show_an_open_story_whole_and_of_any_other_its_opening() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    for (file, _) in FORMS {
        let of_all = visitor.opens(&format!("/{file}")).await.is(200);
        // The open story's canary for what stands behind the opening is the public one.
        of_all
            .shows(&format!("elsewhere.example/{PUBLIC}"))
            .shows("The lead")
            .shows("Read on")
            .does_not_show(METERED)
            .does_not_show(REGISTERED)
            .does_not_show(&world.draft.id);
    }
    // An open story that is closed is closed in feeds at once.
    let path = "/feed.json";
    visitor
        .opens(path)
        .await
        .shows(&format!("elsewhere.example/{PUBLIC}"));
    let closed = json!({"access": "registered"});
    let revised = world.wire.revises(&world.open, &closed).await;
    world.wire.publishes(&revised).await;
    let seen = visitor.opens(path).await.is(200);
    seen.does_not_show(&format!("elsewhere.example/{PUBLIC}"));
    news.closes().await;
}

#[tokio::test]
async fn an_item_keeps_its_id_when_headline_and_address_change_and_its_moment_when_nothing_did() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    let item = async |id: &str| {
        let feed = visitor.opens("/feed.json").await.is(200).json();
        let items = feed["items"].as_array().unwrap().clone();
        let id = format!("urn:uuid:{id}");
        items.into_iter().find(|item| item["id"] == id.as_str())
    };
    let before = item(&world.open.id).await.expect("the open story");
    news.clock.passes(2.hours());
    let changes = json!({"headline": "Open water, put right", "slug": "put-right"});
    let note = "It was Tuesday, not Monday.";
    let after = world.wire.corrects(&world.open, note, &changes).await;
    let now = item(&world.open.id).await.expect("the same story");
    assert_eq!(now["title"], "Open water, put right");
    assert_ne!(now["url"], before["url"]);
    assert_eq!(now["date_published"], before["date_published"]);
    assert_ne!(now["date_modified"], before["date_modified"]);
    let metered = item(&world.metered.id).await.expect("the metered story");
    news.clock.passes(2.hours());
    world.wire.withdraws(&after, "There was no water.").await;
    assert_eq!(item(&world.open.id).await, None);
    assert_eq!(item(&world.metered.id).await, Some(metered));
    let gone = format!("<at:deleted-entry ref=\"urn:uuid:{}\"", world.open.id);
    visitor.opens("/section/city/atom.xml").await.shows(&gone);
    visitor
        .opens("/corrections/feed.json")
        .await
        .shows("There was no water.")
        .shows(note)
        .shows(&format!("urn:uuid:{}#withdrawal", world.open.id));
    news.closes().await;
}

#[tokio::test]
async fn a_feed_that_did_not_change_is_not_sent_again_and_one_that_lost_a_story_is() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    for (file, _) in FORMS {
        let path = format!("/topic/harbour/{file}");
        let first = visitor.opens(&path).await.is(200);
        for (name, known) in [
            ("if-none-match", "etag"),
            ("if-modified-since", "last-modified"),
        ] {
            let ask = visitor.asks("GET", &path).with(name, first.header(known));
            ask.sends().await.is(304);
        }
    }
    let since = visitor.opens("/feed.xml").await;
    let since = since.header("last-modified").to_string();
    news.clock.passes(1.hours());
    world
        .wire
        .withdraws(&world.open, "There was no water.")
        .await;
    let ask = visitor
        .asks("GET", "/feed.xml")
        .with("if-modified-since", &since);
    ask.sends().await.is(200).does_not_show(&world.open.id);
    news.closes().await;
}

#[tokio::test]
async fn what_we_write_our_own_import_reads_back() {
    let news = Newsroom::open().await;
    let wire = news.machine(&newsroom::staff::api_token::Scope::ALL).await;
    let city = news.given_section("City", Access::Open).await;
    let mut headlines = POLYGLOTS.to_vec();
    headlines.extend(["a ]]> b &amp; c", "Fish & chips < 5"]);
    for headline in &headlines {
        let fields = json!({
            "headline": headline, "deck": headline, "section_id": city, "slug": "the-story",
            "topics": ["Harbour"], "bylines": [{"name": "Ada Harbour"}],
            "canonical_url": "https://www.wire.example/7",
            "source_note": "The Wire: https://www.wire.example/7",
            "body": paragraphs(&[headline, "The second paragraph.", "The third."]),
        });
        wire.runs(&fields).await;
    }
    let visitor = news.anonymous();
    let collapse = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut wanted: Vec<_> = headlines.iter().map(|text| collapse(text)).collect();
    wanted.sort();
    for (file, _) in FORMS {
        let stories = imported(&visitor, &format!("/{file}")).await;
        assert_eq!(stories.len(), headlines.len(), "{file}");
        for story in &stories {
            assert_eq!(story.bylines[0].name, "Ada Harbour", "{file}");
            assert!(story.topics.contains(&"Harbour".into()), "{file}");
            assert!(story.published.is_some(), "{file}");
            let text = story.body.to_text();
            assert!(text.contains("The third."), "{file}: {text}");
        }
        // RSS does not say whether a title is words or HTML; its readers take it for HTML, and so do we.
        if file == "feed.xml" {
            continue;
        }
        let mut read: Vec<_> = stories
            .iter()
            .map(|story| collapse(&story.headline))
            .collect();
        read.sort();
        assert_eq!(read, wanted, "{file}");
    }
    visitor
        .opens("/feed.xml")
        .await
        .shows("<source url=\"https://www.wire.example/7\">The Wire</source>");
    news.closes().await;
}

#[tokio::test]
async fn the_news_sitemap_holds_two_days_and_robots_know_of_it() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    let path = "/news-sitemap.xml";
    visitor
        .opens("/robots.txt")
        .await
        .shows("Sitemap: https://news.example/sitemap.xml\n")
        .shows("Sitemap: https://news.example/news-sitemap.xml\n");
    let text = visitor.opens(path).await.is(200).text();
    assert_eq!(texts(&text, "loc").len(), 3, "{text}");
    assert_eq!(texts(&text, "news:language"), ["en"; 3]);
    assert!(texts(&text, "news:title").contains(&format!("Metered water {PUBLIC}")));
    assert!(!text.contains(&world.withdrawn.path));
    news.clock.passes(47.hours());
    assert_eq!(texts(&visitor.opens(path).await.text(), "loc").len(), 3);
    news.clock.passes(2.hours());
    assert_eq!(texts(&visitor.opens(path).await.text(), "loc").len(), 0);
    news.closes().await;
}

#[tokio::test]
async fn shared_pages_say_what_they_are() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    let meta = async |path: &str| -> BTreeMap<String, String> {
        let page = visitor.opens(path).await.is(200).text();
        let tags = page.split("<meta property=\"").skip(1);
        let pair = |tag: &str| {
            let (name, rest) = tag.split_once("\" content=\"")?;
            Some((name.to_string(), rest.split('"').next()?.to_string()))
        };
        tags.filter_map(pair).collect()
    };
    let story = meta(&world.metered.path).await;
    assert_eq!(story["og:type"], "article");
    assert_eq!(story["article:section"], "City");
    assert_eq!(story["article:tag"], "Harbour");
    assert!(story["article:published_time"].starts_with("2026-11-22T"));
    assert!(story.contains_key("article:modified_time"));
    for page in PAGES {
        let path = if page.is_empty() { "/" } else { page };
        let shared = meta(path).await;
        assert_eq!(shared["og:type"], "website", "{path}");
        assert_eq!(shared["og:locale"], "en", "{path}");
        let url = format!("https://news.example{path}");
        assert_eq!(shared["og:url"], url);
    }
    news.closes().await;
}

/// The sheet's examples are of somebody: a feed of nobody would prove nothing in any walk.
#[tokio::test]
async fn a_feed_of_nobody_is_not_there() {
    let news = Newsroom::open().await;
    let visitor = news.anonymous();
    let rows = dateline::house::rows();
    let feeds: Vec<_> = rows.iter().filter(|row| sheet::is_feed(row.path)).collect();
    assert_eq!(feeds.len(), PAGES.len() * FORMS.len());
    for row in feeds.iter().filter(|row| row.path.contains("{slug}")) {
        visitor.opens(&sheet::of_somebody(row.path)).await.is(404);
    }
    news.closes().await;
}
