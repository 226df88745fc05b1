//! What a published story shows of itself outside its own page. It holds nothing gated.

use base::{Id, Instant, Language, document::Picture};
use serde::{Deserialize, Serialize};

use super::{Access, Byline, Fields, Genre, Kind, StoryId};
use crate::{running::RunningStory, section::Section};

/// Headline, deck and company: kept with the publication, and held by the edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// A story or a standing page.
    #[serde(rename = "k")]
    pub kind: Kind,
    /// The headline.
    #[serde(rename = "h")]
    pub headline: String,
    /// The kicker.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub kicker: Option<String>,
    /// The deck.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub deck: Option<String>,
    /// The language.
    #[serde(rename = "l")]
    pub language: Language,
    /// The names on it.
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    pub bylines: Vec<Byline>,
    /// The section.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Id<Section>>,
    /// The running story.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub running: Option<Id<RunningStory>>,
    /// Topics by name.
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Kind of work.
    #[serde(rename = "g")]
    pub genre: Genre,
    /// The story's own rule, where it has one.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// Free for everybody's safety.
    #[serde(rename = "f", default, skip_serializing_if = "std::ops::Not::not")]
    pub public_safety_open: bool,
    /// A hard day's story.
    #[serde(rename = "z", default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// The picture that leads it.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Stories to read with it.
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<StoryId>,
    /// Notes readers were given so far: a page changes when one is added.
    #[serde(rename = "n", default)]
    pub notes: u32,
    /// When it last really changed, where that was after it first went out.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Instant>,
}

impl Card {
    /// The card of these fields. The body stays behind.
    pub fn of(kind: Kind, fields: &Fields) -> Self {
        Self {
            kind,
            headline: fields.headline.clone(),
            kicker: fields.kicker.clone(),
            deck: fields.deck.clone(),
            language: fields.language.clone(),
            bylines: fields.bylines.clone(),
            section: fields.section_id,
            running: fields.running_story_id,
            topics: fields.topics.clone(),
            genre: fields.genre,
            access: fields.access,
            public_safety_open: fields.public_safety_open,
            sensitive: fields.sensitive,
            picture: fields.lead_picture.clone(),
            related: fields.related.clone(),
            notes: 0,
            updated_at: None,
        }
    }

    /// Who may read the whole: safety first, then the story's rule, its genre's, its section's.
    pub fn access(&self, section: Option<Access>) -> Access {
        if self.public_safety_open || self.kind == Kind::Page {
            return Access::Open;
        }
        if let Some(access) = self.access {
            return access;
        }
        if self.genre.is_open_by_default() {
            return Access::Open;
        }
        section.unwrap_or(Access::Metered)
    }
}
