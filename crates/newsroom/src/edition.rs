//! The edition: what is public at this moment, held in memory, immutable, swapped whole.
//!
//! It finds stories by address and lists them by section, topic, author and month. It holds cards
//! and no body. Every edition has a number, and every story the number of the edition in which it
//! last changed; pages made from them know by these numbers whether they still hold.

mod keeper;
mod names;
mod shards;
pub(crate) mod sql;

#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc};

use base::{Id, Instant, Slug};
use jiff::tz::TimeZone;

pub use keeper::Keeper;
pub use names::author_slug;
use names::through;
use shards::Shards;

use crate::{
    alias::Aliases,
    front::Slot,
    person::Person,
    running::RunningStory,
    section::Section,
    story::{Access, Card, Kind, StoryId},
    topic::Topic,
    trust::TrustPage,
};

/// An odd number with its bits well spread, so that stamps mixed by it do not cancel out (2^64
/// divided by the golden ratio; Knuth, volume 3, section 6.4).
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

/// A story that readers can see.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its id.
    pub id: StoryId,
    /// The revision readers see.
    pub revision: u32,
    /// Its address.
    pub path: String,
    /// What it shows of itself.
    pub card: Card,
    /// When it first went out.
    pub first_at: Instant,
    /// When it last really changed.
    pub changed_at: Instant,
    /// The number of the edition in which it last changed.
    pub stamp: u64,
}

/// A story's place in a list, by when it first went out (microseconds), ties by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(i64, StoryId);

/// A list of stories, oldest first, shared between editions until it changes. The newest is put at
/// the end, where nothing has to move.
type Places = Arc<Vec<Place>>;

/// A year and a month in the newsroom's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

/// What stands around the stories.
#[derive(Clone, Debug, Default)]
pub struct Furniture {
    /// Sections in the order of the navigation.
    pub sections: Vec<Section>,
    /// Everybody with a page.
    pub people: HashMap<Id<Person>, Person>,
    /// Running stories, the last changed first.
    pub running: Vec<RunningStory>,
    /// The trust pages that readers see, in order.
    pub trust: Vec<TrustPage>,
    /// The front's slots in order.
    pub slots: Vec<Slot>,
    /// Topics that were renamed.
    pub topics: HashMap<Slug, Topic>,
    /// Names that lead to another.
    pub aliases: Aliases,
}

/// The published picture.
#[derive(Clone)]
pub struct Edition {
    /// Grows by one with every change.
    pub number: u64,
    /// The edition in which something around the stories last changed.
    pub furniture_stamp: u64,
    /// What stands around the stories.
    pub furniture: Arc<Furniture>,
    zone: TimeZone,
    stories: Shards<StoryId, Arc<Published>>,
    by_path: Shards<String, StoryId>,
    newest: Places,
    by_section: Shards<Id<Section>, Places>,
    by_topic: Shards<Slug, Places>,
    by_author: Shards<Slug, Places>,
    by_running: Shards<Id<RunningStory>, Places>,
    by_month: Arc<std::collections::BTreeMap<Month, Places>>,
    topic_names: Shards<Slug, String>,
    /// The addresses of names seen so far, topics' and authors': spelling one out costs more than all
    /// else that laying a story in place takes.
    slugs: Shards<String, Option<Slug>>,
}

/// Which list of stories.
#[derive(Clone, Debug)]
pub enum ListOf {
    /// All of them.
    Newest,
    /// A section's.
    Section(Id<Section>),
    /// A topic's.
    Topic(Slug),
    /// An author's.
    Author(Slug),
    /// A running story's.
    Running(Id<RunningStory>),
    /// A month's.
    Month(Month),
}

impl Edition {
    /// An edition without stories.
    pub fn empty(zone: TimeZone) -> Self {
        Self {
            number: 1,
            furniture_stamp: 1,
            furniture: Arc::default(),
            zone,
            stories: Shards::default(),
            by_path: Shards::default(),
            newest: Arc::default(),
            by_section: Shards::default(),
            by_topic: Shards::default(),
            by_author: Shards::default(),
            by_running: Shards::default(),
            by_month: Arc::default(),
            topic_names: Shards::default(),
            slugs: Shards::default(),
        }
    }

    /// How many stories readers can see, standing pages aside.
    pub fn len(&self) -> usize {
        self.newest.len()
    }

    /// Whether there is nothing to read yet.
    pub fn is_empty(&self) -> bool {
        self.newest.is_empty()
    }

    /// The story at this address.
    pub fn at(&self, path: &str) -> Option<&Arc<Published>> {
        self.stories.get(self.by_path.get(path)?)
    }

    /// The story of this id.
    pub fn story(&self, id: StoryId) -> Option<&Arc<Published>> {
        self.stories.get(&id)
    }

    /// Every public story and standing page, in no order.
    pub fn stories(&self) -> impl Iterator<Item = &Arc<Published>> {
        self.stories.values()
    }

    /// The number by which a story's page knows whether it still holds: it changes with the story,
    /// with what stands around it, and with the stories shown beside it.
    pub fn stamp_of(&self, story: &Published) -> u64 {
        let own = story.stamp.max(self.furniture_stamp);
        let related = story.card.related.iter();
        let stamps = related.map(|id| self.story(*id).map_or(0, |beside| beside.stamp));
        stamps.fold(own, |mix, stamp| {
            mix.wrapping_mul(MIXER).wrapping_add(stamp)
        })
    }

    /// Who may read the whole of this story.
    pub fn access(&self, card: &Card) -> Access {
        let running = card.running.and_then(|id| self.running(id));
        if running.is_some_and(|running| running.public_safety_open) {
            return Access::Open;
        }
        card.access(
            card.section
                .and_then(|id| self.section(id))
                .map(|section| section.access),
        )
    }

