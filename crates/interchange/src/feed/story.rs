//! One item of a feed made into a story.

use std::collections::HashMap;

use base::{
    Document,
    document::{Block, Embed, EmbedAttrs, Href, Picture},
};

use super::{
    How, dates,
    piece::{Item, Media, Text},
    summary,
};
use crate::{
    address::Addresses,
    embeds,
    handing::shortened,
    html::{self, Setting},
    incoming::{IncomingByline, IncomingPicture, IncomingState, IncomingStory},
    margin::Margin,
};

/// What the items of a feed have in common.
pub(super) struct Around<'a> {
    /// The address of the site the feed belongs to; may be empty.
    pub home: &'a str,
    /// How the feed is taken in.
    pub how: &'a How,
}

/// Reads an item, known by `key`. Pictures come as records of their own beside it.
pub(super) fn read(
    item: &Item,
    key: &str,
    around: &Around<'_>,
    margin: &mut Margin,
) -> (IncomingStory, Vec<IncomingPicture>) {
    let is_others = around.how.credit.is_some();
    let addresses = Addresses::of_feed(around.home, &item.base, is_others);
    let (text, is_whole) = text_of(item);
    let mut body = body(text, &addresses, margin);
    let lead_picture = lead_picture(item, &mut body);
    add_files(item, &mut body);
    let (published, state) = state(item, is_whole, around.how, margin);
    let mut story = IncomingStory {
        source_key: key.into(),
        state,
        headline: item.title.as_ref().map(Text::one_line).unwrap_or_default(),
        deck: deck(item, is_whole, &body),
        bylines: bylines(item, margin),
        topics: item
            .topics
            .iter()
            .filter(|topic| !topic.is_empty())
            .cloned()
            .collect(),
        lead_picture,
        published,
        modified: dates::read(&item.updated).map(|moment| moment.at),
        language: item.language.parse().ok(),
        kept: item.kept.clone(),
        body,
        ..IncomingStory::default()
    };
    name_source(item, around, &mut story);
    if story.headline.is_empty() {
        story.headline = stand_in(&story.body, item);
        margin.remark("headline", "there is none; the first words stand in for it");
    }
    (story, records(item, key))
}

/// The best text an item has, and whether it is whole.
fn text_of(item: &Item) -> (Option<&Text>, bool) {
    if let Some(body) = item.body.as_ref().filter(|text| !text.is_empty()) {
        return (Some(body), true);
    }
    let either = item.either.as_ref().filter(|text| !text.is_empty());
    match either {
        // Without a headline it is complete in itself (RSS 2.0, “Elements of item”).
        Some(Text::Html(markup) | Text::Plain(markup)) => {
            (either, item.title.is_none() || !summary::is_summary(markup))
        }
        None => (item.summary.as_ref(), false),
    }
}

fn body(text: Option<&Text>, addresses: &Addresses, margin: &mut Margin) -> Document {
    let (markup, line_ends_count) = match text {
        None => return Document::default(),
        Some(Text::Html(markup)) => (markup.clone(), false),
        Some(Text::Plain(text)) => (base::html::text(text), true),
    };
    html::read(
        &markup,
        &mut Setting {
            addresses,
            margin,
            notes: &HashMap::new(),
            line_ends_count,
        },
    )
}

/// Only what is dated, whole and not held back becomes public.
fn state(
    item: &Item,
    is_whole: bool,
    how: &How,
    margin: &mut Margin,
) -> (Option<base::Instant>, IncomingState) {
    let written = [&item.published, &item.updated];
    let found = written.into_iter().find_map(|text| dates::read(text));
    let published = found.map(|moment| moment.at);
    if !is_whole {
        let why = "the feed has only a summary, or no text at all; made a draft of what there is";
        margin.remark("text", why);
        return (published, IncomingState::Draft);
    }
    if how.drafts || item.is_draft {
        return (published, IncomingState::Draft);
    }
    let Some(moment) = found else {
        let written = format!("date “{}”", item.published);
        margin.remark(&written, "there is no date that can be read; made a draft");
        return (None, IncomingState::Draft);
    };
    if moment.assumed {
        margin.remark("date", "it names no zone that is known; taken as UTC");
    }
    if moment.at > how.now {
        margin.remark("date", "it lies ahead; made a draft");
        return (published, IncomingState::Draft);
    }
    (published, IncomingState::Published(moment.at))
}

/// The summary is the deck where it says more than the beginning of the text.
fn deck(item: &Item, is_whole: bool, body: &Document) -> Option<String> {
    if !is_whole {
        return None;
    }
    let beside = || item.either.as_ref().filter(|_| item.body.is_some());
    let summary = item.summary.as_ref().or_else(beside)?.one_line();
    summary::says_more(&summary, &body.to_text()).then_some(summary)
}

