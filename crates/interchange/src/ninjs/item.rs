//! One item made into a story, whichever generation of the standard wrote it.

use std::collections::HashMap;

use base::{Document, Instant};
use serde_json::{Map, Value};

use super::KEPT;
use crate::{
    address::Addresses,
    handing::stand_in_headline,
    html::{self, Setting},
    incoming::{IncomingByline, IncomingState, IncomingStory},
    margin::Margin,
};

/// The generations of ninjs, which name the same things differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// 1.0 to 1.6: `headline`, `body_text`, `subject`.
    First,
    /// 2.0 to 2.2: lists of headlines and bodies, names in small letters.
    Second,
    /// 3.0 and 3.1: the same lists, `versionCreated`.
    Third,
}

impl Generation {
    /// Tells which generation wrote an item: by what it says of itself, else by its names.
    pub fn of(item: &Map<String, Value>) -> Self {
        let said = item.get("standard").and_then(|one| one["version"].as_str());
        match said.and_then(|version| version.chars().next()) {
            Some('1') => return Self::First,
            Some('2') => return Self::Second,
            Some('3') => return Self::Third,
            _ => {}
        }
        if item.contains_key("versionCreated") || item.contains_key("contentCreated") {
            return Self::Third;
        }
        let lists = ["headlines", "bodies", "descriptions", "subjects"];
        match lists.iter().any(|name| item.contains_key(*name)) {
            true => Self::Second,
            false => Self::First,
        }
    }
}

/// Reads an item; `Err` names the field and the rule it breaks.
pub(super) fn read(item: Value, place: &str, margin: &mut Margin) -> Result<IncomingStory, String> {
    let Value::Object(fields) = item else {
        return Err("an item is a JSON object, and this is none".into());
    };
    let item = Item(&fields);
    let uri = item.text(&["uri"])?;
    let uri = uri.ok_or("uri: an item names itself by one, and there is none")?;
    let mut story = IncomingStory {
        source_key: uri.to_string(),
        place: format!("{place} “{uri}”"),
        state: item.state()?,
        headline: item
            .said("headline", "headlines")?
            .map(html::one_line)
            .unwrap_or_default(),
        deck: item
            .said("description_text", "descriptions")?
            .map(html::one_line),
        slugline: item.text(&["slugline"])?.map(html::one_line),
        language: item.text(&["language"])?.and_then(|tag| tag.parse().ok()),
        bylines: item.bylines()?,
        topics: item.names("subject", "subjects"),
        people: item.names("person", "people"),
        places: item.names("place", "places"),
        genre: item.names("genre", "genres").into_iter().next(),
        dateline: item.text(&["located"])?.map(html::one_line),
        published: item.moment(&["firstCreated", "firstcreated"])?,
        modified: item.moment(&["versionCreated", "versioncreated"])?,
        urgency: item.urgency()?,
        source_note: item
            .text(&["copyrightHolder", "copyrightholder"])?
            .map(html::one_line),
        body: item.body(margin)?,
        ..IncomingStory::default()
    };
    if story.headline.is_empty() {
        story.headline = stand_in_headline(&story, place);
        margin.remark("headline", "there is none; the first words stand in for it");
    }
    story.kept.insert(KEPT.into(), Value::Object(fields));
    Ok(story)
}

struct Item<'a>(&'a Map<String, Value>);

impl<'a> Item<'a> {
    /// The first text under one of the names; an empty one is none.
    fn text(&self, names: &[&str]) -> Result<Option<&'a str>, String> {
        for name in names {
            match self.0.get(*name) {
                None | Some(Value::Null) => {}
                Some(Value::String(text)) if text.trim().is_empty() => {}
                Some(Value::String(text)) => return Ok(Some(text.trim())),
                Some(_) => return Err(format!("{name}: it must be a text")),
            }
        }
        Ok(None)
    }

    fn moment(&self, names: &[&str]) -> Result<Option<Instant>, String> {
        let Some(text) = self.text(names)? else {
            return Ok(None);
        };
        let wrong = |_| format!("{}: “{text}” is no date and time of RFC 3339", names[0]);
        text.parse().map(Some).map_err(wrong)
    }

    fn state(&self) -> Result<IncomingState, String> {
        match self.text(&["pubStatus", "pubstatus"])? {
            None | Some("usable") => Ok(IncomingState::Draft),
            Some("withheld") => Ok(IncomingState::Private),
            Some("canceled" | "cancelled") => Ok(IncomingState::Trashed),
            Some(other) => Err(format!(
                "pubStatus: “{other}” is none of usable, withheld, canceled"
            )),
        }
    }

    fn urgency(&self) -> Result<Option<u8>, String> {
        let Some(urgency) = self.0.get("urgency").filter(|one| !one.is_null()) else {
            return Ok(None);
        };
        let number = urgency.as_u64().filter(|number| (1..=9).contains(number));
        let number = number.and_then(|number| u8::try_from(number).ok());
        let wrong = || format!("urgency: {urgency} is no whole number from 1 to 9");
        number.map(Some).ok_or_else(wrong)
    }

    /// Of a list in roles the main one, else the first; in the first generation the single one.
    fn said(&self, single: &str, list: &str) -> Result<Option<&'a str>, String> {
        let listed = self.0.get(list).and_then(Value::as_array);
        let main = listed.and_then(|all| {
            let main = all.iter().find(|one| one["role"] == "main");
            main.or(all.first()).and_then(|one| one["value"].as_str())
        });
        let main_of_first = format!("{single}_main");
        match main {
            Some(text) => Ok(Some(text)),
            None => self.text(&[single, &main_of_first]),
        }
    }

    fn bylines(&self) -> Result<Vec<IncomingByline>, String> {
        let name = self.text(&["by", "byline"])?.map(html::one_line);
        let byline = name.map(|name| IncomingByline { person: None, name });
        Ok(byline.into_iter().collect())
    }

    fn names(&self, single: &str, list: &str) -> Vec<String> {
        let all = self.0.get(list).or_else(|| self.0.get(single));
        let all = all.and_then(Value::as_array).into_iter().flatten();
        let names = all
            .filter_map(|one| one["name"].as_str())
            .map(html::one_line);
        names.filter(|name| !name.is_empty()).collect()
    }

    /// The body with the most markup; plain text keeps its lines.
    fn body(&self, margin: &mut Margin) -> Result<Document, String> {
        let bodies = self.0.get("bodies").and_then(Value::as_array);
        let marked = bodies.and_then(|all| all.iter().find(|one| is_markup(one)));
        let markup = match marked.and_then(|one| one["value"].as_str()) {
            Some(markup) => Some(markup),
            None => self.text(&["body_xhtml", "body_html"])?,
        };
        let (markup, line_ends_count) = match markup {
            Some(markup) => (markup.to_string(), false),
            None => {
                let plain = self.said("body_text", "bodies")?;
                let plain = match plain {
                    Some(plain) => Some(plain),
                    None => self.text(&["body_main"])?,
                };
                (base::html::text(plain.unwrap_or_default()), true)
            }
        };
        let setting = &mut Setting {
            addresses: &Addresses::of_feed("", "", true),
            margin,
            notes: &HashMap::new(),
            line_ends_count,
        };
        Ok(html::read(&markup, setting))
    }
}

fn is_markup(body: &Value) -> bool {
    let kind = body["contentType"]
        .as_str()
        .or(body["contenttype"].as_str());
    kind.is_some_and(|kind| kind.contains("html"))
}
