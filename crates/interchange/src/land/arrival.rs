//! A story as it came, turned into one of ours.

use base::{Id, Instant, Slug};
use newsroom::story::{
    Access, Byline, CommentMode, Comments, DatelineField, Embargo, Fields, Genre, Note, NoteClass,
    fields::ORDINARY_URGENCY,
    limits,
    take_in::{Arrival, Standing},
};
use serde_json::{Map, Value, json};

use super::{Known, Settings};
use crate::incoming::{IncomingState, IncomingStory, Issue, Kind, Warning};

/// The story and what had to be changed to fit it in.
pub(super) fn of(
    incoming: &IncomingStory,
    known: &Known,
    settings: &Settings,
) -> (Arrival, Vec<Warning>) {
    let mut fitting = Fitting {
        place: &incoming.place,
        warnings: Vec::new(),
    };
    let arrival = Arrival {
        source: settings.source.clone(),
        source_key: incoming.source_key.clone(),
        kind: match incoming.kind {
            Kind::Story => newsroom::story::Kind::Story,
            Kind::Page => newsroom::story::Kind::Page,
        },
        fields: fields(incoming, known, settings, &mut fitting),
        standing: standing(incoming, settings, &mut fitting),
        old_addresses: incoming.old_addresses.clone(),
        notes: notes(incoming, &mut fitting),
        kept: kept(incoming),
    };
    (arrival, fitting.warnings)
}

/// The fields alone, as they land when nothing but the sections is known.
pub(super) fn fields_of(incoming: &IncomingStory, known: &Known, settings: &Settings) -> Fields {
    let mut fitting = Fitting {
        place: "",
        warnings: Vec::new(),
    };
    fields(incoming, known, settings, &mut fitting)
}

struct Fitting<'a> {
    place: &'a str,
    warnings: Vec<Warning>,
}

impl Fitting<'_> {
    fn warn(&mut self, what: &str, why: impl Into<String>) {
        let (place, what) = (self.place.to_string(), what.to_string());
        self.warnings.push(Warning {
            place,
            what,
            why: why.into(),
        });
    }

    /// Cuts a text that is longer than its field, and says so. The whole is in `kept`.
    fn text(&mut self, field: &str, text: &str, most: usize) -> String {
        let text = text.trim();
        if text.chars().count() <= most {
            return text.to_string();
        }
        self.warn(
            field,
            format!("longer than {most} characters; cut, and the whole was kept"),
        );
        let cut: String = text.chars().take(most - 1).collect();
        cut + "…"
    }

    fn option(&mut self, field: &str, text: Option<&String>, most: usize) -> Option<String> {
        text.map(|text| self.text(field, text, most))
            .filter(|text| !text.is_empty())
    }

    fn names(&mut self, field: &str, names: &[String]) -> Vec<String> {
        if names.len() > limits::LIST {
            self.warn(
                field,
                format!("more than {}; the rest was kept", limits::LIST),
            );
        }
        let mut fitted = Vec::new();
        for name in names.iter().take(limits::LIST) {
            let name = self.text(field, name, limits::NAME);
            if !name.is_empty() && !fitted.contains(&name) {
                fitted.push(name);
            }
        }
        fitted
    }
}

fn fields(
    incoming: &IncomingStory,
    known: &Known,
    settings: &Settings,
    fit: &mut Fitting<'_>,
) -> Fields {
    let section = incoming
        .sections
        .iter()
        .find_map(|key| known.sections.get(key))
        .copied();
    Fields {
        slugline: fit.option("slugline", incoming.slugline.as_ref(), limits::SLUGLINE),
        headline: fit.text("headline", &incoming.headline, limits::HEADLINE),
        kicker: fit.option("kicker", incoming.kicker.as_ref(), limits::KICKER),
        deck: fit.option("deck", incoming.deck.as_ref(), limits::DECK),
        slug: Slug::from_words(&incoming.slug),
        language: incoming
            .language
            .clone()
            .unwrap_or_else(|| settings.language.clone()),
        bylines: bylines(incoming, known, fit),
        dateline: fit
            .option("dateline", incoming.dateline.as_ref(), limits::NAME)
            .map(|place| DatelineField { place, date: None }),
        body: incoming.body.clone(),
        lead_picture: incoming.lead_picture.clone(),
        section_id: section,
        topics: fit.names("topics", &incoming.topics),
        people: fit.names("people", &incoming.people),
        places: fit.names("places", &incoming.places),
        running_story_id: running(incoming, known, fit),
        urgency: incoming
            .urgency
            .filter(|u| (1..=9).contains(u))
            .unwrap_or(ORDINARY_URGENCY),
        genre: genre(incoming, fit),
        access: access(incoming, fit),
        sensitive: incoming.sensitive,
        comments: comments(incoming),
        canonical_url: incoming.canonical_url.clone(),
        embargo: incoming.embargo.map(|until| Embargo {
            until: base::clock::to_micros(until),
            reason: Some("set by its source".into()),
        }),
        source_note: fit.option("source_note", incoming.source_note.as_ref(), limits::NOTE),
        ..Fields::default()
    }
}

