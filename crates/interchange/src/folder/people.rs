//! People of a folder: names in front matter, and files of authors.

use base::Slug;

use crate::{
    front_matter::{FrontMatter, Value},
    incoming::{IncomingByline, IncomingPerson},
};

/// The people a front matter names, in order.
pub(super) fn bylines(front: &mut FrontMatter<'_>) -> Vec<IncomingByline> {
    let mut bylines = front.take_list(&["authors", "author", "byline", "bylines"]);
    // `author: A, B` is two people; a name such as "Smith, Jr." is rarer in archives.
    if let [Value::Text(text)] = bylines.as_slice()
        && text.contains(", ")
    {
        bylines = text
            .split(", ")
            .map(|name| Value::Text(name.into()))
            .collect();
    }
    bylines
        .iter()
        .filter_map(|value| {
            let named = ["name", "display_name", "title"]
                .into_iter()
                .find_map(|key| value.get(key))
                .unwrap_or(value)
                .text();
            let key = key_of(&named)?;
            Some(IncomingByline {
                person: Some(key),
                name: name_of(&named),
            })
        })
        .collect()
}

/// The person that a file of authors describes; `stem` is the file's name.
pub(super) fn described(front: &mut FrontMatter<'_>, stem: &str) -> Option<IncomingPerson> {
    let name = front
        .take_text(&["display_name", "full_name", "name", "title"])
        .or_else(|| {
            let first = front.take_text(&["first_name"])?;
            let last = front.take_text(&["last_name"]).unwrap_or_default();
            Some(format!("{first} {last}").trim().to_string())
        })
        .unwrap_or_else(|| name_of(stem));
    Some(IncomingPerson {
        key: key_of(stem)?,
        name,
        email: front.take_text(&["email"]),
        bio: front.take_text(&["bio", "description", "about"]),
        slug: front.take_text(&["slug"]).unwrap_or_else(|| stem.into()),
    })
}

/// What a person is named by: the same for `Ana Monroe` and `ana-monroe`.
pub(super) fn key_of(named: &str) -> Option<String> {
    Slug::from_words(named).map(|slug| slug.as_str().to_string())
}

/// A name for readers: `ana-monroe` becomes `Ana Monroe`, anything written as a name stays.
pub(super) fn name_of(named: &str) -> String {
    let is_key = !named.is_empty()
        && named
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_'));
    if !is_key {
        return named.to_string();
    }
    let words: Vec<String> = named
        .split(['-', '_'])
        .filter(|word| !word.is_empty())
        .map(capital)
        .collect();
    words.join(" ")
}

/// A topic's name for readers: `customer-experience` becomes `Customer experience`.
pub(super) fn topic_of(named: &str) -> String {
    let is_key = named.contains('-')
        && named
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if is_key {
        capital(&named.replace('-', " "))
    } else {
        named.to_string()
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
