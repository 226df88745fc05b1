//! The part of a story behind its gate, made once for a revision and held ready in every coding.
//!
//! What is granted is the same for all who stand alike, so a grant costs no rendering: the text with
//! no notice, or with the notice for the n-th story of the month.

use std::sync::Arc;

use newsroom::{
    edition::Published,
    reading,
    story::{Access, StoryId},
    visible::{Grant, Viewer, Visible, visible_body},
};
use quick_cache::{Weighter, sync::Cache};
use serde::Serialize;
use web::{Page, Problem};

use crate::{Site, embed_frames, rows, view};

/// Bodies a newsroom of ordinary size holds; only a hint for the first allocation.
const USUAL_BODIES: usize = 1_024;

/// Which variant of a body: the notice says how many of how many have been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Notice {
    /// Nothing is said.
    Silent,
    /// So many of so many.
    Read(u8, u8),
}

/// A story, the edition in which it last changed, and the notice above it. A revision alone would not do: a picture in
/// it may be pulled.
pub(crate) type Key = (StoryId, u64, Notice);

/// Held bodies.
pub struct Bodies(Cache<Key, Arc<Page>, Bytes>);

#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Arc<Page>> for Bytes {
    fn weight(&self, _: &Key, page: &Arc<Page>) -> u64 {
        crate::kept::weight_of(page)
    }
}

#[derive(Serialize)]
struct NudgeView {
    frame: LanguageOnly,
    limit: u8,
    read: u8,
    left: u8,
    register_url: Option<String>,
}

/// The list at the end of a story, as `footnotes.html` wants it.
#[derive(Serialize)]
struct FootnotesView {
    frame: LanguageOnly,
    footnotes_html: String,
}

/// As much of a frame as a fragment needs: the language its words are in, and the way home.
#[derive(Serialize)]
pub struct LanguageOnly {
    page: PageLanguage,
    site: Home,
}

#[derive(Serialize)]
struct Home {
    home: &'static str,
}

#[derive(Serialize)]
struct PageLanguage {
    language: String,
}

impl LanguageOnly {
    /// For a fragment in this language.
    pub fn of(language: &base::Language) -> Self {
        let page = PageLanguage {
            language: language.tag().into(),
        };
        let site = Home { home: "/" };
        Self { page, site }
    }
}

impl Bodies {
    /// Room for this many bytes of bodies.
    pub fn new(bytes: u64) -> Self {
        Self(Cache::with_weighter(USUAL_BODIES, bytes, Bytes))
    }

    /// The body that is held under this key, if it is.
    pub(crate) fn held(&self, key: &Key) -> Option<Arc<Page>> {
        self.0.get(key)
    }

    /// The body for those whom the gate lets through, with this notice above it.
    pub async fn granted(
        &self,
        site: &Site,
        story: &Published,
        (grant, notice): (Grant, Notice),
    ) -> Result<Arc<Page>, Problem> {
        let key = (story.id, story.stamp, notice);
        match self.0.get_value_or_guard_async(&key).await {
            Ok(page) => Ok(page),
            Err(guard) => {
                let rest = rest_html(site, story, grant).await?;
                let html = match nudge_html(site, story, notice)? {
                    Some(nudge) => nudge + &rest,
                    None => rest,
                };
                let page = Page::kept(&rows::GATE, html).shared();
                let _ = guard.insert(Arc::clone(&page));
                Ok(page)
            }
        }
    }
}

/// The HTML behind the opening, for a reader with a grant; below it the footnotes of the whole story,
/// which the script puts in place of the opening's.
pub(crate) async fn rest_html(
    site: &Site,
    story: &Published,
    grant: Grant,
) -> Result<String, Problem> {
    let mut copy = reading::copy(&site.db, story.id, story.revision, &site.media).await?;
    copy.body
        .offer_frames(embed_frames::offered(site, &story.card.language));
    let viewer = Viewer::Granted(grant);
    match visible_body(&copy.body, story.id, Access::Registered, viewer) {
        Visible::Whole {
            rest, footnotes, ..
        } => {
            let below = FootnotesView {
                frame: LanguageOnly::of(&story.card.language),
                footnotes_html: footnotes.html(),
            };
            Ok(rest + &site.templates.render("footnotes.html", &below)?)
        }
        Visible::Opening { .. } => Err(Problem::absent()),
    }
}

/// The notice in words; nothing for the silent.
pub(crate) fn nudge_html(
    site: &Site,
    story: &Published,
    notice: Notice,
) -> Result<Option<String>, Problem> {
    let Notice::Read(read, limit) = notice else {
        return Ok(None);
    };
    let view = NudgeView {
        frame: LanguageOnly::of(&story.card.language),
        limit,
        read,
        left: limit.saturating_sub(read),
        register_url: view::register_url(),
    };
    Ok(Some(site.templates.render("nudge.html", &view)?))
}
