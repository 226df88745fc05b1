//! Landing: what a reader hands over goes into the newsroom, a batch to a transaction.
//!
//! A batch lands whole or not at all, and every piece is known by its source's key. So a run that
//! is killed anywhere is taken up by running it again, and a run over what is here changes nothing.

mod around;
mod arrival;
mod live;
mod readers;
mod report;
mod story;

use std::collections::{HashMap, HashSet};

use base::{Fault, Id, Instant, Language};
use jiff::tz::TimeZone;
use newsroom::{
    By,
    front::{Slot, Weight, arrange},
    person::Person,
    running::{self, RunningStory},
    section::{self, Section},
    story::{StoryId, take_in},
};
use store::{Db, Tx};

pub use report::{MAX_WARNINGS, Report};

use crate::incoming::{Incoming, IncomingStory};

/// Pieces that land together: large enough that the disk is asked seldom, small enough to be quick
/// to do again.
pub const BATCH: usize = 200;

/// Where the pieces land, and how.
pub struct Landing {
    db: Db,
    settings: Settings,
    waiting: Vec<Incoming>,
    known: Known,
    report: Report,
    front: Vec<(u32, StoryId)>,
    /// Addresses of comments at which no story is; each is told once.
    without_story: HashSet<String>,
    by: By,
}

/// What an import is told from outside.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the pieces come from, such as `wordpress https://example.org`; keys are told apart by it.
    pub source: String,
    /// The newsroom's zone.
    pub zone: TimeZone,
    /// The newsroom's language, for pieces that name none.
    pub language: Language,
    /// Now.
    pub now: Instant,
}

/// What has landed and is named by pieces still to come.
#[derive(Default)]
struct Known {
    people: HashMap<String, (Id<Person>, String)>,
    sections: HashMap<String, Id<Section>>,
    running: HashMap<String, Id<RunningStory>>,
}

impl Landing {
    /// Begins an import.
    pub async fn begin(db: Db, settings: Settings) -> Result<Self, Fault> {
        let mut known = Known::default();
        for section in section::all(&db).await? {
            known.sections.insert(section.slug.to_string(), section.id);
        }
        for running in running::all(&db).await? {
            known.running.insert(running.name, running.id);
            known.running.insert(running.label, running.id);
        }
        let by = By::machine(format!("Import: {}", settings.source));
        let (waiting, report, front) = (Vec::new(), Report::default(), Vec::new());
        Ok(Self {
            db,
            settings,
            waiting,
            known,
            report,
            front,
            without_story: HashSet::new(),
            by,
        })
    }

    /// Takes one piece; every [`BATCH`] pieces land together.
    pub async fn take(&mut self, piece: Incoming) -> Result<(), Fault> {
        self.waiting.push(piece);
        if self.waiting.len() >= BATCH {
            self.land().await
        } else {
            Ok(())
        }
    }

    /// What has landed so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Lands the rest and sets the front, where the archive asked for one and ours is empty.
    pub async fn end(mut self) -> Result<Report, Fault> {
        self.land().await?;
        if !self.front.is_empty() {
            let slots = self.slots();
            let mut tx = self.db.begin().await?;
            arrange::take_in(&mut tx, &slots, &self.by, self.settings.now).await?;
            tx.commit().await?;
        }
        Ok(self.report)
    }

    fn slots(&mut self) -> Vec<Slot> {
        self.front.sort_unstable();
        let weight = |nth: usize| match nth {
            0 => Weight::Lead,
            1..=4 => Weight::Major,
            _ => Weight::Plain,
        };
        let numbered = self.front.iter().enumerate();
        numbered
            .map(|(nth, (_, story))| Slot {
                story_id: *story,
                weight: weight(nth),
            })
            .collect()
    }

    async fn land(&mut self) -> Result<(), Fault> {
        let pieces = std::mem::take(&mut self.waiting);
        if pieces.is_empty() {
            return Ok(());
        }
        let before = self.report.landed();
        let mut tx = self.db.begin().await?;
        for piece in pieces {
            self.one(&mut tx, piece).await?;
        }
        if self.report.landed() != before {
            take_in::tell_of_batch(&mut tx, self.settings.now).await?;
        }
        tx.commit().await
    }

    async fn one(&mut self, tx: &mut Tx, piece: Incoming) -> Result<(), Fault> {
        match piece {
            Incoming::Site(site) => {
                if let Some(language) = site.language {
                    self.settings.language = language;
                }
            }
            Incoming::Person(person) => self.person(tx, &person).await?,
            Incoming::Section(section) => self.section(tx, &section).await?,
            Incoming::Topic(topic) => self.topic(tx, &topic.slug, &topic.name).await?,
            Incoming::Picture(picture) => self.picture(tx, picture).await?,
            Incoming::Story(story) => self.story(tx, &story).await?,
            Incoming::LiveRunning(running) => self.running(tx, &running).await?,
            Incoming::Comment(comment) => self.comment(tx, &comment).await?,
            Incoming::Member(one) => self.member(tx, &one).await?,
            Incoming::OldPage(page) => self.old_page(tx, &page.old, &page.leads_to).await?,
            Incoming::Warning(warning) => self.report.warn(warning),
        }
        Ok(())
    }
}

/// The fields of a story as they land, for whoever asks what changed here since.
///
/// # Errors
/// A fault of the database, which is asked for the sections.
pub async fn fields_as_landed(
    db: &Db,
    incoming: &IncomingStory,
    settings: &Settings,
) -> Result<newsroom::story::Fields, Fault> {
    let mut known = Known::default();
    for section in section::all(db).await? {
        known.sections.insert(section.slug.to_string(), section.id);
    }
    Ok(arrival::fields_of(incoming, &known, settings))
}

#[cfg(test)]
mod tests;
