//! Exports of Ghost (0.x to 6): one JSON file with the old site's tables.
//!
//! The file is looked through once, so that one which breaks off hands nothing over; then its rows
//! are read one by one, in memory that does not grow with their bodies. Ghost has tags and no sections: `sorting` says which
//! tags become which. An export never names its site nor the addresses its stories had: the site
//! can be told, redirects lie in a file beside the export, and the report says what stayed unknown.

mod addresses;
mod atlas;
mod body;
mod cards;
mod dates;
mod export;
mod fields;
mod lexical;
mod mobiledoc;
mod people;
mod redirects;
mod remarks;
mod row;
mod scan;
mod site;
mod sniff;
mod sorting;
mod standing;
mod story;

use std::{collections::HashSet, io::Cursor, path::Path};

use base::document::Block;

use crate::{
    embeds::host_of,
    handing::Handing,
    incoming::{Incoming, IncomingOldPage, IncomingStory, Summary, Take, Unread},
    margin::Margin,
};
use atlas::Atlas;
use export::Export;
use redirects::Redirects;
use row::Row;
use scan::{Input, Span};
use site::Site;

pub use export::MAX_ROW;
pub use redirects::MAX_REDIRECTS;
pub use sniff::{MAX_EXPORT, MAX_REDIRECTS_FILE, MAX_UNPACKED};
pub use sorting::MAX_GUESSED;

/// Where the old site kept its files.
const FILES: &str = "/content/";

/// What an export does not say and is told from outside.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The old site's address, `https://example.org`, so that its links and pictures are known.
    pub site: Option<String>,
    /// The text of `redirects.json` or `redirects.yaml`.
    pub redirects: Option<String>,
}

/// Reads the export in a file, plain or packed with gzip, and hands over its pieces in order.
/// A `redirects.yaml` or `redirects.json` in the same folder is read with it.
///
/// # Errors
/// [`Unread::Refused`] when it is no export of Ghost, with what it looks like; [`Unread::Broken`]
/// when it is damaged, with the line; [`Unread::Stopped`] when `take` wants no more.
pub fn read(path: &Path, site: Option<&str>, take: &mut Take) -> Result<Summary, Unread> {
    let told = Told {
        site: site.map(str::to_string),
        redirects: sniff::redirects_beside(path),
    };
    let (input, whole) = sniff::open(path)?;
    read_from(input, whole, &told, take)
}

/// As [`read`], for an export in memory.
///
/// # Errors
/// As for [`read`].
pub fn read_bytes(bytes: Vec<u8>, told: &Told, take: &mut Take) -> Result<Summary, Unread> {
    let (input, whole) = sniff::unpacked(Box::new(Cursor::new(bytes)))?;
    read_from(input, whole, told, take)
}

fn read_from(
    input: Box<dyn Input>,
    whole: Span,
    told: &Told,
    take: &mut Take,
) -> Result<Summary, Unread> {
    if let Some(site) = told.site.as_deref().filter(|site| host_of(site).is_none()) {
        return Err(Unread::Refused(format!(
            "“{site}” is no address of a site; it begins with https:// or http://"
        )));
    }
    let export = Export::open(input, whole)?;
    let site = Site::read(&export, told.site.as_deref());
    let redirects = Redirects::read(told.redirects.as_deref().unwrap_or_default());
    let mut reading = Reading {
        atlas: Atlas::gather(&export, site),
        redirects,
        out: Handing::to(take),
        keys: HashSet::new(),
        pictures_at_home: 0,
    };
    reading.run(&export)?;
    Ok(reading.out.summary)
}

struct Reading<'t> {
    atlas: Atlas,
    redirects: Redirects,
    out: Handing<'t>,
    /// Source keys of stories handed over.
    keys: HashSet<String>,
    /// Pictures whose address is a path, because the site is not known.
    pictures_at_home: usize,
}

