//! A card of something elsewhere, made of what its page or its provider says of it in words.
//!
//! oEmbed (JSON) and Open Graph are read. HTML that a provider offers is none of a card, and is not even cleaned
//! it is handed on as an [`Offer`], for a frame on another origin or for nothing.

use base::document::FRAME_SIDES;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::embeds;

/// The longest text of a card, in characters; longer ones are cut.
const LONGEST: usize = 500;
/// How high a frame is where its provider does not say, in pixels: a message with a picture.
const USUAL_HEIGHT: u32 = 560;
/// Elements of a page's head that are looked at.
const LOOKED_AT: usize = 500;

/// Where known providers answer for their things; others name the place on the page itself.
const ENDPOINTS: [(&str, &str); 6] = [
    ("youtube.com", "https://www.youtube.com/oembed"),
    ("youtu.be", "https://www.youtube.com/oembed"),
    ("vimeo.com", "https://vimeo.com/api/oembed.json"),
    ("soundcloud.com", "https://soundcloud.com/oembed"),
    ("flickr.com", "https://www.flickr.com/services/oembed/"),
    ("spotify.com", "https://open.spotify.com/oembed"),
];

/// What is said of a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Who hosts it.
    pub provider: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// The address of a picture of it; nothing is loaded from there.
    pub picture: Option<String>,
    /// HTML to be shown in a frame.
    pub offer: Option<Offer>,
    /// Whether other HTML was offered, which was dropped.
    pub dropped_html: bool,
}

/// HTML that a provider offers for a thing, and how large it would have it: oEmbed's types `video` and `rich`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As it came.
    pub html: String,
    /// Pixels across; none where it is as wide as there is room, or has not said.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: u32,
}

impl Offer {
    /// What is offered, with a size that can be shown.
    fn of(said: &Value) -> Option<Self> {
        let is_shown = matches!(said["type"].as_str(), Some("video" | "rich"));
        let html = said["html"].as_str()?;
        let html = Some(html).filter(|html| is_shown && !html.trim().is_empty())?;
        Some(Self {
            html: html.into(),
            width: pixels(&said["width"]),
            height: pixels(&said["height"]).unwrap_or(USUAL_HEIGHT),
        })
    }
}

/// A number of pixels as providers write it, `480` or `"480"`, within what a frame may measure.
fn pixels(said: &Value) -> Option<u32> {
    let written = || said.as_str()?.trim_end_matches("px").parse().ok();
    let number = said.as_f64().or_else(written)?;
    let (least, most) = (*FRAME_SIDES.start(), *FRAME_SIDES.end());
    // Not a number, or below nought: `as` makes nought of it, and that the least.
    Some((number as u32).clamp(least, most))
}

impl Card {
    /// This card, with what it lacks taken from another.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            provider: self.provider.or(other.provider),
            title: self.title.or(other.title),
            author: self.author.or(other.author),
            description: self.description.or(other.description),
            picture: self.picture.or(other.picture),
            offer: self.offer.or(other.offer),
            dropped_html: self.dropped_html || other.dropped_html,
        }
    }
}

/// Where the oEmbed of an address is, when its host is one we know.
pub fn endpoint(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let is_of = |known: &str| {
        let below = host.strip_suffix(known);
        below.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let (_, place) = ENDPOINTS.iter().find(|(known, _)| is_of(known))?;
    Some(format!("{place}?format=json&url={}", coded(url)))
}

/// What a page says of itself, and where it says that its oEmbed is.
pub fn of_page(html: &str, url: &str) -> (Card, Option<String>) {
    let page = Html::parse_document(html);
    let meta = |name: &str| {
        let named = |element: &ElementRef<'_>| {
            let attribute = element.attr("property").or(element.attr("name"));
            attribute.is_some_and(|attribute| attribute.eq_ignore_ascii_case(name))
        };
        let found = elements(&page, "meta").find(named)?;
        shown(found.attr("content")?)
    };
    let title = || elements(&page, "title").next();
    let title = || shown(&title()?.text().collect::<String>());
    let card = Card {
        provider: meta("og:site_name").or_else(|| embeds::provider(url)),
        title: meta("og:title").or_else(title),
        author: meta("author"),
        description: meta("og:description").or_else(|| meta("description")),
        picture: meta("og:image").filter(|picture| is_whole(picture)),
        offer: None,
        dropped_html: meta("og:video").is_some(),
    };
    let is_oembed = |element: &ElementRef<'_>| {
        let kind = element.attr("type").unwrap_or_default();
        kind.eq_ignore_ascii_case("application/json+oembed")
    };
    let place = elements(&page, "link").find(is_oembed);
    let place = place.and_then(|element| element.attr("href"));
    let place = place.filter(|place| is_whole(place)).map(String::from);
    (card, place)
}

