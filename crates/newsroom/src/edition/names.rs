//! What names of topics and bylines mean at this moment: the page they lead to, and what it is called.

use std::collections::HashMap;

use base::Slug;

use super::Edition;

impl Edition {
    /// The name a topic's address stands for: the one it was given, or as its stories print it.
    pub fn topic_name(&self, topic: &Slug) -> Option<&str> {
        let printed = self.topic_names.get(topic)?;
        let renamed = self.furniture.topics.get(topic);
        Some(renamed.map_or(printed, |topic| &topic.name))
    }

    /// The topic that a story means by this name.
    pub fn topic_called(&self, name: &str) -> Option<Slug> {
        let slug = Slug::from_words(name)?;
        Some(through(&self.furniture.aliases.topics, slug))
    }

    /// The page of whoever is printed by this name.
    pub fn author_called(&self, name: &str) -> Option<Slug> {
        let slug = author_slug(name)?;
        Some(through(&self.furniture.aliases.people, slug))
    }

    /// How many stories a topic has; `None` when it has none.
    pub fn stories_of_topic(&self, topic: &Slug) -> Option<usize> {
        let places = self.by_topic.get(topic)?;
        (!places.is_empty()).then_some(places.len())
    }

    /// Whether an author's address has stories.
    pub fn has_author(&self, author: &Slug) -> bool {
        self.by_author.get(author).is_some()
    }
}

/// The last part of an author's address.
pub fn author_slug(name: &str) -> Option<Slug> {
    Slug::from_words(name)
}

/// A slug, or the one it leads to.
pub(super) fn through(aliases: &HashMap<Slug, Slug>, slug: Slug) -> Slug {
    aliases.get(&slug).cloned().unwrap_or(slug)
}
