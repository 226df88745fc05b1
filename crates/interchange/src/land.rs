//! Landing: what a reader hands over goes into the newsroom, a batch to a transaction.
//!
//! A batch lands whole or not at all, and every piece is known by its source's key. So a run that
//! is killed anywhere is taken up by running it again, and a run over what is here changes nothing.

mod arrival;
mod live;
mod report;

use std::collections::{HashMap, HashSet};

use base::{Fault, Id, Instant, Language, Slug};
use jiff::tz::TimeZone;
use newsroom::{
    By,
    front::{Slot, Weight, arrange},
    person::{self, Person},
    running::{self, RunningStory},
    section::{self, Section},
    story::{
        Access, StoryId,
        take_in::{
            self, Arrival, CalledOff, Import, Taken, call_off, keep_old_page, take_in,
            take_in_picture,
        },
    },
};
use store::{Db, Tx};

pub use report::{MAX_WARNINGS, Report};

use crate::{
    incoming::{
        Incoming, IncomingMember, IncomingPerson, IncomingPicture, IncomingSection, IncomingState,
        IncomingStory, IncomingThreaded, Kind, Warning,
    },
    keeping::{self, comment::Below},
};

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

    async fn person(&mut self, tx: &mut Tx, incoming: &IncomingPerson) -> Result<(), Fault> {
        let words = [&incoming.name, &incoming.slug, &incoming.key];
        let Some(slug) = words.into_iter().find_map(|words| Slug::from_words(words)) else {
            self.report.warn(unnamed("a person", &incoming.key));
            return Ok(());
        };
        let bio = incoming.bio.clone();
        let name = if incoming.name.is_empty() {
            &incoming.key
        } else {
            &incoming.name
        };
        let name = name.clone();
        let person = Person {
            id: Id::fresh(),
            slug,
            name: name.clone(),
            role: None,
            bio,
            version: 1,
        };
        let old = format!("/author/{}", incoming.slug);
        let leads_to = format!("/author/{}", person.slug);
        let id = person::put(tx, &person, self.settings.now).await?;
        self.old_page(tx, &old, &leads_to).await?;
        self.known.people.insert(incoming.key.clone(), (id, name));
        self.report.people += 1;
        Ok(())
    }

    async fn section(&mut self, tx: &mut Tx, incoming: &IncomingSection) -> Result<(), Fault> {
        let words = [&incoming.slug, &incoming.name, &incoming.key];
        let Some(slug) = words.into_iter().find_map(|words| Slug::from_words(words)) else {
            self.report.warn(unnamed("a section", &incoming.key));
            return Ok(());
        };
        let leads_to = format!("/section/{slug}");
        let section = Section {
            id: Id::fresh(),
            slug,
            name: incoming.name.clone(),
            description: incoming.description.clone().unwrap_or_default(),
            language: self.settings.language.clone(),
            access: Access::Metered,
            position: self.known.sections.len() as u32 + 1,
            version: 1,
        };
        let id = section::add(tx, &section).await?;
        let old = incoming.old_address.clone();
        let old = old.unwrap_or_else(|| format!("/category/{}", incoming.slug));
        self.old_page(tx, &old, &leads_to).await?;
        self.known.sections.insert(incoming.key.clone(), id);
        self.report.sections += 1;
        Ok(())
    }

    async fn topic(&mut self, tx: &mut Tx, slug: &str, name: &str) -> Result<(), Fault> {
        let Some(topic) = Slug::from_words(name) else {
            return Ok(());
        };
        self.old_page(tx, &format!("/tag/{slug}"), &format!("/topic/{topic}"))
            .await
    }

    async fn old_page(&mut self, tx: &mut Tx, old: &str, leads_to: &str) -> Result<(), Fault> {
        let differs = newsroom::reading::old_form(old) != leads_to;
        if differs && keep_old_page(tx, old, leads_to, self.settings.now).await? {
            self.report.redirects += 1;
        }
        Ok(())
    }

    async fn picture(&mut self, tx: &mut Tx, picture: IncomingPicture) -> Result<(), Fault> {
        let record = serde_json::json!({
            "url": picture.url, "title": picture.title, "alt": picture.alt,
            "caption": picture.caption, "credit": picture.credit, "story": picture.parent,
        });
        let source = &self.settings.source;
        if take_in_picture(tx, source, &picture.key, record, self.settings.now).await? {
            self.report.pictures += 1;
        }
        Ok(())
    }

    async fn story(&mut self, tx: &mut Tx, incoming: &IncomingStory) -> Result<(), Fault> {
        if incoming.state == IncomingState::Trashed {
            self.report.skip(Warning {
                place: incoming.place.clone(),
                what: format!("“{}”", incoming.headline),
                why: "it was in the old site's bin and stays out".into(),
            });
            return Ok(());
        }
        let (arrival, warnings) = arrival::of(incoming, &self.known, &self.settings);
        if incoming.state == IncomingState::Canceled {
            return self.call_off(tx, incoming, &arrival).await;
        }
        if let Some(issue) = incoming.issue
            && let Some(kept) = take_in::kept(tx, &arrival.source, &arrival.source_key).await?
            && arrival::issue_of(&kept).is_some_and(|here| issue.is_before(&here))
        {
            self.report.skip(Warning {
                place: incoming.place.clone(),
                what: format!("“{}”", incoming.headline),
                why: "a later version of it is here".into(),
            });
            return Ok(());
        }
        warnings
            .into_iter()
            .for_each(|warning| self.report.warn(warning));
        let (zone, now) = (&self.settings.zone, self.settings.now);
        match take_in(
            tx,
            &arrival,
            &Import {
                zone,
                by: &self.by,
                now,
            },
        )
        .await
        {
            Ok(taken) => {
                self.count(incoming, taken, arrival.old_addresses.len());
                self.comments(tx, incoming, taken).await?;
            }
            Err(base::No::Failed(fault)) => return Err(fault),
            Err(no) => {
                self.report.left_out += 1;
                self.report.skip(Warning {
                    place: incoming.place.clone(),
                    what: format!("“{}”", incoming.headline),
                    why: format!("it was refused: {no}; left out"),
                });
            }
        }
        Ok(())
    }

    /// Keeps what readers wrote below a story.
    async fn comments(
        &mut self,
        tx: &mut Tx,
        incoming: &IncomingStory,
        taken: Taken,
    ) -> Result<(), Fault> {
        let (Taken::New(id) | Taken::Changed(id) | Taken::Unchanged(id)) = taken;
        let address = incoming.old_addresses.first().map(String::as_str);
        for comment in &incoming.comments {
            let below = Below {
                source: &self.settings.source,
                thread: &incoming.source_key,
                address: address.unwrap_or_default(),
                story: Some(id),
            };
            let kept = keeping::comment::keep(tx, &below, comment, self.settings.now).await?;
            self.report.comments += usize::from(kept);
        }
        Ok(())
    }

    /// Keeps a comment that came without its story, which is found by its address where it is here.
    async fn comment(&mut self, tx: &mut Tx, one: &IncomingThreaded) -> Result<(), Fault> {
        let path = one.address.split('?').next().unwrap_or_default();
        let mut story = None;
        for path in [one.address.as_str(), path] {
            if story.is_none() {
                story = take_in::story_at(tx, path).await?;
            }
        }
        if story.is_none() {
            self.report.comments_without_story += 1;
            if self.without_story.insert(one.address.clone()) {
                self.report.warn(Warning {
                    place: one.address.clone(),
                    what: "comments".into(),
                    why: "no story is at this address; they are kept by it, and find the story when the same \
                          export is imported again after it"
                        .into(),
                });
            }
        }
        let below = Below {
            source: &self.settings.source,
            thread: &one.thread,
            address: &one.address,
            story,
        };
        match keeping::comment::keep(tx, &below, &one.comment, self.settings.now).await? {
            true => self.report.comments += 1,
            false => self.report.unchanged += 1,
        }
        Ok(())
    }

    async fn member(&mut self, tx: &mut Tx, member: &IncomingMember) -> Result<(), Fault> {
        match keeping::member::keep(tx, member, self.settings.now).await? {
            true => self.report.members += 1,
            false => self.report.unchanged += 1,
        }
        Ok(())
    }

    /// Takes back what landed before and is called off by its source.
    async fn call_off(
        &mut self,
        tx: &mut Tx,
        incoming: &IncomingStory,
        arrival: &Arrival,
    ) -> Result<(), Fault> {
        let (zone, now) = (&self.settings.zone, self.settings.now);
        let import = Import {
            zone,
            by: &self.by,
            now,
        };
        let why = match call_off(tx, arrival, &import).await? {
            CalledOff::Already => {
                self.report.unchanged += 1;
                return Ok(());
            }
            CalledOff::Unknown => "its source called it off before it was ever here; left out",
            CalledOff::Spiked => "its source called it off; it is spiked",
            CalledOff::Withdrawn => {
                "its source called it off; it was public, and is withdrawn with a notice at its address"
            }
        };
        self.report.called_off += usize::from(!why.ends_with("left out"));
        self.report.skip(Warning {
            place: incoming.place.clone(),
            what: format!("“{}”", incoming.headline),
            why: why.into(),
        });
        Ok(())
    }

    fn count(&mut self, incoming: &IncomingStory, taken: Taken, redirects: usize) {
        let id = match taken {
            Taken::Unchanged(id) => {
                self.report.unchanged += 1;
                return self.on_front(incoming, id);
            }
            Taken::Changed(id) => {
                self.report.changed += 1;
                return self.on_front(incoming, id);
            }
            Taken::New(id) => id,
        };
        match (incoming.kind, incoming.state) {
            (Kind::Page, _) => self.report.pages += 1,
            (Kind::Story, IncomingState::Published(_)) => self.report.stories += 1,
            (Kind::Story, IncomingState::Scheduled(_)) => self.report.scheduled += 1,
            (Kind::Story, _) => self.report.drafts += 1,
        }
        self.report.redirects += redirects;
        self.on_front(incoming, id);
    }

    fn on_front(&mut self, incoming: &IncomingStory, id: StoryId) {
        let place = incoming.lead.then_some(1).or(incoming.front);
        if let Some(place) = place {
            self.front.push((place, id));
        }
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

fn unnamed(what: &str, key: &str) -> Warning {
    Warning {
        place: key.into(),
        what: what.into(),
        why: "its name holds no letter an address could be made of; it was left out".into(),
    }
}
