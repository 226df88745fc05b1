//! `GET /{year}/{month}/{slug}`: a story's shell, or the whole of an open one.
//!
//! A pure function of the address and the edition: it knows no visitor, so anybody may keep it.

use std::sync::Arc;

use axum::extract::{Path, State};
use newsroom::{
    Edition,
    edition::{ListOf, Month, Published},
    reading::{self, Copy},
    story::{Kind, NoteClass},
    visible::{Footnotes, Viewer as Who, Visible, visible_body},
};
use serde::Serialize;
use syndication::fediverse::Voice;
use web::{Answer, Page, Problem};

use super::{archive, elsewhere, list};
use crate::{
    Site,
    address::Dated,
    embed_frames, fediverse,
    feeds::ninjs,
    frame::{Frame, PageFrame, Share, StoryShare},
    json_ld,
    kept::KeptPage,
    oembed,
    pictures::{PictureView, Standing},
    rows, share,
    view::{Card, Link, NoteView, Viewer},
    when::{Detail, When},
};

/// A story's page, as `story.html` wants it. What is gated is in it only where the gate or the desk
/// put it.
#[derive(Serialize)]
pub(crate) struct StoryPage {
    pub(crate) frame: Frame,
    kicker: Option<String>,
    section: Option<Link>,
    running: Option<RunningView>,
    pub(crate) headline: String,
    deck: Option<String>,
    bylines: Vec<BylineView>,
    dateline: Option<DatelineView>,
    published: When,
    updated: Option<UpdatedView>,
    picture: Option<PictureView>,
    opening_html: String,
    pub(crate) rest_html: Option<String>,
    footnotes_html: String,
    /// The footnotes of the opening alone.
    #[serde(skip)]
    opening_footnotes: Footnotes,
    pub(crate) gate: Option<GateView>,
    notes: Vec<NoteView>,
    history: Vec<NoteView>,
    topics: Vec<Link>,
    people: Vec<NamedView>,
    places: Vec<String>,
    related: Vec<Card>,
    source_note: Option<String>,
    free: bool,
    sensitive: bool,
    pub(crate) full: bool,
    pub(crate) standing: Option<crate::gate::notice::StandingView>,
}

#[derive(Serialize)]
struct RunningView {
    name: String,
    url: String,
    live: bool,
    state: newsroom::running::RunningState,
}

#[derive(Serialize)]
struct BylineView {
    name: String,
    url: Option<String>,
    role: Option<String>,
}

/// Somebody the story is about; with an address where we have a page of theirs.
#[derive(Serialize)]
struct NamedView {
    name: String,
    url: Option<String>,
}

#[derive(Serialize)]
struct DatelineView {
    place: String,
    date: Option<String>,
}

#[derive(Serialize)]
struct UpdatedView {
    #[serde(flatten)]
    when: When,
    reason: Option<String>,
}

/// Where the rest is: for the script, and for readers without it.
#[derive(Serialize)]
pub(crate) struct GateView {
    url: String,
    full_url: String,
}

/// Shows a story; `/2026/11/22` is a day of the archive.
pub async fn show(State(site): State<Site>, Path(address): Path<Dated>) -> Result<Answer, Problem> {
    let path = address.path();
    let edition = site.edition();
    if let Some(story) = edition.at(&path) {
        return shell(&site, &edition, story).await;
    }
    match (
        archive::parse(&address.year, &address.month),
        day(&address.slug),
    ) {
        (Some(month), Some(day)) => of_day(&site, &edition, month, day).await,
        _ => elsewhere::lead_on(&site, &path, &rows::STORY).await,
    }
}

/// Shows a standing page.
pub async fn show_page(
    State(site): State<Site>,
    Path(slug): Path<String>,
) -> Result<Answer, Problem> {
    let path = format!("/pages/{slug}");
    let edition = site.edition();
    match edition.at(&path) {
        Some(story) => shell(&site, &edition, story).await,
        None => elsewhere::lead_on(&site, &path, &rows::STANDING_PAGE).await,
    }
}

