//! What a reader is told at the gate: the notice that so many have been read, and the wall.

use audience::meter::{Because, Standing};
use newsroom::{Edition, edition::Published};
use serde::Serialize;

use crate::{
    Site,
    body::LanguageOnly,
    view::{Viewer, register_url},
    when::{Detail, When},
};

/// How the reader stands, as the full page's template wants it.
#[derive(Serialize)]
pub struct StandingView {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nudge: Option<Nudge>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wall: Option<Wall>,
}

#[derive(Serialize)]
struct Nudge {
    limit: u8,
    read: u8,
    left: u8,
    register_url: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Wall {
    because: &'static str,
    headline: String,
    limit: u8,
    read: u8,
    opens: Option<When>,
    register_url: Option<String>,
    sign_in_url: Option<String>,
}

/// The wall as a piece of HTML for the shell's script.
#[derive(Serialize)]
pub(super) struct WallPage {
    pub(super) frame: LanguageOnly,
    #[serde(flatten)]
    pub(super) wall: Wall,
}

impl Wall {
    pub(super) fn of(
        site: &Site,
        edition: &Edition,
        story: &Published,
        standing: &Standing,
    ) -> Self {
        let (read, limit) = standing.figures().unwrap_or_default();
        let (opens, because) = match standing {
            Standing::Closed { opens, because, .. } => (*opens, *because),
            _ => (None, Because::Unsure),
        };
        let viewer = Viewer {
            site,
            edition,
            language: &story.card.language,
        };
        Self {
            because: because_word(because),
            headline: story.card.headline.clone(),
            limit,
            read,
            opens: opens.map(|at| viewer.saying().when(at, Detail::DayOfYear)),
            register_url: register_url(),
            sign_in_url: None,
        }
    }
}

/// The end of the messages' keys that say why.
fn because_word(because: Because) -> &'static str {
    match because {
        Because::AllRead => "all-read",
        Because::ForRegistered => "for-registered",
        Because::BusyNetwork => "busy-network",
        Because::Unsure => "unsure",
    }
}

impl StandingView {
    pub(super) fn of(
        site: &Site,
        edition: &Edition,
        story: &Published,
        standing: &Standing,
    ) -> Option<Self> {
        match *standing {
            Standing::Open | Standing::Counted { .. } => None,
            Standing::Asked { read, limit } => Some(Self::asked(read, limit)),
            Standing::Closed { .. } => {
                let wall = Wall::of(site, edition, story, standing);
                Some(Self {
                    kind: "closed",
                    nudge: None,
                    wall: Some(wall),
                })
            }
        }
    }

    fn asked(read: u8, limit: u8) -> Self {
        let left = limit.saturating_sub(read);
        let nudge = Nudge {
            limit,
            read,
            left,
            register_url: register_url(),
        };
        Self {
            kind: "asked",
            nudge: Some(nudge),
            wall: None,
        }
    }

    /// The notice as the first reader to be asked sees it, for the desk's preview.
    pub(crate) fn asked_sample(site: &Site) -> Self {
        let policy = site.meter.policy();
        Self::asked(policy.asks_from, policy.limit)
    }

    /// The wall as a reader sees it who has read all, for the desk's preview.
    pub(crate) fn closed_sample(site: &Site, story: &Published) -> Self {
        let limit = site.meter.policy().limit;
        let standing = Standing::Closed {
            read: limit,
            limit,
            opens: Some(site.clock.now()),
            because: Because::AllRead,
        };
        let wall = Wall::of(site, &site.edition(), story, &standing);
        Self {
            kind: "closed",
            nudge: None,
            wall: Some(wall),
        }
    }
}
