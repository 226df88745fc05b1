//! A reader's comment from another system, kept until there are comments here.
//!
//! Kept are its place in the thread, the name given, the moment, the words as a typed tree, and whether it was
//! shown. The mail address is kept as a hash alone, so that its owner may claim the comment later; addresses of
//! networks and web sites are not kept at all. Of a comment that was deleted only its place is.

use std::collections::HashMap;

use base::{Document, Fault, Id, Instant, document::Block};
use newsroom::story::{Story, StoryId};
use sha2::{Digest, Sha256};
use store::{Db, Tx, params};

use super::{is_forgotten, mail_hash, sql};
use crate::{
    address::Addresses,
    html::{self, Setting},
    incoming::IncomingComment,
    margin::Margin,
};

/// Characters of a name.
pub const MAX_NAME: usize = 120;
/// Bytes of a comment's HTML.
pub const MAX_TEXT: usize = 64 * 1024;
/// Comments that one answer lists.
pub const MAX_LISTED: u32 = 10_000;

/// Whether a comment was shown where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Readers saw it.
    Approved,
    /// Nobody had looked at it yet.
    Waiting,
    /// It was taken for spam.
    Spam,
    /// It was deleted: its words are not kept.
    Deleted,
}

impl State {
    /// The state by the word that WordPress has for it.
    fn of(word: &str) -> Self {
        match word.trim() {
            "1" | "approved" => Self::Approved,
            "spam" => Self::Spam,
            "trash" | "post-trashed" | "deleted" => Self::Deleted,
            _ => Self::Waiting,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Waiting => "waiting",
            Self::Spam => "spam",
            Self::Deleted => "deleted",
        }
    }
}

/// Where a comment belongs.
pub struct Below<'a> {
    /// The system it comes from, by which keys are told apart.
    pub source: &'a str,
    /// What stands before its number in its key: its story's key, where numbers are told apart by story.
    pub thread: &'a str,
    /// The path of its story there.
    pub address: &'a str,
    /// Its story here, where it is known.
    pub story: Option<StoryId>,
}

/// A comment that is kept.
#[derive(Clone, Debug)]
pub struct KeptComment {
    /// Its key in its system.
    pub key: String,
    /// Its story, where it was found.
    pub story: Option<Id<Story>>,
    /// The key of the comment it answers.
    pub parent: Option<String>,
    /// The name given.
    pub name: String,
    /// When it was written.
    pub at: Option<Instant>,
    /// Its words.
    pub body: Document,
    /// `approved`, `waiting`, `spam` or `deleted`.
    pub state: String,
}

/// Keeps a comment; whether it is new or changed.
///
/// # Errors
/// A fault of the database.
pub async fn keep(
    tx: &mut Tx,
    below: &Below<'_>,
    comment: &IncomingComment,
    now: Instant,
) -> Result<bool, Fault> {
    let key = |id: &str| format!("{}#{id}", below.thread);
    let has_parent = !matches!(comment.parent.trim(), "" | "0" | "root");
    let parent = has_parent.then(|| key(comment.parent.trim()));
    let state = State::of(&comment.approved);
    let is_there = state != State::Deleted && !is_forgotten(tx, &comment.email).await?;
    let name: String = html::plain(&comment.name).chars().take(MAX_NAME).collect();
    let name = if is_there { name } else { String::new() };
    let mail = mail_hash(&comment.email).filter(|_| is_there);
    let body = if is_there {
        words(&comment.text)
    } else {
        Document::default()
    };
    let body =
        serde_json::to_value(&body).map_err(|error| Fault::while_("keeping a comment", error))?;
    let story = below.story.map(|id| id.to_string()).unwrap_or_default();
    let at = moment(&comment.at);
    let seen = [
        below.address,
        &story,
        parent.as_deref().unwrap_or_default(),
        &name,
        &comment.at,
        &body.to_string(),
        state.word(),
    ];
    let written = tx.write(
        &sql::KEEP_COMMENT,
        params![
            below.source,
            key(&comment.id),
            below.address,
            below.story,
            &parent,
            &name,
            mail,
            at,
            body,
            state.word(),
            fingerprint(&seen),
            now,
            fingerprint(&["forgotten"])
        ],
    );
    Ok(written.await? > 0)
}

/// The comments that belong to an address, oldest first.
///
/// # Errors
/// A fault of the database.
pub async fn at(db: &Db, address: &str) -> Result<Vec<KeptComment>, Fault> {
    let rows = db
        .read(&sql::COMMENTS_AT, params![address, MAX_LISTED])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(KeptComment {
                key: row.get("source_key")?,
                story: row.get("story_id")?,
                parent: row.get("parent_key")?,
                name: row.get("name")?,
                at: row.get("written_at")?,
                body: row.document("body")?,
                state: row.get("state")?,
            })
        })
        .collect()
}

pub(super) fn fingerprint(seen: &[&str]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in seen {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// The words as a tree; what is not understood falls away, for there is no desk that would look at it.
fn words(text: &str) -> Document {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let setting = &mut Setting {
        addresses: &Addresses::of_feed("", "", true),
        margin: &mut Margin::new("comment"),
        notes: &HashMap::new(),
        line_ends_count: true,
    };
    let mut document = html::read(text[..end].trim(), setting);
    document.keep_pictures(&mut |_| false);
    document
        .content
        .retain(|block| !matches!(block, Block::Kept(_)));
    document
}

/// A moment as the systems write it: RFC 3339, or date and time in UTC with a space between.
fn moment(at: &str) -> Option<Instant> {
    let at = at.trim();
    let with_zone = || format!("{}Z", at.replacen(' ', "T", 1)).parse().ok();
    let moment: Option<Instant> = at.parse().ok().or_else(with_zone);
    moment.map(base::clock::to_micros)
}
