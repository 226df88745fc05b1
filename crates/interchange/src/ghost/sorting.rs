//! Tags: Ghost has no sections, so that those its menus led to become sections, the others topics.
//!
//! A story's section is the first of its tags that is one. When no menu leads to a tag, the tags
//! that stand first most often are taken for sections, a few of them, and the report says so.

use std::collections::HashMap;

use super::{export::Table, row::Row, site::Site};
use crate::incoming::{Incoming, IncomingSection, IncomingStory, IncomingTopic};

/// Sections guessed at when no menu names any; more would be no sections any more.
pub const MAX_GUESSED: usize = 12;
/// Stories that a tag must lead before it is guessed to be a section.
const LEADS_AT_LEAST: usize = 2;

/// A tag.
struct Tag {
    slug: String,
    name: String,
    description: Option<String>,
    parent: Option<String>,
    /// Of the staff's eyes: its name begins with `#`.
    internal: bool,
    section: bool,
}

/// Tags by their id.
#[derive(Default)]
pub(super) struct Tags {
    known: HashMap<String, Tag>,
    /// Ids in the order in which they are handed over.
    order: Vec<String>,
    /// Whether no menu told what the sections are.
    pub guessed: bool,
}

impl Tags {
    /// Reads tags; gives back those that cannot be used, with the reason.
    pub fn read(rows: Table) -> (Self, Vec<(String, String)>) {
        let mut tags = Self::default();
        let mut bad = rows.bad;
        for row in &rows.good {
            let place = format!("tags row {} (line {})", row.number, row.line);
            let id = row.key("id").unwrap_or_else(|| place.clone());
            if tags.known.contains_key(&id) {
                bad.push((place, format!("its id {id} is another tag's; left out")));
            } else if let Some(tag) = tag(row) {
                tags.order.push(id.clone());
                tags.known.insert(id, tag);
            } else {
                bad.push((place, "the tag has no name; left out".into()));
            }
        }
        (tags, bad)
    }

    /// Settles which tags are sections. `used` are the ids of each story's tags, in their order.
    pub fn settle(&mut self, site: &Site, used: &HashMap<String, Vec<String>>) {
        let menus = site.tags_in_menus();
        let mut chosen: Vec<String> = menus
            .iter()
            .filter_map(|slug| {
                let found = self
                    .known
                    .iter()
                    .find(|(_, tag)| !tag.internal && tag.slug.to_lowercase() == *slug)?;
                Some(found.0.clone())
            })
            .collect();
        if chosen.is_empty() {
            chosen = self.most_first(used);
            self.guessed = !chosen.is_empty();
        }
        for id in &chosen {
            if let Some(tag) = self.known.get_mut(id) {
                tag.section = true;
            }
        }
        self.order.retain(|id| !chosen.contains(id));
        self.order.splice(0..0, chosen);
    }

    /// The tags that stand first on most stories; Ghost calls the first one primary.
    fn most_first(&self, used: &HashMap<String, Vec<String>>) -> Vec<String> {
        let mut counts: HashMap<&String, usize> = HashMap::new();
        for ids in used.values() {
            let first = ids
                .iter()
                .find(|id| self.known.get(*id).is_some_and(|tag| !tag.internal));
            if let Some(first) = first {
                *counts.entry(first).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.retain(|(_, count)| *count >= LEADS_AT_LEAST);
        counts.sort_by(|(one, more), (other, less)| less.cmp(more).then(one.cmp(other)));
        let ids = counts.into_iter().map(|(id, _)| id.clone());
        ids.take(MAX_GUESSED).collect()
    }

    /// Sections first, then topics; those internal to the old staff are none of either.
    pub fn pieces(&self, folder: &str) -> Vec<Incoming> {
        let tags = self.order.iter().filter_map(|id| self.known.get(id));
        tags.filter(|tag| !tag.internal)
            .map(|tag| {
                if tag.section {
                    Incoming::Section(section(tag, folder))
                } else {
                    Incoming::Topic(IncomingTopic {
                        slug: tag.slug.clone(),
                        name: tag.name.clone(),
                    })
                }
            })
            .collect()
    }

    /// Names of sections.
    pub fn sections(&self) -> Vec<&str> {
        let tags = self.order.iter().filter_map(|id| self.known.get(id));
        tags.filter(|tag| tag.section)
            .map(|tag| tag.name.as_str())
            .collect()
    }

    /// Fields of tags that have no place on a topic: name of the tag, and the field.
    pub fn poorer(&self) -> Vec<(&str, &'static str)> {
        let tags = self.order.iter().filter_map(|id| self.known.get(id));
        tags.filter(|tag| !tag.internal)
            .flat_map(|tag| {
                let words = tag.description.is_some() && !tag.section;
                let parent = tag.parent.is_some();
                [
                    words.then_some((tag.name.as_str(), "description")),
                    parent.then_some((tag.name.as_str(), "parent tag")),
                ]
            })
            .flatten()
            .collect()
    }

    /// Whether a tag with that slug has a page here.
    pub fn has_page(&self, slug: &str) -> bool {
        self.known
            .values()
            .any(|tag| !tag.internal && tag.slug.eq_ignore_ascii_case(slug))
    }

    /// Sorts a story by its tags; gives back the names of internal ones, and ids not known.
    pub fn sort(&self, ids: &[String], story: &mut IncomingStory) -> (Vec<String>, Vec<String>) {
        let (mut internal, mut missing) = (Vec::new(), Vec::new());
        for id in ids {
            match self.known.get(id) {
                None => missing.push(id.clone()),
                Some(tag) if tag.internal => internal.push(tag.name.clone()),
                Some(tag) if tag.section && story.sections.is_empty() => {
                    story.sections.push(tag.slug.clone());
                }
                Some(tag) if !story.topics.contains(&tag.name) => {
                    story.topics.push(tag.name.clone());
                }
                Some(_) => {}
            }
        }
        (internal, missing)
    }
}

fn section(tag: &Tag, folder: &str) -> IncomingSection {
    IncomingSection {
        key: tag.slug.clone(),
        slug: tag.slug.clone(),
        name: tag.name.clone(),
        parent: None,
        description: tag.description.clone(),
        old_address: Some(format!("{folder}/tag/{}", tag.slug)),
    }
}

fn tag(row: &Row) -> Option<Tag> {
    let slug = row.text("slug").unwrap_or_default().to_string();
    let name = row
        .plain("name")
        .or_else(|| Some(slug.clone()).filter(|name| !name.is_empty()))?;
    let internal = row.text("visibility") == Some("internal") || name.starts_with('#');
    Some(Tag {
        slug: if slug.is_empty() { name.clone() } else { slug },
        internal,
        description: row.plain("description"),
        parent: row.key("parent_id").or(row.key("parent")),
        section: false,
        name,
    })
}
