//! One row of the table of stories made into a story.

use base::{
    Language,
    document::{Block, Href, Picture},
};
use serde_json::Value;

use super::{addresses::by_pattern, atlas::Atlas, body, people, row::Row, site};
use crate::{
    html,
    incoming::{IncomingByline, IncomingState, IncomingStory, Kind},
    margin::Margin,
};

/// Fields that are read, or that served the old site alone.
const READ: [&str; 38] = [
    "id",
    "uuid",
    "title",
    "slug",
    "lexical",
    "mobiledoc",
    "markdown",
    "html",
    "plaintext",
    "comment_id",
    "image",
    "feature_image",
    "feature_image_alt",
    "feature_image_caption",
    "featured",
    "page",
    "type",
    "status",
    "language",
    "locale",
    "custom_excerpt",
    "canonical_url",
    "author_id",
    "published_by",
    "created_by",
    "updated_by",
    "created_at",
    "updated_at",
    "published_at",
    "codeinjection_head",
    "codeinjection_foot",
    "amp",
    "newsletter_id",
    "email_recipient_filter",
    "send_email_when_published",
    "email_only",
    "show_title_and_feature_image",
    "custom_template",
];
/// Fields that must be texts; anything else in them is told.
const TEXTS: [&str; 10] = [
    "title",
    "slug",
    "lexical",
    "mobiledoc",
    "markdown",
    "html",
    "status",
    "feature_image",
    "custom_excerpt",
    "canonical_url",
];
/// Code that the old site put into a page.
const INJECTED: [&str; 2] = ["codeinjection_head", "codeinjection_foot"];
/// Bytes of one further field that are kept.
const MAX_KEPT_FIELD: usize = 20_000;
/// Characters of the body that stand in for a missing headline.
const MAX_STAND_IN: usize = 80;

