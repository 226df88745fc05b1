//! Whole feeds of each kind, their pages, and what is made to do harm.

use super::*;
use crate::incoming::Warning;
use crate::incoming::{IncomingPicture, IncomingState, IncomingStory, Stop};
use base::document::{Block, Href};

const RSS: &str = include_str!("../../tests/fixtures/herald.rss");
const ATOM: &str = include_str!("../../tests/fixtures/herald.atom");
const JSON: &str = include_str!("../../tests/fixtures/herald-feed.json");

/// Pages by address, in place of a network.
struct Shelf(Vec<(&'static str, String)>);

impl Shelf {
    fn sheet(&self, address: &str) -> Result<Sheet, Unread> {
        let found = self.0.iter().find(|(known, _)| *known == address);
        let (address, text) =
            found.ok_or_else(|| Unread::Refused("it answered with 404".into()))?;
        Ok(Sheet {
            address: (*address).into(),
            charset: None,
            bytes: text.clone().into_bytes(),
        })
    }
}

impl Pages for Shelf {
    fn first(&mut self) -> Result<Sheet, Unread> {
        self.sheet(self.0[0].0)
    }

    fn further(&mut self, address: &str) -> Result<Option<Sheet>, Unread> {
        self.sheet(address).map(Some)
    }
}

fn how() -> How {
    How {
        drafts: false,
        credit: None,
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
    }
}

/// Everything a feed brings, and how its reading ended.
#[derive(Default)]
struct Brought {
    stories: Vec<IncomingStory>,
    pictures: Vec<IncomingPicture>,
    people: Vec<String>,
    warnings: Vec<String>,
}

fn brought(pages: &mut dyn Pages, how: &How) -> (Brought, Result<Summary, Unread>) {
    let mut brought = Brought::default();
    let end = read(pages, how, &mut |piece| {
        match piece {
            Incoming::Story(story) => brought.stories.push(*story),
            Incoming::Picture(picture) => brought.pictures.push(picture),
            Incoming::Person(person) => brought.people.push(person.name),
            Incoming::Warning(Warning { place, what, why }) => {
                brought.warnings.push(format!("{place} | {what} | {why}"));
            }
            _ => {}
        }
        Ok(())
    });
    (brought, end)
}

fn of(text: &str) -> Brought {
    let mut shelf = Shelf(vec![("https://herald.test/feed", text.into())]);
    let (brought, end) = brought(&mut shelf, &how());
    end.unwrap();
    brought
}

fn links(story: &IncomingStory) -> Vec<String> {
    let json = serde_json::to_value(&story.body).unwrap();
    let mut found = Vec::new();
    fn walk(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                found.extend(
                    map.get("href")
                        .and_then(|href| href.as_str())
                        .map(String::from),
                );
                map.values().for_each(|value| walk(value, found));
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| walk(value, found)),
            _ => {}
        }
    }
    walk(&json, &mut found);
    found
}

fn has(warnings: &[String], words: &str) -> bool {
    warnings.iter().any(|warning| warning.contains(words))
}

#[track_caller]
fn refused(text: &str, words: &str) {
    let mut shelf = Shelf(vec![("https://herald.test/feed", text.into())]);
    let (brought, end) = brought(&mut shelf, &how());
    let why = end.expect_err("a refusal").to_string();
    assert!(why.contains(words), "{why}");
    assert!(brought.stories.is_empty());
}

#[test]
fn an_item_of_rss_comes_with_all_that_the_feed_says_of_it() {
    let brought = of(RSS);
    let bridge = &brought.stories[0];
    assert_eq!(
        bridge.source_key,
        "feed:herald.test:https://herald.test/?p=12"
    );
    assert_eq!(bridge.headline, "The bridge & the ferry");
    let at = "2019-05-04T13:00:00Z".parse().unwrap();
    assert_eq!(bridge.state, IncomingState::Published(at));
    assert_eq!(
        bridge.deck.as_deref(),
        Some("After nine years the crossing is whole again.")
    );
    assert_eq!(bridge.topics, ["Bridges", "Ferries & boats"]);
    assert_eq!(bridge.old_addresses, ["/2019/05/bridge/", "/?p=12"]);
    assert_eq!(
        bridge
            .language
            .as_ref()
            .map(|tag| tag.to_string())
            .as_deref(),
        Some("en-GB")
    );
    assert_eq!(links(bridge), ["/2019/05/04/plan/", "/about"]);
    assert_eq!(brought.people, ["Ada Brook", "Bo Lund"]);
    let lead = bridge.lead_picture.as_ref().unwrap();
    assert_eq!(lead.src.as_str(), "https://herald.test/uploads/bridge.jpg");
    assert_eq!(lead.caption.as_deref(), Some("The bridge at noon"));
    assert_eq!(
        (lead.credit.as_deref(), lead.width),
        (Some("Cy Dorn"), Some(1200))
    );
    assert_eq!(
        brought.pictures[0].parent.as_ref(),
        Some(&bridge.source_key)
    );
    assert!(
        matches!(bridge.body.content.last(), Some(Block::Embed(card)) if card.attrs.url.as_str().ends_with(".mp3"))
    );
    assert_eq!(bridge.kept["acme:mood"], "glad");
}

