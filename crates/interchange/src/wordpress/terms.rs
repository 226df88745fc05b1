//! Sections, topics and the other ways in which an export sorts its stories.

use std::collections::HashSet;

use super::{
    atlas::Atlas,
    xml::{Item, Record},
};
use crate::{
    html,
    incoming::{Incoming, IncomingSection, IncomingStory, IncomingTopic},
};

/// Ways of sorting that are machinery: menus, themes, and what is read elsewhere.
const MACHINERY: [&str; 7] = [
    "nav_menu",
    "wp_theme",
    "wp_template_part_area",
    "link_category",
    "author",
    "post_format",
    "wp_pattern_category",
];

/// A section from a category's record.
pub(super) fn section(record: &Record) -> Option<IncomingSection> {
    let field = |names: [&str; 2]| {
        names
            .iter()
            .find_map(|name| record.get(*name))
            .map_or(String::new(), |text| html::plain(text))
    };
    let key = unescaped(&field(["wp:category_nicename", "wp:term_slug"]));
    let name = field(["wp:cat_name", "wp:term_name"]);
    let name = if name.is_empty() { key.clone() } else { name };
    let key = if key.is_empty() { name.clone() } else { key };
    (!name.is_empty()).then(|| IncomingSection {
        slug: key.clone(),
        key,
        name,
        parent: some(unescaped(&field(["wp:category_parent", "wp:term_parent"]))),
        description: some(field(["wp:category_description", "wp:term_description"])),
        old_address: None,
    })
}

/// A topic from a tag's record.
pub(super) fn topic(record: &Record) -> Option<IncomingTopic> {
    let field = |names: [&str; 2]| {
        names
            .iter()
            .find_map(|name| record.get(*name))
            .map_or(String::new(), |text| html::plain(text))
    };
    let slug = unescaped(&field(["wp:tag_slug", "wp:term_slug"]));
    let name = field(["wp:tag_name", "wp:term_name"]);
    let name = if name.is_empty() { slug.clone() } else { name };
    (!name.is_empty()).then_some(IncomingTopic { slug, name })
}

/// What was already handed over, so that nothing comes twice.
#[derive(Default)]
pub(super) struct Known {
    sections: HashSet<String>,
    topics: HashSet<String>,
    taxonomies: HashSet<String>,
}

impl Known {
    /// The piece for a channel's record, unless it came before.
    pub fn declare(&mut self, name: &str, record: &Record) -> Option<Incoming> {
        let taxonomy = record
            .get("wp:term_taxonomy")
            .map_or("", |text| text.trim());
        match (name, taxonomy) {
            ("wp:category", _) | ("wp:term", "category") => self.section(section(record)?),
            ("wp:tag", _) | ("wp:term", "post_tag" | "tag") => self.topic(topic(record)?),
            _ => None,
        }
    }

    fn section(&mut self, section: IncomingSection) -> Option<Incoming> {
        self.sections
            .insert(section.key.clone())
            .then_some(Incoming::Section(section))
    }

    fn topic(&mut self, topic: IncomingTopic) -> Option<Incoming> {
        self.topics
            .insert(topic.name.clone())
            .then_some(Incoming::Topic(topic))
    }

    /// Sorts a story by its terms; gives back sections and topics not declared before, and the
    /// names of taxonomies met for the first time that have no place here.
    pub fn sort(
        &mut self,
        item: &Item,
        atlas: &Atlas,
        story: &mut IncomingStory,
    ) -> (Vec<Incoming>, Vec<String>) {
        let mut new = Vec::new();
        let mut strange = Vec::new();
        // RSS names each term twice, once without its taxonomy; alone, such a name has to be guessed.
        let named = item.terms.iter().any(|(domain, ..)| !domain.is_empty());
        for (domain, nicename, name) in &item.terms {
            let (nicename, name) = (unescaped(nicename), html::plain(name));
            match domain.as_str() {
                "" if named => {}
                "" => match atlas.sections.get(&name) {
                    Some(key) => push_new(&mut story.sections, key.clone()),
                    None => new.extend(self.topic_of(story, String::new(), name)),
                },
                "category" => new.extend(self.section_of(story, nicename, name)),
                "tag" | "post_tag" => new.extend(self.topic_of(story, nicename, name)),
                "post_format" => story.genre = genre(&nicename),
                "location" | "locations" | "place" | "places" => push_new(&mut story.places, name),
                "person" | "people" => push_new(&mut story.people, name),
                other if MACHINERY.contains(&other) => {}
                other => {
                    let kept = story
                        .kept
                        .entry(format!("taxonomy {other}"))
                        .or_insert_with(|| serde_json::Value::Array(Vec::new()));
                    if let serde_json::Value::Array(names) = kept {
                        names.push(name.into());
                    }
                    if self.taxonomies.insert(other.to_string()) {
                        strange.push(other.to_string());
                    }
                }
            }
        }
        (new, strange)
    }

    fn section_of(
        &mut self,
        story: &mut IncomingStory,
        nicename: String,
        name: String,
    ) -> Option<Incoming> {
        let key = if nicename.is_empty() {
            name.clone()
        } else {
            nicename
        };
        push_new(&mut story.sections, key.clone());
        self.section(IncomingSection {
            slug: key.clone(),
            key,
            name,
            ..IncomingSection::default()
        })
    }

    fn topic_of(
        &mut self,
        story: &mut IncomingStory,
        slug: String,
        name: String,
    ) -> Option<Incoming> {
        push_new(&mut story.topics, name.clone());
        self.topic(IncomingTopic { slug, name })
    }
}

/// Short names are stored percent-coded when they are not Latin.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let coded = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        plain.push(coded.unwrap_or(bytes[at]));
        at += if coded.is_some() { 3 } else { 1 };
    }
    String::from_utf8(plain).unwrap_or_else(|_| text.to_string())
}

/// What a post format says about the kind of text.
fn genre(nicename: &str) -> Option<String> {
    let genre = match nicename.trim_start_matches("post-format-") {
        "aside" | "status" => "brief",
        "gallery" => "gallery",
        "image" => "picture",
        "video" => "video",
        "audio" => "audio",
        "chat" => "interview",
        "quote" => "quote",
        "link" => "link",
        _ => return None,
    };
    Some(genre.into())
}

fn push_new(names: &mut Vec<String>, name: String) {
    if !name.is_empty() && !names.contains(&name) {
        names.push(name);
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
