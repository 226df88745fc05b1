//! `GET /oembed` (oembed.com): a card of a story, for sites that link to it. Public fields alone.

use axum::extract::State;
use base::html::text;
use newsroom::edition::{Edition, Published};
use serde_json::{Map, Value, json};
use web::{Answer, Effort, Kind, Page, Problem, Query};

use crate::{Site, feeds::Xml, frame::FeedLink, json_ld, rows};

/// The width of a card, in pixels, when nobody asks for less.
const WIDTH: u32 = 600;
/// The narrowest card, in pixels.
const NARROWEST: u32 = 200;
/// The height of a card, in pixels: headline, deck and the newsroom's name.
const HEIGHT: u32 = 180;
/// For how long a card may be kept, in seconds.
const KEPT_SECONDS: u32 = 3600;

/// The card of the story at `url`, as JSON or XML.
pub async fn show(State(site): State<Site>, Query(query): Query) -> Result<Answer, Problem> {
    let is_xml = match query.get("format").unwrap_or("json") {
        "json" => false,
        "xml" => true,
        // The specification has 501 here, which to whoever watches this server says that it broke.
        _ => return Err(Problem::absent()),
    };
    let room = query.read::<u32>("maxwidth")?.unwrap_or(WIDTH);
    let edition = site.edition();
    let story = query.get("url").and_then(|url| at(&site, &edition, url));
    let story = story.ok_or_else(Problem::absent)?;
    let card = card(&site, story, room.clamp(NARROWEST, WIDTH));
    let (kind, body) = match is_xml {
        true => (Kind::Xml, xml(&card)),
        false => (Kind::Json, Value::Object(card).to_string().into_bytes()),
    };
    Ok(Page::new(&rows::OEMBED, kind, body, Effort::Once).into())
}

/// By which the page of a story says where its card is.
pub(crate) fn link(site: &Site, story: &Published) -> FeedLink {
    let url = site.absolute(&story.path);
    let coded: String = url
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    FeedLink {
        title: story.card.headline.clone(),
        url: format!(
            "{}?url={coded}&format=json",
            site.absolute(rows::OEMBED.path)
        ),
        kind: "application/json+oembed",
    }
}

/// The story at a whole address of ours, whatever query or fragment hangs on it.
fn at<'a>(site: &Site, edition: &'a Edition, url: &str) -> Option<&'a Published> {
    let path = url.strip_prefix(&site.identity.url)?;
    let path = path.split(['?', '#']).next()?;
    edition.at(path).map(AsRef::as_ref)
}

fn card(site: &Site, story: &Published, width: u32) -> Map<String, Value> {
    let (about, url) = (&story.card, site.absolute(&story.path));
    let names: Vec<&str> = about.bylines.iter().map(|one| one.name.as_str()).collect();
    let mut card = Map::new();
    let mut put = |name: &str, value: Value| card.insert(name.into(), value);
    put("version", json!("1.0"));
    put("type", json!("rich"));
    put("title", json!(about.headline));
    if !names.is_empty() {
        put("author_name", json!(names.join(", ")));
    }
    put("provider_name", json!(site.identity.name));
    put("provider_url", json!(site.absolute("/")));
    put("cache_age", json!(KEPT_SECONDS));
    let picture = about.picture.as_ref();
    if let Some((picture, (wide, high))) =
        picture.and_then(|one| Some((one, one.width.zip(one.height)?)))
    {
        put(
            "thumbnail_url",
            json!(json_ld::whole(site, picture.src.as_str())),
        );
        put("thumbnail_width", json!(wide));
        put("thumbnail_height", json!(high));
    }
    put("html", json!(html(site, story, &url)));
    put("width", json!(width));
    put("height", json!(HEIGHT));
    card
}

/// A quotation that links to the story: no script, no frame, nothing that is loaded.
fn html(site: &Site, story: &Published, url: &str) -> String {
    let (card, url) = (&story.card, text(url));
    let (language, name) = (card.language.tag(), text(&site.identity.name));
    let direction = card.language.direction().attribute();
    let deck = card.deck.as_ref();
    let deck = deck.map_or_else(String::new, |deck| format!("<p>{}</p>", text(deck)));
    let headline = text(&card.headline);
    format!(
        "<blockquote class=\"dateline-card\" lang=\"{language}\" dir=\"{direction}\" cite=\"{url}\">\
         <p><a href=\"{url}\"><strong>{headline}</strong></a></p>{deck}<footer>{name}</footer></blockquote>"
    )
}

fn xml(card: &Map<String, Value>) -> Vec<u8> {
    let mut xml = Xml::begin("oembed", &[]);
    for (name, value) in card {
        match value {
            Value::String(said) => xml.text(name, said),
            other => xml.text(name, &other.to_string()),
        }
    }
    xml.end("oembed")
}
