//! Structured data (schema.org): `NewsArticle`, `NewsMediaOrganization`, `LiveBlogPosting`.

use base::Instant;
use newsroom::{
    edition::Published,
    reading::Copy,
    running::{EntryStatus, LiveEntry, RunningState, RunningStory},
    story::{Access, Fields, Genre, NoteClass},
};
use serde_json::{Map, Value, json};

use crate::{Site, share, view::Viewer, when};

/// The part of the page that is not free to read, as `hasPart` names it.
const GATED_PART: &str = ".rest";
/// Letters of an entry without a title that stand for one.
const BEGINNING: usize = 100;

/// A story. The body is never in it, gated or not.
pub fn story(viewer: &Viewer<'_>, story: &Published, copy: &Copy, is_gated: bool) -> String {
    let Viewer { site, edition, .. } = *viewer;
    let (card, fields) = (&story.card, &copy.fields);
    let mut data = Map::new();
    let mut put = |name: &str, value: Value| {
        data.insert(name.into(), value);
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!(article_type(card.genre, fields)));
    put("identifier", json!(format!("urn:uuid:{}", story.id)));
    put("mainEntityOfPage", json!(site.absolute(&story.path)));
    put("headline", json!(card.headline));
    put("inLanguage", json!(card.language.tag()));
    put("datePublished", json!(iso(site, story.first_at)));
    put("dateModified", json!(iso(site, story.changed_at)));
    put("publisher", organisation(site));
    put(
        "isAccessibleForFree",
        json!(edition.access(card) == Access::Open),
    );
    if is_gated {
        put(
            "hasPart",
            json!({"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": GATED_PART}),
        );
    }
    put("author", authors(viewer, story));
    let corrections: Vec<Value> = corrections(site, copy);
    if !corrections.is_empty() {
        put("correction", json!(corrections));
    }
    put("wordCount", json!(copy.body.words()));
    told(viewer, story, fields, &mut data);
    safe(&Value::Object(data))
}

/// The newsroom.
pub fn newsroom(site: &Site) -> String {
    let mut data = organisation(site);
    data["@context"] = json!("https://schema.org");
    safe(&data)
}

/// A running story's entries, as its structured data tells them.
pub struct Coverage<'a> {
    /// Those on the page.
    pub entries: &'a [LiveEntry],
    /// When the first entry of all and the newest were made public.
    pub from_to: Option<(Instant, Instant)>,
}

/// A running story: a live page where it has entries, else a collection of stories.
pub fn running(viewer: &Viewer<'_>, running: &RunningStory, coverage: Coverage<'_>) -> String {
    let site = viewer.site;
    let url = site.absolute(&format!("/running/{}", running.slug));
    let mut data = json!({
        "@context": "https://schema.org",
        "mainEntityOfPage": url,
        "url": url,
        "headline": running.name,
        "inLanguage": running.language.tag(),
        "datePublished": iso(site, running.created_at),
        "dateModified": iso(site, running.updated_at),
        "publisher": organisation(site),
    });
    if let Some(summary) = running.summary.first() {
        data["description"] = json!(summary);
    }
    let Some((from, to)) = coverage.from_to else {
        data["@type"] = json!("CollectionPage");
        return safe(&data);
    };
    data["@type"] = json!("LiveBlogPosting");
    data["dateModified"] = json!(iso(site, running.updated_at.max(to)));
    data["coverageStartTime"] = json!(iso(site, from));
    if running.state == RunningState::Closed {
        data["coverageEndTime"] = json!(iso(site, to));
    }
    let shown = coverage.entries.iter();
    let shown = shown.filter(|entry| entry.status != EntryStatus::Withdrawn);
    data["liveBlogUpdate"] = shown.map(|entry| update(viewer, &url, entry)).collect();
    safe(&data)
}

/// What only some stories tell.
fn told(viewer: &Viewer<'_>, story: &Published, fields: &Fields, data: &mut Map<String, Value>) {
    let Viewer { site, edition, .. } = *viewer;
    let card = &story.card;
    let mut put = |name: &str, value: Value| {
        data.insert(name.into(), value);
    };
    if let Some(deck) = &card.deck {
        put("description", json!(deck));
    }
    put("image", json!(share::in_shapes(site, story)));
    if let Some(section) = card.section.and_then(|id| edition.section(id)) {
        put("articleSection", json!(section.name));
    }
    if !card.topics.is_empty() {
        let topics = card.topics.iter().map(|name| viewer.topic_name(name));
        put("keywords", json!(topics.collect::<Vec<_>>().join(", ")));
    }
    if let Some(dateline) = &fields.dateline {
        put("dateline", json!(dateline.place));
    }
    for (name, names) in [
        ("about", &fields.people),
        ("contentLocation", &fields.places),
    ] {
        if !names.is_empty() {
            put(name, named(name, names));
        }
    }
    if let Some(note) = &fields.source_note {
        put("backstory", json!(note));
    }
}