    /// Part of a list, newest first, and how long the whole is.
    pub fn list(&self, of: &ListOf, skip: usize, take: usize) -> (Vec<&Arc<Published>>, usize) {
        let Some(places) = self.places(of) else {
            return (Vec::new(), 0);
        };
        let stories = places
            .iter()
            .rev()
            .skip(skip)
            .take(take)
            .filter_map(|place| self.get(place));
        (stories.collect(), places.len())
    }

    /// The months in which something was published, newest first, with how much.
    pub fn months(&self) -> impl Iterator<Item = (Month, usize)> {
        self.by_month
            .iter()
            .rev()
            .map(|(month, places)| (*month, places.len()))
    }

    /// Topics with how many stories each has, in no order.
    pub fn topics(&self) -> impl Iterator<Item = (&Slug, usize)> {
        self.by_topic
            .iter()
            .map(|(topic, places)| (topic, places.len()))
    }

    /// The section of this id.
    pub fn section(&self, id: Id<Section>) -> Option<&Section> {
        self.furniture
            .sections
            .iter()
            .find(|section| section.id == id)
    }

    /// The running story of this id.
    pub fn running(&self, id: Id<RunningStory>) -> Option<&RunningStory> {
        self.furniture
            .running
            .iter()
            .find(|running| running.id == id)
    }

    /// The month of a moment, in the newsroom's zone.
    pub fn month_of(&self, at: Instant) -> Month {
        let day = at.to_zoned(self.zone.clone()).date();
        Month {
            year: day.year(),
            month: day.month(),
        }
    }

    fn get(&self, place: &Place) -> Option<&Arc<Published>> {
        self.stories.get(&place.1)
    }

    fn places(&self, of: &ListOf) -> Option<&Places> {
        match of {
            ListOf::Newest => Some(&self.newest),
            ListOf::Section(id) => self.by_section.get(id),
            ListOf::Topic(topic) => self.by_topic.get(topic),
            ListOf::Author(author) => self.by_author.get(author),
            ListOf::Running(id) => self.by_running.get(id),
            ListOf::Month(month) => self.by_month.get(month),
        }
    }

    /// The next edition: this story is as given now, or no longer public.
    #[must_use]
    pub fn with_story(&self, id: StoryId, now_is: Option<Published>) -> Self {
        let mut next = self.clone();
        next.number += 1;
        next.put_story(id, now_is);
        next
    }

    /// The next edition, with everything around the stories as given. Where names lead elsewhere than
    /// before, every story is put in its lists anew.
    #[must_use]
    pub fn with_furniture(&self, furniture: Furniture) -> Self {
        let listed_anew = furniture.aliases != self.furniture.aliases;
        let mut next = match listed_anew {
            true => Self::empty(self.zone.clone()),
            false => self.clone(),
        };
        next.number = self.number + 1;
        next.furniture_stamp = next.number;
        next.furniture = Arc::new(furniture);
        if listed_anew {
            for story in self.stories.values() {
                next.put_story(story.id, Some(Published::clone(story)));
            }
        }
        next
    }

    /// The next edition, in which a live page says something new and nothing else is different.
    #[must_use]
    pub fn with_running(&self, running: Vec<RunningStory>) -> Self {
        let mut next = self.clone();
        next.number += 1;
        let mut furniture = Furniture::clone(&self.furniture);
        furniture.running = running;
        next.furniture = Arc::new(furniture);
        next
    }

    /// Lays a story in place, in an edition that nobody holds yet.
    fn put_story(&mut self, id: StoryId, now_is: Option<Published>) {
        if let Some(before) = self.stories.remove(&id) {
            self.by_path.remove(&before.path);
            self.in_lists(&before, |places, place| {
                if let Ok(at) = places.binary_search(&place) {
                    places.remove(at);
                }
            });
        }
        if let Some(mut story) = now_is {
            story.stamp = self.number;
            self.by_path.insert(story.path.clone(), id);
            self.in_lists(&story, |places, place| {
                if let Err(at) = places.binary_search(&place) {
                    places.insert(at, place);
                }
            });
            self.stories.insert(id, Arc::new(story));
        }
    }

    /// Does `change` to every list this story belongs in.
    fn in_lists(&mut self, story: &Published, change: impl Fn(&mut Vec<Place>, Place)) {
        if story.card.kind == Kind::Page {
            return;
        }
        let place = Place(story.first_at.as_microsecond(), story.id);
        let change = |places: &mut Places| change(Arc::make_mut(places), place);
        change(&mut self.newest);
        if let Some(section) = story.card.section {
            self.by_section.change(section, change);
        }
        if let Some(running) = story.card.running {
            self.by_running.change(running, change);
        }
        let furniture = Arc::clone(&self.furniture);
        let aliases = &furniture.aliases;
        for topic in &story.card.topics {
            let Some(slug) = self.slug_of(topic) else {
                continue;
            };
            let slug = through(&aliases.topics, slug);
            if self.topic_names.get(&slug) != Some(topic) {
                self.topic_names.insert(slug.clone(), topic.clone());
            }
            self.by_topic.change(slug, change);
        }
        for byline in &story.card.bylines {
            if let Some(author) = self.slug_of(&byline.name) {
                let author = through(&aliases.people, author);
                self.by_author.change(author, change);
            }
        }
        let month = self.month_of(story.first_at);
        change(Arc::make_mut(&mut self.by_month).entry(month).or_default());
    }

    fn slug_of(&mut self, name: &str) -> Option<Slug> {
        if let Some(slug) = self.slugs.get(name) {
            return slug.clone();
        }
        let slug = Slug::from_words(name);
        self.slugs.insert(name.to_string(), slug.clone());
        slug
    }
}
