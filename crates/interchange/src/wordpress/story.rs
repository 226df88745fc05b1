//! One item of an export made into a story.

use base::document::Picture;

use super::{
    atlas::Atlas,
    blocks, classic, dates, people,
    terms::unescaped,
    xml::{Item, Record},
};
use crate::{
    address::Addresses,
    handing::stand_in_headline,
    html::{self, Setting},
    incoming::{IncomingComment, IncomingState, IncomingStory, Kind},
    margin::Margin,
};

/// Custom fields that are read elsewhere or only serve WordPress itself.
const READ_METAS: [&str; 14] = [
    "_edit_last",
    "_edit_lock",
    "_thumbnail_id",
    "_wp_old_slug",
    "_pingme",
    "_encloseme",
    "_wp_old_date",
    "_wp_page_template",
    "footnotes",
    "_oembed",
    "_wp_trash_meta_status",
    "_wp_trash_meta_time",
    "_wp_desired_post_slug",
    "_coauthors_hash",
];
/// Custom fields that hold the line below the headline.
const DECK_METAS: [&str; 5] = [
    "newspack_post_subtitle",
    "_subtitle",
    "subtitle",
    "wps_subtitle",
    "secondary_title",
];
/// Bytes of one custom field that are kept.
const MAX_META: usize = 20_000;

/// Reads an item. Sections and topics are sorted by the caller.
pub(super) fn read(item: &Item, kind: Kind, atlas: &Atlas, margin: &mut Margin) -> IncomingStory {
    let site = Addresses::of_site(&atlas.site);
    let post = item.field("wp:post_id");
    let addresses = site.seen_from(item.field("link"));
    let body = body(item, atlas, &addresses, margin);
    let state = state(item, atlas, margin);
    let published = dates::published(item, atlas.offset).map(|moment| moment.at);
    let mut story = IncomingStory {
        source_key: source_key(item, atlas),
        kind,
        state,
        headline: html::plain(item.field("title")),
        slug: unescaped(item.field("wp:post_name")),
        deck: deck(item),
        kicker: item
            .meta("kicker")
            .or(item.meta("_kicker"))
            .map(html::plain),
        bylines: people::bylines(item, atlas),
        lead_picture: lead_picture(item, atlas, &site, margin),
        published: published.filter(|_| !matches!(state, IncomingState::Draft)),
        modified: dates::modified(item, atlas.offset),
        old_addresses: old_addresses(item, &site, kind),
        sticky: item.field("wp:is_sticky") == "1",
        comments: item.comments.iter().map(comment).collect(),
        comments_open: item.field("wp:comment_status") == "open",
        body,
        ..IncomingStory::default()
    };
    keep_metas(item, &mut story, margin);
    if story.headline.is_empty() {
        story.headline = stand_in_headline(&story, post);
        margin.remark("headline", "there is none; the first words stand in for it");
    }
    story
}

fn body(item: &Item, atlas: &Atlas, addresses: &Addresses, margin: &mut Margin) -> base::Document {
    let content = item
        .fields
        .get("content:encoded")
        .map_or(String::new(), |text| text.replace("\r\n", "\n"));
    let post = item.field("wp:post_id");
    let in_blocks = blocks::are_in(&content);
    let html = if in_blocks {
        blocks::to_html(&content, atlas, post, margin)
    } else {
        classic::to_html(&content, atlas, post, margin)
    };
    html::read(
        &html,
        &mut Setting {
            addresses,
            margin,
            notes: &stored_notes(item),
            line_ends_count: !in_blocks,
        },
    )
}

/// Footnotes of the block editor: `[{"id":"…","content":"…"}]` in a custom field.
fn stored_notes(item: &Item) -> std::collections::HashMap<String, String> {
    #[derive(serde::Deserialize)]
    struct Note {
        id: String,
        content: String,
    }
    let notes = item.meta("footnotes").unwrap_or("[]");
    let notes: Vec<Note> = serde_json::from_str(notes).unwrap_or_default();
    notes
        .into_iter()
        .map(|note| (note.id, note.content))
        .collect()
}

/// The state of an item: only what was public becomes public.
fn state(item: &Item, atlas: &Atlas, margin: &mut Margin) -> IncomingState {
    if !item.field("wp:post_password").is_empty() {
        margin.remark(
            "password",
            "readers needed a password for this story; it was made private, the password was left out",
        );
        return IncomingState::Private;
    }
    let status = item.field("wp:status");
    match status {
        "publish" | "future" => dated_state(item, atlas, status == "future", margin),
        "pending" => IncomingState::Filed,
        "private" => IncomingState::Private,
        "trash" => IncomingState::Trashed,
        "draft" | "auto-draft" => IncomingState::Draft,
        "" => {
            margin.remark(
                "status",
                "the item does not say whether it was published; made a draft",
            );
            IncomingState::Draft
        }
        other => {
            margin.remark(other, "a status that is not known here; made a draft");
            IncomingState::Draft
        }
    }
}

