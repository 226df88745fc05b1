//! Pictures and other files that come with an item: enclosures, and Media RSS.

use super::{piece::Media, tree::Element};
use crate::html;

/// Ends of addresses that are pictures when nothing else says what they are.
const PICTURES: [&str; 7] = ["jpg", "jpeg", "png", "gif", "webp", "avif", "heic"];
/// Files taken from one item.
const MAX_MEDIA: usize = 100;

impl Media {
    /// Whether it is a picture, by its type or its address.
    pub fn is_picture(&self) -> bool {
        if !self.kind.is_empty() {
            return self.kind.starts_with("image") && self.kind != "image/svg+xml";
        }
        let path = self.url.split(['?', '#']).next().unwrap_or_default();
        let end = path.rsplit_once('.').map_or("", |(_, end)| end);
        PICTURES.iter().any(|known| end.eq_ignore_ascii_case(known))
    }
}

/// Everything that an item's own elements bring. Files of a group are forms of one thing: the widest
/// picture stands for its pictures, and the first of the others for the rest.
pub(super) fn of(item: &Element) -> Vec<Media> {
    let shared = words(item, &Media::default());
    let mut found = Vec::new();
    for child in item.elements().take(MAX_MEDIA) {
        match child.name.as_str() {
            "enclosure" | "media:content" => found.extend(file(child, &shared)),
            "media:group" => group(child, &shared, &mut found),
            "media:thumbnail" => found.extend(thumbnail(child, &shared)),
            "itunes:image" => found.extend(linked(child, "href", &shared)),
            _ => {}
        }
    }
    found.sort_by_key(|media| media.is_thumbnail);
    found
}

fn group(group: &Element, shared: &Media, found: &mut Vec<Media>) {
    let shared = words(group, shared);
    let files = || {
        let files = group
            .elements()
            .filter(|child| child.name == "media:content");
        files.flat_map(|child| file(child, &shared))
    };
    let picture = files()
        .filter(Media::is_picture)
        .max_by_key(|media| media.size.0);
    found.extend(picture);
    found.extend(files().find(|media| !media.is_picture()));
    let thumbnails = group
        .elements()
        .filter(|child| child.name == "media:thumbnail");
    found.extend(thumbnails.filter_map(|child| thumbnail(child, &shared)));
}

/// A file, and the thumbnail within it.
fn file(element: &Element, shared: &Media) -> Vec<Media> {
    let Some(url) = element.attribute("url").or(element.attribute("href")) else {
        return Vec::new();
    };
    let kind = element.attribute("type").or(element.attribute("medium"));
    let inner = element.child("media:thumbnail");
    let thumbnail = inner.and_then(|inner| thumbnail(inner, shared));
    let media = Media {
        url: element.address(url),
        kind: kind.unwrap_or_default().to_ascii_lowercase(),
        size: size(element),
        ..words(element, shared)
    };
    std::iter::once(media).chain(thumbnail).collect()
}

fn thumbnail(element: &Element, shared: &Media) -> Option<Media> {
    let media = linked(element, "url", shared)?;
    Some(Media {
        is_thumbnail: true,
        ..media
    })
}

fn linked(element: &Element, attribute: &str, shared: &Media) -> Option<Media> {
    let url = element.attribute(attribute)?;
    Some(Media {
        url: element.address(url),
        kind: "image".into(),
        size: size(element),
        ..shared.clone()
    })
}

fn size(element: &Element) -> (u32, u32) {
    let pixels = |name: &str| {
        let pixels = element.attribute(name).and_then(|text| text.parse().ok());
        pixels.unwrap_or(0)
    };
    (pixels("width"), pixels("height"))
}

/// What an element says in words of its files; what it does not say, the one around it does.
fn words(element: &Element, around: &Media) -> Media {
    let said = |name: &str| {
        let text = element
            .child(name)
            .map(|child| html::plain(&child.markup()));
        text.filter(|text| !text.is_empty())
    };
    let credits: Vec<String> = element
        .elements()
        .filter(|child| child.name == "media:credit")
        .map(|child| html::plain(&child.markup()))
        .filter(|name| !name.is_empty())
        .collect();
    Media {
        title: said("media:title").unwrap_or_else(|| around.title.clone()),
        caption: said("media:description").unwrap_or_else(|| around.caption.clone()),
        credit: match credits.is_empty() {
            true => around.credit.clone(),
            false => Some(credits.join(", ")),
        },
        ..Media::default()
    }
}
