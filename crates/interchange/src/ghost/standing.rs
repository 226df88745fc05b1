//! Whether and when readers saw a story of the old site, and which of them.

use base::{Instant, document::Block};

use super::{atlas::Atlas, row::Row};
use crate::{
    incoming::{IncomingState, IncomingStory},
    margin::Margin,
};

/// The state of a row: only what was public becomes public.
pub(super) fn state(row: &Row, margin: &mut Margin) -> IncomingState {
    let status = row.text("status").unwrap_or_default();
    let why = match status {
        "draft" => return IncomingState::Draft,
        "published" | "scheduled" if row.flag("email_only") => "it was meant for mail only",
        "published" => return when_published(row, margin),
        "scheduled" => match row.moment("published_at") {
            Some(at) => return IncomingState::Scheduled(at),
            None => "its hour cannot be read",
        },
        "sent" => "it went out by mail and never stood on the site",
        "" => "it does not say whether it was published",
        _ => "a status that is not known here",
    };
    let status = if status.is_empty() { "status" } else { status };
    margin.remark(status, &format!("{why}; made a draft"));
    IncomingState::Draft
}

fn when_published(row: &Row, margin: &mut Margin) -> IncomingState {
    let Some(at) = published(row) else {
        let why = "published, but without any date that can be read; made a draft";
        margin.remark("date", why);
        return IncomingState::Draft;
    };
    if row.moment("published_at").is_none() {
        let why = "no date of publication can be read; that of its making stands in for it";
        margin.remark("date", why);
    }
    IncomingState::Published(at)
}

/// When it was or will be published; up to 1.x some rows tell no more than when they were made.
pub(super) fn published(row: &Row) -> Option<Instant> {
    row.moment("published_at").or(row.moment("created_at"))
}

/// Who may read it. `public` is what every story is unless somebody decided otherwise, so that our
/// section's rule holds then, as for other archives.
pub(super) fn gate(
    row: &Row,
    id: &str,
    atlas: &Atlas,
    story: &mut IncomingStory,
    margin: &mut Margin,
) {
    let visibility = row.text("visibility").unwrap_or("public");
    if visibility == "public" {
        return;
    }
    story.access = Some("registered".into());
    if visibility != "members" {
        let why = "it was for paying readers there; here it is for registered readers, the strictest \
                   rule there is, and nobody can register yet: until then only the desk reads it whole";
        margin.remark(&format!("visibility {visibility}"), why);
    }
    let tiers = atlas.tiers_of(id);
    if !tiers.is_empty() {
        story.kept.insert("tiers".into(), tiers.into());
    }
    // Without a mark in its body, nothing of it but the deck was open to all.
    let marked = story
        .body
        .content
        .iter()
        .any(|block| matches!(block, Block::Fold));
    if !marked && !story.body.content.is_empty() {
        story.body.content.insert(0, Block::Fold);
    }
}
