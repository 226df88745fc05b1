//! V-29, V-35: words are words. Whatever is written in a story, its pages have the same elements.

use std::collections::BTreeMap;

use quick_xml::{Reader, events::Event};
use scraper::{Html, Node};
use serde_json::{Value, json};
use testkit::{Editor, Newsroom, Story};

use crate::world::rich_body;

/// Each has letters, so that it makes an address as harmless words do.
pub const POLYGLOTS: [&str; 12] = [
    "a<script>alert(1)</script>",
    "a\"><img src=x onerror=alert(1)>",
    "a' onmouseover='alert(1)' x='",
    "a</title></style></script></textarea><svg onload=alert(1)>",
    "a-->]]><!--<b>b</b>",
    "a{{7*7}}{% raw %}{{ frame }}{# b #}${7*7}<%= 7*7 %>",
    "a\\\"};alert(1);//\u{2028}\u{2029}",
    "a&lt;b&gt;&#60;script&#62;&amp;amp;",
    "a\u{202e}b\u{200f}c\u{feff}d",
    "a`${alert(1)}` javascript:alert(1)",
    "a<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//</stYle/</titLe/</scRipt/--!>\\x3csVg/",
];
pub const HARMLESS: &str = "a harmless word";

/// A story with these words in every field that takes words, also in a note.
pub async fn story(wire: &Editor<'_>, city: &str, words: &str) -> Story {
    let short: String = words.chars().take(24).collect();
    let fields = json!({
        "headline": words, "slug": "the-story", "slugline": short, "kicker": short, "deck": words, "section_id": city,
        "topics": [words], "people": [words], "places": [words],
        "bylines": [{"name": words, "role": words}],
        "dateline": {"place": words, "date": "2026-11-21"}, "source_note": words,
        "lead_picture": {"src": "/media/a.jpg", "alt": words, "caption": words, "credit": words,
            "place": words, "taken": words},
        "comments": {"mode": "off", "reason": words}, "access": "metered",
        "body": body(words),
    });
    let story = wire.runs(&fields).await;
    wire.corrects(&story, words, &json!({})).await
}

/// The rich body with the words in its texts, and addresses that stay as they are.
fn body(words: &str) -> Value {
    let mut body = rich_body(words, "WORDS");
    replace(&mut body, words);
    body
}

fn replace(value: &mut Value, words: &str) {
    match value {
        Value::String(text) if text == "WORDS" => *text = words.into(),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, words)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| replace(member, words)),
        _ => {}
    }
}

/// Every element with the names of its attributes, in order; scripts with their type.
fn elements(page: &str) -> Vec<String> {
    let mut elements = Vec::new();
    for node in Html::parse_document(page).tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                let mut names: Vec<&str> = element.attrs().map(|(name, _)| name).collect();
                names.sort_unstable();
                for (name, value) in element.attrs() {
                    let value = value.trim().to_lowercase();
                    let runs = name.starts_with("on") || name == "style" || name == "srcdoc";
                    let is_address = matches!(name, "href" | "src" | "action" | "data-gate");
                    let leads_astray = is_address
                        && (value.starts_with("javascript:") || value.starts_with("data:"));
                    assert!(!runs && !leads_astray, "{name}={value}");
                }
                elements.push(format!("{} {}", element.name(), names.join(" ")));
            }
            Node::Comment(comment) => elements.push(format!("comment {}", comment.len())),
            _ => {}
        }
    }
    elements
}

fn xml_elements(feed: &str) -> Vec<String> {
    let mut reader = Reader::from_str(feed);
    let mut elements = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) | Event::Empty(start) => {
                elements.push(format!("{:?}", start.name()));
            }
            Event::Comment(_) | Event::CData(_) | Event::DocType(_) | Event::PI(_) => {
                elements.push("something else".into());
            }
            Event::Eof => return elements,
            _ => {}
        }
    }
}

fn json_ld(page: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for part in page.split("<script type=\"application/ld+json\">").skip(1) {
        let (json, _) = part.split_once("</script>").expect("a script ends");
        found.push(serde_json::from_str(json).expect("JSON-LD is JSON"));
    }
    found
}

