//! What a feed says of itself and of each item, whichever of its three forms it comes in.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Bytes of one thing without a field of ours that is kept beside its story.
const MAX_KEPT: usize = 20_000;

/// A page of a feed.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What it says of the feed.
    pub channel: Channel,
    /// Its items in order.
    pub items: Vec<Item>,
    /// Elements beside the items that are not known, with how often they were met.
    pub strange: BTreeMap<String, usize>,
}

/// A feed.
#[derive(Clone, Debug, Default)]
pub(super) struct Channel {
    /// Its title, plain text.
    pub title: String,
    /// Its description, plain text.
    pub tagline: String,
    /// The address of the site it belongs to; empty when it does not tell.
    pub home: String,
    /// Its own name or address (`atom:id`, `rel=self`, `feed_url`).
    pub id: String,
    /// Its language.
    pub language: String,
    /// Whoever wrote items that name nobody.
    pub authors: Vec<Author>,
    /// Where it goes on: the next page, or the archive before this one (RFC 5005).
    pub next: Option<String>,
}

/// Text, and whether it is HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// Plain text; line ends count.
    Plain(String),
    /// HTML.
    Html(String),
}

impl Text {
    /// The words on one line.
    pub fn one_line(&self) -> String {
        match self {
            Self::Plain(text) => crate::html::one_line(text),
            Self::Html(html) => crate::html::plain(html),
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        let (Self::Plain(text) | Self::Html(text)) = self;
        text.trim().is_empty()
    }
}

/// Somebody who wrote an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Author {
    /// The name; may be empty.
    pub name: String,
    /// The mail address, never for readers.
    pub email: Option<String>,
}

/// A picture or another file that comes with an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Media {
    /// Where it can be fetched, absolute.
    pub url: String,
    /// Its media type or `medium`, in lower case: `image/jpeg`, `image`; empty when not told.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// What a person who cannot see it is told.
    pub alt: String,
    /// Its caption.
    pub caption: String,
    /// The credit line.
    pub credit: Option<String>,
    /// Pixels across and down; nought when not told.
    pub size: (u32, u32),
    /// Whether it only stands for something else in lists.
    pub is_thumbnail: bool,
}

/// One item.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// Which of its page it is, from 1.
    pub number: usize,
    /// The line it begins on; nought where lines mean nothing.
    pub line: u64,
    /// Its headline.
    pub title: Option<Text>,
    /// Its name that never changes: `guid`, `atom:id`, `id`; may be empty.
    pub id: String,
    /// Where it stands on the web, absolute; may be empty.
    pub address: String,
    /// Further addresses of its own: a `guid` that is one, the one behind a counting service.
    pub addresses: Vec<String>,
    /// What its references start from, where it says so; else its address counts.
    pub base: String,
    /// The text, when it is whole.
    pub body: Option<Text>,
    /// A summary of it.
    pub summary: Option<Text>,
    /// Something that is the text in some feeds and a summary in others (`description` of RSS).
    pub either: Option<Text>,
    /// When it was published, as written.
    pub published: String,
    /// When it was last changed, as written.
    pub updated: String,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Pictures and other files.
    pub media: Vec<Media>,
    /// Its language.
    pub language: String,
    /// Whom the feed says it has it from: name and address.
    pub source: Option<(String, String)>,
    /// What has no field here, by its name there.
    pub kept: Map<String, Value>,
    /// Elements without a field here, by name; their text is in `kept`.
    pub strange: Vec<String>,
    /// Whether its maker says that it is not finished.
    pub is_draft: bool,
    /// Why it is no story at all and is left out.
    pub left_out: Option<String>,
    /// Remarks on its reading: what, why.
    pub remarks: Vec<(String, String)>,
}

impl Item {
    /// Keeps something that has no field here; a name met twice becomes a list.
    pub fn keep(&mut self, name: &str, value: Value) {
        if matches!(&value, Value::String(text) if text.is_empty()) || value.is_null() {
            return;
        }
        if value.to_string().len() > MAX_KEPT {
            let why = format!("longer than {MAX_KEPT} bytes; left out");
            return self.remark(name, &why);
        }
        match self.kept.get_mut(name) {
            None => drop(self.kept.insert(name.into(), value)),
            Some(Value::Array(values)) => values.push(value),
            Some(before) => *before = Value::Array(vec![before.take(), value]),
        }
    }

    /// Remarks on something.
    pub fn remark(&mut self, what: &str, why: &str) {
        self.remarks.push((what.into(), why.into()));
    }
}
