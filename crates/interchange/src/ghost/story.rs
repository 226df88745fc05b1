//! One row of the table of stories made into a story.

use base::{
    Language,
    document::{Href, Picture},
};
use serde_json::Value;

use super::{addresses, atlas::Atlas, body, fields, people, row::Row, site, standing};
use crate::{
    handing::stand_in_headline,
    html,
    incoming::{IncomingByline, IncomingState, IncomingStory, Kind},
    margin::Margin,
};

/// Reads a row.
pub(super) fn read(row: &mut Row, atlas: &mut Atlas, margin: &mut Margin) -> IncomingStory {
    let id = row.key("id").unwrap_or_default();
    for (name, value) in atlas.take_metas(&id) {
        row.fields.entry(name).or_insert(value);
    }
    let comments = atlas.take_comments(&id);
    let (row, atlas) = (&*row, &*atlas);
    fields::remark(row, margin);
    let language = own_language(row);
    let kind = kind(row);
    let state = standing::state(row, margin);
    let mut story = IncomingStory {
        source_key: source_key(row, atlas),
        place: row.place(),
        kind,
        state,
        headline: row.plain("title").unwrap_or_default(),
        slug: row.text("slug").unwrap_or_default().into(),
        deck: row.plain("custom_excerpt"),
        body: body(row, atlas, language.as_ref(), margin),
        lead_picture: lead_picture(row, atlas, margin),
        published: standing::published(row).filter(|_| !matches!(state, IncomingState::Draft)),
        modified: row.moment("updated_at").or(row.moment("created_at")),
        old_addresses: addresses::of(row, atlas, kind, state),
        sticky: row.flag("featured"),
        comments,
        comments_open: comments_open(atlas, kind),
        canonical_url: canonical(row, atlas, margin),
        language: language.or_else(|| atlas.site.language()),
        ..IncomingStory::default()
    };
    name_authors(row, &id, atlas, &mut story, margin);
    standing::gate(row, &id, atlas, &mut story, margin);
    fields::keep(row, &mut story, margin);
    if story.headline.is_empty() {
        story.headline = stand_in_headline(&story, &row.number.to_string());
        margin.remark("headline", "there is none; the first words stand in for it");
    }
    story
}

/// A name that stays the same between exports. Numbers of 0.x without a uuid mean something on
/// their own site only.
fn source_key(row: &Row, atlas: &Atlas) -> String {
    let id = row.key("id").unwrap_or_default();
    let slug = row.text("slug").unwrap_or_default();
    match row.text("uuid") {
        Some(uuid) => format!("ghost:{uuid}"),
        None if id.len() >= 24 => format!("ghost:{id}"),
        None if !id.is_empty() => format!("ghost:{}:{id}", atlas.site.piece().title),
        None => format!("ghost:{}:{slug}", atlas.site.piece().title),
    }
}

fn kind(row: &Row) -> Kind {
    if row.flag("page") || row.text("type") == Some("page") {
        Kind::Page
    } else {
        Kind::Story
    }
}

fn own_language(row: &Row) -> Option<Language> {
    let names = ["locale", "language"].into_iter();
    names
        .filter_map(|name| row.text(name))
        .find_map(site::language)
}

fn body(
    row: &Row,
    atlas: &Atlas,
    language: Option<&Language>,
    margin: &mut Margin,
) -> base::Document {
    let site = &atlas.site;
    let of_site = site.language();
    let direction = language
        .or(of_site.as_ref())
        .map_or(base::Direction::Ltr, Language::direction);
    let slug = row.text("slug").unwrap_or_default();
    let addresses = site
        .addresses
        .seen_from(&format!("{}/{slug}/", site.folder()));
    body::read(row, site, &addresses, margin, direction)
}

fn lead_picture(row: &Row, atlas: &Atlas, margin: &mut Margin) -> Option<Picture> {
    let address = row.text("feature_image").or(row.text("image"))?;
    let Ok(src) = atlas.site.addresses.file(&atlas.site.at_home(address)) else {
        margin.remark(
            address,
            "the lead picture has no address we can load; left out",
        );
        return None;
    };
    let caption = row.text("feature_image_caption").unwrap_or_default();
    if caption.contains("href") {
        let why = "a caption with links, which is plain text here; its words were taken";
        margin.remark(caption, why);
    }
    let mut label = |name: &str, text: String| match html::fitting(text) {
        (label, None) => label,
        (_, Some(_)) => {
            margin.remark(name, "too long for a label of a picture; left out");
            None
        }
    };
    let caption = label("caption of the lead picture", html::plain(caption));
    let alt = row.plain("feature_image_alt").unwrap_or_default();
    Some(Picture {
        src,
        alt: label("description of the lead picture", alt).unwrap_or_default(),
        caption,
        ..Picture::default()
    })
}

fn canonical(row: &Row, atlas: &Atlas, margin: &mut Margin) -> Option<Href> {
    let address = row.text("canonical_url")?;
    let at_home = atlas.site.at_home(address);
    // One that names the site itself says nothing beyond its old address.
    if atlas.site.addresses.path(&at_home).is_some() {
        return None;
    }
    let href = at_home.parse::<Href>().ok().filter(Href::leaves);
    if href.is_none() {
        margin.remark(address, "no address of another site's page; left out");
    }
    href
}

/// Ghost 5 and later have comments, switched on for the whole site.
fn comments_open(atlas: &Atlas, kind: Kind) -> bool {
    let setting = atlas.site.setting(&["comments_enabled"]);
    kind == Kind::Story && matches!(setting, Some("all" | "paid"))
}

fn name_authors(
    row: &Row,
    id: &str,
    atlas: &Atlas,
    story: &mut IncomingStory,
    margin: &mut Margin,
) {
    let (bylines, missing) = people::bylines(&atlas.authors_of(id, row), &atlas.people);
    story.bylines = bylines;
    for id in missing {
        let why = "the export has no account with this id; the byline is shorter by it";
        margin.remark(&format!("author {id}"), why);
    }
    let (internal, missing) = atlas.tags.sort(atlas.tags_of(id), story);
    for name in &internal {
        let why = "a tag for the old staff's eyes; kept beside the story, not shown";
        margin.remark(name, why);
    }
    if !internal.is_empty() {
        story.kept.insert("internal tags".into(), internal.into());
    }
    for id in missing {
        margin.remark(
            &format!("tag {id}"),
            "the export has no tag with this id; left out",
        );
    }
    named_within(row, story);
}

/// Programs that make exports may write names into the row, and leave the tables empty.
fn named_within(row: &Row, story: &mut IncomingStory) {
    let names = |field: &str| -> Vec<String> {
        let list = row.fields.get(field).and_then(Value::as_array);
        let names = list.into_iter().flatten();
        names
            .filter_map(|value| value["name"].as_str().or(value.as_str()))
            .map(html::one_line)
            .filter(|name| !name.is_empty() && !name.starts_with('#'))
            .collect()
    };
    if story.bylines.is_empty() {
        let named = names("authors").into_iter();
        story.bylines = named
            .map(|name| IncomingByline { person: None, name })
            .collect();
    }
    if story.topics.is_empty() && story.sections.is_empty() {
        story.topics = names("tags");
    }
}
