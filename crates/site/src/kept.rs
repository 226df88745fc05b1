//! Finished pages, held while the edition they were made from still says so.
//!
//! A page is found by its address and believed by its stamp. Nothing has to be purged: when the
//! edition moves on, the stamp no longer fits, and the page is made again, once, however many ask.

use std::{future::Future, sync::Arc};

use newsroom::{Edition, edition::Published, story::StoryId};
use quick_cache::{Weighter, sync::Cache};
use web::{Page, Problem};

/// Pages a newsroom of ordinary size keeps; only a hint for the first allocation.
const USUAL_PAGES: usize = 4_096;

/// By what a page knows whether it still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// Made from one story, when its stamp was this.
    Story(StoryId, u64),
    /// Made from the whole edition of this number.
    Edition(u64),
}

impl Stamp {
    /// Whether a page with this stamp still shows what this edition would.
    pub fn holds_in(self, edition: &Edition) -> bool {
        match self {
            Self::Edition(number) => number == edition.number,
            Self::Story(id, stamp) => edition
                .story(id)
                .is_some_and(|story| edition.stamp_of(story) == stamp),
        }
    }
}

/// A page and its stamp.
#[derive(Clone)]
pub struct KeptPage {
    /// The page.
    pub page: Arc<Page>,
    /// Its stamp.
    pub stamp: Stamp,
}

impl KeptPage {
    /// What is made of one story alone, and is forgotten with it and with its section.
    pub fn of_story(page: Page, edition: &Edition, story: &Published) -> Self {
        let section = story.card.section.map(|id| format!("sec-{id}"));
        let keys = [Some(format!("art-{}", story.id)), section];
        let page = page
            .with_surrogate_keys(keys.into_iter().flatten())
            .with_last_modified(story.changed_at);
        Self {
            page: page.shared(),
            stamp: Stamp::Story(story.id, edition.stamp_of(story)),
        }
    }
}

/// All kept pages.
pub struct Kept(Cache<String, KeptPage, Bytes>);

#[derive(Clone)]
struct Bytes;

impl Weighter<String, KeptPage> for Bytes {
    fn weight(&self, path: &String, kept: &KeptPage) -> u64 {
        path.len() as u64 + weight_of(&kept.page)
    }
}

/// What a page takes in memory, in bytes, near enough: all its codings.
pub(crate) fn weight_of(page: &Page) -> u64 {
    let body = page.encoded();
    let bodies = [
        Some(&body.identity),
        body.gzip.as_ref(),
        body.brotli.as_ref(),
    ];
    bodies
        .into_iter()
        .flatten()
        .map(|bytes| bytes.len() as u64)
        .sum()
}

impl Kept {
    /// Room for this many bytes of pages.
    pub fn new(bytes: u64) -> Self {
        Self(Cache::with_weighter(USUAL_PAGES, bytes, Bytes))
    }

    /// The page at this address, made by `make` unless one is held that still fits `edition`.
    ///
    /// However many ask at once, it is made once.
    pub async fn page<F>(
        &self,
        address: &str,
        edition: &Edition,
        make: F,
    ) -> Result<Arc<Page>, Problem>
    where
        F: Future<Output = Result<KeptPage, Problem>>,
    {
        if let Some(kept) = self.0.get(address) {
            if kept.stamp.holds_in(edition) {
                return Ok(kept.page);
            }
            self.0.remove_if(address, |held| held.stamp == kept.stamp);
        }
        match self.0.get_value_or_guard_async(address).await {
            Ok(kept) => Ok(kept.page),
            Err(guard) => {
                let kept = make.await?;
                let page = Arc::clone(&kept.page);
                let _ = guard.insert(kept);
                Ok(page)
            }
        }
    }

    /// The page at this address with its stamp, if it is held and fits.
    pub fn held(&self, address: &str, edition: &Edition) -> Option<KeptPage> {
        self.0
            .get(address)
            .filter(|kept| kept.stamp.holds_in(edition))
    }
}
