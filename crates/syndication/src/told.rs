//! What happened to a story, in fields that anybody may read.

use newsroom::{
    Edition,
    edition::Published,
    reading::Notice,
    story::{StoryId, publish::STORY_PUBLISHED, withdraw::STORY_WITHDRAWN},
};
use serde_json::{Value, json};
use store::outbox::Event;

/// Something that can be asked for, by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Occasion {
    /// A story is before readers for the first time, or again.
    Published,
    /// What readers see of a story is new.
    Changed,
    /// Readers were told that something was wrong.
    Corrected,
    /// A story was taken back.
    Withdrawn,
}

impl Occasion {
    /// Every one of them.
    pub const ALL: [Self; 4] = [
        Self::Published,
        Self::Changed,
        Self::Corrected,
        Self::Withdrawn,
    ];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Published => "story.published",
            Self::Changed => "story.changed",
            Self::Corrected => "correction.published",
            Self::Withdrawn => "story.withdrawn",
        }
    }

    /// The occasion of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What an event is an occasion of. A correction changes the story, too.
pub fn occasions(event: &Event) -> Vec<Occasion> {
    let is_first = event.payload["first"] == true;
    match event.kind.as_str() {
        STORY_WITHDRAWN => vec![Occasion::Withdrawn],
        STORY_PUBLISHED if is_first => vec![Occasion::Published],
        STORY_PUBLISHED if event.payload["note"].is_object() => {
            vec![Occasion::Changed, Occasion::Corrected]
        }
        STORY_PUBLISHED => vec![Occasion::Changed],
        _ => Vec::new(),
    }
}

/// A story as readers see it in a list, with whole addresses. No body, not even its opening.
pub fn story(edition: &Edition, site: &str, story: &Published) -> Value {
    let card = &story.card;
    let section = card.section.and_then(|id| edition.section(id));
    let section = section.map(|section| json!({"slug": section.slug, "name": section.name}));
    let names: Vec<&str> = card.bylines.iter().map(|one| one.name.as_str()).collect();
    json!({
        "id": story.id,
        "url": format!("{site}{}", story.path),
        "headline": card.headline,
        "kicker": card.kicker,
        "deck": card.deck,
        "language": card.language,
        "section": section,
        "topics": card.topics,
        "bylines": names,
        "access": edition.access(card),
        "published_at": story.first_at,
        "changed_at": story.changed_at,
    })
}

/// A story that was taken back, as the notice at its address tells it.
pub fn withdrawn(site: &str, path: &str, notice: &Notice) -> Value {
    json!({
        "id": notice.story,
        "url": format!("{site}{path}"),
        "headline": notice.headline,
        "language": notice.language,
        "reason": notice.reason,
        "withdrawn_at": notice.at,
    })
}

/// The story that an event is about.
pub fn subject(event: &Event) -> StoryId {
    StoryId::from_uuid(event.subject)
}
