//! Exports of Ghost (0.x to 6): one JSON file with the old site's tables.
//!
//! The file is held in memory and looked through once, so that a damaged one hands nothing over;
//! then its rows are unpacked one by one. Ghost has tags and no sections: [`sorting`] says which
//! tags become which. An export never names its site nor the addresses its stories had: the site
//! can be told, redirects lie in a file beside the export, and the report says what stayed unknown.

mod addresses;
mod atlas;
mod body;
mod cards;
mod dates;
mod export;
mod lexical;
mod mobiledoc;
mod people;
mod row;
mod site;
mod sorting;
mod story;

use std::{
    collections::HashSet,
    fs::File,
    io::{self, Read},
    path::Path,
};

use base::document::Block;
use flate2::read::MultiGzDecoder;

use crate::{
    embeds::host_of,
    incoming::{Broken, Incoming, IncomingOldPage, IncomingStory, Summary, Take, Unread, Warning},
    margin::Margin,
};
use addresses::Redirects;
use atlas::Atlas;
use export::{Export, line_ends, refused};
use row::Row;
use site::Site;

pub use addresses::MAX_REDIRECTS;
pub use sorting::MAX_GUESSED;

/// Bytes of an export once unpacked. It is held in memory; a newsroom's hundred thousand stories
/// take about a third of it.
pub const MAX_EXPORT: u64 = 512 * 1024 * 1024;
/// Bytes of a file of redirects.
pub const MAX_REDIRECTS_FILE: u64 = 16 * 1024 * 1024;
/// Names under which Ghost keeps redirects, in the order in which they are looked for.
const REDIRECT_FILES: [&str; 3] = ["redirects.yaml", "redirects.yml", "redirects.json"];
/// Where the old site kept its files.
const FILES: &str = "/content/";

/// Tables that are read, or that only join others.
const READ: [&str; 10] = [
    "posts",
    "posts_meta",
    "posts_tags",
    "posts_authors",
    "posts_products",
    "tags",
    "users",
    "settings",
    "comments",
    "products",
];
/// Settings with code that the old site put into every page.
const INJECTED: [&str; 4] = [
    "codeinjection_head",
    "codeinjection_foot",
    "ghost_head",
    "ghost_foot",
];

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
    let bytes = load(path).map_err(|error| {
        Unread::Broken(Broken {
            line: 0,
            item: None,
            why: error.to_string(),
        })
    })?;
    let told = Told {
        site: site.map(str::to_string),
        redirects: redirects_beside(path),
    };
    read_bytes(&bytes, &told, take)
}

/// As [`read`], for an export in memory.
///
/// # Errors
/// As for [`read`].
pub fn read_bytes(bytes: &[u8], told: &Told, take: &mut Take) -> Result<Summary, Unread> {
    let text = text_of(bytes)?;
    let export = Export::open(text)?;
    if let Some(site) = told.site.as_deref().filter(|site| host_of(site).is_none()) {
        return Err(Unread::Refused(format!(
            "“{site}” is no address of a site; it begins with https:// or http://"
        )));
    }
    let site = Site::read(&export, told.site.as_deref());
    let redirects = Redirects::read(told.redirects.as_deref().unwrap_or_default());
    let mut reading = Reading {
        atlas: Atlas::gather(&export, site),
        redirects,
        take,
        summary: Summary::default(),
        keys: HashSet::new(),
        pictures_at_home: 0,
    };
    reading.run(&export)?;
    Ok(reading.summary)
}

struct Reading<'t> {
    atlas: Atlas,
    redirects: Redirects,
    take: &'t mut Take<'t>,
    summary: Summary,
    /// Source keys of stories handed over.
    keys: HashSet<String>,
    /// Pictures whose address is a path, because the site is not known.
    pictures_at_home: usize,
}

