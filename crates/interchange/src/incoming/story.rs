//! A story as it comes from elsewhere.

use base::{Document, Instant, Language};

use super::IncomingComment;

/// A story, or a page that stands outside the news.
#[derive(Clone, Debug, Default)]
pub struct IncomingStory {
    /// Stable between runs and between exports of one site; importing it again finds the same story.
    pub source_key: String,
    /// Where it stands in its file, for reports: item or path.
    pub place: String,
    /// Story or page.
    pub kind: Kind,
    /// Whether and when readers see it.
    pub state: IncomingState,
    /// The headline, plain text; never empty.
    pub headline: String,
    /// Words for the address, not yet a slug; may be empty.
    pub slug: String,
    /// The line below the headline.
    pub deck: Option<String>,
    /// The word above the headline.
    pub kicker: Option<String>,
    /// The working title that agencies and desks use.
    pub slugline: Option<String>,
    /// The language where the archive tells it for this story.
    pub language: Option<Language>,
    /// Who wrote it, in order.
    pub bylines: Vec<IncomingByline>,
    /// Keys of its sections, the main one first.
    pub sections: Vec<String>,
    /// Names of its topics.
    pub topics: Vec<String>,
    /// People it is about.
    pub people: Vec<String>,
    /// Places it is about.
    pub places: Vec<String>,
    /// Where it was reported from.
    pub dateline: Option<String>,
    /// The body.
    pub body: Document,
    /// The lead picture.
    pub lead_picture: Option<base::document::Picture>,
    /// The first publication.
    pub published: Option<Instant>,
    /// The last change that the archive knows of.
    pub modified: Option<Instant>,
    /// What the last change was.
    pub update_note: Option<String>,
    /// Whom readers are told it comes from.
    pub source_note: Option<String>,
    /// Paths on this site that must lead to the story: `/2019/05/bridge/`, `/?p=12`.
    pub old_addresses: Vec<String>,
    /// Where it first appeared, when that was on another site.
    pub canonical_url: Option<base::document::Href>,
    /// Whether the old site held it at the top of its front.
    pub sticky: bool,
    /// What readers wrote below it, kept for later.
    pub comments: Vec<IncomingComment>,
    /// Whether readers may still write.
    pub comments_open: bool,
    /// The kind of text: `brief`, `analysis`, `gallery`.
    pub genre: Option<String>,
    /// The running story it belongs to, by name.
    pub running: Option<String>,
    /// `open`, `metered` or `closed`, as the archive writes it.
    pub access: Option<String>,
    /// 1 to 9, 1 the most urgent.
    pub urgency: Option<u8>,
    /// Whether it is shown with care.
    pub sensitive: bool,
    /// Whether the archive asks for the first place on the front.
    pub lead: bool,
    /// Its place on the front, where the archive gives one.
    pub front: Option<u32>,
    /// Corrections already published with it.
    pub corrections: Vec<IncomingCorrection>,
    /// The hour before which others want it on no surface.
    pub embargo: Option<Instant>,
    /// Which version it is, where its source sends every version under one name.
    pub issue: Option<Issue>,
    /// Everything else the archive said about it, by its name there.
    pub kept: serde_json::Map<String, serde_json::Value>,
}

/// Whether something is news or a standing page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A story.
    #[default]
    Story,
    /// A standing page: about, contact.
    Page,
}

/// Whether and when readers see a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IncomingState {
    /// Being written.
    #[default]
    Draft,
    /// Handed in, waiting for an editor.
    Filed,
    /// For the staff's eyes.
    Private,
    /// Will be published then.
    Scheduled(Instant),
    /// Was published then.
    Published(Instant),
    /// Thrown away on the old site.
    Trashed,
    /// Called back by its source: what landed of it before is taken back.
    Canceled,
}

/// Which version of a thing that is sent again and again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    /// The version's number, where it has one.
    pub number: Option<u64>,
    /// When the version was made.
    pub at: Option<Instant>,
}

impl Issue {
    /// Whether this version came before another: by numbers where both have one, else by their moments.
    pub fn is_before(&self, other: &Self) -> bool {
        match (self.number.zip(other.number), self.at.zip(other.at)) {
            (Some((own, others)), _) if own != others => own < others,
            (_, Some((own, others))) => own < others,
            _ => false,
        }
    }
}

/// One name of a byline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncomingByline {
    /// The person's key, where the archive has a record of the person.
    pub person: Option<String>,
    /// The name as readers see it.
    pub name: String,
}

/// A correction that was published with a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingCorrection {
    /// When.
    pub at: Instant,
    /// `correction`, `clarification`, `update`, as the archive writes it.
    pub class: String,
    /// Its words.
    pub text: String,
}
