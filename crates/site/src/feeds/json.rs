//! JSON Feed 1.1 (jsonfeed.org).

use serde_json::{Value, json};

use super::feed::{Author, Feed, Item, rfc_3339};

/// The feed's bytes.
pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home,
        "feed_url": feed.own,
        "hubs": [{"type": "WebSub", "url": feed.hub}],
        "language": feed.language.tag(),
        "authors": [author(&feed.publisher)],
        "items": feed.items.iter().map(item).collect::<Vec<_>>(),
    });
    feed.to_string().into_bytes()
}

fn item(item: &Item) -> Value {
    let mut data = json!({
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "date_published": rfc_3339(item.published),
        "date_modified": rfc_3339(item.updated),
        "language": item.language.tag(),
    });
    let mut put = |name: &str, value: Value| data[name] = value;
    // One of the two must be there.
    match item.html_that_runs() {
        Some(html) => put("content_html", json!(html)),
        None => put(
            "content_text",
            json!(item.summary.as_ref().unwrap_or(&item.title)),
        ),
    }
    if let Some(summary) = &item.summary {
        put("summary", json!(summary));
    }
    if !item.authors.is_empty() {
        put("authors", item.authors.iter().map(author).collect());
    }
    if !item.about.is_empty() {
        put("tags", json!(item.about));
    }
    if let Some(picture) = &item.picture {
        put("image", json!(picture.url));
    }
    if let Some(source) = &item.source {
        put("external_url", json!(source.url));
    }
    data
}

fn author(author: &Author) -> Value {
    match &author.url {
        Some(url) => json!({"name": author.name, "url": url}),
        None => json!({"name": author.name}),
    }
}
