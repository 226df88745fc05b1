//! JSON Feed 1.0 and 1.1 (jsonfeed.org).

use serde_json::{Map, Value};

use super::piece::{Author, Channel, Item, Media, Page, Text};
use crate::{
    address::joined,
    html,
    incoming::{Broken, Unread},
};

/// What a feed says of itself and no story needs.
const OF_THE_FEED: [&str; 8] = [
    "version",
    "user_comment",
    "icon",
    "favicon",
    "avatar",
    "hubs",
    "expired",
    "items",
];

/// Reads a page; `base` is its own address.
///
/// # Errors
/// With the line when it is no JSON; refused when it is no JSON Feed.
pub(super) fn read(text: &str, base: &str, skipped: u64) -> Result<Page, Unread> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        Unread::Broken(Broken {
            line: error.line() as u64 + skipped,
            item: None,
            why: format!("the JSON is broken: {error}"),
        })
    })?;
    let Value::Object(feed) = value else {
        return Err(Unread::Refused("this is JSON, but no JSON Feed".into()));
    };
    let version = feed
        .get("version")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !version.contains("jsonfeed.org/version/1") {
        return Err(Unread::Refused(
            "this is JSON, but no JSON Feed: its `version` does not name one of 1.0 or 1.1".into(),
        ));
    }
    let Some(Value::Array(items)) = feed.get("items") else {
        return Err(Unread::Refused(
            "this JSON Feed has no list of `items`".into(),
        ));
    };
    if items.len() > super::MAX_ITEMS {
        let most = super::MAX_ITEMS;
        let why = format!("this JSON Feed has more than {most} items");
        return Err(Unread::Refused(why));
    }
    let mut page = Page {
        channel: channel(&feed, base),
        ..Page::default()
    };
    for name in feed.keys().filter(|name| !is_known(name)) {
        page.strange.insert(name.clone(), 1);
    }
    let base = &page.channel.home;
    let numbered = items.iter().zip(1..);
    page.items = numbered
        .map(|(value, number)| item(value, number, base))
        .collect();
    Ok(page)
}

fn is_known(name: &str) -> bool {
    let read = [
        "title",
        "description",
        "home_page_url",
        "feed_url",
        "next_url",
        "language",
        "author",
        "authors",
    ];
    read.contains(&name) || OF_THE_FEED.contains(&name)
}

fn channel(feed: &Map<String, Value>, base: &str) -> Channel {
    let text = |name: &str| {
        feed.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim()
    };
    let next = text("next_url");
    Channel {
        title: html::one_line(text("title")),
        tagline: html::one_line(text("description")),
        home: joined(base, text("home_page_url")),
        id: text("feed_url").into(),
        language: text("language").into(),
        authors: authors(feed),
        next: (!next.is_empty()).then(|| joined(base, next)),
    }
}

/// 1.0 has one author, 1.1 a list, which counts more.
fn authors(from: &Map<String, Value>) -> Vec<Author> {
    let list = match (from.get("authors"), from.get("author")) {
        (Some(Value::Array(list)), _) if !list.is_empty() => list.iter().collect(),
        (_, Some(one)) => vec![one],
        _ => Vec::new(),
    };
    let names = list.iter().filter_map(|author| author["name"].as_str());
    names
        .map(|name| Author {
            name: html::one_line(name),
            email: None,
        })
        .filter(|author| !author.name.is_empty())
        .collect()
}

fn item(value: &Value, number: usize, base: &str) -> Item {
    let mut item = Item {
        number,
        ..Item::default()
    };
    let Value::Object(fields) = value else {
        item.left_out = Some("no object".into());
        return item;
    };
    item.authors = authors(fields);
    for (name, value) in fields {
        field(name, value, base, &mut item);
    }
    item.base = match item.address.is_empty() {
        true => base.into(),
        false => item.address.clone(),
    };
    pictures(fields, &mut item);
    item
}

fn field(name: &str, value: &Value, base: &str, item: &mut Item) {
    let is_text = matches!(value, Value::String(_) | Value::Null);
    let text = value.as_str().unwrap_or_default();
    match name {
        // Ids must be text, and are numbers in some feeds.
        "id" if value.is_number() => item.id = value.to_string(),
        "author" | "authors" | "image" | "banner_image" => {}
        "tags" if value.is_array() => item.topics = tags(value),
        "attachments" if value.is_array() => attachments(value, base, item),
        name if !is_text && KNOWN_TEXTS.contains(&name) => {
            item.remark(
                name,
                "it is no text where JSON Feed has one; kept beside the story",
            );
            item.keep(name, value.clone());
        }
        "id" => item.id = text.trim().into(),
        "url" => item.address = joined(base, text),
        "title" => item.title = Some(Text::Plain(text.into())),
        "content_html" if !text.trim().is_empty() => item.body = Some(Text::Html(text.into())),
        "content_text" if item.body.is_none() => item.body = Some(Text::Plain(text.into())),
        "content_html" | "content_text" => {}
        "summary" => item.summary = Some(Text::Plain(text.into())),
        "date_published" => item.published = text.into(),
        "date_modified" => item.updated = text.into(),
        "language" => item.language = text.into(),
        name => {
            item.keep(name, value.clone());
            item.strange.push(name.into());
        }
    }
}

const KNOWN_TEXTS: [&str; 9] = [
    "id",
    "url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
    "language",
];

fn tags(value: &Value) -> Vec<String> {
    let tags = value.as_array().into_iter().flatten();
    tags.filter_map(Value::as_str).map(html::one_line).collect()
}

fn attachments(value: &Value, base: &str, item: &mut Item) {
    for attachment in value.as_array().into_iter().flatten() {
        let said = |name: &str| attachment[name].as_str().unwrap_or_default();
        if said("url").is_empty() {
            item.remark("attachment", "it has no address; left out");
            continue;
        }
        item.media.push(Media {
            url: joined(base, said("url")),
            kind: said("mime_type").to_ascii_lowercase(),
            title: html::one_line(said("title")),
            ..Media::default()
        });
    }
}

/// The item's own picture counts most, the banner less, attachments least.
fn pictures(fields: &Map<String, Value>, item: &mut Item) {
    let named = ["image", "banner_image"].into_iter().filter_map(|name| {
        let url = fields.get(name)?.as_str()?.trim();
        (!url.is_empty()).then(|| Media {
            url: joined(&item.base, url),
            kind: "image".into(),
            ..Media::default()
        })
    });
    let named: Vec<Media> = named.collect();
    item.media.splice(0..0, named);
}