#[test]
fn what_is_a_summary_or_has_no_date_comes_as_a_draft_that_says_so() {
    let brought = of(RSS);
    let [_, short, undated] = &brought.stories[..] else {
        panic!("three stories");
    };
    assert_eq!(
        (short.state, undated.state),
        (IncomingState::Draft, IncomingState::Draft)
    );
    assert_eq!(short.body.to_text().trim(), "Rain is coming …");
    assert_eq!(undated.headline, "One paragraph of it.");
    assert_eq!(
        undated.source_key,
        "feed:herald.test:https://elsewhere.test/x"
    );
    assert!(undated.old_addresses.is_empty() && undated.bylines.is_empty());
    for words in [
        "item 2 (line 34) “A short one” | text | the feed has only a summary",
        "| date “next week” | there is no date that can be read",
        "| author | named by a mail address alone",
        "| headline | there is none",
        "the feed | acme:mood (1×) | not known here; left out",
        "the feed | acme:mood (1×) | not known here; kept beside its stories",
    ] {
        assert!(
            has(&brought.warnings, words),
            "{words}: {:#?}",
            brought.warnings
        );
    }
    assert!(!has(&brought.warnings, "slash") && !has(&brought.warnings, "sy:"));
}

#[test]
fn an_entry_of_atom_keeps_its_text_its_language_and_its_base() {
    let brought = of(ATOM);
    let [one, two, three] = &brought.stories[..] else {
        panic!("three stories");
    };
    assert_eq!(one.headline, "1 < 2 in xhtml");
    assert_eq!(one.source_key, "feed:herald.test:tag:herald.test,2020:1");
    assert_eq!(one.body.to_text().trim(), "See two & more.");
    assert_eq!(links(one), ["/2020/two?a=1&b=2"]);
    assert_eq!(one.deck.as_deref(), Some("Said in other words"));
    assert_eq!(
        one.state,
        IncomingState::Published("2020-02-01T09:00:00Z".parse().unwrap())
    );
    assert_eq!(one.modified, Some("2020-02-02T10:00:00Z".parse().unwrap()));
    assert_eq!(one.topics, ["Bridges"]);
    assert_eq!(
        (two.headline.as_str(), two.old_addresses.join(" ").as_str()),
        ("Café", "/news/two")
    );
    assert_eq!(two.bylines[0].name, "The desk");
    assert_eq!(two.lead_picture.as_ref().unwrap().alt, "A cup");
    assert_eq!(two.body.content.len(), 1);
    assert_eq!(
        (three.state, three.body.content.len()),
        (IncomingState::Draft, 2)
    );
    assert!(has(&brought.warnings, "1 items of type comment"));
}

#[test]
fn an_item_of_a_json_feed_comes_with_all_that_the_feed_says_of_it() {
    let brought = of(JSON);
    let [seven, eight] = &brought.stories[..] else {
        panic!("two stories");
    };
    assert_eq!(seven.source_key, "feed:herald.test:7");
    assert_eq!(seven.headline, "Seven & <eight>");
    assert!(seven.body.to_text().starts_with("The text."));
    assert_eq!(seven.deck.as_deref(), Some("Not in the text"));
    assert_eq!(seven.old_addresses, ["/news/seven"]);
    assert_eq!(brought.people, ["Ada Brook", "Bo Lund", "The desk"]);
    assert_eq!(
        seven.lead_picture.as_ref().unwrap().src.as_str(),
        "https://herald.test/seven.jpg"
    );
    assert_eq!(seven.kept["_acme"]["stars"], 5);
    assert_eq!(seven.kept["external_url"], "https://elsewhere.test/seven");
    assert_eq!(eight.bylines[0].name, "The desk");
    assert!(eight.headline.ends_with('…') && eight.headline.len() < 90);
    assert!(has(
        &brought.warnings,
        "_acme (1×) | not known here; left out"
    ));
    assert!(has(
        &brought.warnings,
        "external_url (1×) | not known here; kept"
    ));
}

