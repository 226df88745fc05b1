//! A folder of Markdown or HTML files with front matter, as Jekyll, Hugo and people keep them.

mod dates;
mod fields;
mod people;
mod plain;
mod running;
mod templates;
mod walk;

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::{self, Read},
    path::Path,
};

use base::Document;
use jiff::tz::TimeZone;

use crate::{
    address::Addresses,
    front_matter::{self, FrontMatter, NoFrontMatter},
    handing::Handing,
    html::{self, Setting},
    incoming::{
        Broken, Incoming, IncomingEntry, IncomingPerson, IncomingRunning, IncomingSection,
        IncomingTopic, Summary, Take, Unread,
    },
    margin::Margin,
    markdown,
};
use walk::Index;

pub use walk::MAX_FILES;

/// Bytes of one file.
pub const MAX_FILE: u64 = 8 * 1024 * 1024;

/// Under what [`Summary::left_out`] counts files that may hold a story and were not taken.
pub const LEFT_OUT: &str = "files";

/// Reads every story below `root`, sorted by path; `zone` is that of dates without one.
///
/// A file that cannot be read as a story is left out with a warning; the others are not affected.
///
/// # Errors
/// [`Unread::Refused`] when `root` is no folder, [`Unread::Broken`] when it cannot be read,
/// [`Unread::Stopped`] when `take` wants no more.
pub fn read(root: &Path, zone: &TimeZone, take: &mut Take) -> Result<Summary, Unread> {
    if !root.is_dir() {
        return Err(Unread::Refused(
            "it is no folder; a single file is put into one of its own".into(),
        ));
    }
    let found = walk::walk(root).map_err(|error| unreadable(&error))?;
    let mut reading = Reading {
        index: Index::of(&found.files),
        zone,
        out: Handing::to(take),
        people: HashSet::new(),
        names: HashMap::new(),
        sections: HashSet::new(),
        topics: HashSet::new(),
    };
    let passed_by = found.warnings.len();
    if passed_by > 0 {
        reading
            .out
            .summary
            .left_out
            .insert(LEFT_OUT.into(), passed_by);
    }
    for warning in found.warnings {
        reading.out.hand(Incoming::Warning(warning))?;
    }
    let (authors, files): (Vec<_>, Vec<_>) = found
        .files
        .into_iter()
        .partition(|(_, path)| walk::is_of_authors(path));
    for (at, path) in authors {
        reading.author(&at, &path)?;
    }
    for (at, path) in files {
        reading.file(&at, &path)?;
    }
    for (ending, times) in found.others {
        leave_out(&mut reading.out, &ending, times)?;
    }
    Ok(reading.out.summary)
}

fn leave_out(out: &mut Handing<'_>, ending: &str, times: usize) -> Result<(), Unread> {
    let what = format!("{times} files ending in .{ending}");
    let why = "only .md, .markdown, .html and .htm are read; left out";
    out.warn(".", &what, why)?;
    let left_out = &mut out.summary.left_out;
    *left_out.entry(format!(".{ending}")).or_default() += times;
    Ok(())
}

struct Reading<'t> {
    index: Index,
    zone: &'t TimeZone,
    out: Handing<'t>,
    people: HashSet<String>,
    /// Names that files of authors give, by key.
    names: HashMap<String, String>,
    sections: HashSet<String>,
    topics: HashSet<String>,
}