/// Reads a row.
pub(super) fn read(row: &mut Row, atlas: &mut Atlas, margin: &mut Margin) -> IncomingStory {
    let id = row.key("id").unwrap_or_default();
    for (name, value) in atlas.take_metas(&id) {
        row.fields.entry(name).or_insert(value);
    }
    let comments = atlas.take_comments(&id);
    let (row, atlas) = (&*row, &*atlas);
    remarks(row, margin);
    let language = own_language(row);
    let kind = kind(row);
    let state = state(row, margin);
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
        published: published(row).filter(|_| !matches!(state, IncomingState::Draft)),
        modified: row.moment("updated_at"),
        old_addresses: old_addresses(row, atlas, state),
        sticky: row.flag("featured"),
        comments,
        comments_open: comments_open(atlas, kind),
        canonical_url: canonical(row, atlas, margin),
        language: language.or_else(|| atlas.site.language()),
        ..IncomingStory::default()
    };
    name_authors(row, &id, atlas, &mut story, margin);
    gate(row, &id, atlas, &mut story, margin);
    keep_fields(row, &mut story, margin);
    if story.headline.is_empty() {
        story.headline = stand_in(&story, row.number);
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

fn published(row: &Row) -> Option<base::Instant> {
    row.moment("published_at").or(row.moment("created_at"))
}

/// The state of a row: only what was public becomes public.
fn state(row: &Row, margin: &mut Margin) -> IncomingState {
    let status = row.text("status").unwrap_or_default();
    let mut no = |what: &str, why: &str| {
        margin.remark(what, why);
        IncomingState::Draft
    };
    match status {
        "published" | "scheduled" if row.flag("email_only") => {
            return no(
                "for mail only",
                "it was never meant for the site; made a draft",
            );
        }
        "published" | "scheduled" => {}
        "draft" => return IncomingState::Draft,
        "sent" => {
            return no(
                "sent",
                "it went out by mail and never stood on the site; made a draft",
            );
        }
        "" => {
            return no(
                "status",
                "it does not say whether it was published; made a draft",
            );
        }
        other => return no(other, "a status that is not known here; made a draft"),
    }
    let Some(at) = published(row) else {
        return no(
            "date",
            "published, but without any date that can be read; made a draft",
        );
    };
    if row.moment("published_at").is_none() {
        margin.remark(
            "date",
            "no date of publication can be read; that of its making stands in for it",
        );
    }
    match status {
        "scheduled" => IncomingState::Scheduled(at),
        _ => IncomingState::Published(at),
    }
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

/// Every path at which readers may have found the story; none while they could not.
fn old_addresses(row: &Row, atlas: &Atlas, state: IncomingState) -> Vec<String> {
    let Some(slug) = row.text("slug") else {
        return Vec::new();
    };
    let folder = atlas.site.folder();
    if state == IncomingState::Draft {
        let sent = row.text("status") == Some("sent");
        let uuid = row.text("uuid").filter(|_| sent);
        return uuid
            .map(|uuid| format!("{folder}/email/{uuid}/"))
            .into_iter()
            .collect();
    }
    let mut paths = vec![format!("{folder}/{slug}/")];
    if kind(row) == Kind::Story {
        paths.extend(dated_address(row, slug, atlas).map(|path| folder.clone() + &path));
        if atlas.site.is_set("amp") {
            paths.push(format!("{folder}/{slug}/amp/"));
        }
    }
    let mut unique: Vec<String> = Vec::with_capacity(paths.len());
    for path in paths {
        if !unique.contains(&path) {
            unique.push(path);
        }
    }
    unique
}

/// Up to 1.x, the settings say how addresses of stories were made.
fn dated_address(row: &Row, slug: &str, atlas: &Atlas) -> Option<String> {
    let pattern = atlas.site.setting(&["permalinks"])?;
    let id = row.key("id").unwrap_or_default();
    let author = atlas.authors_of(&id, row).into_iter().next();
    let author = author.and_then(|id| atlas.people.get(&id));
    let author = author.map_or("", |person| person.slug.as_str());
    let zone = atlas.site.zone();
    by_pattern(
        pattern,
        slug,
        &id,
        author,
        published(row).map(|at| (at, &zone)),
    )
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
            .map(html::plain)
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

/// Who may read it. `public` is what every story is unless somebody decided otherwise, so that our
/// section's rule holds then, as for other archives.
fn gate(row: &Row, id: &str, atlas: &Atlas, story: &mut IncomingStory, margin: &mut Margin) {
    let visibility = row.text("visibility").unwrap_or("public");
    if visibility == "public" {
        return;
    }
    story.access = Some("registered".into());
    if visibility != "members" {
        let why = "it was for paying readers there; registered readers may read it here, which is \
                   the strictest rule there is, and the old one was kept";
        margin.remark(&format!("visibility {visibility}"), why);
    }
    let tiers = atlas.tiers_of(id);
    if !tiers.is_empty() {
        story.kept.insert("tiers".into(), tiers.into());
    }
    // Without a mark in its body, nothing of it but the deck was open to all.
    let marked = story
        .body
        .content
        .iter()
        .any(|block| matches!(block, Block::Fold));
    if !marked && !story.body.content.is_empty() {
        story.body.content.insert(0, Block::Fold);
    }
}

fn remarks(row: &Row, margin: &mut Margin) {
    for name in TEXTS {
        let value = row.fields.get(name).unwrap_or(&Value::Null);
        if !value.is_string() && !value.is_null() {
            let kind = match value {
                Value::Bool(_) => "a yes or no",
                Value::Number(_) => "a number",
                Value::Array(_) => "a list",
                _ => "an object",
            };
            margin.remark(
                name,
                &format!("a text belongs here and {kind} stood here; left out"),
            );
        }
    }
    for name in INJECTED {
        if let Some(code) = row.text(name) {
            let why = format!(
                "{} bytes of code that the old site put into the page; nothing of it runs here, left out",
                code.len()
            );
            margin.remark(name, &why);
        }
    }
}

/// Everything else the row says is kept beside the story.
fn keep_fields(row: &Row, story: &mut IncomingStory, margin: &mut Margin) {
    for (name, value) in &row.fields {
        let empty = match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Bool(set) => !set,
            _ => false,
        };
        let public = name == "visibility" && value == "public";
        if empty || public || READ.contains(&name.as_str()) {
            continue;
        }
        let size = value.to_string().len();
        if size > MAX_KEPT_FIELD {
            margin.remark(name, &format!("a field of {size} bytes was left out"));
            continue;
        }
        story.kept.insert(name.clone(), value.clone());
    }
}

/// Words for a headline that is missing: the first of the body, else of the address.
fn stand_in(story: &IncomingStory, number: usize) -> String {
    let text = story.body.to_text();
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let words: String = match first.char_indices().nth(MAX_STAND_IN) {
        Some((end, _)) => {
            let cut = first[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &first[..cut])
        }
        None => first.into(),
    };
    [words, story.slug.replace('-', " ")]
        .into_iter()
        .find(|words| !words.trim().is_empty())
        .unwrap_or_else(|| format!("Untitled {number}"))
}