#[test]
fn older_kinds_of_feed_are_read_too() {
    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'
        xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='https://herald.test/feed'><title>H</title>
        <link>https://herald.test/</link><items><rdf:Seq><rdf:li/></rdf:Seq></items></channel>
        <item rdf:about='https://herald.test/a'><title>A</title><link>https://herald.test/a</link>
        <dc:date>2003-01-02T03:04:05Z</dc:date><description>&lt;p>x&lt;/p>&lt;p>y&lt;/p></description></item></rdf:RDF>";
    let brought = of(rdf);
    assert_eq!(
        brought.stories[0].source_key,
        "feed:herald.test:https://herald.test/a"
    );
    assert!(matches!(
        brought.stories[0].state,
        IncomingState::Published(_)
    ));
    assert_eq!(brought.warnings, Vec::<String>::new());
    let old_atom = "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>H</title>
        <link rel='alternate' href='https://herald.test/'/><entry><title>A</title><id>a</id>
        <issued>2003-01-02T03:04:05Z</issued><content type='text/html' mode='escaped'>&lt;p>x&lt;/p></content>
        </entry></feed>";
    assert_eq!(of(old_atom).stories[0].body.to_text().trim(), "x");
    let bare = "<feed><title>H</title><entry><id>a</id><title>A</title>
        <content type='xhtml'><div><p>x</p></div></content></entry></feed>";
    assert_eq!(of(bare).stories[0].body.to_text().trim(), "x");
    let early = "<rss version='0.91'><channel><title>H</title><link>https://herald.test</link>
        <description>d</description><item><title>A</title><link>https://herald.test/a</link></item></channel></rss>";
    assert_eq!(of(early).stories[0].state, IncomingState::Draft);
}

#[test]
fn another_outlets_stories_name_it_and_lead_to_it() {
    let mut shelf = Shelf(vec![("https://herald.test/feed", RSS.into())]);
    let how = How {
        drafts: true,
        credit: Some("The Harbour Herald".into()),
        ..how()
    };
    let (brought, end) = brought(&mut shelf, &how);
    end.unwrap();
    let bridge = &brought.stories[0];
    assert_eq!(bridge.state, IncomingState::Draft);
    let address = "https://herald.test/2019/05/bridge/";
    assert_eq!(
        bridge.canonical_url.as_ref().map(Href::as_str),
        Some(address)
    );
    assert_eq!(
        bridge.source_note,
        Some(format!("The Harbour Herald: {address}"))
    );
    assert_eq!(
        links(bridge),
        [
            "https://herald.test/2019/05/04/plan/",
            "https://herald.test/about"
        ]
    );
    assert!(bridge.old_addresses.is_empty() && brought.people.is_empty());
    assert_eq!(
        (bridge.bylines[0].name.as_str(), &bridge.bylines[0].person),
        ("Ada Brook", &None)
    );
}

/// A page of Atom with one entry, leading on.
fn page(entry: &str, next: &str) -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><id>urn:h</id><title>H</title>\
         <link href='https://herald.test/'/><link rel='{next}'/><entry><id>{entry}</id><title>T {entry}</title>\
         <updated>2020-01-01T00:00:00Z</updated><content>Text</content></entry></feed>"
    )
}

fn titles(shelf: &mut Shelf) -> (Vec<String>, Result<Summary, Unread>) {
    let (brought, end) = brought(shelf, &how());
    let titles = brought.stories.into_iter().map(|story| story.headline);
    (titles.collect(), end)
}

#[test]
fn a_feed_is_followed_through_its_pages_and_archives() {
    let mut shelf = Shelf(vec![
        (
            "https://herald.test/feed",
            page("1", "next' href='/feed?page=2"),
        ),
        (
            "https://herald.test/feed?page=2",
            page("2", "prev-archive' href='/archive/1"),
        ),
        (
            "https://herald.test/archive/1",
            page("1", "self' href='/archive/1"),
        ),
    ]);
    let (found, end) = titles(&mut shelf);
    assert_eq!(found, ["T 1", "T 2"]);
    end.unwrap();
    let item = |id| format!("{{\"id\":\"{id}\",\"content_text\":\"x\",\"title\":\"T {id}\"}}");
    let json = |id, next| {
        let head = "\"version\":\"https://jsonfeed.org/version/1\",\"home_page_url\":\"https://herald.test/\"";
        format!(
            "{{{head},\"next_url\":\"{next}\",\"items\":[{}]}}",
            item(id)
        )
    };
    let mut shelf = Shelf(vec![
        ("https://herald.test/f.json", json("1", "f2.json")),
        ("https://herald.test/f2.json", json("2", "")),
    ]);
    assert_eq!(titles(&mut shelf).0, ["T 1", "T 2"]);
}