/// What an oEmbed answer says.
pub fn of_oembed(json: &[u8]) -> Option<Card> {
    let said: Value = serde_json::from_slice(json).ok()?;
    let text = |name: &str| said[name].as_str().and_then(shown);
    let offer = Offer::of(&said);
    let dropped_html = said["html"].is_string() && offer.is_none();
    said.is_object().then(|| Card {
        provider: text("provider_name"),
        title: text("title"),
        author: text("author_name"),
        description: None,
        picture: text("thumbnail_url").filter(|picture| is_whole(picture)),
        offer,
        dropped_html,
    })
}

fn elements<'a>(page: &'a Html, name: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let selector = Selector::parse(name).ok();
    let found = selector.map(|selector| {
        let found = page.select(&selector).take(LOOKED_AT);
        found.collect::<Vec<_>>()
    });
    found.unwrap_or_default().into_iter()
}

/// Text on one line, cut where it is too long; nothing for nothing.
fn shown(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(LONGEST).collect();
    let line: String = line.chars().filter(|sign| !sign.is_control()).collect();
    Some(line).filter(|line| !line.is_empty())
}

fn is_whole(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn coded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_it_is_and_where_more_is_said() {
        let html = "<html><head><title>Other</title>\
            <meta property=og:title content='A &lt;b&gt;bridge&lt;/b&gt;\n over water'>\
            <meta property=og:site_name content=Elsewhere><meta name=description content=Long>\
            <meta property=og:image content=/relative.jpg>\
            <link rel=alternate type='application/json+oembed' href='https://e.example/o?u=1&amp;f=j'>\
            </head><body>text";
        let (card, place) = of_page(html, "https://e.example/1");
        assert_eq!(card.title.as_deref(), Some("A <b>bridge</b> over water"));
        assert_eq!(card.provider.as_deref(), Some("Elsewhere"));
        assert_eq!(card.description.as_deref(), Some("Long"));
        assert_eq!(card.picture, None);
        assert_eq!(place.as_deref(), Some("https://e.example/o?u=1&f=j"));
    }

    #[track_caller]
    fn check(said: &str, offer: Option<(Option<u32>, u32)>, dropped: bool) {
        let card = of_oembed(said.as_bytes()).unwrap();
        let sides = card.offer.as_ref().map(|offer| (offer.width, offer.height));
        assert_eq!((sides, card.dropped_html), (offer, dropped), "{said}");
        assert_eq!((card.title.as_deref(), card.picture), (Some("T"), None));
    }

    #[test]
    fn a_21_html_of_a_provider_is_no_part_of_the_words_of_a_card() {
        let said = |kind: &str, sides: &str| {
            format!(
                "{{\"type\":\"{kind}\",\"title\":\"T\",\"html\":\"<script>x</script>\",\
                 \"thumbnail_url\":\"javascript:x\"{sides}}}"
            )
        };
        let (video, rich) = (|sides| said("video", sides), |sides| said("rich", sides));
        check(
            &video(",\"width\":640,\"height\":360"),
            Some((Some(640), 360)),
            false,
        );
        check(
            &video(",\"width\":\"640\",\"height\":\"360px\""),
            Some((Some(640), 360)),
            false,
        );
        check(
            &rich(",\"width\":\"100%\",\"height\":166"),
            Some((None, 166)),
            false,
        );
        check(
            &rich(",\"width\":550,\"height\":null"),
            Some((Some(550), 560)),
            false,
        );
        check(
            &rich(",\"width\":-1,\"height\":1e300"),
            Some((Some(40), 4_000)),
            false,
        );
        check(&said("link", ""), None, true);
        check(
            "{\"type\":\"rich\",\"title\":\"T\",\"html\":\" \"}",
            None,
            true,
        );
        check("{\"type\":\"rich\",\"title\":\"T\"}", None, false);
        assert_eq!(of_oembed(b"[1]"), None);
        assert_eq!(of_oembed(b"<html>"), None);
    }

    #[test]
    fn a_18_a_known_provider_is_asked_with_the_address_as_one_value() {
        #[track_caller]
        fn check(url: &str, asked: Option<&str>) {
            assert_eq!(endpoint(url).as_deref(), asked);
        }
        check(
            "https://youtu.be/a?b=1&format=xml",
            Some(
                "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fyoutu.be%2Fa%3Fb%3D1%26format%3Dxml",
            ),
        );
        check("https://notyoutube.com/a", None);
        check("https://elsewhere.example/youtube.com", None);
    }
}
