//! `GET /`: the front. Editors' slots first; what they leave empty takes the newest.

mod top;

use std::collections::HashSet;

use axum::extract::State;
use newsroom::{
    Edition,
    edition::{Furniture, ListOf},
    front::Slot,
    story::StoryId,
};
use serde::Serialize;
use syndication::fediverse::{Actor, Voice};
use web::{Answer, Page, Problem, Query};

use super::elsewhere;
use crate::{
    Site, fediverse, feeds,
    frame::{Frame, PageFrame, Share},
    json_ld,
    kept::{KeptPage, Stamp},
    rows,
    view::{Card, Viewer},
    when::{Detail, When},
};
use top::{Top, newest_of};

/// Lines in the column of what is new besides the top.
const NEWEST: usize = 6;
/// Stories under a section's name.
const OF_A_SECTION: usize = 4;
/// Entries in the live strip.
const LIVE_ENTRIES: u32 = 4;

#[derive(Serialize)]
struct FrontPage {
    frame: Frame,
    lead: Option<Card>,
    majors: Vec<Card>,
    plains: Vec<Card>,
    live: Option<LiveStrip>,
    sections: Vec<SectionBand>,
    newest: Vec<Card>,
    empty: bool,
}

#[derive(Serialize)]
struct SectionBand {
    name: String,
    url: String,
    cards: Vec<Card>,
}

#[derive(Serialize)]
struct LiveStrip {
    name: String,
    url: String,
    state: String,
    entries: Vec<LiveLine>,
}

#[derive(Serialize)]
struct LiveLine {
    url: String,
    when: When,
    text: String,
}

/// Shows the front, or leads an old numbered address (`/?p=12`) to its story.
pub async fn show(State(site): State<Site>, Query(query): Query) -> Result<Answer, Problem> {
    for key in ["p", "page_id", "attachment_id"] {
        if let Some(number) = query.get(key) {
            return elsewhere::lead_on(&site, &format!("/?{key}={number}"), &rows::FRONT).await;
        }
    }
    let edition = site.edition();
    let page = site.kept.page("/", &edition, make(&site, &edition)).await?;
    Ok(page.into())
}

async fn make(site: &Site, edition: &Edition) -> Result<KeptPage, Problem> {
    let html = site
        .templates
        .render("front.html", &front_page(site, edition).await?)?;
    let page = Page::kept(&rows::FRONT, html)
        .with_surrogate_keys(["front"])
        .shared();
    Ok(KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
    })
}

/// The front as it would be with these slots, for the desk: the page itself, without its script.
pub(super) async fn with_slots(site: &Site, slots: Vec<Slot>) -> Result<String, Problem> {
    let edition = site.edition();
    let furniture = Furniture {
        slots,
        ..(*edition.furniture).clone()
    };
    let mut page = front_page(site, &edition.with_furniture(furniture)).await?;
    page.frame.without_script();
    Ok(site.templates.render("front.html", &page)?)
}

async fn front_page(site: &Site, edition: &Edition) -> Result<FrontPage, Problem> {
    let language = &site.identity.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    let live = live_strip(&viewer).await?;
    let top = Top::of(edition, language);
    // A story stands on the front once: at the top, else among the newest, else in its section's band.
    let mut shown = top.ids();
    let mut newest = newest_of(edition, language, NEWEST + shown.len());
    newest.retain(|story| !shown.contains(&story.id));
    newest.truncate(NEWEST);
    shown.extend(newest.iter().map(|story| story.id));
    Ok(FrontPage {
        frame: Frame::new(site, edition, page_frame(site), None),
        empty: edition.is_empty(),
        lead: top.lead.map(|story| viewer.card(story, "lead")),
        majors: top
            .majors
            .iter()
            .map(|story| viewer.card(story, "major"))
            .collect(),
        plains: top
            .below
            .iter()
            .map(|(story, weight)| viewer.card(story, weight))
            .collect(),
        live,
        sections: bands(&viewer, &shown),
        newest: viewer.cards(newest),
    })
}

fn page_frame(site: &Site) -> PageFrame {
    let identity = &site.identity;
    let title = match &identity.tagline {
        Some(tagline) => format!("{} – {tagline}", identity.name),
        None => identity.name.clone(),
    };
    let description = identity.tagline.clone();
    let mut frame = PageFrame::new(site, "front", title, &identity.language)
        .at(site, "/")
        .described(description);
    frame.json_ld = Some(json_ld::newsroom(site));
    frame.feeds = feeds::links(&identity.name, "/");
    let elsewhere = |voice: &Voice| voice.id(Actor::Newsroom);
    frame
        .feeds
        .extend(fediverse::link(site, &identity.name, elsewhere));
    frame.share = Some(Share {
        title: identity.name.clone(),
        ..Share::of_page(&frame)
    });
    frame
}

/// A band for each section of the site's language that has something not already shown above.
fn bands(viewer: &Viewer<'_>, above: &HashSet<StoryId>) -> Vec<SectionBand> {
    let edition = viewer.edition;
    let of_section = |section: &newsroom::section::Section| {
        let list = ListOf::Section(section.id);
        let stories = edition.list(&list, 0, OF_A_SECTION + above.len()).0;
        let cards: Vec<Card> = stories
            .into_iter()
            .filter(|story| !above.contains(&story.id))
            .take(OF_A_SECTION)
            .map(|story| viewer.card(story, "plain"))
            .collect();
        let url = format!("/section/{}", section.slug);
        (!cards.is_empty()).then(|| SectionBand {
            name: section.name.clone(),
            url,
            cards,
        })
    };
    let is_ours = |section: &&newsroom::section::Section| {
        section.language.primary() == viewer.language.primary()
    };
    let sections = edition.furniture.sections.iter().filter(is_ours);
    sections.filter_map(of_section).collect()
}

async fn live_strip(viewer: &Viewer<'_>) -> Result<Option<LiveStrip>, Problem> {
    let live = |running: &&newsroom::running::RunningStory| running.state.is_live();
    let Some(running) = viewer.edition.furniture.running.iter().find(live) else {
        return Ok(None);
    };
    let url = format!("/running/{}", running.slug);
    let entries = newsroom::running::entries(&viewer.site.db, running.id, 0).await?;
    let entries = entries
        .iter()
        .take(LIVE_ENTRIES as usize)
        .map(|entry| LiveLine {
            url: format!("{url}#e{}", entry.id),
            when: viewer.saying().when(entry.at, Detail::TimeOnly),
            text: entry
                .title
                .clone()
                .unwrap_or_else(|| first_line(&entry.body.to_text())),
        });
    Ok(Some(LiveStrip {
        name: running.name.clone(),
        state: viewer.say(super::running::state_key(running.state)),
        entries: entries.collect(),
        url,
    }))
}

fn first_line(text: &str) -> String {
    text.lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(120)
        .collect()
}
