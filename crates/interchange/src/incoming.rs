//! What an import brings, piece by piece, before any of it lands in the newsroom.

mod readers;
mod running;
#[cfg(test)]
pub(crate) mod sorted;
mod story;
mod summary;
mod unread;

use base::Language;

pub use readers::{IncomingComment, IncomingMember, IncomingThreaded};
pub use running::{IncomingEntry, IncomingRunning};
pub use story::{IncomingByline, IncomingCorrection, IncomingState, IncomingStory, Issue, Kind};
pub use summary::Summary;
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