impl Reading<'_> {
    fn run(&mut self, export: &Export<'_>) -> Result<(), Unread> {
        self.hand(Incoming::Site(self.atlas.site.piece()))?;
        self.people(export)?;
        for piece in self.atlas.tags.pieces(&self.atlas.site.folder()) {
            self.hand(piece)?;
        }
        for (place, why) in std::mem::take(&mut self.atlas.bad) {
            self.warn(&place, "row", &why)?;
        }
        for row in export.each("posts") {
            match row {
                Ok(row) => self.story(row)?,
                Err((place, why)) => self.warn(&place, "row", &why)?,
            }
        }
        self.redirects()?;
        self.on_the_whole(export)
    }

    /// Only accounts that wrote something: the others never were on a page.
    fn people(&mut self, export: &Export<'_>) -> Result<(), Unread> {
        let writers = self.atlas.writers(export);
        let all = self.atlas.people.all();
        let (writing, others): (Vec<_>, Vec<_>) = all
            .map(|(id, person)| (id.clone(), person.clone()))
            .partition(|(id, _)| writers.contains(id));
        for (_, person) in writing {
            self.hand(Incoming::Person(person))?;
        }
        if !others.is_empty() {
            self.warn(
                "the export",
                &format!("{} accounts", others.len()),
                "they wrote nothing; left out, invite staff with `dateline staff add`",
            )?;
        }
        for (id, lost) in std::mem::take(&mut self.atlas.people.poorer) {
            let person = self.atlas.people.get(&id).filter(|_| writers.contains(&id));
            if let Some(name) = person.map(|person| person.name.clone()) {
                self.warn(&name, &lost, "no place for it on a person here; left out")?;
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
            return self.warn(&place, "row", why);
        }
        let mut margin = Margin::new("ghost");
        let mut story = story::read(&mut row, &mut self.atlas, &mut margin);
        if !self.keys.insert(story.source_key.clone()) {
            let why =
                "its id is that of a row before it; the first one counts, this one was left out";
            return self.warn(&place, "row", why);
        }
        for path in story.old_addresses.clone() {
            story.old_addresses.extend(self.redirects.take(&path));
        }
        self.pictures_at_home += self.without_home(&story);
        self.hand(Incoming::Story(Box::new(story)))?;
        for warning in margin.into_warnings(&place) {
            self.hand(Incoming::Warning(warning))?;
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
            self.warn("the redirects", &what, &why)?;
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
                    self.hand(Incoming::OldPage(IncomingOldPage { old, leads_to }))?;
                } else {
                    let what = format!("{old} to {to}");
                    let why = "it leads to nothing that is in the export; left out";
                    self.warn("the redirects", &what, why)?;
                }
            }
        }
        Ok(())
    }

    /// What is to be said of the export rather than of one story.
    fn on_the_whole(&mut self, export: &Export<'_>) -> Result<(), Unread> {
        let mut remarks: Vec<(String, String)> = Vec::new();
        let mut remark = |what: &str, why: String| remarks.push((what.into(), why));
        match export.version.as_deref() {
            Some(version) if is_known(version) => {}
            Some(version) => remark(
                &format!("version “{version}”"),
                "versions 0 to 6 are known; it was read as the newest of them".into(),
            ),
            None => remark(
                "version",
                "the export does not name its version; it was read as the newest".into(),
            ),
        }
        self.on_the_site(&mut remark);
        for (name, field) in self.atlas.tags.poorer() {
            remark(
                &format!("{field} of the tag {name}"),
                "no place for it on a topic here; left out".into(),
            );
        }
        for (what, why) in left_out(export) {
            remark(&what, why.into());
        }
        for (what, why) in remarks {
            self.warn("the export", &what, &why)?;
        }
        Ok(())
    }

    fn on_the_site(&self, remark: &mut dyn FnMut(&str, String)) {
        let site = &self.atlas.site;
        for name in INJECTED {
            if let Some(code) = site.setting(&[name]) {
                let size = code.len();
                remark(
                    name,
                    format!(
                        "{size} bytes of code for every page; nothing of it runs here, left out"
                    ),
                );
            }
        }
        if site.is_set("is_private") {
            remark(
                "is_private",
                "the whole site asked for a password; what was published there is public here"
                    .into(),
            );
        }
        if self.atlas.tags.guessed {
            let names = self.atlas.tags.sections().join(", ");
            remark(
                &names,
                "no menu of the old site leads to a tag; these stand first on most stories and were \
                 taken for sections"
                    .into(),
            );
        }
        if self.pictures_at_home > 0 {
            remark(
                &format!("{} pictures", self.pictures_at_home),
                "an export does not name its site, and they lie there below /content/; run it again \
                 with --site https://… and they are known by their whole address"
                    .into(),
            );
        }
        if site.setting(&["permalinks"]).is_none() && self.summary.stories > 0 {
            remark(
                "addresses",
                "an export does not say how addresses were made; stories are found at /slug/, and where \
                 routes.yaml had them elsewhere, redirects.yaml beside the export can say so"
                    .into(),
            );
        }
    }

    fn warn(&mut self, place: &str, what: &str, why: &str) -> Result<(), Unread> {
        self.hand(Incoming::Warning(Warning {
            place: place.into(),
            what: what.into(),
            why: why.into(),
        }))
    }

    fn hand(&mut self, piece: Incoming) -> Result<(), Unread> {
        self.summary.count(&piece);
        (self.take)(piece)?;
        Ok(())
    }
}

