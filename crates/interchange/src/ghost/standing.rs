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
    let mut no = |what: &str, why: &str| {
        margin.remark(what, why);
        IncomingState::Draft
    };
    match status {
        "published" | "scheduled" if row.flag("email_only") => {
            return no(
                "for mail only",
                "it was never meant for the site; made a draft",
            );
        }
        "published" | "scheduled" => {}
        "draft" => return IncomingState::Draft,
        "sent" => {
            return no(
                "sent",
                "it went out by mail and never stood on the site; made a draft",
            );
        }
        "" => {
            return no(
                "status",
                "it does not say whether it was published; made a draft",
            );
        }
        other => return no(other, "a status that is not known here; made a draft"),
    }
    let Some(at) = published(row) else {
        return no(
            "date",
            "published, but without any date that can be read; made a draft",
        );
    };
    if row.moment("published_at").is_none() {
        margin.remark(
            "date",
            "no date of publication can be read; that of its making stands in for it",
        );
    }
    match status {
        "scheduled" => IncomingState::Scheduled(at),
        _ => IncomingState::Published(at),
    }
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
        let why = "it was for paying readers there; registered readers may read it here, which is \
                   the strictest rule there is, and the old one was kept";
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