fn dated_state(item: &Item, atlas: &Atlas, future: bool, margin: &mut Margin) -> IncomingState {
    let Some(moment) = dates::published(item, atlas.offset) else {
        margin.remark(
            "date",
            "published, but without any date that can be read; made a draft",
        );
        return IncomingState::Draft;
    };
    if moment.assumed {
        margin.remark(
            "date",
            "only a local time is given and no zone; taken as UTC",
        );
    }
    if future {
        IncomingState::Scheduled(moment.at)
    } else {
        IncomingState::Published(moment.at)
    }
}

/// A name that stays the same between exports: the site and the item's number there.
pub(super) fn source_key(item: &Item, atlas: &Atlas) -> String {
    let id = item.field("wp:post_id");
    if !id.is_empty() {
        return key_of(id, atlas);
    }
    match item.field("guid") {
        "" => format!("{} {}", key_of("", atlas), item.field("title")),
        guid => format!("wordpress:{guid}"),
    }
}

/// The name of the item with that number on this site.
pub(super) fn key_of(id: &str, atlas: &Atlas) -> String {
    let site = atlas.site.split_once("://").map_or("", |(_, rest)| rest);
    format!("wordpress:{}:{id}", site.trim_end_matches('/'))
}

fn deck(item: &Item) -> Option<String> {
    DECK_METAS
        .iter()
        .find_map(|key| item.meta(key))
        .or_else(|| Some(item.field("excerpt:encoded")))
        .map(html::plain)
        .filter(|deck| !deck.is_empty())
}

fn lead_picture(
    item: &Item,
    atlas: &Atlas,
    site: &Addresses,
    margin: &mut Margin,
) -> Option<Picture> {
    let id = item.meta("_thumbnail_id")?;
    let found = atlas.library.get(id);
    let picture = found.and_then(|found| {
        Some(Picture {
            src: site.file(&found.url).ok()?,
            alt: found.alt.clone(),
            caption: Some(found.caption.clone()).filter(|caption| !caption.is_empty()),
            credit: found.credit.clone(),
            ..Picture::default()
        })
    });
    if picture.is_none() {
        margin.remark(
            &format!("lead picture {id}"),
            "it is not in the export; the story has none now",
        );
    }
    picture
}

/// Every path at which readers may have found the story.
fn old_addresses(item: &Item, site: &Addresses, kind: Kind) -> Vec<String> {
    let mut paths = Vec::new();
    let mut add = |path: Option<String>| {
        if let Some(path) = path.filter(|path| path.len() > 1 && path != "/?p=") {
            let path = unescaped(&path);
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    };
    let link = item.field("link");
    // The address of an item is the site's own even where the export names the site otherwise.
    let own = Addresses::of_site(link);
    let path = site.path(link).or_else(|| own.path(link));
    add(path.clone());
    add(site.path(item.field("guid")));
    let id = item.field("wp:post_id");
    if !id.is_empty() {
        let name = if kind == Kind::Page { "page_id" } else { "p" };
        add(Some(format!("/?{name}={id}")));
    }
    for slug in item.metas.iter().filter(|(key, _)| key == "_wp_old_slug") {
        add(path
            .as_deref()
            .and_then(|path| with_slug(path, slug.1.trim())));
    }
    paths
}

/// The path with another last part.
fn with_slug(path: &str, slug: &str) -> Option<String> {
    if path.contains('?') || slug.is_empty() {
        return None;
    }
    let trimmed = path.trim_end_matches('/');
    let (folder, _) = trimmed.rsplit_once('/')?;
    let slash = &path[trimmed.len()..];
    Some(format!("{folder}/{slug}{slash}"))
}

fn comment(record: &Record) -> IncomingComment {
    let field = |name: &str| {
        record
            .get(name)
            .map_or(String::new(), |text| text.trim().to_string())
    };
    IncomingComment {
        id: field("wp:comment_id"),
        parent: field("wp:comment_parent"),
        name: html::plain(&field("wp:comment_author")),
        email: field("wp:comment_author_email"),
        url: field("wp:comment_author_url"),
        at: field("wp:comment_date_gmt"),
        text: field("wp:comment_content"),
        approved: field("wp:comment_approved"),
        kind: field("wp:comment_type"),
    }
}

fn keep_metas(item: &Item, story: &mut IncomingStory, margin: &mut Margin) {
    for (key, value) in &item.metas {
        if READ_METAS.contains(&key.as_str()) || key.starts_with("_oembed_") || value.is_empty() {
            continue;
        }
        if value.len() > MAX_META {
            margin.remark(
                key,
                &format!("a custom field of {} bytes was left out", value.len()),
            );
            continue;
        }
        let before = story.kept.insert(key.clone(), value.clone().into());
        if let Some(before) = before {
            let mut values = match before {
                serde_json::Value::Array(values) => values,
                single => vec![single],
            };
            values.push(value.clone().into());
            story.kept.insert(key.clone(), values.into());
        }
    }
    let deck_is_subtitle = DECK_METAS.iter().any(|key| item.meta(key).is_some());
    let excerpt = html::plain(item.field("excerpt:encoded"));
    if deck_is_subtitle && !excerpt.is_empty() {
        story.kept.insert("excerpt".into(), excerpt.into());
    }
}
