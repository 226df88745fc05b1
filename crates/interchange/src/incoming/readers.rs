//! What readers left behind elsewhere: comments and memberships.

use base::Instant;

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