#[test]
fn pages_in_a_ring_without_end_or_broken_are_refused_with_the_page() {
    let mut ring = Shelf(vec![
        ("https://herald.test/feed", page("1", "next' href='/2")),
        ("https://herald.test/2", page("2", "next' href='/feed")),
    ]);
    let (found, end) = titles(&mut ring);
    assert_eq!(found.len(), 2);
    let why = end.unwrap_err().to_string();
    assert!(
        why.starts_with("page 2 of the feed leads back to https://herald.test/feed"),
        "{why}"
    );
    let mut gone = Shelf(vec![(
        "https://herald.test/feed",
        page("1", "next' href='/2"),
    )]);
    let why = titles(&mut gone).1.unwrap_err().to_string();
    assert_eq!(
        why,
        "page 2 of the feed, https://herald.test/2: it answered with 404"
    );
    let mut cut = Shelf(vec![
        ("https://herald.test/feed", page("1", "next' href='/2")),
        ("https://herald.test/2", "<feed>\n<a>".into()),
    ]);
    let why = titles(&mut cut).1.unwrap_err().to_string();
    assert!(
        why.starts_with("line 2: the file ends within") && why.contains("page 2"),
        "{why}"
    );
    struct Endless(usize);
    impl Pages for Endless {
        fn first(&mut self) -> Result<Sheet, Unread> {
            self.0 += 1;
            let next = format!("next' href='https://herald.test/{}", self.0);
            Ok(Sheet {
                bytes: page("1", &next).into_bytes(),
                ..Sheet::default()
            })
        }
        fn further(&mut self, _: &str) -> Result<Option<Sheet>, Unread> {
            self.first().map(Some)
        }
    }
    let mut endless = Endless(0);
    let why = brought(&mut endless, &how()).1.unwrap_err().to_string();
    assert!(why.contains(&format!("after {MAX_PAGES} pages")), "{why}");
    assert_eq!(endless.0, MAX_PAGES);
}

#[test]
fn v_36_document_types_bombs_and_outside_entities_are_refused_with_their_line() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n\
                <rss version=\"2.0\"><channel><title>&b;</title></channel></rss>";
    refused(bomb, "line 2: the file declares a document type");
    let outside = "<?xml version=\"1.0\"?>\n\n<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n\
                   <rss><channel><title>&x;</title></channel></rss>";
    refused(outside, "line 3: the file declares a document type");
    let cut = RSS.find("<item>").unwrap() + 20;
    refused(
        &RSS[..cut],
        "line 15: the file ends within <title>; it is cut off",
    );
    refused(&RSS[..RSS.len() / 2], "CDATA not closed");
    refused(&JSON[..JSON.len() / 2], "line 18: the JSON is broken");
    refused(&"[".repeat(100_000), "the JSON is broken");
}

#[test]
fn v_36_nothing_is_asked_of_an_outside_entitys_server() {
    let canary = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let place = canary.local_addr().unwrap();
    for declared in [
        format!("<!DOCTYPE rss SYSTEM \"http://{place}/dtd\">"),
        format!("<!DOCTYPE rss [<!ENTITY x SYSTEM \"http://{place}/x\">]>"),
        format!("<!DOCTYPE rss [<!ENTITY % x SYSTEM \"http://{place}/x\"> %x;]>"),
    ] {
        refused(
            &RSS.replacen("<rss", &format!("{declared}<rss"), 1),
            "document type",
        );
        refused(
            &ATOM.replacen("<feed", &format!("{declared}<feed"), 1),
            "document type",
        );
    }
    assert!(canary.accept().is_err());
}

#[test]
fn what_is_no_feed_is_named() {
    let html = "<!DOCTYPE html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\">\
                <link rel='alternate' type='application/feed+json' href='f.json'></head></html>";
    refused(
        html,
        "it is a web page; its feeds are at https://herald.test/rss and https://herald.test/f.json",
    );
    refused("<html><p>Sorry</p></html>", "names no feed of its own");
    refused("{\"db\":[]}", "no JSON Feed");
    refused("[1]", "no JSON Feed");
    refused("", "empty");
    refused("hello", "neither XML nor JSON");
    refused("<opml version='2.0'/>", "OPML");
    refused(
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>",
        "sitemap",
    );
    refused("<svg/>", "outermost element is <svg>");
    let wordpress = RSS.replacen(
        "xmlns:acme",
        "xmlns:wp='http://wordpress.org/export/1.2/' xmlns:acme",
        1,
    );
    refused(&wordpress, "use `import wordpress`");
}

