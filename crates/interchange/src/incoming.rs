//! What an import brings, piece by piece, before any of it lands in the newsroom.

#[cfg(test)]
pub(crate) mod sorted;
mod unread;

use std::collections::BTreeMap;

use base::{Document, Instant, Language};

pub use unread::{Broken, Stop, Take, Unread};

/// One piece of an archive, in the order in which it was met.
///
/// People, sections and topics come before the stories that name them.
#[derive(Clone, Debug)]
pub enum Incoming {
    /// The site itself; at most once, first.
    Site(IncomingSite),
    /// A person with a byline.
    Person(IncomingPerson),
    /// A section.
    Section(IncomingSection),
    /// A topic.
    Topic(IncomingTopic),
    /// A picture's record; the file itself stays where it is.
    Picture(IncomingPicture),
    /// A story or a standing page.
    Story(Box<IncomingStory>),
    /// A running story with its live entries.
    LiveRunning(Box<IncomingRunning>),
    /// A reader's comment, with the address of the story it stood below.
    Comment(Box<IncomingThreaded>),
    /// Somebody who was a member there.
    Member(Box<IncomingMember>),
    /// An address that led to a page, not to a story.
    OldPage(IncomingOldPage),
    /// Something that was not understood, was changed or was left out.
    Warning(Warning),
}

/// What the archive says about its site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncomingSite {
    /// The site's name.
    pub title: String,
    /// Its one-line description.
    pub tagline: String,
    /// Its address, without a slash at the end; empty when the archive does not tell.
    pub url: String,
    /// Its language, where it names one.
    pub language: Option<Language>,
}

/// A person with a byline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncomingPerson {
    /// What stories name the person by: a login or a file name. Stable between runs.
    pub key: String,
    /// The name readers see.
    pub name: String,
    /// The mail address, which is for the desk and never for readers.
    pub email: Option<String>,
    /// A few sentences about the person, plain text.
    pub bio: Option<String>,
    /// Words for the address, not yet a slug.
    pub slug: String,
}

/// A section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncomingSection {
    /// What stories name it by.
    pub key: String,
    /// Words for the address, not yet a slug.
    pub slug: String,
    /// The name readers see.
    pub name: String,
    /// The key of the section above.
    pub parent: Option<String>,
    /// What it covers, plain text.
    pub description: Option<String>,
    /// The path of its page there; `/category/` and its slug where the archive does not tell.
    pub old_address: Option<String>,
}

/// A topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncomingTopic {
    /// Words for the address, not yet a slug.
    pub slug: String,
    /// The name readers see, which is also what stories name it by.
    pub name: String,
}

/// An address of the old site that led to a page of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncomingOldPage {
    /// The address, a path.
    pub old: String,
    /// Where it leads: a path of ours, or an old one that leads on.
    pub leads_to: String,
}

/// A picture's record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncomingPicture {
    /// Its stable name in the archive.
    pub key: String,
    /// Where its file can be fetched.
    pub url: String,
    /// Its title in the archive.
    pub title: String,
    /// What a person who cannot see it is told.
    pub alt: String,
    /// Its caption, plain text.
    pub caption: String,
    /// The credit line.
    pub credit: Option<String>,
    /// The source key of the story it was uploaded to.
    pub parent: Option<String>,
}

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

/// What a reader wrote on the old site, as it was stored there.
///
/// The network address it came from is left behind on purpose: nothing here needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncomingComment {
    /// Its number there.
    pub id: String,
    /// The number it answers; empty or `0` for none.
    pub parent: String,
    /// The name given.
    pub name: String,
    /// The mail address given, never for readers.
    pub email: String,
    /// The web address given.
    pub url: String,
    /// When it was written, as stored, UTC.
    pub at: String,
    /// Its text, HTML as stored and not to be shown unread.
    pub text: String,
    /// `1`, `0`, `spam`, `trash`.
    pub approved: String,
    /// Empty, `comment`, `pingback`, `trackback`.
    pub kind: String,
}

