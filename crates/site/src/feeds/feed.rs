//! What a feed says, whichever form it is written in.

use base::{Instant, Language};

/// A feed with its items, newest first.
pub(super) struct Feed {
    /// What it is known by for good: a urn where what it is about has an id, else its page's address.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A sentence about it.
    pub description: String,
    /// The language it is in, unless an item says otherwise.
    pub language: Language,
    /// Who publishes it.
    pub publisher: Author,
    /// The whole address of its page.
    pub home: String,
    /// Its own whole address, in the form being written.
    pub own: String,
    /// The whole address of the hub where it can be followed (WebSub).
    pub hub: String,
    /// Its items.
    pub items: Vec<Item>,
    /// What is no longer there and may have been read before.
    pub gone: Vec<Gone>,
}

/// One thing in a feed: a story, a live entry, a line of the log of corrections.
pub(crate) struct Item {
    /// What it is known by for good, whatever its headline and address become.
    pub id: String,
    /// Its whole address.
    pub url: String,
    /// Its headline.
    pub title: String,
    /// The sentence below it.
    pub summary: Option<String>,
    /// As much of its text as everybody may read, as HTML with whole addresses.
    pub html: Option<String>,
    /// When it first went out.
    pub published: Instant,
    /// When it last really changed.
    pub updated: Instant,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Its section and topics, by name.
    pub about: Vec<String>,
    /// The language it is in.
    pub language: Language,
    /// The picture that leads it.
    pub picture: Option<Shown>,
    /// The outlet where it first appeared, when that was another's.
    pub source: Option<Source>,
}

/// A name, with its page where there is one.
#[derive(Clone)]
pub(crate) struct Author {
    pub name: String,
    pub url: Option<String>,
}

/// A picture, as far as a feed shows it.
pub(crate) struct Shown {
    /// Its whole address.
    pub url: String,
    pub alt: String,
    pub credit: Option<String>,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// Where an item first appeared.
pub(crate) struct Source {
    /// The outlet, by the name of its site.
    pub name: String,
    /// The whole address there.
    pub url: String,
}

/// An item that was taken back.
pub(super) struct Gone {
    pub id: String,
    pub at: Instant,
}

impl Feed {
    /// When anything in it last changed; the beginning of time when there never was anything.
    pub(super) fn updated(&self) -> Instant {
        let items = self.items.iter().map(|item| item.updated);
        let gone = self.gone.iter().map(|gone| gone.at);
        items.chain(gone).max().unwrap_or(Instant::UNIX_EPOCH)
    }
}

impl Item {
    /// Its HTML for a reader that does not know how an item's language runs.
    pub(crate) fn html_that_runs(&self) -> Option<String> {
        let html = self.html.as_deref()?;
        let (tag, runs) = (self.language.tag(), self.language.direction().attribute());
        Some(match runs {
            "rtl" => format!("<div lang=\"{tag}\" dir=\"{runs}\">{html}</div>"),
            _ => html.to_string(),
        })
    }
}

/// RFC 3339 in UTC, in whole seconds.
pub(crate) fn rfc_3339(at: Instant) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
