//! The gate: decides whether a reader may read on, and answers with the rest or with the wall.
//!
//! `GET /_gate/{story}/{revision}` answers with a piece of HTML for the shell's script;
//! `GET …/full` is the same decision as a whole page, for readers without script. Whatever breaks,
//! the wall is shown and never the text (PROOFS F-03, W-10).

use std::sync::Arc;

use audience::{
    crawler::{Crawler, Offers},
    meter::{Access as Rule, Ask, Because, Standing, cookie},
};
use axum::extract::{Path, Request, State};
use base::{Id, Instant};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use newsroom::{
    Edition,
    edition::Published,
    story::{Access, StoryId},
    visible::{Grant, Viewer as Who},
};
use serde::Serialize;
use web::{Answer, Page, Problem, Visit, Visitor};

use crate::{
    Site,
    body::{LanguageOnly, Notice},
    pages::{elsewhere, story},
    rows,
    view::{Viewer, register_url},
    when::{Detail, When},
};

/// `Dateline-Standing: open|counted|asked|closed`, for operators and tests.
pub const STANDING: HeaderName = HeaderName::from_static("dateline-standing");
/// `Dateline-Read: <n>/<limit>`, where something is counted.
pub const READ: HeaderName = HeaderName::from_static("dateline-read");
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

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
struct Wall {
    because: &'static str,
    headline: String,
    limit: u8,
    read: u8,
    opens: Option<When>,
    register_url: Option<String>,
    sign_in_url: Option<String>,
}

#[derive(Serialize)]
struct WallPage {
    frame: LanguageOnly,
    #[serde(flatten)]
    wall: Wall,
}

/// What the gate decided.
struct Decision {
    standing: Standing,
    cookie: Option<String>,
    is_crawler: bool,
}

impl Decision {
    /// The wall, for want of a decision.
    fn unsure(site: &Site) -> Self {
        let standing = Standing::Closed {
            read: 0,
            limit: site.meter.policy().limit,
            opens: None,
            because: Because::Unsure,
        };
        Self {
            standing,
            cookie: None,
            is_crawler: false,
        }
    }
}

/// The rest of a story, or the wall, as a piece of HTML.
pub async fn open(
    State(site): State<Site>,
    Path((id, _revision)): Path<(String, String)>,
    visit: Visit,
    request: Request,
) -> Result<Answer, Problem> {
    let id = id_of(&id).ok_or_else(Problem::absent)?;
    let edition = site.edition();
    let story = edition.story(id).ok_or_else(Problem::absent)?;
    let decision = decide(&site, &edition, story, (&visit, request.headers())).await;
    let page = piece(&site, &edition, story, &decision.standing).await?;
    finish(Answer::page(page), &decision)
}

/// The story an address names, in the one spelling of its id (PROOFS A-37).
pub(crate) fn id_of(text: &str) -> Option<StoryId> {
    let id = text.parse().map(Id::from_uuid).ok()?;
    (id.to_string() == text).then_some(id)
}

/// The same decision as a page of its own.
pub async fn full(
    State(site): State<Site>,
    Path((year, month, slug)): Path<(String, String, String)>,
    visit: Visit,
    request: Request,
) -> Result<Answer, Problem> {
    let path = format!("/{year}/{month}/{slug}");
    let edition = site.edition();
    let Some(story) = edition.at(&path) else {
        return elsewhere::lead_on(&site, &path, &rows::FULL).await;
    };
    let decision = decide(&site, &edition, story, (&visit, request.headers())).await;
    let who = match decision.standing.grants() {
        true => Who::Granted(Grant::by_the_gate(story.id)),
        false => Who::Public,
    };
    let mut page = story::page(&site, &edition, story, who).await?;
    page.full = true;
    page.gate = None;
    page.standing = StandingView::of(&site, &edition, story, &decision.standing);
    let html = site.templates.render("story.html", &page)?;
    finish(Page::once(&rows::FULL, html).into(), &decision)
}

