//! Structured data (schema.org): `NewsArticle`, `NewsMediaOrganization`, `LiveBlogPosting`.

use base::Instant;
use newsroom::{
    edition::Published,
    reading::Copy,
    running::{LiveEntry, RunningStory},
    story::{Access, Genre, NoteClass},
};
use serde_json::{Map, Value, json};

use crate::{Site, view::Viewer};

/// The part of the page that is not free to read, as `hasPart` names it.
const GATED_PART: &str = ".rest";

/// A story. The body is never in it, gated or not.
pub fn story(viewer: &Viewer<'_>, story: &Published, copy: &Copy, is_gated: bool) -> String {
    let Viewer { site, edition, .. } = *viewer;
    let (card, fields) = (&story.card, &copy.fields);
    let mut data = Map::new();
    let mut put = |name: &str, value: Value| {
        data.insert(name.into(), value);
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!(article_type(card.genre)));
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
    if let Some(deck) = &card.deck {
        put("description", json!(deck));
    }
    if let Some(picture) = &card.picture {
        put("image", json!([whole(site, picture.src.as_str())]));
    }
    if let Some(section) = card.section.and_then(|id| edition.section(id)) {
        put("articleSection", json!(section.name));
    }
    if !card.topics.is_empty() {
        put("keywords", json!(card.topics.join(", ")));
    }
    if let Some(dateline) = &fields.dateline {
        put("dateline", json!(dateline.place));
    }
    put("author", authors(viewer, story));
    let corrections: Vec<Value> = corrections(site, copy);
    if !corrections.is_empty() {
        put("correction", json!(corrections));
    }
    put("wordCount", json!(copy.body.words()));
    safe(&Value::Object(data))
}

/// The newsroom.
pub fn newsroom(site: &Site) -> String {
    let mut data = organisation(site);
    data["@context"] = json!("https://schema.org");
    safe(&data)
}

/// A running story with its entries.
pub fn running(site: &Site, running: &RunningStory, entries: &[LiveEntry]) -> String {
    let url = site.absolute(&format!("/running/{}", running.slug));
    let updates: Vec<Value> = entries
        .iter()
        .map(|entry| {
            let text = entry.body.to_text();
            let headline = entry
                .title
                .clone()
                .unwrap_or_else(|| text.chars().take(100).collect());
            json!({
                "@type": "BlogPosting", "headline": headline, "articleBody": text,
                "datePublished": iso(site, entry.at), "url": format!("{url}#e{}", entry.id),
            })
        })
        .collect();
    let starts = entries
        .iter()
        .map(|entry| entry.at)
        .min()
        .unwrap_or(running.created_at);
    safe(&json!({
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "mainEntityOfPage": url,
        "headline": running.name,
        "inLanguage": running.language.tag(),
        "datePublished": iso(site, running.created_at),
        "dateModified": iso(site, running.updated_at),
        "coverageStartTime": iso(site, starts),
        "publisher": organisation(site),
        "liveBlogUpdate": updates,
    }))
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
    let person = |byline: &newsroom::story::Byline| {
        let mut person = json!({"@type": "Person", "name": byline.name});
        if let Some(url) = viewer.author_url(&byline.name) {
            person["url"] = json!(viewer.site.absolute(&url));
        }
        person
    };
    match story.card.bylines.as_slice() {
        [] => organisation(viewer.site),
        bylines => bylines.iter().map(person).collect(),
    }
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

fn article_type(genre: Genre) -> &'static str {
    match genre {
        Genre::Analysis => "AnalysisNewsArticle",
        Genre::Opinion => "OpinionNewsArticle",
        Genre::Explainer => "BackgroundNewsArticle",
        Genre::Sponsored => "AdvertiserContentArticle",
        _ => "NewsArticle",
    }
}

fn iso(site: &Site, at: Instant) -> String {
    at.to_zoned(site.identity.zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
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
