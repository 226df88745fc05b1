//! A file of one item or a list of them, or a folder of such files.
//!
//! Of many versions of one item the latest is handed over. So every file is read twice: once to know which
//! version that is, and once to hand it over. No more than one file is held at a time.

use std::path::Path;

use serde_json::{Map, Value};

use super::{MAX_DEPTH, MAX_FILE, MAX_FILES, MAX_ITEMS, item};
use crate::{
    folder::LEFT_OUT,
    handing::Handing,
    incoming::{Incoming, Issue, Summary, Take, Unread},
    margin::Margin,
    wire::{self, Latest},
};

/// Reads a file of one item or a list of them and hands over its stories in order. All are judged before the
/// first is handed over.
///
/// # Errors
/// [`Unread::Refused`] when the file is too large, is no JSON or an item breaks a rule, with the item, the
/// field and the rule; [`Unread::Stopped`] when `take` wants no more.
pub fn read(path: &Path, take: &mut Take) -> Result<Summary, Unread> {
    let items = items_of(path).map_err(Unread::Refused)?;
    let mut latest = Latest::default();
    judge(&items, "", &mut latest).map_err(Unread::Refused)?;
    let mut out = Handing::to(take);
    hand(&items, "", &mut latest, &mut out)?;
    Ok(out.summary)
}

/// Reads every `.json` below a folder. A file that cannot be read is left out whole, with its reason.
///
/// # Errors
/// [`Unread::Refused`] when the folder is out of bounds; [`Unread::Stopped`] when `take` wants no more.
pub fn read_folder(folder: &Path, take: &mut Take) -> Result<Summary, Unread> {
    let files = wire::files(folder, "json", MAX_FILES, MAX_DEPTH)?;
    let mut out = Handing::to(take);
    let mut latest = Latest::default();
    let mut good = Vec::new();
    for path in files {
        let place = wire::place(folder, &path);
        let judged = items_of(&path).and_then(|items| judge(&items, &place, &mut latest));
        match judged {
            Ok(()) => good.push((path, place)),
            Err(why) => {
                *out.summary.left_out.entry(LEFT_OUT.into()).or_default() += 1;
                out.warn(&place, "the file", &format!("{why}; it was left out"))?;
            }
        }
    }
    for (path, place) in good {
        let items = items_of(&path).map_err(Unread::Refused)?;
        hand(&items, &place, &mut latest, &mut out)?;
    }
    Ok(out.summary)
}

fn items_of(path: &Path) -> Result<Vec<Map<String, Value>>, String> {
    let bytes = wire::bytes(path, MAX_FILE)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let whole: Value =
        serde_json::from_slice(bytes).map_err(|error| format!("it is no JSON: {error}"))?;
    if whole["version"]
        .as_str()
        .is_some_and(|version| version.contains("jsonfeed.org"))
    {
        return Err("it is a JSON Feed: `dateline import feed` takes it".into());
    }
    if whole.get("db").is_some() {
        return Err("it is an export of Ghost: `dateline import ghost` takes it".into());
    }
    let items = match whole {
        Value::Array(items) => items,
        one => vec![one],
    };
    let numbered = items.into_iter().enumerate();
    numbered
        .map(|(nth, item)| match item {
            Value::Object(item) => Ok(item),
            _ => Err(format!(
                "item {}: an item is a JSON object, and this is none",
                nth + 1
            )),
        })
        .collect()
}

/// Looks whether each item is one, and remembers which version of each is the latest.
fn judge(items: &[Map<String, Value>], file: &str, latest: &mut Latest) -> Result<(), String> {
    let mut met = Vec::new();
    for (nth, one) in items.iter().enumerate() {
        let place = place_of(file, nth);
        let (story, _) = item::read(one, &place, &mut Margin::new(super::SOURCE))
            .map_err(|why| format!("item {}: {why}", nth + 1))?;
        met.push((story.source_key, story.issue.unwrap_or_default()));
    }
    for (key, issue) in met {
        latest.meet(key, issue);
    }
    match latest.len() > MAX_ITEMS {
        true => Err(format!(
            "there are more than {MAX_ITEMS} items, the most of one import"
        )),
        false => Ok(()),
    }
}

fn hand(
    items: &[Map<String, Value>],
    file: &str,
    latest: &mut Latest,
    out: &mut Handing<'_>,
) -> Result<(), Unread> {
    for (nth, one) in items.iter().enumerate() {
        let place = place_of(file, nth);
        let mut margin = Margin::new(super::SOURCE);
        let (story, pictures) = item::read(one, &place, &mut margin).map_err(Unread::Refused)?;
        let issue: Issue = story.issue.unwrap_or_default();
        if !latest.take(&story.source_key, issue) {
            continue;
        }
        let place = story.place.clone();
        out.hand(Incoming::Story(Box::new(story)))?;
        for picture in pictures {
            out.hand(Incoming::Picture(picture))?;
        }
        for warning in margin.into_warnings(&place) {
            out.hand(Incoming::Warning(warning))?;
        }
    }
    Ok(())
}

fn place_of(file: &str, nth: usize) -> String {
    match file.is_empty() {
        true => format!("item {}", nth + 1),
        false => format!("{file}, item {}", nth + 1),
    }
}