/// The decision; when the deciding itself breaks, the gate is closed.
async fn decide(
    site: &Site,
    edition: &Edition,
    story: &Published,
    asked: (&Visit, &HeaderMap),
) -> Decision {
    match web::caught(decided(site, edition, story, asked)).await {
        Ok(decision) => decision,
        Err(fault) => {
            tracing::error!(fault = fault.chain(), "the gate broke and is closed");
            Decision::unsure(site)
        }
    }
}

/// Asks who it is, then the meter. The reader's history is in the reader's own cookie.
async fn decided(
    site: &Site,
    edition: &Edition,
    story: &Published,
    (visit, headers): (&Visit, &HeaderMap),
) -> Decision {
    let now = site.clock.now();
    if is_let_in(site, visit, headers, now).await {
        return Decision {
            standing: Standing::Open,
            cookie: None,
            is_crawler: true,
        };
    }
    let ask = Ask {
        access: rule(edition.access(&story.card)),
        story: story.id.uuid(),
        is_known: matches!(
            visit.visitor,
            Visitor::Reader { .. } | Visitor::Staff { .. }
        ),
        cookie: cookie_named(headers, cookie::NAME),
        from: visit.client,
    };
    let (standing, cookie) = site.meter.answer(&ask, now);
    Decision {
        standing,
        cookie,
        is_crawler: false,
    }
}

/// Whether this is a crawler that proved itself and may have the whole.
async fn is_let_in(site: &Site, visit: &Visit, headers: &HeaderMap, now: Instant) -> bool {
    let Some(agent) = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
    else {
        return false;
    };
    let verdict = site.crawlers.verify(agent, visit.client, now).await;
    matches!(
        verdict,
        Crawler::Verified {
            offers: Offers::Full,
            ..
        }
    )
}

fn rule(access: Access) -> Rule {
    match access {
        Access::Open => Rule::Open,
        Access::Metered => Rule::Metered,
        Access::Registered => Rule::Registered,
    }
}

/// The value of one cookie, unchecked.
fn cookie_named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

async fn piece(
    site: &Site,
    edition: &Edition,
    story: &Published,
    standing: &Standing,
) -> Result<Arc<Page>, Problem> {
    let notice = match *standing {
        Standing::Open | Standing::Counted { .. } => Notice::Silent,
        Standing::Asked { read, limit } => Notice::Read(read, limit),
        Standing::Closed { .. } => return wall_piece(site, edition, story, standing),
    };
    let grant = Grant::by_the_gate(story.id);
    site.bodies.granted(site, story, (grant, notice)).await
}

fn wall_piece(
    site: &Site,
    edition: &Edition,
    story: &Published,
    standing: &Standing,
) -> Result<Arc<Page>, Problem> {
    let wall = Wall::of(site, edition, story, standing);
    let page = WallPage {
        frame: LanguageOnly::of(&story.card.language),
        wall,
    };
    let html = site.templates.render("wall.html", &page)?;
    Ok(Page::once(&rows::GATE, html).shared())
}

fn finish(mut answer: Answer, decision: &Decision) -> Result<Answer, Problem> {
    answer = answer.with_header(STANDING, HeaderValue::from_static(decision.standing.word()));
    if let Some((read, limit)) = decision.standing.figures() {
        let figures = HeaderValue::try_from(format!("{read}/{limit}"))
            .map_err(|error| base::Fault::while_("writing the count of stories read", error))?;
        answer = answer.with_header(READ, figures);
    }
    if let Some(cookie) = &decision.cookie {
        let cookie = HeaderValue::try_from(cookie)
            .map_err(|error| base::Fault::while_("writing the meter's cookie", error))?;
        answer = answer.with_header(header::SET_COOKIE, cookie);
    }
    if decision.is_crawler {
        answer = answer.with_header(ROBOTS, HeaderValue::from_static("noarchive"));
    }
    Ok(answer)
}

impl Wall {
    fn of(site: &Site, edition: &Edition, story: &Published, standing: &Standing) -> Self {
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
    fn of(site: &Site, edition: &Edition, story: &Published, standing: &Standing) -> Option<Self> {
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
