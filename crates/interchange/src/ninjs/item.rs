//! One item, in the names of 3.1, made into a story.

use std::collections::HashMap;

use base::{
    Document, Instant,
    document::{Href, Picture},
};
use serde_json::{Map, Value};

use super::{KEPT, upgrade::upgrade};
use crate::{
    address::Addresses,
    handing::stand_in_headline,
    html::{self, Setting},
    incoming::{IncomingByline, IncomingPicture, IncomingState, IncomingStory, Issue},
    margin::Margin,
    nitf,
};

/// The relation in which a section stands among subjects.
pub const SECTION: &str = "section";

/// Reads an item, of whichever generation; `Err` names the field and the rule it breaks. Pictures come as
/// records of their own.
pub fn read(
    item: &Map<String, Value>,
    place: &str,
    margin: &mut Margin,
) -> Result<(IncomingStory, Vec<IncomingPicture>), String> {
    let item = Item(upgrade(item));
    let uri = item.text("uri")?;
    let uri = uri.ok_or("uri: an item names itself by one, and there is none")?;
    let pictures = item.pictures(uri);
    let (body, used) = item.body(margin)?;
    let mut story = IncomingStory {
        source_key: uri.to_string(),
        place: format!("{place}, {uri}"),
        state: item.state()?,
        headline: item.headline()?,
        kicker: item.in_role("headlines", &["kicker"]).map(html::plain),
        deck: item.deck(used),
        slugline: item.text("slugline")?.map(html::one_line),
        language: item.text("language")?.and_then(|tag| tag.parse().ok()),
        bylines: item.bylines()?,
        sections: item.sections(),
        topics: item.names("subjects", |one| one["rel"] != SECTION),
        people: item.names("people", |_| true),
        places: item.names("places", |_| true),
        genre: item.names("genres", |_| true).into_iter().next(),
        dateline: item.text("located")?.map(html::one_line),
        published: item.moment("firstCreated")?,
        modified: item.moment("versionCreated")?,
        embargo: item.moment("embargoedUntil")?,
        urgency: item.urgency()?,
        source_note: item.text("copyrightHolder")?.map(html::one_line),
        lead_picture: item.lead_picture(),
        issue: Some(Issue {
            number: item.number(),
            at: item.moment("versionCreated")?,
        }),
        body,
        comments_open: true,
        ..IncomingStory::default()
    };
    item.moment("expires")?;
    if story.headline.is_empty() {
        story.headline = stand_in_headline(&story, place);
        margin.remark("headline", "there is none; other words stand in for it");
    }
    item.remark(margin);
    story.kept.insert(KEPT.into(), Value::Object(item.0));
    Ok((story, pictures))
}

struct Item(Map<String, Value>);

