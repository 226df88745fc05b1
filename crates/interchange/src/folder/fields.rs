//! Front matter made into a story: our own names, and those of Hugo and Jekyll for the same things.

use base::{Instant, document::Picture};
use jiff::tz::TimeZone;

use super::{dates, people, walk};
use crate::{
    address::Addresses,
    front_matter::{FrontMatter, Value},
    incoming::{IncomingCorrection, IncomingState, IncomingStory, Kind},
    margin::Margin,
};

/// Remark on a file that says nowhere when it was published.
const NO_DATE: &str = "it has no date that can be read; made a draft";

/// Reads all of a story but its body.
pub(super) fn story(
    front: &mut FrontMatter<'_>,
    path: &str,
    zone: &TimeZone,
    addresses: &Addresses,
    margin: &mut Margin,
) -> IncomingStory {
    let (name_date, name_slug) = walk::date_and_slug(stem_of(path));
    let published = published(front, name_date, zone, margin);
    let state = state(front, published, margin);
    let slug = front
        .take_text(&["slug"])
        .unwrap_or_else(|| name_slug.into());
    let mut story = IncomingStory {
        source_key: format!("folder:{path}"),
        place: path.into(),
        kind: kind(front),
        state,
        headline: headline(front, name_slug, margin),
        deck: front.take_text(&["deck", "excerpt", "summary", "description", "subtitle"]),
        kicker: front.take_text(&["kicker"]),
        slugline: front.take_text(&["slugline"]),
        language: front
            .take_text(&["language", "lang", "locale"])
            .and_then(|tag| tag.parse().ok()),
        bylines: people::bylines(front),
        sections: texts(front, &["section", "sections", "categories", "category"]),
        topics: texts(front, &["topics", "tags", "tag", "keywords"])
            .iter()
            .map(|name| people::topic_of(name))
            .collect(),
        people: texts(front, &["people"]),
        places: texts(front, &["places"]),
        dateline: front.take_text(&["dateline"]),
        lead_picture: lead_picture(front, addresses, margin),
        published,
        modified: front
            .take_text(&["updated", "lastmod", "modified", "last_modified_at"])
            .and_then(|text| dates::read(&text, zone)),
        update_note: front.take_text(&["update_note"]),
        old_addresses: old_addresses(front, path, published, &slug, zone),
        genre: front.take_text(&["genre"]),
        running: front.take_text(&["running"]),
        access: front.take_text(&["access"]),
        urgency: urgency(front, margin),
        sensitive: front
            .take(&["sensitive"])
            .is_some_and(|value| value.is_true()),
        lead: front.take(&["lead"]).is_some_and(|value| value.is_true()),
        front: front
            .take_text(&["front"])
            .and_then(|text| text.parse().ok()),
        corrections: corrections(front, zone, margin),
        slug,
        ..IncomingStory::default()
    };
    keep(front, &mut story, margin);
    story
}

fn stem_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The date that the file names, else the one in its name.
fn published(
    front: &mut FrontMatter<'_>,
    name_date: Option<&str>,
    zone: &TimeZone,
    margin: &mut Margin,
) -> Option<Instant> {
    let date = front.take_text(&["date", "published", "publishDate", "published_at"]);
    let read = date.as_deref().and_then(|text| dates::read(text, zone));
    if let Some(text) = date.as_deref().filter(|_| read.is_none()) {
        margin.remark(text, "no date that can be read");
    }
    read.or_else(|| dates::read(name_date?, zone))
}

fn state(
    front: &mut FrontMatter<'_>,
    published: Option<Instant>,
    margin: &mut Margin,
) -> IncomingState {
    let hidden = front.take(&["draft"]).is_some_and(|value| value.is_true());
    match published {
        _ if hidden => IncomingState::Draft,
        Some(at) => IncomingState::Published(at),
        None => {
            margin.remark("date", NO_DATE);
            IncomingState::Draft
        }
    }
}

fn headline(front: &mut FrontMatter<'_>, slug: &str, margin: &mut Margin) -> String {
    front.take_text(&["headline", "title"]).unwrap_or_else(|| {
        margin.remark(
            "headline",
            "there is none; the file's name stands in for it",
        );
        slug.replace(['-', '_'], " ")
    })
}