async fn shell(site: &Site, edition: &Edition, story: &Arc<Published>) -> Result<Answer, Problem> {
    let make = async {
        let page = page(site, edition, story, Who::Public).await?;
        let html = site.templates.render("story.html", &page)?;
        let page = Page::kept(&rows::STORY, html);
        Ok(KeptPage::of_story(page, edition, story))
    };
    Ok(site.kept.page(&story.path, edition, make).await?.into())
}

impl StoryPage {
    /// Leaves out what is behind the opening.
    pub(crate) fn close(&mut self) {
        self.rest_html = None;
        self.footnotes_html = self.opening_footnotes.html();
    }
}

/// The page as `who` may see it.
pub(crate) async fn page(
    site: &Site,
    edition: &Edition,
    story: &Published,
    who: Who,
) -> Result<StoryPage, Problem> {
    let mut copy = reading::copy(&site.db, story.id, story.revision, &site.media).await?;
    copy.body
        .offer_frames(embed_frames::offered(site, &story.card.language));
    let access = edition.access(&story.card);
    let (opening, rest, footnotes) = match visible_body(&copy.body, story.id, access, who) {
        Visible::Whole {
            opening,
            rest,
            footnotes,
        } => {
            let rest = Some(rest).filter(|rest| !rest.is_empty());
            (opening, rest, footnotes)
        }
        Visible::Opening { opening, footnotes } => (opening, None, footnotes),
    };
    let is_closed = rest.is_none() && copy.body.has_rest();
    let gate = is_closed.then(|| GateView {
        url: format!("/_gate/{}/{}", story.id, story.revision),
        full_url: format!("{}/full", story.path),
    });
    let viewer = Viewer {
        site,
        edition,
        language: &story.card.language,
    };
    Ok(assemble(
        &viewer,
        story,
        &copy,
        Parts {
            opening,
            rest,
            footnotes,
            gate,
        },
    ))
}

struct Parts {
    opening: String,
    rest: Option<String>,
    footnotes: Footnotes,
    gate: Option<GateView>,
}

fn assemble(viewer: &Viewer<'_>, story: &Published, copy: &Copy, parts: Parts) -> StoryPage {
    let Viewer { site, edition, .. } = *viewer;
    let (fields, card) = (&copy.fields, &story.card);
    let section = card.section.and_then(|id| edition.section(id));
    let running = card.running.and_then(|id| edition.running(id));
    let frame = page_frame(viewer, story, copy, parts.gate.is_some());
    let free = card.public_safety_open || running.is_some_and(|one| one.public_safety_open);
    let numbered = |(nth, note)| viewer.note(note).at(nth + 1);
    let history: Vec<_> = copy.notes.iter().enumerate().map(numbered).collect();
    StoryPage {
        frame: Frame::new(site, edition, frame, section.map(|one| one.slug.as_str())),
        kicker: card.kicker.clone(),
        section: section.map(|one| Link {
            name: one.name.clone(),
            url: format!("/section/{}", one.slug),
        }),
        running: running.map(|one| RunningView {
            name: one.label.clone(),
            url: format!("/running/{}", one.slug),
            live: one.state.is_live(),
            state: one.state,
        }),
        headline: card.headline.clone(),
        deck: card.deck.clone(),
        bylines: bylines(viewer, story),
        dateline: fields.dateline.as_ref().map(|dateline| DatelineView {
            place: dateline.place.clone(),
            date: dateline.date.map(|day| viewer.saying().day(day)),
        }),
        published: viewer.saying().when(story.first_at, Detail::Time),
        updated: updated(viewer, story, copy),
        picture: card
            .picture
            .as_ref()
            .map(|picture| PictureView::of(site, picture, Standing::Lead)),
        opening_html: parts.opening,
        rest_html: parts.rest,
        footnotes_html: parts.footnotes.html(),
        opening_footnotes: parts.footnotes.of_opening(),
        gate: parts.gate,
        notes: history
            .iter()
            .filter(|note| note.is_logged())
            .cloned()
            .collect(),
        history: history.into_iter().rev().collect(),
        topics: topic_links(viewer, &fields.topics),
        people: named(viewer, &fields.people),
        places: fields.places.clone(),
        related: related(viewer, story),
        source_note: fields.source_note.clone(),
        free,
        sensitive: card.sensitive,
        full: false,
        standing: None,
    }
}

