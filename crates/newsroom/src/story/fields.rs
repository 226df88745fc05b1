//! What is written in a story (NEWSROOM 2.2). Its JSON form is what revisions and the API hold.

use base::{
    Document, Id, Instant, Language, Slug,
    document::{Href, Picture},
};
use serde::{Deserialize, Serialize};

use super::StoryId;
use crate::{person::Person, running::RunningStory, section::Section};

/// Everything an editor can set. Unknown names are refused; what is left out takes its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// The desk's short name for the item.
    pub slugline: Option<String>,
    /// The headline.
    pub headline: String,
    /// The label above the headline.
    pub kicker: Option<String>,
    /// The sentence below the headline.
    pub deck: Option<String>,
    /// The last part of the address; made from the headline when left out.
    pub slug: Option<Slug>,
    /// The language it is written in.
    pub language: Language,
    /// Who wrote and reported it, in order.
    pub bylines: Vec<Byline>,
    /// Where somebody of ours actually was.
    pub dateline: Option<DatelineField>,
    /// The body.
    pub body: Document,
    /// The picture that leads it.
    pub lead_picture: Option<Picture>,
    /// The section it belongs to.
    pub section_id: Option<Id<Section>>,
    /// Its topics, by name.
    pub topics: Vec<String>,
    /// People it is about, by name.
    pub people: Vec<String>,
    /// Places it is about, by name.
    pub places: Vec<String>,
    /// The running story it belongs to.
    pub running_story_id: Option<Id<RunningStory>>,
    /// 1 (flash) to 9, as ninjs has it.
    pub urgency: u8,
    /// What kind of work it is.
    pub genre: Genre,
    /// Who may read it; the section's rule when left out.
    pub access: Option<Access>,
    /// A hard day's story: no asks, no promotion beside it.
    pub sensitive: bool,
    /// Free to read for everybody's safety.
    pub public_safety_open: bool,
    /// Whether readers may comment.
    pub comments: Comments,
    /// Not before this hour on any surface.
    pub embargo: Option<Embargo>,
    /// The hour at which publishing it makes it public.
    pub scheduled_for: Option<Instant>,
    /// Stories to read with it.
    pub related: Vec<StoryId>,
    /// Where it first appeared, when that was elsewhere.
    pub canonical_url: Option<Href>,
    /// What the story leans on, told to readers.
    pub source_note: Option<String>,
}

/// Urgency of an ordinary item; ninjs 3.1 counts from 1 (most urgent) to 9.
pub const ORDINARY_URGENCY: u8 = 5;

impl Default for Fields {
    fn default() -> Self {
        Self {
            slugline: None,
            headline: String::new(),
            kicker: None,
            deck: None,
            slug: None,
            language: Language::english(),
            bylines: Vec::new(),
            dateline: None,
            body: Document::default(),
            lead_picture: None,
            section_id: None,
            topics: Vec::new(),
            people: Vec::new(),
            places: Vec::new(),
            running_story_id: None,
            urgency: ORDINARY_URGENCY,
            genre: Genre::News,
            access: None,
            sensitive: false,
            public_safety_open: false,
            comments: Comments::default(),
            embargo: None,
            scheduled_for: None,
            related: Vec::new(),
            canonical_url: None,
            source_note: None,
        }
    }
}

/// A person on the byline: not an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Byline {
    /// The person's page, where there is one.
    #[serde(default)]
    pub person_id: Option<Id<Person>>,
    /// The name as printed.
    pub name: String,
    /// What they did, as printed: “Photographs”, “Translation”. Writing needs no word.
    #[serde(default)]
    pub role: Option<String>,
}

/// Place and day in front of the first sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatelineField {
    /// The place, as printed.
    pub place: String,
    /// The day the reporting was done there.
    #[serde(default)]
    pub date: Option<jiff::civil::Date>,
}

/// Hold it back until an hour that others set; separate from our own schedule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embargo {
    /// The hour.
    pub until: Instant,
    /// Whose embargo, and why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Who may read the whole of it (READERS, access rule).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Everybody.
    Open,
    /// Everybody, so many a month.
    Metered,
    /// Registered readers.
    Registered,
}

/// The kind of work, told to readers where it is not plain news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// News.
    News,
    /// A few paragraphs at once.
    Brief,
    /// What it means.
    Analysis,
    /// What somebody thinks.
    Opinion,
    /// How it works.
    Explainer,
    /// A claim tested.
    FactCheck,
    /// Life of a person who died.
    Obituary,
    /// Practical help.
    Service,
    /// Paid for by somebody, and said so.
    Sponsored,
}

impl Genre {
    /// Genres that are open unless the story says otherwise (READERS, defaults).
    pub fn is_open_by_default(self) -> bool {
        matches!(
            self,
            Self::Brief | Self::FactCheck | Self::Obituary | Self::Service
        )
    }
}

/// Whether readers may comment, and why not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Comments {
    /// How.
    pub mode: CommentMode,
    /// Told to readers when comments are off.
    pub reason: Option<String>,
}

/// How comments are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommentMode {
    /// The newsroom's usual way.
    #[default]
    Usual,
    /// Each is read before it is shown.
    Pre,
    /// None are taken.
    Off,
}
