//! What a feed shows of a story's text: what everybody may read of it, and never more.
//!
//! An open story is shown whole, any other up to its fold; which, `visible_body` says. What was read of it is
//! held until the story changes in an edition: a revision never does, but a picture in it may be pulled.

use std::sync::Arc;

use newsroom::{
    edition::{Edition, Published},
    reading,
    story::{Access, Fields, StoryId},
    visible::{Viewer, Visible, visible_body},
};
use quick_cache::{Weighter, sync::Cache};
use web::Problem;

use crate::Site;

/// The longest text that a feed shows whole, in bytes of HTML; of a longer one it shows the opening. Fifty
/// stories of ordinary length make a feed of a quarter of a megabyte.
const LONGEST_WHOLE: usize = 48 * 1024;
/// Room for texts, in bytes: those of a few hundred stories, which is what all feeds together show.
const ROOM: u64 = 8 * 1024 * 1024;
/// Texts a newsroom of ordinary size holds; only a hint for the first allocation.
const USUAL_TEXTS: usize = 512;

/// Held texts.
pub struct Texts(Cache<Key, Arc<Text>, Weights>);

/// A story, the edition in which it last changed, and who may read it.
type Key = (StoryId, u64, Access);

/// What a feed shows of a revision beside its card.
pub(super) struct Text {
    /// HTML of what everybody may read; its addresses are not yet whole.
    pub html: String,
    /// Whether there is more of it at the story's address.
    pub goes_on: bool,
    /// Where the story first appeared, when that was elsewhere.
    pub first_at: Option<String>,
    /// What readers are told it leans on.
    pub source_note: Option<String>,
}

#[derive(Clone)]
struct Weights;

impl Weighter<Key, Arc<Text>> for Weights {
    fn weight(&self, _: &Key, text: &Arc<Text>) -> u64 {
        (size_of::<Text>() + text.html.len()) as u64
    }
}

impl Texts {
    /// Room for them.
    pub(crate) fn new() -> Self {
        Self(Cache::with_weighter(USUAL_TEXTS, ROOM, Weights))
    }

    /// The public text of a story.
    pub(super) async fn of(
        &self,
        site: &Site,
        edition: &Edition,
        story: &Published,
    ) -> Result<Arc<Text>, Problem> {
        let access = edition.access(&story.card);
        let key = (story.id, story.stamp, access);
        match self.0.get_value_or_guard_async(&key).await {
            Ok(text) => Ok(text),
            Err(guard) => {
                let copy = reading::copy(&site.db, story.id, story.revision, &site.media).await?;
                let seen = visible_body(&copy.body, story.id, access, Viewer::Public);
                let text = Arc::new(shown(seen, &copy.fields));
                let _ = guard.insert(Arc::clone(&text));
                Ok(text)
            }
        }
    }
}

fn shown(seen: Visible, fields: &Fields) -> Text {
    let (html, notes, goes_on) = match seen {
        Visible::Whole {
            opening,
            rest,
            footnotes,
        } if opening.len() + rest.len() <= LONGEST_WHOLE => (opening + &rest, footnotes, false),
        Visible::Whole {
            opening, footnotes, ..
        } => (opening, footnotes.of_opening(), true),
        Visible::Opening { opening, footnotes } => (opening, footnotes, true),
    };
    let notes = match notes.html() {
        notes if notes.is_empty() => notes,
        notes => format!("<ol>{notes}</ol>"),
    };
    Text {
        html: html + &notes,
        goes_on,
        first_at: fields.canonical_url.as_ref().map(|url| url.as_str().into()),
        source_note: fields.source_note.clone(),
    }
}

/// HTML of ours with whole addresses: those of this site get its root, those on the page the page's own.
///
/// Text never holds a quotation mark that is not escaped (`base::html`), so each one found begins an attribute.
pub(super) fn with_whole_addresses(html: &str, root: &str, page: &str) -> String {
    let mut parts = html.split("=\"");
    let mut whole = String::with_capacity(html.len() + html.len() / 8);
    whole.push_str(parts.next().unwrap_or_default());
    for part in parts {
        whole.push_str("=\"");
        if part.starts_with('/') && !part.starts_with("//") {
            whole.push_str(root);
        } else if part.starts_with('#') {
            whole.push_str(page);
        }
        whole.push_str(part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whole_and_words_stay_words() {
        #[track_caller]
        fn check(html: &str, expected: &str) {
            let whole = with_whole_addresses(html, "https://a.example", "https://a.example/s");
            assert_eq!(whole, expected);
        }
        check(
            "<a href=\"/b\">=/b</a>",
            "<a href=\"https://a.example/b\">=/b</a>",
        );
        check(
            "<a href=\"#note-1\">",
            "<a href=\"https://a.example/s#note-1\">",
        );
        check("<a href=\"//c.example/\">", "<a href=\"//c.example/\">");
        check("<p>href=&quot;/b&quot;</p>", "<p>href=&quot;/b&quot;</p>");
    }
}