#[test]
fn what_lies_ahead_or_has_no_name_is_said() {
    let text = "<rss version='2.0'><channel><link>https://herald.test</link><item><title>A</title>
        <pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate><description>&lt;p>x&lt;/p>&lt;p>y&lt;/p></description></item>
        </channel></rss>";
    let (one, again) = (of(text), of(text));
    assert_eq!(one.stories[0].state, IncomingState::Draft);
    assert!(
        has(&one.warnings, "it lies ahead") && has(&one.warnings, "neither a name nor an address")
    );
    assert_eq!(one.stories[0].source_key, again.stories[0].source_key);
}

#[test]
fn a_file_says_which_page_it_does_not_fetch() {
    let path = std::env::temp_dir().join(format!("dateline-feed-{}.atom", std::process::id()));
    std::fs::write(&path, page("1", "next' href='https://herald.test/2")).unwrap();
    let (brought, end) = brought(&mut path.clone(), &how());
    std::fs::remove_file(&path).unwrap();
    end.unwrap();
    assert!(has(
        &brought.warnings,
        "https://herald.test/2 | a further page"
    ));
}

#[test]
fn a_receiver_that_wants_no_more_stops_the_reading() {
    let mut shelf = Shelf(vec![("https://herald.test/feed", RSS.into())]);
    let end = read(&mut shelf, &how(), &mut |_| Err(Stop("enough".into())));
    assert_eq!(end, Err(Unread::Stopped(Stop("enough".into()))));
}

#[test]
fn the_widest_of_a_group_is_the_picture() {
    let text = "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><item><guid>1</guid>
        <media:group><media:credit>Cy Dorn</media:credit>
        <media:content url='https://h.test/s.jpg' medium='image' width='10'/>
        <media:content url='https://h.test/l.jpg' medium='image' width='900'/></media:group>
        <media:thumbnail url='https://h.test/t.jpg'/></item></channel></rss>";
    let brought = of(text);
    let lead = brought.stories[0].lead_picture.as_ref().unwrap();
    assert_eq!(lead.src, "https://h.test/l.jpg".parse::<Href>().unwrap());
    assert_eq!(lead.credit.as_deref(), Some("Cy Dorn"));
    assert_eq!(brought.pictures.len(), 2);
}

#[test]
fn a_description_without_a_headline_is_the_whole_story() {
    let text = "<rss version='2.0'><channel><link>https://herald.test</link><item><guid>1</guid>
        <pubDate>Fri, 01 Jan 2010 00:00:00 GMT</pubDate><description>It rains.</description></item></channel></rss>";
    let brought = of(text);
    assert!(matches!(
        brought.stories[0].state,
        IncomingState::Published(_)
    ));
    assert_eq!(brought.stories[0].headline, "It rains.");
}

#[test]
fn a_30_an_address_of_another_site_never_leads_to_us() {
    let text = "<rss version='2.0'><channel><link>https://herald.test</link><item>
        <link>https://bank.test/login</link><guid>https://bank.test/?p=1</guid><description>x</description></item>
        <item><link>https://herald.test.bank.test/a</link><guid>2</guid><description>x</description></item>
        <item><link>//herald.test/b#c</link><guid>3</guid><description>x</description></item></channel></rss>";
    let brought = of(text);
    let old: Vec<_> = brought
        .stories
        .iter()
        .map(|story| story.old_addresses.join(" "))
        .collect();
    assert_eq!(old, ["", "", "/b"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn no_damage_to_a_feed_brings_its_reader_down(
        which in 0..3_usize,
        changes in proptest::collection::vec((0..10_000_usize, proptest::prelude::any::<u8>()), 0..8),
        cut in 0..10_000_usize,
    ) {
        let mut bytes = [RSS, ATOM, JSON][which].as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        if cut % 2 == 0 {
            bytes.truncate(cut % (bytes.len() + 1));
        }
        let _ = brought(&mut Bytes(bytes), &how());
    }
}

/// A feed's bytes, whatever they are.
struct Bytes(Vec<u8>);

impl Pages for Bytes {
    fn first(&mut self) -> Result<Sheet, Unread> {
        Ok(Sheet {
            bytes: self.0.clone(),
            ..Sheet::default()
        })
    }

    fn further(&mut self, _: &str) -> Result<Option<Sheet>, Unread> {
        Ok(None)
    }
}