fn bylines(viewer: &Viewer<'_>, story: &Published) -> Vec<BylineView> {
    let view = |byline: &newsroom::story::Byline| BylineView {
        name: byline.name.clone(),
        url: viewer.author_url(&byline.name),
        role: byline.role.clone(),
    };
    story.card.bylines.iter().map(view).collect()
}

/// Whoever writes here has a page; for others there is none, and a name without a link says so.
fn named(viewer: &Viewer<'_>, names: &[String]) -> Vec<NamedView> {
    let view = |name: &String| NamedView {
        name: name.clone(),
        url: viewer.author_url(name),
    };
    names.iter().map(view).collect()
}

fn updated(viewer: &Viewer<'_>, story: &Published, copy: &Copy) -> Option<UpdatedView> {
    let at = story.card.updated_at?;
    let update = copy
        .notes
        .iter()
        .rev()
        .find(|note| note.class == NoteClass::Update);
    Some(UpdatedView {
        when: viewer.saying().when(at, Detail::Time),
        reason: update.map(|note| note.words.clone()),
    })
}

/// Stories the desk set beside this one.
fn related(viewer: &Viewer<'_>, story: &Published) -> Vec<Card> {
    let stories = story
        .card
        .related
        .iter()
        .filter_map(|id| viewer.edition.story(*id));
    viewer.cards(stories)
}

/// Each topic by the name it has now, and its page.
fn topic_links(viewer: &Viewer<'_>, names: &[String]) -> Vec<Link> {
    let link = |name: &String| {
        let slug = viewer.edition.topic_called(name)?;
        Some(Link {
            name: viewer.topic_name(name),
            url: format!("/topic/{slug}"),
        })
    };
    names.iter().filter_map(link).collect()
}

fn page_frame(viewer: &Viewer<'_>, story: &Published, copy: &Copy, is_gated: bool) -> PageFrame {
    let Viewer { site, edition, .. } = *viewer;
    let card = &story.card;
    let mut frame = PageFrame::new(site, "story", card.headline.clone(), &card.language)
        .at(site, &story.path)
        .described(card.deck.clone());
    if let Some(first) = &copy.fields.canonical_url {
        frame.canonical = Some(first.as_str().into());
    }
    frame.json_ld = Some(json_ld::story(viewer, story, copy, is_gated));
    frame.feeds = vec![oembed::link(site, story)];
    if card.kind == Kind::Story {
        frame.feeds.push(ninjs::link(site, story));
        let elsewhere = |voice: &Voice| voice.story(story.id);
        frame
            .feeds
            .extend(fediverse::link(site, &card.headline, elsewhere));
    }
    let section = card.section.and_then(|id| edition.section(id));
    frame.share = Some(Share {
        kind: "article",
        image: Some(share::shared(site, story)),
        url: site.absolute(&story.path),
        story: Some(StoryShare {
            published: viewer.iso(story.first_at),
            modified: viewer.iso(story.changed_at),
            section: section.map(|section| section.name.clone()),
            topics: card.topics.clone(),
        }),
        ..Share::of_page(&frame)
    });
    frame
}

fn day(text: &str) -> Option<i8> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .then(|| text.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}

async fn of_day(site: &Site, edition: &Edition, month: Month, day: i8) -> Result<Answer, Problem> {
    let date = jiff::civil::Date::new(month.year, month.month, day);
    let date = date.map_err(|_| Problem::absent())?;
    let zone = &site.identity.zone;
    let starts = date
        .to_zoned(zone.clone())
        .map_err(|_| Problem::absent())?
        .timestamp();
    let ends = date
        .tomorrow()
        .and_then(|next| next.to_zoned(zone.clone()))
        .map_err(|_| Problem::absent())?
        .timestamp();
    let (of_month, _) = edition.list(&ListOf::Month(month), 0, usize::MAX);
    let stories: Vec<_> = of_month
        .into_iter()
        .filter(|one| one.first_at >= starts && one.first_at < ends)
        .collect();
    if stories.is_empty() {
        return Err(Problem::absent());
    }
    let path = format!("/{:04}/{:02}/{day:02}", month.year, month.month);
    list::answer_day(site, edition, &path, (date, &stories)).await
}