impl Item {
    /// The text under a name; an empty one is none.
    fn text(&self, name: &str) -> Result<Option<&str>, String> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
            Some(_) => Err(format!("{name}: it must be a text")),
        }
    }

    fn moment(&self, name: &str) -> Result<Option<Instant>, String> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        let wrong = |_| format!("{name}: “{text}” is no date and time of RFC 3339");
        text.parse()
            .map(|at| Some(base::clock::to_micros(at)))
            .map_err(wrong)
    }

    /// What the version says as a number.
    fn number(&self) -> Option<u64> {
        let version = self.0.get("version")?;
        version
            .as_u64()
            .or_else(|| version.as_str()?.trim().parse().ok())
    }

    fn state(&self) -> Result<IncomingState, String> {
        match self.text("pubStatus")? {
            None => Ok(IncomingState::Draft),
            Some(status) => state_of(status).ok_or_else(|| {
                format!("pubStatus: “{status}” is none of usable, withheld, canceled")
            }),
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

    fn entries(&self, list: &str) -> impl Iterator<Item = &Value> {
        self.0
            .get(list)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    }

    /// The first text of a list in one of the roles.
    fn in_role(&self, list: &str, roles: &[&str]) -> Option<&str> {
        let value = |role: &&str| self.entries(list).find(|one| one["role"] == **role);
        let found = roles.iter().find_map(value)?;
        found["value"]
            .as_str()
            .filter(|text| !text.trim().is_empty())
    }

    /// The text of a list in one of the roles, else its first.
    fn best(&self, list: &str, roles: &[&str]) -> Option<&str> {
        let values = || self.entries(list).filter_map(|one| one["value"].as_str());
        self.in_role(list, roles)
            .or_else(|| values().find(|text| !text.trim().is_empty()))
    }

    fn headline(&self) -> Result<String, String> {
        for name in ["headlines", "bodies", "descriptions"] {
            let is_list = |value: &Value| value.is_array() || value.is_null();
            if !self.0.get(name).is_none_or(is_list) {
                return Err(format!(
                    "{name}: it must be a list of texts with their roles"
                ));
            }
            if self.entries(name).any(|one| !one["value"].is_string()) {
                return Err(format!("{name}: each entry has a text as its value"));
            }
        }
        let headline = self.best("headlines", &["main", "headline"]);
        let said = match headline {
            Some(headline) => Some(headline),
            None => self.text("title")?,
        };
        Ok(said.map(html::plain).unwrap_or_default())
    }

    /// The deck; a description that already stands for the body is none.
    fn deck(&self, used: bool) -> Option<String> {
        let roles = ["summary", "deck", "lead", "main", "text"];
        let deck = self.best("descriptions", &roles).filter(|_| !used);
        deck.map(html::plain)
    }

    fn bylines(&self) -> Result<Vec<IncomingByline>, String> {
        let name = self.text("by")?.map(html::plain);
        let byline = name.map(|name| IncomingByline { person: None, name });
        Ok(byline.into_iter().collect())
    }

    fn sections(&self) -> Vec<String> {
        let of_ours = self.entries("subjects").filter(|one| one["rel"] == SECTION);
        of_ours
            .filter_map(|one| Some(one["literal"].as_str()?.into()))
            .collect()
    }

    fn names(&self, list: &str, counts: fn(&Value) -> bool) -> Vec<String> {
        let named = self.entries(list).filter(|one| counts(one));
        let names = named
            .filter_map(|one| one["name"].as_str())
            .map(html::plain);
        names.filter(|name| !name.is_empty()).collect()
    }

    /// The body with the most markup, else plain text by its lines, else the description. Whether it is the
    /// description comes with it.
    fn body(&self, margin: &mut Margin) -> Result<(Document, bool), String> {
        let bodies: Vec<&Value> = self.entries("bodies").filter(|one| has_text(one)).collect();
        let of = |kind: Kind| bodies.iter().find(|one| Kind::of(one) == kind);
        let text = |one: &&Value| one["value"].as_str().unwrap_or_default().to_string();
        if let Some(html) = of(Kind::Html).map(text) {
            return Ok((laid_out(&html, margin), false));
        }
        if let Some(xml) = of(Kind::Xml).map(text) {
            match nitf::read_text(&xml) {
                Ok(html) => return Ok((laid_out(&html, margin), false)),
                Err(why) => margin.remark("bodies: the one in NITF", &format!("{why}; kept")),
            }
        }
        let main = bodies
            .iter()
            .find(|one| one["role"] == "main" && Kind::of(one) == Kind::Plain);
        if let Some(plain) = main.or_else(|| of(Kind::Plain)).map(text) {
            return Ok((by_lines(&plain, margin), false));
        }
        let descriptions = self.entries("descriptions").filter(|one| has_text(one));
        let described = descriptions.min_by_key(|one| Kind::of(one));
        Ok(match described {
            Some(one) if Kind::of(one) == Kind::Html => (laid_out(&text(&one), margin), true),
            Some(one) => (by_lines(&text(&one), margin), true),
            None => (Document::default(), false),
        })
    }

    /// Associations that are pictures, or the item itself where it is one.
    fn pictured(&self) -> impl Iterator<Item = (&Map<String, Value>, String)> {
        let own = std::iter::once(&self.0);
        let associated = self.entries("associations").filter_map(Value::as_object);
        own.chain(associated).filter_map(|one| {
            let kind = one.get("type").and_then(Value::as_str)?;
            matches!(kind, "picture" | "graphic").then_some(())?;
            Some((one, largest(one)?))
        })
    }

    fn pictures(&self, uri: &str) -> Vec<IncomingPicture> {
        let record = |(one, url): (&Map<String, Value>, String)| {
            let about = Item(one.clone());
            IncomingPicture {
                key: format!("{uri} {url}"),
                title: about.headline().unwrap_or_default(),
                alt: about.alternative(),
                caption: about.caption().unwrap_or_default(),
                credit: about.credit(),
                parent: Some(uri.into()),
                url,
            }
        };
        self.pictured().map(record).collect()
    }

    fn lead_picture(&self) -> Option<Picture> {
        let (one, url) = self.pictured().next()?;
        let about = Item(one.clone());
        Some(Picture {
            src: url.parse::<Href>().ok().filter(Href::leaves)?,
            alt: about.alternative(),
            caption: about.caption(),
            credit: about.credit(),
            ..Picture::default()
        })
    }

    fn alternative(&self) -> String {
        let said = self.in_role("descriptions", &["alt", "altText", "alternative"]);
        said.map(html::plain).unwrap_or_default()
    }

    fn caption(&self) -> Option<String> {
        self.best("descriptions", &["caption", "main", "text"])
            .map(html::plain)
    }

    fn credit(&self) -> Option<String> {
        let said = |name: &str| self.text(name).ok().flatten().map(html::plain);
        let (by, holder) = (said("by"), said("copyrightHolder"));
        match (by, holder) {
            (Some(by), Some(holder)) if !by.contains(&holder) => Some(format!("{by}/{holder}")),
            (by, holder) => by.or(holder),
        }
    }

    /// What an editor should know and no field of ours says.
    fn remark(&self, margin: &mut Margin) {
        let kind = self.0.get("type").and_then(Value::as_str).unwrap_or("text");
        if matches!(kind, "event" | "planning") || self.0.contains_key("eventDetails") {
            let why = "dates and places of what is planned have no place here yet; a draft of its words, the \
                       whole kept";
            margin.remark("an event", why);
        }
        if self
            .0
            .get("pubStatus")
            .is_some_and(|status| status == "withheld")
        {
            margin.remark(
                "withheld",
                "its source does not release it; it waits as a draft",
            );
        }
        if self.0.get("expires").is_some_and(Value::is_string) {
            margin.remark("expires", "kept; nothing here takes it down at that hour");
        }
    }
}

/// What a publishing status of the IPTC, in ninjs or NewsML-G2, means for us.
pub fn state_of(status: &str) -> Option<IncomingState> {
    match status.trim().rsplit([':', '/']).next().unwrap_or_default() {
        "usable" | "withheld" => Some(IncomingState::Draft),
        "canceled" | "cancelled" => Some(IncomingState::Canceled),
        _ => None,
    }
}

/// How a text is written, the one that says most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Html,
    Xml,
    Plain,
}