impl Reading<'_> {
    fn run(&mut self, export: &Export) -> Result<(), Unread> {
        self.out.hand(Incoming::Site(self.atlas.site.piece()))?;
        self.people(export)?;
        for piece in self.atlas.tags.pieces(&self.atlas.site.folder()) {
            self.out.hand(piece)?;
        }
        for (place, why) in std::mem::take(&mut self.atlas.bad) {
            self.out.warn(&place, "row", &why)?;
        }
        for row in export.each("posts") {
            match row {
                Ok(row) => self.story(row)?,
                Err((place, why)) => self.out.warn(&place, "row", &why)?,
            }
        }
        self.redirects()?;
        for (what, why) in remarks::of(self, export) {
            self.out.warn("the export", &what, &why)?;
        }
        Ok(())
    }

    /// Only accounts that wrote something: the others never were on a page.
    fn people(&mut self, export: &Export) -> Result<(), Unread> {
        let writers = self.atlas.writers(export);
        let all = self.atlas.people.all();
        let (writing, others): (Vec<_>, Vec<_>) = all
            .map(|(id, person)| (id.clone(), person.clone()))
            .partition(|(id, _)| writers.contains(id));
        for (_, person) in writing {
            self.out.hand(Incoming::Person(person))?;
        }
        if !others.is_empty() {
            self.out.warn(
                "the export",
                &format!("{} accounts", others.len()),
                "they wrote nothing; left out, invite staff with `dateline staff add`",
            )?;
        }
        for (id, lost) in std::mem::take(&mut self.atlas.people.poorer) {
            let person = self.atlas.people.get(&id).filter(|_| writers.contains(&id));
            if let Some(name) = person.map(|person| person.name.clone()) {
                self.out
                    .warn(&name, &lost, "no place for it on a person here; left out")?;
            }
        }
        Ok(())
    }

    fn story(&mut self, mut row: Row) -> Result<(), Unread> {
        let place = row.place();
        let nameless = ["id", "uuid", "slug"]
            .into_iter()
            .all(|name| row.key(name).is_none());
        if nameless {
            let why =
                "it has neither id nor slug, so that a second run could not know it; left out";
            return self.out.warn(&place, "row", why);
        }
        let mut margin = Margin::new("ghost");
        let mut story = story::read(&mut row, &mut self.atlas, &mut margin);
        if !self.keys.insert(story.source_key.clone()) {
            let why =
                "its id is that of a row before it; the first one counts, this one was left out";
            return self.out.warn(&place, "row", why);
        }
        for path in story.old_addresses.clone() {
            story.old_addresses.extend(self.redirects.take(&path));
        }
        self.pictures_at_home += self.without_home(&story);
        self.out.hand(Incoming::Story(Box::new(story)))?;
        for warning in margin.into_warnings(&place) {
            self.out.hand(Incoming::Warning(warning))?;
        }
        Ok(())
    }

    fn without_home(&self, story: &IncomingStory) -> usize {
        let in_body = pictures_in(&story.body.content);
        let lead = story
            .lead_picture
            .as_ref()
            .map(|picture| picture.src.as_str());
        in_body
            .into_iter()
            .chain(lead)
            .filter(|src| src.starts_with('/'))
            .count()
    }

    /// Redirects to what is no story: pages of topics and people lead on by themselves.
    fn redirects(&mut self) -> Result<(), Unread> {
        for (what, why) in std::mem::take(&mut self.redirects.bad) {
            self.out.warn("the redirects", &what, &why)?;
        }
        let folder = self.atlas.site.folder();
        for (to, from) in self.redirects.rest() {
            let path = to.strip_prefix(&folder).unwrap_or(&to);
            let tag = path.strip_prefix("/tag/");
            let author = path.strip_prefix("/author/");
            let known = path == "/"
                || tag.is_some_and(|slug| self.atlas.tags.has_page(slug))
                || author.is_some_and(|slug| {
                    self.atlas
                        .people
                        .all()
                        .any(|(_, person)| person.slug.eq_ignore_ascii_case(slug))
                });
            for old in from {
                if known {
                    let leads_to = path.to_string();
                    self.out
                        .hand(Incoming::OldPage(IncomingOldPage { old, leads_to }))?;
                } else {
                    let what = format!("{old} to {to}");
                    let why = "it leads to nothing that is in the export; left out";
                    self.out.warn("the redirects", &what, why)?;
                }
            }
        }
        Ok(())
    }
}

/// Addresses of pictures below the old site's own folder.
fn pictures_in(blocks: &[Block]) -> Vec<&str> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Picture(picture) => found.push(picture.attrs.src.as_str()),
            Block::Gallery(gallery) => found.extend(pictures_in(&gallery.content)),
            Block::Quote(quote) => found.extend(pictures_in(&quote.content)),
            _ => {}
        }
    }
    found.retain(|src| src.starts_with(FILES));
    found
}

#[cfg(test)]
mod tests;
