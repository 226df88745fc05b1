//! What is refused of a running story and of its live entries, and when: pure functions of values.

use base::{Refusal, Slug};

use super::{EntryStatus, Particulars, RunningStory, entry};
use crate::story::{
    limits::{HEADLINE, KICKER, NAME, NOTE},
    rules::at_most,
};

/// The most lines of a standing summary (NEWSROOM 2.4 asks for three to five).
pub const SUMMARY_LINES: usize = 12;

/// What an entry can be said to be; taking it down is an act of its own.
const STATUSES: &str = "reported, confirmed, disputed, corrected";

/// What no running story may be.
pub fn refusals(particulars: &Particulars) -> Vec<Refusal> {
    let mut no = Vec::new();
    for (field, text, most) in [
        ("name", &particulars.name, NAME),
        ("label", &particulars.label, KICKER),
    ] {
        if text.trim().is_empty() {
            no.push(Refusal::on(field, "missing"));
        }
        at_most(&mut no, field, Some(text), most);
    }
    for (nth, line) in particulars.summary.iter().enumerate().take(SUMMARY_LINES) {
        at_most(&mut no, format!("summary[{nth}]"), Some(line), NOTE);
    }
    if particulars.summary.len() > SUMMARY_LINES {
        no.push(Refusal::on("summary", "too-many").with("limit", SUMMARY_LINES));
    }
    no
}

/// The address of a running story that begins: as asked, or made from its name.
///
/// # Errors
/// `not-a-slug` where a name of signs alone gives none.
pub fn address(asked: Option<Slug>, name: &str) -> Result<Slug, Refusal> {
    let slug = asked.or_else(|| Slug::from_words(name));
    slug.ok_or_else(|| Refusal::on("slug", "not-a-slug"))
}

/// Refuses an address that `holder` has.
pub fn refuse_taken(holder: Option<&RunningStory>) -> Result<(), Refusal> {
    match holder {
        Some(holder) => {
            Err(Refusal::on("slug", "running-address-taken").with("name", &holder.name))
        }
        None => Ok(()),
    }
}

/// What stands against taking a running story away: stories in it, or entries on its page.
pub fn refuse_to_remove(stories: u32, entries: u32) -> Result<(), Refusal> {
    if stories == 0 && entries == 0 {
        return Ok(());
    }
    Err(Refusal::of("running-story-in-use")
        .with("stories", stories)
        .with("entries", entries))
}

/// What no live entry may be.
pub fn entry_refusals(given: &entry::Particulars) -> Vec<Refusal> {
    let mut no = Vec::new();
    at_most(&mut no, "title", given.title.as_deref(), HEADLINE);
    at_most(&mut no, "byline", given.byline.as_deref(), NAME);
    let says_nothing = given.title.as_deref().unwrap_or_default().trim().is_empty();
    if says_nothing && given.body.is_empty() {
        no.push(Refusal::on("body", "no-body"));
    }
    no.extend(given.body.refusals());
    if given.status == EntryStatus::Withdrawn {
        no.push(Refusal::on("status", "not-a-choice").with("choices", STATUSES));
    }
    no
}