/// What each surface is made of when a story says these words.
async fn surfaces(words: &str) -> BTreeMap<String, Vec<String>> {
    let news = Newsroom::open().await;
    let wire = news.machine(&newsroom::staff::api_token::Scope::ALL).await;
    let city = news
        .given_section("City", newsroom::story::Access::Metered)
        .await;
    news.given_running_story(words, words).await;
    let story = story(&wire, &city, words).await;
    let reader = news.reader().await;
    let running = format!("/running/{}", base::Slug::from_words(words).unwrap());
    let topic = format!("/topic/{}", base::Slug::from_words(words).unwrap());
    let full = format!("{}/full", story.path);
    let mut surfaces = BTreeMap::new();
    for (name, path) in [
        ("shell", story.path.as_str()),
        ("full", &full),
        ("gate", &story.gate()),
        ("front", "/"),
        ("section", "/section/city"),
        ("topic", &topic),
        ("running", &running),
        ("month", "/2026/11"),
        ("corrections", "/corrections"),
        ("search", "/search?q=nothing"),
        ("nothing", "/2026/11/nothing"),
        ("feed", "/feed.xml"),
        ("topic's feed", &format!("{topic}/feed.xml")),
        ("running story's feed", &format!("{running}/feed.xml")),
        ("corrections' feed", "/corrections/feed.xml"),
        ("Atom", "/atom.xml"),
        ("running story's Atom", &format!("{running}/atom.xml")),
        ("corrections' Atom", "/corrections/atom.xml"),
        ("news sitemap", "/news-sitemap.xml"),
        ("sitemap", "/sitemap/2026/11.xml"),
        ("standing sitemap", "/sitemap/0000/00.xml"),
    ] {
        let seen = reader.opens(path).await;
        assert!(
            matches!(seen.status.as_u16(), 200 | 404),
            "{words:?} {} {}",
            seen.asked,
            seen.status
        );
        let text = seen.text();
        let is_xml = path.ends_with(".xml");
        surfaces.insert(
            name.into(),
            if is_xml {
                xml_elements(&text)
            } else {
                elements(&text)
            },
        );
        let ours = json_ld(&text)
            .into_iter()
            .find(|data| data["@type"] == "ReportageNewsArticle");
        if name == "shell" {
            let data = ours.expect("a story has data");
            assert_eq!(data["headline"], words);
            assert!(data.get("articleBody").is_none());
            shows_as_it_is(&text, words);
        }
    }
    news.closes().await;
    surfaces
}

/// What a reader sees as the headline is what was written: nothing was run, dropped or made of it.
#[track_caller]
fn shows_as_it_is(page: &str, words: &str) {
    let document = Html::parse_document(page);
    let headline = document
        .select(&scraper::Selector::parse("h1").unwrap())
        .next()
        .unwrap();
    let collapse = |text: &str| text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        collapse(&headline.text().collect::<String>()),
        collapse(words)
    );
}

#[tokio::test]
async fn v_29_v_35_no_words_in_a_story_make_an_element_an_attribute_or_a_template() {
    let usual = surfaces(HARMLESS).await;
    assert!(
        usual.values().all(|elements| elements.len() > 3),
        "{usual:?}"
    );
    for words in POLYGLOTS {
        for (surface, made_of) in surfaces(words).await {
            assert_eq!(made_of, usual[&surface], "{words:?} on {surface}");
        }
    }
}

/// The desk shows stories that nobody looked at yet, as each kind of reader would see them, and its own page
/// is the same whatever is in them.
#[tokio::test]
async fn v_29_a_preview_and_the_desk_show_words_as_words() {
    let news = Newsroom::open().await;
    let ada = news.editor("ada").await;
    let city = news
        .given_section("City", newsroom::story::Access::Metered)
        .await;
    let mut usual = None;
    for words in [HARMLESS].into_iter().chain(POLYGLOTS) {
        let story = story(&ada, &city, words).await;
        let mut made_of = Vec::new();
        for reader in ["free", "asked", "closed"] {
            let address = format!("/_preview/{}?as={reader}", story.id);
            let seen = ada.visitor.opens(&address).await.is(200).is_never_shared();
            shows_as_it_is(&seen.text(), words);
            made_of.push(elements(&seen.text()));
        }
        let desk = ada.visitor.opens("/desk").await.is(200).text();
        assert!(!desk.contains(words));
        made_of.push(vec![desk]);
        let usual = usual.get_or_insert_with(|| made_of.clone());
        assert_eq!(&made_of, usual, "{words:?}");
        // What the desk makes its screens of is JSON, whatever browsers would like to see in it.
        let api = ada.visitor.opens(&story.api("")).await.is(200);
        assert!(api.header("content-type").starts_with("application/json"));
        assert_eq!(api.json()["headline"], words);
    }
    news.closes().await;
}

/// What a visitor writes comes back on one page: the search.
#[tokio::test]
async fn v_29_a_search_shows_what_was_asked_as_words() {
    let news = Newsroom::open().await;
    let visitor = news.anonymous();
    let coded = |words: &str| {
        words
            .bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect::<String>()
    };
    let usual = visitor
        .opens(&format!("/search?q={}", coded(HARMLESS)))
        .await
        .is(200);
    for words in POLYGLOTS {
        let seen = visitor
            .opens(&format!("/search?q={}", coded(words)))
            .await
            .is(200);
        assert_eq!(elements(&seen.text()), elements(&usual.text()), "{words:?}");
    }
    let seen = visitor
        .opens(&format!("/search?q={}", coded("{{7*7}}")))
        .await;
    seen.shows("{{7*7}}").does_not_show("49");
    news.closes().await;
}
