//! The gate: decides whether a reader may read on, and answers with the rest or with the wall.
//!
//! `GET /_gate/{story}/{revision}` answers with a piece of HTML for the shell's script;
//! `GET …/full` is the same decision as a whole page, for readers without script. Whatever breaks,
//! the wall is shown and never the text (PROOFS F-03, W-10).

pub(crate) mod notice;

use std::{net::IpAddr, sync::Arc};

use audience::{
    crawler::{Crawler, Offers},
    meter::{Access as Rule, Ask, Because, Standing, cookie},
};
use axum::extract::{Path, Request, State};
use base::{Fault, Id, Instant};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use newsroom::{
    Edition,
    edition::Published,
    story::{Access, StoryId},
    visible::{Grant, Viewer as Who},
};
use web::{Answer, Page, Problem, Visit, Visitor};

use crate::{
    Site,
    address::Dated,
    body::{LanguageOnly, Notice},
    pages::{elsewhere, story},
    rows,
};
use notice::{StandingView, Wall, WallPage};

/// `Dateline-Standing: open|counted|asked|closed`, for operators and tests.
pub const STANDING: HeaderName = HeaderName::from_static("dateline-standing");
/// `Dateline-Read: <n>/<limit>`, where something is counted.
pub const READ: HeaderName = HeaderName::from_static("dateline-read");
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// What the gate decided.
#[derive(Clone)]
pub(crate) struct Decision {
    pub(crate) standing: Standing,
    cookie: Option<String>,
    is_crawler: bool,
}

impl Decision {
    /// The wall, where deciding broke.
    pub(crate) fn or_closed(site: &Site, decided: Result<Self, Fault>) -> Self {
        decided.unwrap_or_else(|fault| {
            tracing::error!(fault = fault.chain(), "the gate broke and is closed");
            Self::unsure(site)
        })
    }

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

/// A decision about this story that was made in front of the router, on its way to the handler: the
/// meter is asked once for each request.
#[derive(Clone)]
pub(crate) struct Decided(pub(crate) StoryId, pub(crate) Decision);

/// The rest of a story, or the wall, as a piece of HTML.
pub async fn open(
    State(site): State<Site>,
    Path((id, _revision)): Path<(String, String)>,
    visit: Visit,
    mut request: Request,
) -> Result<Answer, Problem> {
    let id = id_of(&id).ok_or_else(Problem::absent)?;
    let edition = site.edition();
    let story = edition.story(id).ok_or_else(Problem::absent)?;
    let decision = match request.extensions_mut().remove() {
        Some(Decided(about, decision)) if about == id => decision,
        _ => decide(&site, &edition, story, (&visit, request.headers())).await,
    };
    let page = piece(&site, &edition, story, &decision).await?;
    finish(Answer::page(page), &decision)
}

/// What an address names, in the one spelling of its id (PROOFS A-37): small letters with hyphens
/// (RFC 9562 section 4).
pub(crate) fn id_of<Kind>(text: &str) -> Option<Id<Kind>> {
    const LENGTH: usize = 36;
    let is_spelt_right =
        text.len() == LENGTH && !text.bytes().any(|byte| byte.is_ascii_uppercase());
    let id = text.parse().map(Id::from_uuid).ok()?;
    is_spelt_right.then_some(id)
}

/// The same decision as a page of its own.
pub async fn full(
    State(site): State<Site>,
    Path(address): Path<Dated>,
    visit: Visit,
    request: Request,
) -> Result<Answer, Problem> {
    let path = address.path();
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
    let decided = web::caught(decided(site, edition, story, asked)).await;
    Decision::or_closed(site, decided)
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
    let is_known = matches!(
        visit.visitor,
        Visitor::Reader { .. } | Visitor::Staff { .. }
    );
    let asking = Asking {
        is_known,
        cookie: cookie_named(headers, cookie::NAME),
        from: visit.client,
    };
    Decision::by_the_meter(site, edition, story, &asking)
}

/// As much of who is asking as the meter has to know.
pub(crate) struct Asking<'a> {
    /// Whether a reader or staff is signed in.
    pub(crate) is_known: bool,
    /// The meter's cookie as sent.
    pub(crate) cookie: Option<&'a str>,
    /// Where the request came from.
    pub(crate) from: IpAddr,
}

impl Decision {
    /// Asks the meter.
    pub(crate) fn by_the_meter(
        site: &Site,
        edition: &Edition,
        story: &Published,
        asking: &Asking<'_>,
    ) -> Self {
        let ask = Ask {
            access: rule(edition.access(&story.card)),
            story: story.id.uuid(),
            is_known: asking.is_known,
            cookie: asking.cookie,
            from: asking.from,
        };
        let (standing, cookie) = site.meter.answer(&ask, site.clock.now());
        Self {
            standing,
            cookie,
            is_crawler: false,
        }
    }

    /// Which variant of the body goes with it; none for the wall.
    pub(crate) fn notice(&self) -> Option<Notice> {
        match self.standing {
            Standing::Open | Standing::Counted { .. } => Some(Notice::Silent),
            Standing::Asked { read, limit } => Some(Notice::Read(read, limit)),
            Standing::Closed { .. } => None,
        }
    }

    /// The headers that say how the reader stands, the last of them for the reader's browser alone.
    pub(crate) fn headers(&self) -> Result<[Option<(HeaderName, HeaderValue)>; 4], Fault> {
        let standing = HeaderValue::from_static(self.standing.word());
        let read = self.standing.figures().map(|(read, limit)| {
            HeaderValue::try_from(format!("{read}/{limit}"))
                .map_err(|error| Fault::while_("writing the count of stories read", error))
        });
        let cookie = self.cookie.as_ref().map(|cookie| {
            HeaderValue::try_from(cookie)
                .map_err(|error| Fault::while_("writing the meter's cookie", error))
        });
        let noarchive = HeaderValue::from_static("noarchive");
        Ok([
            Some((STANDING, standing)),
            read.transpose()?.map(|read| (READ, read)),
            self.is_crawler.then_some((ROBOTS, noarchive)),
            cookie
                .transpose()?
                .map(|cookie| (header::SET_COOKIE, cookie)),
        ])
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
    decision: &Decision,
) -> Result<Arc<Page>, Problem> {
    let Some(notice) = decision.notice() else {
        return wall_piece(site, edition, story, &decision.standing);
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

fn finish(answer: Answer, decision: &Decision) -> Result<Answer, Problem> {
    let headers = decision.headers()?.into_iter().flatten();
    Ok(headers.fold(answer, |answer, (name, value)| {
        answer.with_header(name, value)
    }))
}