/// One entry; anybody may read all of it.
fn update(viewer: &Viewer<'_>, page: &str, entry: &LiveEntry) -> Value {
    let mut data = json!({
        "@type": "BlogPosting",
        "headline": headline_of(entry),
        "articleBody": entry.body.to_text(),
        "datePublished": iso(viewer.site, entry.at),
        "url": format!("{page}#e{}", entry.id),
    });
    if let Some(name) = &entry.byline {
        data["author"] = person(viewer, name);
    }
    data
}

/// What stands for an entry's headline: its title, or how its text begins.
pub(crate) fn headline_of(entry: &LiveEntry) -> String {
    let begins = || entry.body.to_text().chars().take(BEGINNING).collect();
    entry.title.clone().unwrap_or_else(begins)
}

/// An address that others can open: ours is made whole, others' stay.
pub fn whole(site: &Site, src: &str) -> String {
    if src.starts_with('/') {
        site.absolute(src)
    } else {
        src.to_string()
    }
}

fn organisation(site: &Site) -> Value {
    let trust = |slug: &str| {
        let edition = site.edition();
        let page = edition
            .furniture
            .trust
            .iter()
            .find(|page| page.slug.as_str() == slug);
        page.map(|page| site.absolute(&format!("/about/{}", page.slug)))
    };
    let mut data = json!({
        "@type": "NewsMediaOrganization",
        "name": site.identity.name,
        "url": site.absolute("/"),
    });
    for (slug, property) in POLICIES {
        if let Some(url) = trust(slug) {
            data[property] = json!(url);
        }
    }
    if let Some(url) = trust("ethics") {
        data["publishingPrinciples"] = json!(url);
    }
    data
}

/// Trust pages and the properties of `NewsMediaOrganization` that name them.
const POLICIES: [(&str, &str); 11] = [
    ("ethics", "ethicsPolicy"),
    ("corrections", "correctionsPolicy"),
    ("verification", "verificationFactCheckingPolicy"),
    ("unnamed-sources", "unnamedSourcesPolicy"),
    ("bylines", "noBylinesPolicy"),
    ("diversity", "diversityPolicy"),
    ("staffing", "diversityStaffingReport"),
    ("mission", "missionCoveragePrioritiesPolicy"),
    ("ownership", "ownershipFundingInfo"),
    ("masthead", "masthead"),
    ("feedback", "actionableFeedbackPolicy"),
];

fn authors(viewer: &Viewer<'_>, story: &Published) -> Value {
    match story.card.bylines.as_slice() {
        [] => organisation(viewer.site),
        bylines => bylines
            .iter()
            .map(|byline| person(viewer, &byline.name))
            .collect(),
    }
}

fn person(viewer: &Viewer<'_>, name: &str) -> Value {
    let mut person = json!({"@type": "Person", "name": name});
    if let Some(url) = viewer.author_url(name) {
        person["url"] = json!(viewer.site.absolute(&url));
    }
    person
}

/// People a story is about, or places.
fn named(property: &str, names: &[String]) -> Value {
    let kind = match property {
        "about" => "Person",
        _ => "Place",
    };
    let one = |name: &String| json!({"@type": kind, "name": name});
    names.iter().map(one).collect()
}

fn corrections(site: &Site, copy: &Copy) -> Vec<Value> {
    let notes = copy
        .notes
        .iter()
        .filter(|note| note.class == NoteClass::Correction);
    notes
        .map(|note| {
            json!({
                "@type": "CorrectionComment", "text": note.words,
                "datePublished": iso(site, note.at),
            })
        })
        .collect()
}

/// The type that says most. `ReportageNewsArticle` says that somebody gathered it: we say so where somebody
/// of ours was there.
fn article_type(genre: Genre, fields: &Fields) -> &'static str {
    match genre {
        Genre::Analysis => "AnalysisNewsArticle",
        Genre::Opinion => "OpinionNewsArticle",
        Genre::Explainer => "BackgroundNewsArticle",
        Genre::Sponsored => "AdvertiserContentArticle",
        Genre::News if fields.dateline.is_some() => "ReportageNewsArticle",
        _ => "NewsArticle",
    }
}

fn iso(site: &Site, at: Instant) -> String {
    when::iso(&site.identity.zone, at)
}

/// JSON that cannot end the script element it stands in (HTML, section 4.12.1.3).
fn safe(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
