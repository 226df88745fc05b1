//! `GET /running/{slug}`: a running story with its live entries.

use axum::extract::{Path, State};
use base::{HtmlOptions, Instant, Slug, document::Frames, html};
use newsroom::{
    Edition,
    edition::ListOf,
    running::{self, ENTRIES_A_PAGE, EntryStatus, LiveEntry, RunningState, RunningStory},
};
use serde::Serialize;
use web::{Answer, Page, Problem, Query};

use super::{elsewhere, page_number};
use crate::pictures::lay_in;
use crate::{
    Site, embed_frames, feeds,
    frame::{Frame, PageFrame},
    json_ld,
    kept::{KeptPage, Stamp},
    rows,
    view::{Card, Paging, Viewer},
    when::{Detail, When},
};

/// Stories listed below the entries.
const STORIES: usize = 12;

#[derive(Serialize)]
struct RunningPage {
    frame: Frame,
    name: String,
    label: String,
    state: RunningState,
    state_words: String,
    live: bool,
    summary_html: Option<String>,
    reviewed: Option<When>,
    lead: Option<Card>,
    key_events: Vec<KeyEvent>,
    entries: Vec<EntryView>,
    stories: Vec<Card>,
    pages: Paging,
}

#[derive(Serialize)]
struct KeyEvent {
    id: String,
    when: When,
    title: String,
}

#[derive(Serialize)]
struct EntryView {
    id: String,
    url: String,
    title: Option<String>,
    html: String,
    key_event: bool,
    pinned: bool,
    when: When,
    byline: Option<String>,
    status: EntryStatus,
    status_words: String,
}

/// Shows a page of the running story.
pub async fn show(
    State(site): State<Site>,
    Path(slug): Path<Slug>,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let edition = site.edition();
    let all = &edition.furniture.running;
    let Some(running) = all.iter().find(|one| one.slug == slug) else {
        return elsewhere::lead_on(&site, &format!("/running/{slug}"), &rows::RUNNING).await;
    };
    let Some(number) = page_number(&query) else {
        return Answer::moved(&format!("/running/{slug}"));
    };
    let address = match number {
        1 => format!("/running/{slug}"),
        number => format!("/running/{slug}?page={number}"),
    };
    let make = make(&site, &edition, running, (number, &address));
    Ok(site.kept.page(&address, &edition, make).await?.into())
}

async fn make(
    site: &Site,
    edition: &Edition,
    running: &RunningStory,
    (number, address): (usize, &str),
) -> Result<KeptPage, Problem> {
    let coverage = Coverage::read(site, running, number).await?;
    let viewer = Viewer {
        site,
        edition,
        language: &running.language,
    };
    let page = assemble(&viewer, running, &coverage, (number, address));
    let html = site.templates.render("running.html", &page)?;
    let key = format!("run-{}", running.id);
    let page = Page::kept(&rows::RUNNING, html)
        .with_surrogate_keys([key.as_str()])
        .shared();
    Ok(KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
    })
}

/// What was written about it, as far as one page shows it.
struct Coverage {
    entries: Vec<LiveEntry>,
    /// Entries on all pages.
    total: usize,
    /// When the first entry of all and the newest were made public.
    from_to: Option<(Instant, Instant)>,
    key_events: Vec<LiveEntry>,
}

impl Coverage {
    async fn read(site: &Site, running: &RunningStory, number: usize) -> Result<Self, Problem> {
        let offset = (number as u32 - 1) * ENTRIES_A_PAGE;
        let mut entries = running::entries(&site.db, running.id, offset).await?;
        lay_in(site, entries.iter_mut().map(|entry| &mut entry.body)).await?;
        if number > 1 && entries.is_empty() {
            return Err(Problem::absent());
        }
        let total = running::count_entries(&site.db, running.id).await?;
        let oldest = one(site, running, total.saturating_sub(1)).await?;
        let newest = one(site, running, 0).await?;
        let from_to = oldest.zip(newest);
        Ok(Self {
            entries,
            total: total as usize,
            from_to,
            key_events: running::key_events(&site.db, running.id).await?,
        })
    }

    /// What structured data says of it.
    fn told(&self) -> json_ld::Coverage<'_> {
        json_ld::Coverage {
            entries: &self.entries,
            from_to: self.from_to,
        }
    }
}

