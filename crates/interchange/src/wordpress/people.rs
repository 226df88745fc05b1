//! People of an export: accounts, and the guest authors of the plugins that newsrooms use.

use std::collections::HashMap;

use super::{
    atlas::Atlas,
    xml::{Item, Record},
};
use crate::{
    html,
    incoming::{IncomingByline, IncomingPerson},
};

/// Custom fields in which themes and plugins keep a name that replaces the account's.
const BYLINE_METAS: [&str; 8] = [
    "byline",
    "_byline",
    "guest_author",
    "guest-author",
    "_guest_author_name",
    "guest_author_name",
    "custom_author",
    "_custom_author_name",
];

/// Whether items of this type are guest authors (Co-Authors Plus, Molongui).
pub(super) fn is_guest(post_type: &str) -> bool {
    matches!(
        post_type,
        "guest-author" | "guest_author" | "molongui_guestauthor"
    )
}

/// A person from an account.
pub(super) fn author(record: &Record) -> Option<IncomingPerson> {
    let field = |name: &str| record.get(name).map_or("", |text| text.trim());
    let login = field("wp:author_login");
    if login.is_empty() {
        return None;
    }
    let full = format!(
        "{} {}",
        field("wp:author_first_name"),
        field("wp:author_last_name")
    );
    let name = [field("wp:author_display_name"), full.trim(), login]
        .into_iter()
        .map(html::plain)
        .find(|name| !name.is_empty())?;
    Some(IncomingPerson {
        key: login.into(),
        slug: name.clone(),
        name,
        email: some(field("wp:author_email")),
        bio: None,
    })
}

/// A guest author, kept as an item with custom fields.
pub(super) fn guest(item: &Item) -> Option<IncomingPerson> {
    let meta = |keys: [&str; 2]| keys.iter().find_map(|key| item.meta(key));
    let name = meta(["cap-display_name", "_molongui_guest_author_display_name"])
        .map(html::plain)
        .or_else(|| some(&html::plain(item.field("title"))))?;
    let key = meta(["cap-user_login", "_molongui_guest_author_login"])
        .or_else(|| Some(item.field("wp:post_name")).filter(|slug| !slug.is_empty()))
        .unwrap_or(&name)
        .trim_start_matches("cap-")
        .to_string();
    Some(IncomingPerson {
        slug: key.clone(),
        key,
        email: meta(["cap-user_email", "_molongui_guest_author_mail"]).and_then(some),
        bio: meta(["cap-description", "_molongui_guest_author_bio"])
            .map(html::plain)
            .or_else(|| some(&html::plain(item.field("content:encoded")))),
        name,
    })
}

/// Who wrote an item: its guest and co-authors, else a byline in a custom field, else its account.
pub(super) fn bylines(item: &Item, atlas: &Atlas) -> Vec<IncomingByline> {
    let coauthors: Vec<IncomingByline> = item
        .terms
        .iter()
        .filter(|(domain, ..)| domain == "author")
        .map(|(_, nicename, name)| coauthor(nicename, name, &atlas.people))
        .collect();
    if !coauthors.is_empty() {
        return coauthors;
    }
    if let Some(name) = BYLINE_METAS.iter().find_map(|key| item.meta(key)) {
        return vec![IncomingByline {
            person: None,
            name: html::plain(name),
        }];
    }
    let login = ["dc:creator", "wp:author"]
        .into_iter()
        .map(|field| item.field(field))
        .find(|login| !login.is_empty());
    login
        .map(|login| coauthor(login, login, &atlas.people))
        .into_iter()
        .collect()
}

fn coauthor(
    nicename: &str,
    name: &str,
    people: &HashMap<String, IncomingPerson>,
) -> IncomingByline {
    let short = nicename.trim_start_matches("cap-");
    match [short, nicename, name]
        .into_iter()
        .find_map(|key| people.get(key))
    {
        Some(person) => IncomingByline {
            person: Some(person.key.clone()),
            name: person.name.clone(),
        },
        None => IncomingByline {
            person: None,
            name: html::plain(name.trim_start_matches("cap-")),
        },
    }
}

fn some(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.trim().to_string())
}
