//! What a text is, by how it begins: one of three kinds of feed, or something to be named and refused.

use scraper::{Html, Selector};

use super::tree::Element;
use crate::{address::joined, incoming::Unread};

/// Bytes looked at to tell what a text is, where it need not be read whole.
const HEAD: usize = 64 * 1024;
/// Feeds named of a web page that is no feed but has some.
const MAX_NAMED: usize = 5;

/// Whether a text is JSON or XML.
///
/// # Errors
/// Refused with what it looks like; of a web page, with the addresses of its feeds.
pub(super) fn is_json(text: &str, address: &str) -> Result<bool, Unread> {
    let head = head(text);
    if head.is_empty() {
        return refuse("it is empty");
    }
    if head.starts_with(['{', '[']) {
        return Ok(true);
    }
    if !head.starts_with('<') {
        return refuse("it is neither XML nor JSON");
    }
    let lower = head.to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") || is_xhtml(&lower) {
        return refuse(&web_page(text, address));
    }
    let root = head
        .split_once("<rss")
        .and_then(|(_, rest)| rest.split('>').next());
    if root.is_some_and(|root| root.contains("wordpress.org/export/")) {
        return refuse("it is a WordPress export; use `import wordpress`");
    }
    Ok(false)
}

/// A page of XHTML begins with an XML declaration; feeds that quote pages have no `<html` so early.
fn is_xhtml(head: &str) -> bool {
    let Some((_, rest)) = head
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
    else {
        return false;
    };
    let rest = rest.trim_start();
    rest.starts_with("<!doctype html") || rest.starts_with("<html")
}

/// The kinds of feed in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// RSS of any version.
    Rss,
    /// Atom.
    Atom,
}

/// What kind of feed an XML document is.
///
/// # Errors
/// Refused with what it looks like.
pub(super) fn kind(root: &Element) -> Result<Kind, Unread> {
    match root.name.as_str() {
        "rss" | "rdf:RDF" | "atom:rss" => Ok(Kind::Rss),
        "atom:feed" => Ok(Kind::Atom),
        "atom:entry" => refuse("it is a single entry of Atom, not a feed"),
        "opml" => refuse("it is a list of feeds (OPML); import each of them by its address"),
        "urlset" | "sitemapindex" => refuse("it is a sitemap, which names pages and holds no text"),
        other if other.ends_with("urlset") || other.ends_with("sitemapindex") => {
            refuse("it is a sitemap, which names pages and holds no text")
        }
        other => refuse(&format!(
            "its outermost element is <{}>, which no feed has",
            other.trim_start_matches('~')
        )),
    }
}

fn refuse<T>(looks: &str) -> Result<T, Unread> {
    Err(Unread::Refused(format!("this is no feed: {looks}")))
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_start()
}

/// A web page, and where it says that its feeds are.
fn web_page(text: &str, address: &str) -> String {
    let feeds = feeds_of(head(text), address);
    match feeds.is_empty() {
        true => "it is a web page, and names no feed of its own".into(),
        false => format!(
            "it is a web page; its feeds are at {}. Import one of those",
            feeds.join(" and ")
        ),
    }
}

/// Where the head of a web page points for its feeds (`<link rel=alternate>`).
fn feeds_of(html: &str, address: &str) -> Vec<String> {
    let Ok(links) = Selector::parse("link[rel~=alternate][href][type]") else {
        return Vec::new();
    };
    // Only the beginning is parsed, so that a page made to be slow cannot be.
    let page = Html::parse_document(html);
    page.select(&links)
        .filter(|link| {
            let kind = link.attr("type").unwrap_or_default().to_ascii_lowercase();
            let kind = kind.split(';').next().unwrap_or_default().trim();
            matches!(
                kind,
                "application/rss+xml" | "application/atom+xml" | "application/feed+json"
            )
        })
        .filter_map(|link| link.attr("href"))
        .map(|href| joined(address, href).chars().take(300).collect())
        .take(MAX_NAMED)
        .collect()
}