impl Reading<'_> {
    fn author(&mut self, at: &Path, path: &str) -> Result<(), Unread> {
        let Some(text) = self.text_of(at, path)? else {
            return Ok(());
        };
        let stem = stem_of(path);
        let wrapped = match walk::ending_of(path).as_str() {
            "yml" | "yaml" if !text.starts_with("---") => format!("---\n{text}\n---\n"),
            "yml" | "yaml" => format!("{text}\n---\n"),
            _ => text,
        };
        let person = match front_matter::read(&wrapped) {
            Ok(mut front) => people::described(&mut front, stem),
            Err(error) => return self.leave_out(path, &error.to_string()),
        };
        match person {
            Some(person) => self.person(person),
            None => self.leave_out(path, "its name has no letter to call the person by"),
        }
    }

    fn file(&mut self, at: &Path, path: &str) -> Result<(), Unread> {
        let Some(text) = self.text_of(at, path)? else {
            return Ok(());
        };
        if text.trim().is_empty() {
            return self.leave_out(path, "it is empty");
        }
        let in_running = path.starts_with("running/") || path.contains("/running/");
        match front_matter::read(&text) {
            Ok(front) if in_running => self.running(front, path),
            Ok(_) if stem_of(path) == "_index" => self.pass_by(path),
            Ok(front) => self.story(front, path, Margin::new("folder")),
            Err(NoFrontMatter::Missing) if !in_running => self.plain(&text, at, path),
            Err(error) => self.leave_out(path, &error.to_string()),
        }
    }

    /// A file without front matter.
    fn plain(&mut self, text: &str, at: &Path, path: &str) -> Result<(), Unread> {
        let mut margin = Margin::new("folder");
        let plain = match walk::ending_of(path).as_str() {
            "html" | "htm" => plain::html(text, &mut margin),
            _ => Some(plain::markdown(text, &mut margin)),
        };
        let Some(plain) = plain else {
            return self.leave_out(path, "hundreds of its elements are left open");
        };
        let named = walk::date_and_slug(stem_of(path)).0;
        if named.is_none() && !plain.values.iter().any(|(name, _)| name == "date") {
            plain::tell_of_change(at, self.zone, &mut margin);
        }
        let front = FrontMatter {
            values: plain.values,
            repeated: Vec::new(),
            body: &plain.body,
        };
        self.story(front, path, margin)
    }

    /// The page of a list holds no story.
    fn pass_by(&mut self, path: &str) -> Result<(), Unread> {
        let why = "the page of a list, which is made anew here; left out";
        self.out
            .warn(path, path.rsplit('/').next().unwrap_or(path), why)
    }

    fn story(
        &mut self,
        mut front: FrontMatter<'_>,
        path: &str,
        mut margin: Margin,
    ) -> Result<(), Unread> {
        let addresses = Addresses::default().seen_from(&walk::address_of(path));
        let mut story = fields::story(&mut front, path, self.zone, &addresses, &mut margin);
        story.body = self.body(front.body, path, &mut margin);
        for byline in &mut story.bylines {
            let Some(key) = byline.person.clone() else {
                continue;
            };
            match self.names.get(&key) {
                Some(name) => byline.name.clone_from(name),
                None => self.person(IncomingPerson {
                    key: key.clone(),
                    name: byline.name.clone(),
                    slug: key,
                    ..IncomingPerson::default()
                })?,
            }
        }
        for name in &story.sections {
            self.section(name)?;
        }
        for name in &story.topics {
            self.topic(name)?;
        }
        self.out.hand(Incoming::Story(Box::new(story)))?;
        self.hand_margin(margin, path)
    }

    fn running(&mut self, mut front: FrontMatter<'_>, path: &str) -> Result<(), Unread> {
        let mut margin = Margin::new("folder");
        let name = front
            .take_text(&["name", "headline", "title"])
            .unwrap_or_else(|| people::topic_of(stem_of(path)));
        let (head, entries) = running::split(front.body);
        let running = IncomingRunning {
            source_key: format!("folder:{path}"),
            slug: front
                .take_text(&["slug"])
                .unwrap_or_else(|| stem_of(path).into()),
            summary: summary_of(&mut front),
            language: front
                .take_text(&["language"])
                .and_then(|tag| tag.parse().ok()),
            body: self.body(&head, path, &mut margin),
            entries: entries
                .into_iter()
                .map(|entry| IncomingEntry {
                    at: entry.at,
                    title: html::plain(entry.title),
                    body: self.body(&entry.text, path, &mut margin),
                    key: entry.flags.contains(&"key"),
                    pinned: entry.flags.contains(&"pinned"),
                    byline: entry.byline.map(str::to_string),
                    status: entry.status.map(str::to_string),
                })
                .collect(),
            kept: front
                .values
                .iter()
                .map(|(key, value)| (key.clone(), value.to_json()))
                .collect(),
            name,
        };
        self.out.hand(Incoming::LiveRunning(Box::new(running)))?;
        self.hand_margin(margin, path)
    }

    fn body(&self, text: &str, path: &str, margin: &mut Margin) -> Document {
        let text = templates::expand(text, &self.index, margin);
        let addresses = Addresses::default().seen_from(&walk::address_of(path));
        let mut document = {
            let mut setting = Setting {
                addresses: &addresses,
                margin,
                notes: &HashMap::new(),
                line_ends_count: false,
            };
            match walk::ending_of(path).as_str() {
                "html" | "htm" => html::read(&text, &mut setting),
                _ => markdown::read(&text, &mut setting),
            }
        };
        html::relink(&mut document, &|href| {
            let path = href.split(['#', '?']).next().unwrap_or(href);
            matches!(walk::ending_of(path).as_str(), "md" | "markdown")
                .then(|| self.index.find(path).map(str::to_string))
                .flatten()
        });
        document
    }

    fn person(&mut self, person: IncomingPerson) -> Result<(), Unread> {
        if !self.people.insert(person.key.clone()) {
            return Ok(());
        }
        self.names.insert(person.key.clone(), person.name.clone());
        self.out.hand(Incoming::Person(person))
    }

    fn section(&mut self, name: &str) -> Result<(), Unread> {
        if !self.sections.insert(name.to_string()) {
            return Ok(());
        }
        self.out.hand(Incoming::Section(IncomingSection {
            key: name.into(),
            slug: name.into(),
            name: people::name_of(name),
            ..IncomingSection::default()
        }))
    }

    fn topic(&mut self, name: &str) -> Result<(), Unread> {
        if !self.topics.insert(name.to_string()) {
            return Ok(());
        }
        self.out.hand(Incoming::Topic(IncomingTopic {
            slug: name.into(),
            name: name.into(),
        }))
    }

    /// The file's text, or a warning when it is too large; broken letters are replaced.
    fn text_of(&mut self, at: &Path, path: &str) -> Result<Option<String>, Unread> {
        let mut bytes = Vec::new();
        let read = File::open(at).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes));
        if let Err(error) = read {
            self.leave_out(path, &error.to_string())?;
            return Ok(None);
        }
        if bytes.len() as u64 > MAX_FILE {
            self.leave_out(path, &format!("it is larger than {MAX_FILE} bytes"))?;
            return Ok(None);
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                self.out.warn(
                    path,
                    "broken UTF-8",
                    "letters that could not be read were replaced",
                )?;
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            }
        };
        Ok(Some(text.replace("\r\n", "\n")))
    }

    fn leave_out(&mut self, path: &str, why: &str) -> Result<(), Unread> {
        *self
            .out
            .summary
            .left_out
            .entry(LEFT_OUT.into())
            .or_default() += 1;
        let name = path.rsplit('/').next().unwrap_or(path);
        self.out.warn(path, name, &format!("{why}; left out"))
    }

    fn hand_margin(&mut self, margin: Margin, path: &str) -> Result<(), Unread> {
        for warning in margin.into_warnings(path) {
            self.out.hand(Incoming::Warning(warning))?;
        }
        Ok(())
    }
}

/// The summary of a running story; several points come one to a line.
fn summary_of(front: &mut FrontMatter<'_>) -> Option<String> {
    let points = front.take_list(&["summary", "deck", "intro", "description"]);
    let lines: Vec<String> = points.iter().map(front_matter::Value::text).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn stem_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn unreadable(error: &io::Error) -> Unread {
    Unread::Broken(Broken {
        line: 0,
        item: None,
        why: error.to_string(),
    })
}

#[cfg(test)]
mod tests;