impl Kind {
    fn of(entry: &Value) -> Self {
        let word = |name: &str| {
            entry[name]
                .as_str()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        let (kind, role) = (word("contentType"), word("role"));
        let text = entry["value"].as_str().unwrap_or_default().trim_start();
        if kind.contains("nitf") || role.contains("nitf") || text.starts_with("<?xml") {
            return Self::Xml;
        }
        let says_html = kind.contains("html") || role.contains("html");
        match says_html || (kind.is_empty() && text.starts_with('<') && text.contains("</")) {
            true => Self::Html,
            false if kind.contains("xml") => Self::Xml,
            false => Self::Plain,
        }
    }
}

fn has_text(entry: &Value) -> bool {
    entry["value"]
        .as_str()
        .is_some_and(|text| !text.trim().is_empty())
}

/// The address of the rendition with the most pixels.
fn largest(item: &Map<String, Value>) -> Option<String> {
    let all = item.get("renditions").and_then(Value::as_array)?;
    let with_address = all.iter().filter(|one| one["href"].is_string());
    let width = |one: &&Value| one["width"].as_u64().unwrap_or(0);
    let largest = with_address.max_by_key(width)?;
    largest["href"].as_str().map(String::from)
}

pub(crate) fn by_lines(plain: &str, margin: &mut Margin) -> Document {
    body_of(&base::html::text(plain), true, margin)
}

/// A body of HTML that came from elsewhere.
pub(crate) fn laid_out(html: &str, margin: &mut Margin) -> Document {
    body_of(html, false, margin)
}

fn body_of(html: &str, line_ends_count: bool, margin: &mut Margin) -> Document {
    let setting = &mut Setting {
        addresses: &Addresses::of_feed("", "", true),
        margin,
        notes: &HashMap::new(),
        line_ends_count,
    };
    html::read(html, setting)
}
