//! What a story looks like from outside, and the answers that show it.

use base::{Id, Instant, No};
use http::{HeaderValue, StatusCode, header};
use newsroom::{
    section::Section,
    staff::Staff,
    story::{
        Access, Fields, Note, NoteClass, Publication, State, Story, StoryId, Withdrawal,
        list::Listed, read,
    },
};
use serde::Serialize;
use web::{Answer, Problem};

use crate::Api;

/// A whole story: its fields stand beside its states, under the names they are sent by.
#[derive(Debug, Serialize)]
pub struct Face<'a> {
    id: StoryId,
    revision: u32,
    state: State,
    /// Its address on the site while it is public.
    url: Option<&'a str>,
    /// Where the part that everybody may keep is read; at present the same address.
    shell_url: Option<&'a str>,
    #[serde(flatten)]
    fields: &'a Fields,
    begun_by: BegunByFace<'a>,
    publication: Option<PublicationFace<'a>>,
    withdrawal: Option<WithdrawalFace<'a>>,
    notes: Vec<NoteFace<'a>>,
    created_at: Instant,
    updated_at: Instant,
}

/// Whose story it is.
#[derive(Debug, Serialize)]
struct BegunByFace<'a> {
    /// None for a machine or an import.
    staff_id: Option<Id<Staff>>,
    name: &'a str,
}

#[derive(Debug, Serialize)]
struct PublicationFace<'a> {
    at: Instant,
    by: &'a str,
    /// The revision readers see, which may be older than the newest.
    revision: u32,
    changed_at: Instant,
}

#[derive(Debug, Serialize)]
struct WithdrawalFace<'a> {
    reason: &'a str,
    /// For the newsroom alone.
    note: Option<&'a str>,
    substitute: Option<StoryId>,
    at: Instant,
    by: &'a str,
}

#[derive(Debug, Serialize)]
struct NoteFace<'a> {
    class: NoteClass,
    text: &'a str,
    at: Instant,
}

impl<'a> Face<'a> {
    /// The face of a story.
    pub fn of(story: &'a Story) -> Self {
        let path = story
            .publication
            .as_ref()
            .map(|public| public.path.as_str());
        Self {
            id: story.id,
            revision: story.revision,
            state: story.state(),
            url: path,
            shell_url: path,
            fields: &story.fields,
            begun_by: BegunByFace {
                staff_id: story.begun_by.staff,
                name: &story.begun_by.name,
            },
            publication: story.publication.as_ref().map(publication),
            withdrawal: story.withdrawal.as_ref().map(withdrawal),
            notes: story.notes.iter().map(note).collect(),
            created_at: story.created_at,
            updated_at: story.updated_at,
        }
    }
}

fn publication(publication: &Publication) -> PublicationFace<'_> {
    PublicationFace {
        at: publication.first_at,
        by: &publication.by,
        revision: publication.revision,
        changed_at: publication.changed_at,
    }
}

fn withdrawal(withdrawal: &Withdrawal) -> WithdrawalFace<'_> {
    WithdrawalFace {
        reason: &withdrawal.reason,
        note: withdrawal.note.as_deref(),
        substitute: withdrawal.substitute,
        at: withdrawal.at,
        by: &withdrawal.by,
    }
}

fn note(note: &Note) -> NoteFace<'_> {
    NoteFace {
        class: note.class,
        text: &note.words,
        at: note.at,
    }
}

/// A line of the desk's list.
#[derive(Debug, Serialize)]
pub struct Summary {
    id: StoryId,
    slug: Option<String>,
    headline: String,
    kicker: Option<String>,
    state: State,
    section: Option<SectionName>,
    bylines: Vec<String>,
    language: String,
    updated_at: Instant,
    published_at: Option<Instant>,
    /// Its hour, while it waits for it.
    due_at: Option<Instant>,
    revision: u32,
    url: Option<String>,
    words: usize,
    access: Option<Access>,
}

#[derive(Debug, Serialize)]
struct SectionName {
    id: Id<Section>,
    name: String,
}

impl Summary {
    /// The line of a listed story; `sections` are all there are.
    pub fn of(listed: Listed, sections: &[Section]) -> Self {
        let fields = listed.fields;
        let section = sections
            .iter()
            .find(|section| Some(section.id) == fields.section_id);
        Self {
            id: listed.id,
            slug: fields.slug.map(String::from),
            kicker: fields.kicker,
            state: listed.state,
            section: section.map(|section| SectionName {
                id: section.id,
                name: section.name.clone(),
            }),
            bylines: fields
                .bylines
                .into_iter()
                .map(|byline| byline.name)
                .collect(),
            language: fields.language.into(),
            updated_at: listed.updated_at,
            published_at: listed.first_at,
            due_at: listed.due_at,
            revision: listed.revision,
            url: listed.path,
            words: fields.body.words(),
            access: fields.access,
            headline: fields.headline,
        }
    }
}

/// Answers with the story, its revision as the `ETag`.
///
/// # Errors
/// A fault when it cannot be written as JSON.
pub fn answer(status: StatusCode, story: &Story) -> Result<Answer, Problem> {
    let answer = Answer::json(status, &Face::of(story))?;
    Ok(answer.with_header(header::ETAG, etag(story.revision)))
}

/// What to answer when an act did not happen: with `current`, where somebody saved first.
pub async fn refused(api: &Api, id: StoryId, no: No) -> Problem {
    let saved_first = matches!(&no, No::Refused(refusals) if refusals.has("somebody-saved-first"));
    let problem = Problem::from(no);
    if !saved_first {
        return problem;
    }
    match read::story(&api.db, id).await {
        Ok(Some(story)) => problem
            .with("current", Face::of(&story))
            .with_header(header::ETAG, etag(story.revision)),
        Ok(None) => Problem::absent(),
        Err(fault) => fault.into(),
    }
}

/// A revision or version as an `ETag`.
pub(crate) fn etag(revision: u32) -> HeaderValue {
    // Digits between quotation marks are always a header value.
    HeaderValue::try_from(format!("\"{revision}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}