fn running(
    incoming: &IncomingStory,
    known: &Known,
    fit: &mut Fitting<'_>,
) -> Option<Id<newsroom::running::RunningStory>> {
    let name = incoming.running.as_ref()?;
    let running = known.running.get(name).copied();
    if running.is_none() {
        fit.warn(
            "running",
            format!("there is no running story “{name}”; the label was kept"),
        );
    }
    running
}

fn bylines(incoming: &IncomingStory, known: &Known, fit: &mut Fitting<'_>) -> Vec<Byline> {
    let mut bylines = Vec::new();
    for byline in incoming.bylines.iter().take(limits::LIST) {
        let person = byline.person.as_ref().and_then(|key| known.people.get(key));
        let name = person.map_or(&byline.name, |(_, name)| name);
        let name = fit.text("bylines", name, limits::NAME);
        if !name.is_empty() {
            bylines.push(Byline {
                person_id: person.map(|(id, _)| *id),
                name,
                role: None,
            });
        }
    }
    bylines
}

fn standing(incoming: &IncomingStory, settings: &Settings, fit: &mut Fitting<'_>) -> Standing {
    let micros = base::clock::to_micros;
    let worked_on = incoming
        .modified
        .or(incoming.published)
        .unwrap_or(settings.now);
    match incoming.state {
        IncomingState::Published(first_at) => {
            let changed_at = incoming.modified.map_or(first_at, |at| at.max(first_at));
            Standing::Published {
                first_at: micros(first_at),
                changed_at: micros(changed_at),
            }
        }
        IncomingState::Scheduled(at) => Standing::Scheduled { at: micros(at) },
        IncomingState::Private => {
            fit.warn("state", "it was private there; it is a draft here");
            Standing::Draft {
                at: micros(worked_on),
            }
        }
        IncomingState::Draft
        | IncomingState::Filed
        | IncomingState::Trashed
        | IncomingState::Canceled => Standing::Draft {
            at: micros(worked_on),
        },
    }
}

fn genre(incoming: &IncomingStory, fit: &mut Fitting<'_>) -> Genre {
    let Some(word) = &incoming.genre else {
        return Genre::News;
    };
    let plain = word.to_lowercase().replace([' ', '-'], "_");
    serde_json::from_value(plain.into()).unwrap_or_else(|_| {
        fit.warn(
            "genre",
            format!("“{word}” is no genre here; it is news, and the word was kept"),
        );
        Genre::News
    })
}

fn access(incoming: &IncomingStory, fit: &mut Fitting<'_>) -> Option<Access> {
    let word = incoming.access.as_deref()?;
    match word {
        "open" | "public" | "free" => Some(Access::Open),
        "metered" => Some(Access::Metered),
        "registered" | "closed" | "members" => Some(Access::Registered),
        _ => {
            fit.warn(
                "access",
                format!("“{word}” is no rule here; its section's rule holds"),
            );
            None
        }
    }
}

fn comments(incoming: &IncomingStory) -> Comments {
    let mode = if incoming.comments_open {
        CommentMode::Usual
    } else {
        CommentMode::Off
    };
    Comments { mode, reason: None }
}

fn notes(incoming: &IncomingStory, fit: &mut Fitting<'_>) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    if let (Some(words), Some(at)) = (&incoming.update_note, incoming.modified) {
        let words = fit.text("update_note", words, limits::NOTE);
        notes.push(Note {
            class: NoteClass::Update,
            words,
            at: base::clock::to_micros(at),
        });
    }
    for correction in &incoming.corrections {
        let class = serde_json::from_value(correction.class.as_str().into());
        let class = class.unwrap_or_else(|_| {
            fit.warn(
                "corrections",
                format!("“{}” is no class here", correction.class),
            );
            NoteClass::Correction
        });
        let words = fit.text("corrections", &correction.text, limits::NOTE);
        notes.push(Note {
            class,
            words,
            at: base::clock::to_micros(correction.at),
        });
    }
    notes.sort_by_key(|note| note.at);
    notes
}

/// Under which name the version of a thing that is sent again and again is kept.
const ISSUE: &str = "issue";

/// The version that is here, by what was kept of it.
pub(super) fn issue_of(kept: &Value) -> Option<Issue> {
    let issue = kept.get(ISSUE)?;
    Some(Issue {
        number: issue[0].as_u64(),
        at: issue[1].as_str().and_then(|at| at.parse().ok()),
    })
}

/// What has no field here: custom fields, further sections, and texts that were cut.
fn kept(incoming: &IncomingStory) -> Value {
    let mut kept: Map<String, Value> = incoming.kept.clone();
    if incoming.sections.len() > 1 {
        kept.insert("sections".into(), json!(incoming.sections));
    }
    if incoming.sticky {
        kept.insert("sticky".into(), json!(true));
    }
    for (name, value) in [
        ("headline", Some(&incoming.headline)),
        ("deck", incoming.deck.as_ref()),
        ("running", incoming.running.as_ref()),
        ("genre", incoming.genre.as_ref()),
    ] {
        if let Some(value) = value {
            kept.insert(name.into(), json!(value));
        }
    }
    if let Some(issue) = incoming.issue {
        kept.insert(ISSUE.into(), json!([issue.number, issue.at]));
    }
    let published: Option<Instant> = incoming.published;
    if let Some(at) = published {
        kept.insert("published".into(), json!(at));
    }
    Value::Object(kept)
}
