//! An item of any generation in the names and shapes of ninjs 3.1; what has no place there stays as it is.

use serde_json::{Map, Value, json};

use super::write::{SCHEMA, VERSION};

/// Names that were written otherwise once: as they were, and as 3.1 has them.
const NAMES: [(&str, &str); 30] = [
    ("$standard", "standard"),
    ("altids", "altIds"),
    ("byline", "by"),
    ("charcount", "charCount"),
    ("contactinfo", "contactInfo"),
    ("contentcreated", "contentCreated"),
    ("contenttype", "contentType"),
    ("copyrightholder", "copyrightHolder"),
    ("copyrightnotice", "copyrightNotice"),
    ("digitalsourcetype", "digitalSourceType"),
    ("ednote", "edNote"),
    ("embargoed", "embargoedUntil"),
    ("event", "events"),
    ("firstcreated", "firstCreated"),
    ("genre", "genres"),
    ("infosource", "infoSources"),
    ("infosources", "infoSources"),
    ("object", "objects"),
    ("organisation", "organisations"),
    ("person", "people"),
    ("place", "places"),
    ("pubstatus", "pubStatus"),
    ("representationtype", "representationType"),
    ("rightsinfo", "rightsInfo"),
    ("subject", "subjects"),
    ("trustindicator", "trustIndicators"),
    ("trustindicators", "trustIndicators"),
    ("usageterms", "usageTerms"),
    ("versioncreated", "versionCreated"),
    ("wordcount", "wordCount"),
];

/// The same for renditions and rights, which say different things by the same small words.
const NAMES_WITHIN: [(&str, &str); 14] = [
    ("aspectratio", "aspectRatio"),
    ("charcount", "charCount"),
    ("code", "literal"),
    ("contactinfo", "contactInfo"),
    ("contenttype", "contentType"),
    ("encodedrights", "encodedRights"),
    ("framerate", "frameRate"),
    ("langid", "langId"),
    ("linkedrights", "linkedRights"),
    ("mimetype", "contentType"),
    ("sizeinbytes", "sizeInBytes"),
    ("symboltype", "symbolType"),
    ("videocodec", "videoCodec"),
    ("wordcount", "wordCount"),
];

/// Texts that 1.x named one by one and 2.0 gathered in a list.
const GATHERED: [(&str, &str); 3] = [
    ("headline", "headlines"),
    ("description", "descriptions"),
    ("body", "bodies"),
];

/// Objects by name in 1.x, lists since; the second is the name's own place in an entry.
const LISTED: [(&str, &str); 2] = [("associations", "name"), ("renditions", "name")];

/// Lists whose entries have names of their own to be put right.
const WITH_ENTRIES: [&str; 15] = [
    "bodies",
    "descriptions",
    "events",
    "genres",
    "headlines",
    "infoSources",
    "objects",
    "organisations",
    "people",
    "places",
    "plannedCoverage",
    "renditions",
    "rightsInfo",
    "subjects",
    "trustIndicators",
];

/// The item in the names and shapes of 3.1. What is there already is never overwritten: an old name beside
/// a new one stays as it is.
pub fn upgrade(item: &Map<String, Value>) -> Map<String, Value> {
    let mut new = Map::new();
    for (name, value) in item {
        if let Some((list, entry)) = gathered(name, value) {
            push(&mut new, list, entry);
            continue;
        }
        let now = now_called(&NAMES, name, item);
        let value = shaped(now, value);
        new.insert(now.into(), value);
    }
    if let Some(standard) = new.get_mut("standard") {
        let said = standard["version"].as_str().unwrap_or_default();
        if !said.starts_with('3') {
            *standard = json!({"name": "ninjs", "version": VERSION, "schema": SCHEMA});
        }
    }
    new
}

fn now_called<'n>(
    names: &[(&str, &'static str)],
    name: &'n str,
    item: &Map<String, Value>,
) -> &'n str {
    let known = names.iter().find(|(old, _)| *old == name);
    match known {
        Some((_, new)) if !item.contains_key(*new) => new,
        _ => name,
    }
}

