//! NewsML-G2 of the IPTC (2.x): a news item, a package, or a message with many of them, each made a draft.
//!
//! The XML is read into a small tree, bounded, without document types and entities. Each item is kept as it
//! stands in its file, so that what has no field here (codes, hops, rights in detail) is not lost.

mod item;

use std::path::Path;

use crate::{
    feed::{
        text,
        tree::{self, Element},
    },
    folder::LEFT_OUT,
    handing::Handing,
    incoming::{Incoming, IncomingPicture, IncomingStory, Summary, Take, Unread, Warning},
    margin::Margin,
    ninjs::{MAX_DEPTH, MAX_FILES},
    nitf::local,
    wire::{self, Latest},
};

/// By which the keys of stories that came so are told apart from others, and under which name an item is kept.
pub const SOURCE: &str = "newsml";
/// Bytes of an item that are kept; pictures written into the text are cut.
pub const MAX_KEPT: usize = 1024 * 1024;
/// Items that are stories for us.
const NEWS: [&str; 2] = ["newsItem", "packageItem"];
/// Items that are none: what they say has no place here.
const OTHERS: [&str; 4] = [
    "conceptItem",
    "knowledgeItem",
    "planningItem",
    "catalogItem",
];

/// A story with its pictures and what is to be said of it.
type Read = (IncomingStory, Vec<IncomingPicture>, Vec<Warning>);

/// Reads a file and hands over its stories in order. All are judged before the first is handed over.
///
/// # Errors
/// [`Unread::Refused`] when it is no NewsML-G2 or an item breaks a rule, with the item, the field and the
/// rule; [`Unread::Broken`] with the line where its XML is broken, out of bounds or declares a document type;
/// [`Unread::Stopped`] when `take` wants no more.
pub fn read(path: &Path, take: &mut Take) -> Result<Summary, Unread> {
    let (stories, others) = stories_of(path, "")?;
    let mut latest = Latest::default();
    meet(&stories, &mut latest);
    let mut out = Handing::to(take);
    tell_of(&others, &mut out)?;
    hand(stories, &mut latest, &mut out)?;
    Ok(out.summary)
}

/// Reads every `.xml` below a folder. A file that cannot be read is left out whole, with its reason.
///
/// # Errors
/// [`Unread::Refused`] when the folder is out of bounds; [`Unread::Stopped`] when `take` wants no more.
pub fn read_folder(folder: &Path, take: &mut Take) -> Result<Summary, Unread> {
    let files = wire::files(folder, "xml", MAX_FILES, MAX_DEPTH)?;
    let mut out = Handing::to(take);
    let mut latest = Latest::default();
    let mut good = Vec::new();
    for path in files {
        let place = wire::place(folder, &path);
        match stories_of(&path, &place) {
            Ok((stories, others)) => {
                meet(&stories, &mut latest);
                tell_of(&others, &mut out)?;
                good.push((path, place));
            }
            Err(why) => {
                *out.summary.left_out.entry(LEFT_OUT.into()).or_default() += 1;
                out.warn(&place, "the file", &format!("{why}; it was left out"))?;
            }
        }
    }
    for (path, place) in good {
        hand(stories_of(&path, &place)?.0, &mut latest, &mut out)?;
    }
    Ok(out.summary)
}

fn stories_of(path: &Path, file: &str) -> Result<(Vec<Read>, Vec<Warning>), Unread> {
    let bytes = wire::bytes(path, text::MAX_PAGE as u64).map_err(Unread::Refused)?;
    let text = text::read(&bytes, None)?;
    let root = tree::read(&text.text, "", text.skipped)?;
    let mut found = Found::default();
    found.look(&root);
    if found.news.is_empty() {
        return Err(Unread::Refused(none(&root, &found)));
    }
    let mut stories = Vec::new();
    for (nth, element) in found.news.iter().enumerate() {
        let place = match file.is_empty() {
            true => format!("item {} (line {})", nth + 1, element.line),
            false => format!("{file}, item {} (line {})", nth + 1, element.line),
        };
        let mut margin = Margin::new(SOURCE);
        let raw = text.text.get(element.span.clone()).unwrap_or_default();
        let (story, pictures) = item::read(element, raw, &place, &mut margin)
            .map_err(|why| Unread::Refused(format!("{place}: {why}")))?;
        let warnings = margin.into_warnings(&story.place).collect();
        stories.push((story, pictures, warnings));
    }
    let others = found.others.iter().map(|element| Warning {
        place: format!("{file} line {}", element.line).trim().into(),
        what: local(element).into(),
        why: "it is no news and has no place here; left out".into(),
    });
    Ok((stories, others.collect()))
}

/// Items of a document, those that are news apart from the others.
#[derive(Default)]
struct Found<'e> {
    news: Vec<&'e Element>,
    others: Vec<&'e Element>,
}

impl<'e> Found<'e> {
    fn look(&mut self, element: &'e Element) {
        match local(element) {
            name if NEWS.contains(&name) => self.news.push(element),
            name if OTHERS.contains(&name) => self.others.push(element),
            _ => element.elements().for_each(|child| self.look(child)),
        }
    }
}

fn none(root: &Element, found: &Found<'_>) -> String {
    let name = local(root);
    let other = found.others.first().map(|element| local(element));
    match (other, name) {
        (Some(other), _) => {
            format!("there is no news in it: it is a {other}, which has no place here")
        }
        (None, "NewsML") => "it is NewsML 1, which is not read: ask for NewsML-G2 or ninjs".into(),
        (None, "rss" | "feed" | "RDF") => {
            "it is a feed: `dateline import feed` or `dateline import wordpress` takes it".into()
        }
        (None, name) => {
            format!("it is no NewsML-G2: it begins with <{name}>, and no newsItem is in it")
        }
    }
}

fn meet(stories: &[Read], latest: &mut Latest) {
    for (story, ..) in stories {
        latest.meet(story.source_key.clone(), story.issue.unwrap_or_default());
    }
}

fn tell_of(others: &[Warning], out: &mut Handing<'_>) -> Result<(), Unread> {
    others
        .iter()
        .try_for_each(|warning| out.hand(Incoming::Warning(warning.clone())))
}

fn hand(stories: Vec<Read>, latest: &mut Latest, out: &mut Handing<'_>) -> Result<(), Unread> {
    for (story, pictures, warnings) in stories {
        if !latest.take(&story.source_key, story.issue.unwrap_or_default()) {
            continue;
        }
        out.hand(Incoming::Story(Box::new(story)))?;
        for picture in pictures {
            out.hand(Incoming::Picture(picture))?;
        }
        for warning in warnings {
            out.hand(Incoming::Warning(warning))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
