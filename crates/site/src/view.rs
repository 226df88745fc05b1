//! Pieces that several pages show: cards, pictures, paging, notes.

use base::Instant;
use newsroom::{
    Edition,
    edition::{Published, author_slug},
    story::{Access, Note, NoteClass},
};
use serde::Serialize;

use crate::{
    Site,
    pictures::{PictureView, Standing},
    when::{Detail, Saying, When, iso},
};

/// A story in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    url: String,
    kicker: Option<String>,
    running: Option<RunningLink>,
    headline: String,
    deck: Option<String>,
    byline: Option<String>,
    published: When,
    updated: bool,
    picture: Option<PictureView>,
    access: &'static str,
    language: String,
    direction: &'static str,
    weight: &'static str,
}

/// A link to a running story.
#[derive(Clone, Debug, Serialize)]
pub struct RunningLink {
    /// Its label.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Whether its page is live.
    pub live: bool,
}

/// A name with an address.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// The name.
    pub name: String,
    /// The address.
    pub url: String,
}

/// Where one is in a list of pages.
#[derive(Clone, Debug, Serialize)]
pub struct Paging {
    number: usize,
    of: usize,
    previous: Option<String>,
    next: Option<String>,
}

impl Paging {
    /// The paging of page `number` at `path`, with `total` things, `each` to a page. The first
    /// page has no number in its address. `query` is what else the address carries.
    pub fn new(path: &str, query: &str, number: usize, (total, each): (usize, usize)) -> Self {
        let of = total.div_ceil(each).max(1);
        let at = |number: usize| match (number, query.is_empty()) {
            (1, true) => path.to_string(),
            (1, false) => format!("{path}?{query}"),
            (_, true) => format!("{path}?page={number}"),
            (_, false) => format!("{path}?{query}&page={number}"),
        };
        Self {
            number,
            of,
            previous: (number > 1).then(|| at(number - 1)),
            next: (number < of).then(|| at(number + 1)),
        }
    }
}

/// A line of a story's public history.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    label: String,
    text: String,
    when: When,
    grave: bool,
    /// Its place among the notes of its story, by which one part of a page leads to another.
    number: usize,
    /// Whether the story's page shows it whole beside the text.
    logged: bool,
}

impl NoteView {
    /// The same note at its place among those of its story.
    pub fn at(self, number: usize) -> Self {
        Self { number, ..self }
    }

    /// Whether the story's page shows it whole beside the text.
    pub fn is_logged(&self) -> bool {
        self.logged
    }
}

/// Makes pieces for a page in one language.
pub struct Viewer<'a> {
    /// The site.
    pub site: &'a Site,
    /// The edition the page is made from.
    pub edition: &'a Edition,
    /// The page's language.
    pub language: &'a base::Language,
}

impl<'a> Viewer<'a> {
    /// Says moments in the page's language.
    pub fn saying(&self) -> Saying<'_> {
        self.saying_in(self.language)
    }

    /// Says moments in the language of a part of the page.
    pub fn saying_in<'l>(&'l self, language: &'l base::Language) -> Saying<'l> {
        Saying {
            words: &self.site.words,
            language,
            zone: &self.site.identity.zone,
        }
    }

    /// One word or sentence without facts.
    pub fn say(&self, key: &str) -> String {
        self.site.words.say(self.language, key, &[])
    }

    /// A card of this weight: `lead`, `major`, `plain`, `brief`.
    pub fn card(&self, story: &Published, weight: &'static str) -> Card {
        let card = &story.card;
        let names: Vec<&str> = card
            .bylines
            .iter()
            .map(|byline| byline.name.as_str())
            .collect();
        Card {
            url: story.path.clone(),
            kicker: card.kicker.clone(),
            running: self.running(story),
            headline: card.headline.clone(),
            deck: card.deck.clone(),
            byline: (!names.is_empty()).then(|| names.join(", ")),
            published: self
                .saying_in(&card.language)
                .when(story.first_at, Detail::Day),
            updated: card.updated_at.is_some(),
            picture: card
                .picture
                .as_ref()
                .map(|picture| PictureView::of(self.site, picture, standing(weight))),
            access: access_word(self.edition.access(card)),
            language: card.language.tag().into(),
            direction: card.language.direction().attribute(),
            weight,
        }
    }

    /// A moment for machines: RFC 3339 with the newsroom's offset.
    pub fn iso(&self, at: Instant) -> String {
        iso(&self.site.identity.zone, at)
    }

    /// Plain cards.
    pub fn cards<'s>(
        &self,
        stories: impl IntoIterator<Item = &'s std::sync::Arc<Published>>,
    ) -> Vec<Card> {
        stories
            .into_iter()
            .map(|story| self.card(story, "plain"))
            .collect()
    }

    /// The running story this one belongs to.
    pub fn running(&self, story: &Published) -> Option<RunningLink> {
        let running = self.edition.running(story.card.running?)?;
        Some(RunningLink {
            name: running.label.clone(),
            url: format!("/running/{}", running.slug),
            live: running.state.is_live(),
        })
    }

    /// The page of the person of this name, where they have one.
    pub fn author_url(&self, name: &str) -> Option<String> {
        let slug = author_slug(name)?;
        self.edition
            .has_author(&slug)
            .then(|| format!("/author/{slug}"))
    }

    /// A note, with its label in words.
    pub fn note(&self, note: &Note) -> NoteView {
        NoteView {
            label: self.say(note_key(note.class)),
            text: note.words.clone(),
            when: self.saying().when(note.at, Detail::Time),
            grave: note.class.is_grave(),
            number: 0,
            logged: note.class.is_logged(),
        }
    }

    /// What readers are told when a story is taken back, in the shape of a note.
    pub fn withdrawal(&self, reason: &str, at: Instant) -> NoteView {
        NoteView {
            label: self.say("note-withdrawal"),
            text: reason.into(),
            when: self.saying().when(at, Detail::Time),
            grave: true,
            number: 0,
            logged: true,
        }
    }
}

/// The message for the label of a note.
pub(crate) fn note_key(class: NoteClass) -> &'static str {
    match class {
        NoteClass::Update => "note-update",
        NoteClass::Refile => "note-refile",
        NoteClass::Correction => "note-correction",
        NoteClass::Clarification => "note-clarification",
        NoteClass::EditorsNote => "note-editors-note",
    }
}

fn standing(weight: &str) -> Standing {
    match weight {
        "lead" => Standing::LeadCard,
        _ => Standing::Card,
    }
}

fn access_word(access: Access) -> &'static str {
    match access {
        Access::Open => "open",
        Access::Metered => "metered",
        Access::Registered => "registered",
    }
}

/// Where readers register; nowhere yet, and the words say so.
pub(crate) fn register_url() -> Option<String> {
    None
}