/// When the entry at this place from the newest on was made public.
async fn one(site: &Site, running: &RunningStory, place: u32) -> Result<Option<Instant>, Problem> {
    let entries = running::entries(&site.db, running.id, place).await?;
    Ok(entries.first().map(|entry| entry.at))
}

fn assemble(
    viewer: &Viewer<'_>,
    running: &RunningStory,
    coverage: &Coverage,
    (number, address): (usize, &str),
) -> RunningPage {
    let path = format!("/running/{}", running.slug);
    let of = ListOf::Running(running.id);
    let (stories, _) = viewer.edition.list(&of, 0, STORIES);
    let events = coverage.key_events.iter();
    // Numbered through the page, so that no two footnotes of it have one name.
    let mut first_footnote = 1;
    let frames = embed_frames::offered(viewer.site, &running.language);
    let entries = coverage.entries.iter();
    let reviewed = running.reviewed_at;
    RunningPage {
        frame: frame(viewer, running, coverage, address),
        name: running.name.clone(),
        label: viewer.say("running-label"),
        state: running.state,
        state_words: viewer.say(state_key(running.state)),
        live: running.state.is_live(),
        summary_html: summary(&running.summary),
        reviewed: reviewed.map(|at| viewer.saying().when(at, Detail::Time)),
        lead: None,
        key_events: events.map(|entry| key_event(viewer, entry)).collect(),
        entries: entries
            .map(|entry| entry_view(viewer, entry, (&path, &mut first_footnote, frames.as_ref())))
            .collect(),
        stories: viewer.cards(stories),
        pages: Paging::new(&path, "", number, (coverage.total, ENTRIES_A_PAGE as usize)),
    }
}

fn frame(viewer: &Viewer<'_>, running: &RunningStory, coverage: &Coverage, address: &str) -> Frame {
    let Viewer { site, edition, .. } = *viewer;
    let mut frame = PageFrame::new(site, "running", running.name.clone(), &running.language)
        .at(site, address)
        .described(running.summary.first().cloned());
    let title = format!("{} – {}", site.identity.name, running.name);
    frame.feeds = feeds::links(&title, &format!("/running/{}", running.slug));
    frame.json_ld = Some(json_ld::running(viewer, running, coverage.told()));
    Frame::new(site, edition, frame, None)
}

fn summary(lines: &[String]) -> Option<String> {
    if lines.is_empty() {
        return None;
    }
    let items = lines
        .iter()
        .map(|line| format!("<li>{}</li>", html::text(line)));
    Some(format!("<ul>{}</ul>", items.collect::<String>()))
}

fn key_event(viewer: &Viewer<'_>, entry: &LiveEntry) -> KeyEvent {
    KeyEvent {
        id: format!("e{}", entry.id),
        when: viewer.saying().when(entry.at, Detail::DayOfYear),
        title: entry.title.clone().unwrap_or_default(),
    }
}

fn entry_view(
    viewer: &Viewer<'_>,
    entry: &LiveEntry,
    (path, first_footnote, frames): (&str, &mut usize, Option<&Frames>),
) -> EntryView {
    let options = HtmlOptions {
        first_footnote: *first_footnote,
        frames,
        ..HtmlOptions::default()
    };
    let written = options.write_apart(&entry.body.content);
    *first_footnote += written.footnotes.len();
    EntryView {
        id: format!("e{}", entry.id),
        url: format!("{path}#e{}", entry.id),
        title: entry.title.clone(),
        html: written.with_footnotes(options.first_footnote),
        key_event: entry.key_event,
        pinned: entry.pinned,
        when: viewer.saying().when(entry.at, Detail::Time),
        byline: entry.byline.clone(),
        status: entry.status,
        status_words: viewer.say(status_key(entry.status)),
    }
}

/// The message for a running story's state.
pub(crate) fn state_key(state: RunningState) -> &'static str {
    match state {
        RunningState::Watching => "running-state-watching",
        RunningState::Breaking => "running-state-breaking",
        RunningState::Developing => "running-state-developing",
        RunningState::WindingDown => "running-state-winding-down",
        RunningState::Closed => "running-state-closed",
    }
}

pub(crate) fn status_key(status: EntryStatus) -> &'static str {
    match status {
        EntryStatus::Reported => "entry-reported",
        EntryStatus::Confirmed => "entry-confirmed",
        EntryStatus::Disputed => "entry-disputed",
        EntryStatus::Corrected => "entry-corrected",
        EntryStatus::Withdrawn => "entry-withdrawn",
    }
}
