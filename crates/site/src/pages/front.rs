//! `GET /`: the front. Editors' slots first; what they leave empty takes the newest.

use std::collections::HashSet;

use axum::extract::State;
use base::Language;
use newsroom::{
    Edition,
    edition::{ListOf, Published},
    front::Weight,
    story::StoryId,
};
use serde::Serialize;
use std::sync::Arc;
use web::{Answer, Page, Problem, Query};

use super::elsewhere;
use crate::{
    Site,
    frame::{Frame, PageFrame, Share},
    json_ld,
    kept::{KeptPage, Stamp},
    rows,
    view::{Card, Viewer},
    when::{Detail, When},
};

/// Stories beside the lead.
const MAJORS: usize = 4;
/// Stories below them.
const PLAINS: usize = 8;
/// Lines in the column of the newest.
const NEWEST: usize = 12;
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
    let language = &site.identity.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    let live = live_strip(&viewer).await?;
    let (lead, majors, plains) = arranged(edition, language);
    let on_top: HashSet<StoryId> = lead
        .iter()
        .chain(&majors)
        .chain(&plains)
        .map(|story| story.id)
        .collect();
    let newest = newest_of(edition, language, NEWEST);
    let page = FrontPage {
        frame: Frame::new(site, edition, page_frame(site), None),
        empty: edition.is_empty(),
        lead: lead.map(|story| viewer.card(story, "lead")),
        majors: majors
            .iter()
            .map(|story| viewer.card(story, "major"))
            .collect(),
        plains: plains
            .iter()
            .map(|story| viewer.card(story, "plain"))
            .collect(),
        live,
        sections: bands(&viewer, &on_top),
        newest: viewer.cards(newest),
    };
    let html = site.templates.render("front.html", &page)?;
    let page = Page::kept(&rows::FRONT, html)
        .with_surrogate_keys(["front"])
        .shared();
    Ok(KeptPage {
        page,
        stamp: Stamp::Edition(edition.number),
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
        .described(description.clone());
    frame.json_ld = Some(json_ld::newsroom(site));
    frame.share = Some(Share {
        kind: "website",
        title: identity.name.clone(),
        description: description.unwrap_or_default(),
        image: None,
        url: site.absolute("/"),
    });
    frame
}

type Top<'a> = (
    Option<&'a Arc<Published>>,
    Vec<&'a Arc<Published>>,
    Vec<&'a Arc<Published>>,
);

/// How far back the front looks for stories of the site's own language, per place to fill.
const LOOK_BACK: usize = 20;

/// The newest stories in the site's own language; other editions have fronts of their own.
fn newest_of<'e>(
    edition: &'e Edition,
    language: &Language,
    most: usize,
) -> Vec<&'e Arc<Published>> {
    let (newest, _) = edition.list(&ListOf::Newest, 0, most * LOOK_BACK);
    let is_ours = |story: &&Arc<Published>| story.card.language.primary() == language.primary();
    newest.into_iter().filter(is_ours).take(most).collect()
}

/// Slots by weight, then the newest in the places left.
fn arranged<'e>(edition: &'e Edition, language: &Language) -> Top<'e> {
    let slots = &edition.furniture.slots;
    let of = |weight: Weight| {
        slots
            .iter()
            .filter(move |slot| slot.weight == weight)
            .filter_map(|slot| edition.story(slot.story))
    };
    let mut used: HashSet<StoryId> = slots
        .iter()
        .filter_map(|slot| edition.story(slot.story))
        .map(|story| story.id)
        .collect();
    let room = 1 + MAJORS + PLAINS + used.len();
    let newest = newest_of(edition, language, room);
    let mut fresh = newest.into_iter().filter(|story| used.insert(story.id));
    let lead = of(Weight::Lead).next().or_else(|| fresh.next());
    let mut majors: Vec<_> = of(Weight::Major).take(MAJORS).collect();
    majors.extend(fresh.by_ref().take(MAJORS - majors.len()));
    let mut plains: Vec<_> = of(Weight::Plain)
        .chain(of(Weight::Brief))
        .take(PLAINS)
        .collect();
    plains.extend(fresh.take(PLAINS - plains.len()));
    (lead, majors, plains)
}

/// A band for each section of the site's language that has something not already on top.
fn bands(viewer: &Viewer<'_>, on_top: &HashSet<StoryId>) -> Vec<SectionBand> {
    let edition = viewer.edition;
    let of_section = |section: &newsroom::section::Section| {
        let list = ListOf::Section(section.id);
        let stories = edition.list(&list, 0, OF_A_SECTION + on_top.len()).0;
        let cards: Vec<Card> = stories
            .into_iter()
            .filter(|story| !on_top.contains(&story.id))
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