/// Tables that are no stories, with their rows: those with a reason of their own, then the others.
fn left_out(export: &Export<'_>) -> Vec<(String, &'static str)> {
    let mut told = Vec::new();
    let mut others = Vec::new();
    for (table, rows) in export.tables().filter(|(name, _)| !READ.contains(name)) {
        let what = format!("{rows} rows of {table}");
        match table {
            "members" | "subscribers" => told.push((
                what,
                "readers' accounts do not come with an archive; left out",
            )),
            "snippets" => told.push((what, "pieces of text for writers; left out")),
            "roles" | "roles_users" => told.push((
                what,
                "rights on the old site; staff get theirs when they are invited; left out",
            )),
            _ => others.push(what),
        }
    }
    if !others.is_empty() {
        let why = "machinery of the old site, no stories; left out";
        told.push((others.join(", "), why));
    }
    told
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

/// `000` to `004` and `0.11.4` were written by 0.x; since 1.0 it is the version of Ghost.
fn is_known(version: &str) -> bool {
    let major = version.split('.').next().unwrap_or_default();
    major.parse().is_ok_and(|major: u32| major <= 6)
}

fn load(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_EXPORT + 1)
        .read_to_end(&mut bytes)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        let packed = MultiGzDecoder::new(bytes.as_slice());
        packed.take(MAX_EXPORT + 1).read_to_end(&mut unpacked)?;
        bytes = unpacked;
    }
    Ok(bytes)
}

/// Redirects of the old site, when a file of them lies in the export's folder.
fn redirects_beside(path: &Path) -> Option<String> {
    let folder = path.parent()?;
    REDIRECT_FILES.iter().find_map(|name| {
        let mut text = String::new();
        let file = File::open(folder.join(name)).ok()?;
        file.take(MAX_REDIRECTS_FILE)
            .read_to_string(&mut text)
            .ok()?;
        Some(text)
    })
}

/// The text of an export; anything else is named by its first bytes and refused.
fn text_of(bytes: &[u8]) -> Result<&str, Unread> {
    if bytes.len() as u64 > MAX_EXPORT {
        let most = MAX_EXPORT / 1024 / 1024;
        return Err(refused(&format!("it is larger than {most} MiB")));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(refused(
            "it is a zip archive; unpack it and give the .json file in it",
        ));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refused("it is written in UTF-16; save it as UTF-8 first"));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            return Err(Unread::Broken(Broken {
                line: line_ends(&before) + 1,
                item: None,
                why: "it holds letters that are no UTF-8; export it again, or copy it again".into(),
            }));
        }
    };
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().chars().next() {
        None => Err(refused("it is empty")),
        Some('<') => Err(refused(
            "it is XML or HTML, perhaps an export of WordPress; use `import wordpress` for that",
        )),
        Some('{') => Ok(text),
        Some('[') => Err(refused("it is a JSON list, and an export is an object")),
        Some(_) => Err(refused("it is not JSON")),
    }
}

#[cfg(test)]
mod tests;