/// A comment that comes without its story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncomingThreaded {
    /// By what numbers of comments are told apart, where they are not by themselves: the story's source key.
    pub thread: String,
    /// The path of its story there.
    pub address: String,
    /// The comment.
    pub comment: IncomingComment,
}

/// Somebody who was a member of a site elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncomingMember {
    /// The mail address, in small letters.
    pub mail: String,
    /// The name; may be empty.
    pub name: String,
    /// What the old site noted.
    pub note: String,
    /// The labels it gave.
    pub labels: Vec<String>,
    /// Whether it is said that they want mail; silence is no.
    pub wants_mail: bool,
    /// When they joined.
    pub joined: Option<Instant>,
    /// What they paid for and by which numbers they are known there, by its name.
    pub rest: serde_json::Map<String, serde_json::Value>,
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

/// A running story with its live entries.
#[derive(Clone, Debug, Default)]
pub struct IncomingRunning {
    /// Stable between runs: the path of its file.
    pub source_key: String,
    /// What stories name it by, and what readers see.
    pub name: String,
    /// Words for the address, not yet a slug.
    pub slug: String,
    /// What it is about, in a sentence or two.
    pub summary: Option<String>,
    /// The text above the entries.
    pub body: Document,
    /// The language where the file tells it.
    pub language: Option<Language>,
    /// Entries in the order of the file.
    pub entries: Vec<IncomingEntry>,
    /// Whatever else the file said.
    pub kept: serde_json::Map<String, serde_json::Value>,
}

/// One live entry.
#[derive(Clone, Debug)]
pub struct IncomingEntry {
    /// When it was posted.
    pub at: Instant,
    /// Its title; may be empty.
    pub title: String,
    /// Its text.
    pub body: Document,
    /// Whether it is one of the key moments.
    pub key: bool,
    /// Whether it stays on top.
    pub pinned: bool,
    /// Who wrote it: the `by:` line under its heading.
    pub byline: Option<String>,
    /// How sure it is, as the file writes it (`status:`): `confirmed`, `corrected`.
    pub status: Option<String>,
}

/// Something that was not understood, was changed or was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warning {
    /// Where: the item and its line, or the path of the file.
    pub place: String,
    /// What: the thing itself, short.
    pub what: String,
    /// Why, and what became of it.
    pub why: String,
}

/// What a whole archive held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Stories, pages not among them.
    pub stories: usize,
    /// Standing pages.
    pub pages: usize,
    /// Stories and pages that readers do not see yet.
    pub unpublished: usize,
    /// Records of pictures.
    pub pictures: usize,
    /// People.
    pub people: usize,
    /// Sections.
    pub sections: usize,
    /// Topics.
    pub topics: usize,
    /// Running stories.
    pub running: usize,
    /// Readers' comments kept.
    pub comments: usize,
    /// Members kept.
    pub members: usize,
    /// Warnings given.
    pub warnings: usize,
    /// What was left out, by its kind.
    pub left_out: BTreeMap<String, usize>,
}

impl Summary {
    /// Counts one piece.
    pub fn count(&mut self, piece: &Incoming) {
        match piece {
            Incoming::Site(_) | Incoming::OldPage(_) => {}
            Incoming::Comment(_) => self.comments += 1,
            Incoming::Member(_) => self.members += 1,
            Incoming::Person(_) => self.people += 1,
            Incoming::Section(_) => self.sections += 1,
            Incoming::Topic(_) => self.topics += 1,
            Incoming::Picture(_) => self.pictures += 1,
            Incoming::LiveRunning(_) => self.running += 1,
            Incoming::Warning(_) => self.warnings += 1,
            Incoming::Story(story) => {
                match story.kind {
                    Kind::Story => self.stories += 1,
                    Kind::Page => self.pages += 1,
                }
                self.comments += story.comments.len();
                if !matches!(story.state, IncomingState::Published(_)) {
                    self.unpublished += 1;
                }
            }
        }
    }
}