fn bylines(item: &Item, margin: &mut Margin) -> Vec<IncomingByline> {
    let mut bylines: Vec<IncomingByline> = Vec::new();
    for author in &item.authors {
        if author.name.is_empty() {
            if author.email.is_some() {
                margin.remark(
                    "author",
                    "named by a mail address alone, which readers are not shown",
                );
            }
            continue;
        }
        let byline = IncomingByline {
            person: Some(author.name.clone()),
            name: author.name.clone(),
        };
        if !bylines.contains(&byline) {
            bylines.push(byline);
        }
    }
    bylines
}

/// Whose story it is: ours, whose old address leads to it, or another's, who is named.
fn name_source(item: &Item, around: &Around<'_>, story: &mut IncomingStory) {
    let address = Some(&item.address).filter(|address| !address.is_empty());
    if let Some(credit) = &around.how.credit {
        story.canonical_url = address
            .and_then(|address| address.parse().ok())
            .filter(Href::leaves);
        story.source_note = Some(match address {
            Some(address) => format!("{credit}: {address}"),
            None => credit.clone(),
        });
        // Their people have no pages here.
        story
            .bylines
            .iter_mut()
            .for_each(|byline| byline.person = None);
        return;
    }
    story.old_addresses = old_addresses(item, around.home);
    if let Some((name, address)) = item.source.as_ref().filter(|(name, _)| !name.is_empty()) {
        story.source_note = Some(match address.is_empty() {
            true => name.clone(),
            false => format!("{name}: {address}"),
        });
    }
}

/// Every path on the feed's own site at which readers may have found the story.
fn old_addresses(item: &Item, home: &str) -> Vec<String> {
    // A feed that does not name its site is on the site of its stories.
    let home = if embeds::host_of(home).is_some() {
        home
    } else {
        &item.address
    };
    let site = Addresses::of_site(home);
    let mut paths = Vec::new();
    for address in std::iter::once(&item.address).chain(&item.addresses) {
        let path = site.path(address).filter(|path| path.len() > 1);
        let path = path.map(|path| path.split('#').next().unwrap_or_default().to_string());
        paths.extend(path.filter(|path| !paths.contains(path)));
    }
    paths
}

/// The first picture that came with the item. Where the body begins with it, it is taken from there.
fn lead_picture(item: &Item, body: &mut Document) -> Option<Picture> {
    let media = item.media.iter().find(|media| media.is_picture())?;
    let mut picture = picture(media)?;
    if let Some(Block::Picture(first)) = body.content.first()
        && first.attrs.src == picture.src
    {
        let first = first.attrs.clone();
        picture = Picture {
            alt: [picture.alt, first.alt]
                .into_iter()
                .find(|alt| !alt.is_empty())?,
            caption: picture.caption.or(first.caption),
            credit: picture.credit.or(first.credit),
            ..picture
        };
        body.content.remove(0);
    }
    Some(picture)
}

fn picture(media: &Media) -> Option<Picture> {
    let pixels = |pixels: u32| (pixels > 0).then_some(pixels);
    Some(Picture {
        src: media.url.parse::<Href>().ok().filter(Href::leaves)?,
        alt: media.alt.clone(),
        caption: Some(media.caption.clone()).filter(|caption| !caption.is_empty()),
        credit: media.credit.clone(),
        width: pixels(media.size.0),
        height: pixels(media.size.1),
        ..Picture::default()
    })
}

/// What plays or is to be fetched becomes a card below the text, unless the text has it.
fn add_files(item: &Item, body: &mut Document) {
    let text = serde_json::to_string(body).unwrap_or_default();
    for media in item.media.iter().filter(|media| !media.is_picture()) {
        let Ok(url) = media.url.parse::<Href>() else {
            continue;
        };
        if text.contains(url.as_str()) {
            continue;
        }
        body.content.push(Block::Embed(Embed {
            attrs: EmbedAttrs {
                provider: embeds::provider(url.as_str()),
                title: Some(media.title.clone()).filter(|title| !title.is_empty()),
                url,
                caption: None,
                frame: None,
            },
        }));
    }
}

fn records(item: &Item, key: &str) -> Vec<IncomingPicture> {
    let pictures = item.media.iter().filter(|media| media.is_picture());
    pictures
        .map(|media| IncomingPicture {
            key: format!("{key} {}", media.url),
            url: media.url.clone(),
            title: media.title.clone(),
            alt: media.alt.clone(),
            caption: media.caption.clone(),
            credit: media.credit.clone(),
            parent: Some(key.into()),
        })
        .collect()
}

/// Words for a headline that is missing: the first of the body, else the item's address or name.
fn stand_in(body: &Document, item: &Item) -> String {
    let text = body.to_text();
    let first = text.lines().map(str::trim).find(|line| !line.is_empty());
    let words = first.unwrap_or_default();
    [shortened(words), item.address.clone(), item.id.clone()]
        .into_iter()
        .find(|words| !words.is_empty())
        .unwrap_or_else(|| format!("Untitled {}", item.number))
}