/// `body_xhtml` as an entry of `bodies`.
fn gathered(name: &str, value: &Value) -> Option<(&'static str, Value)> {
    let (list, rest) = GATHERED.iter().find_map(|(one, list)| {
        let rest = name.strip_prefix(one)?;
        (rest.is_empty() || rest.starts_with('_')).then_some((*list, rest))
    })?;
    let role = Some(rest.trim_start_matches('_')).filter(|role| !role.is_empty());
    let mut entry = match value {
        Value::String(text) => {
            let mut entry = Map::from_iter([("value".into(), json!(text))]);
            if let Some(kind) = role.and_then(media_type) {
                entry.insert("contentType".into(), json!(kind));
            }
            entry
        }
        Value::Object(said) if said.get("value").is_some_and(Value::is_string) => within(said),
        _ => return None,
    };
    let role = role.unwrap_or("main");
    entry.entry("role").or_insert_with(|| json!(role));
    Some((list, Value::Object(entry)))
}

fn media_type(role: &str) -> Option<&'static str> {
    match role {
        "text" => Some("text/plain"),
        "html" | "html5" => Some("text/html"),
        role if role.ends_with("xhtml") || role.ends_with("richtext") => {
            Some("application/xhtml+xml")
        }
        role if role.ends_with("nitf") => Some("text/vnd.IPTC.NITF"),
        _ => None,
    }
}

fn push(new: &mut Map<String, Value>, list: &str, entry: Value) {
    let all = new.entry(list).or_insert_with(|| json!([]));
    match all {
        Value::Array(all) => all.push(entry),
        other => *other = json!([other.take(), entry]),
    }
}

fn shaped(name: &str, value: &Value) -> Value {
    if let (Some((_, key)), Value::Object(by_name)) =
        (LISTED.iter().find(|(list, _)| *list == name), value)
    {
        let listed = by_name
            .iter()
            .map(|(own, entry)| named(name, key, own, entry));
        return listed.collect();
    }
    match (name, value) {
        ("altIds", Value::Object(by_role)) => {
            let entry = |(role, value): (&String, &Value)| json!({"role": role, "value": value});
            by_role.iter().map(entry).collect()
        }
        ("associations", Value::Array(all)) => all.iter().map(|one| entry(name, one)).collect(),
        ("representationType", Value::String(how)) => match how.as_str() {
            "complete" => json!("full"),
            "incomplete" => json!("partial"),
            how => json!(how),
        },
        (name, Value::Array(all)) if WITH_ENTRIES.contains(&name) => {
            all.iter().map(|one| entry(name, one)).collect()
        }
        (name, Value::Object(_)) if WITH_ENTRIES.contains(&name) => entry(name, value),
        _ => value.clone(),
    }
}

fn named(list: &str, key: &str, own: &str, value: &Value) -> Value {
    let mut new = entry(list, value);
    if let Some(entry) = new.as_object_mut() {
        entry.entry(key).or_insert_with(|| json!(own));
    }
    new
}

/// An entry of a list: an item of its own among associations, else an object with names of its own.
fn entry(list: &str, value: &Value) -> Value {
    match value {
        Value::Object(item) if list == "associations" => Value::Object(upgrade(item)),
        Value::Object(said) => Value::Object(within(said)),
        other => other.clone(),
    }
}

fn within(said: &Map<String, Value>) -> Map<String, Value> {
    let mut new = Map::new();
    for (name, value) in said {
        new.insert(now_called(&NAMES_WITHIN, name, said).into(), value.clone());
    }
    let scheme = said.get("scheme").and_then(Value::as_str);
    let code = said.get("code").and_then(Value::as_str);
    // A scheme that is an address and a code make the address that 2.0 has instead of both.
    if let (Some(scheme), Some(code), false) = (scheme, code, said.contains_key("uri"))
        && scheme.contains("://")
    {
        let between = if scheme.ends_with(['/', '#', '=']) {
            ""
        } else {
            "/"
        };
        new.insert("uri".into(), json!(format!("{scheme}{between}{code}")));
        new.shift_remove("scheme");
    }
    new
}