fn kind(front: &mut FrontMatter<'_>) -> Kind {
    match front.take_text(&["kind", "type"]).as_deref() {
        Some("page") => Kind::Page,
        _ => Kind::Story,
    }
}

fn texts(front: &mut FrontMatter<'_>, names: &[&str]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for value in front.take_list(names) {
        let text = value.get("name").unwrap_or(&value).text();
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn urgency(front: &mut FrontMatter<'_>, margin: &mut Margin) -> Option<u8> {
    let text = front.take_text(&["urgency"])?;
    let urgency = text
        .parse()
        .ok()
        .filter(|urgency| (1..=9).contains(urgency));
    if urgency.is_none() {
        margin.remark(&text, "urgency is a number from 1 to 9; left out");
    }
    urgency
}

/// The lead picture: a path, or a map with `src`, `alt`, `caption`, `credit`.
fn lead_picture(
    front: &mut FrontMatter<'_>,
    addresses: &Addresses,
    margin: &mut Margin,
) -> Option<Picture> {
    let names = [
        "picture",
        "lead_picture",
        "image",
        "featured_image",
        "primary_image",
        "cover",
    ];
    let value = front.take(&names)?;
    let within = |names: [&str; 3]| {
        names
            .into_iter()
            .find_map(|name| value.get(name))
            .map(Value::text)
    };
    let alt =
        within(["alt", "image_alt", "description"]).or_else(|| front.take_text(&["image_alt"]));
    let caption = within(["caption", "figcaption", "title"])
        .or_else(|| front.take_text(&["image_figcaption", "image_caption"]));
    let address = within(["src", "url", "path"]).unwrap_or_else(|| value.text());
    let is_file = address
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    let src = addresses.file(&address).ok().filter(|_| is_file);
    let Some(src) = src else {
        let named = within(["uid", "id", "name"]).unwrap_or(address);
        margin.remark(
            &format!("lead picture {named}"),
            "only the old site's program knew where its file is; the story has none now",
        );
        return None;
    };
    Some(Picture {
        src,
        alt: alt.unwrap_or_default(),
        caption: caption.filter(|text| !text.is_empty()),
        credit: within(["credit", "attribution", "by"]).filter(|text| !text.is_empty()),
        ..Picture::default()
    })
}

/// Paths at which readers may have found the story on a site made by Jekyll or Hugo.
fn old_addresses(
    front: &mut FrontMatter<'_>,
    path: &str,
    published: Option<Instant>,
    slug: &str,
    zone: &TimeZone,
) -> Vec<String> {
    let mut paths = vec![walk::address_of(path)];
    if let Some(at) = published {
        let date = at.to_zoned(zone.clone()).date();
        paths.push(format!("/{}/{slug}/", date.strftime("%Y/%m/%d")));
    }
    let given = ["permalink", "url", "aliases", "redirect_from"]
        .into_iter()
        .flat_map(|name| texts(front, &[name]))
        .filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains(':'));
    paths.extend(given);
    let mut unique: Vec<String> = Vec::new();
    for path in paths {
        if !unique.contains(&path) {
            unique.push(path);
        }
    }
    unique
}

fn corrections(
    front: &mut FrontMatter<'_>,
    zone: &TimeZone,
    margin: &mut Margin,
) -> Vec<IncomingCorrection> {
    let mut corrections = Vec::new();
    for value in front.take_list(&["corrections"]) {
        let field = |name| value.get(name).map(Value::text).unwrap_or_default();
        match dates::read(&field("at"), zone) {
            Some(at) => corrections.push(IncomingCorrection {
                at,
                class: field("class"),
                text: field("text"),
            }),
            None => margin.remark(
                &format!("correction “{}”", field("text")),
                "it has no date that can be read; left out",
            ),
        }
    }
    corrections
}

/// What is left of the front matter is kept by its name.
fn keep(front: &FrontMatter<'_>, story: &mut IncomingStory, margin: &mut Margin) {
    for (name, value) in &front.values {
        if *value == Value::Nothing {
            continue;
        }
        if name.eq_ignore_ascii_case("redirectto") || name.eq_ignore_ascii_case("redirect_to") {
            margin.remark(
                &value.text(),
                "the old site sent readers of this story there; kept beside it",
            );
        }
        story.kept.insert(name.clone(), value.to_json());
    }
    for name in &front.repeated {
        margin.remark(name, "given twice in the front matter; the first was taken");
    }
}
