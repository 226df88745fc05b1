//! The desk's list of stories, and the public log of corrections.

use base::{Fault, Id, Instant, Language, No, Refusal};
use store::{Db, Row, params};

use super::{
    Card, Fields, Note, State, StoryId, from_word, read,
    sql::{COUNT_LOGGED, LIST, LOGGED},
    word,
};
use crate::section::{Section, kept_language};

/// The most stories one page of the list holds.
pub const MAX_LISTED: u32 = 200;
/// Characters a search may hold.
pub const MAX_QUERY: usize = 200;

/// Which stories, and from where on.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words in the headline.
    pub query: Option<String>,
    /// Of this section.
    pub section: Option<Id<Section>>,
    /// In this state.
    pub state: Option<State>,
    /// After this one (its change and id), for the next page.
    pub after: Option<(Instant, StoryId)>,
    /// How many, [`MAX_LISTED`] at most.
    pub limit: u32,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The story.
    pub id: StoryId,
    /// Its state in one word.
    pub state: State,
    /// Its newest revision's number.
    pub revision: u32,
    /// Its newest fields.
    pub fields: Fields,
    /// Its address, once public.
    pub path: Option<String>,
    /// When it first went out.
    pub first_at: Option<Instant>,
    /// When it is due, while it waits for its hour.
    pub due_at: Option<Instant>,
    /// When it last changed.
    pub updated_at: Instant,
}

/// One page of the list, by last change, newest first.
///
/// # Errors
/// Refused when the query is overlong.
pub async fn stories(db: &Db, filter: &Filter) -> Result<Vec<Listed>, No> {
    if filter
        .query
        .as_ref()
        .is_some_and(|query| query.chars().count() > MAX_QUERY)
    {
        return Err(Refusal::on("q", "too-long").with("limit", MAX_QUERY).into());
    }
    let pattern = filter.query.as_deref().map(contains);
    let (before, before_id) = filter.after.unwrap_or((Instant::MAX, Id::from_uuid(LAST)));
    let rows = db
        .read(
            &LIST,
            params![
                pattern,
                filter.section,
                filter.state.as_ref().map(word),
                base::clock::to_micros(before),
                before_id,
                filter.limit.clamp(1, MAX_LISTED)
            ],
        )
        .await?;
    Ok(rows.iter().map(listed).collect::<Result<_, Fault>>()?)
}

/// The greatest id: before the first page.
const LAST: uuid::Uuid = uuid::Uuid::max();

/// The LIKE pattern for words somewhere in a text, its signs taken literally where both engines
/// agree: `%` and `_` become single wildcards, which at worst finds a little more.
pub(crate) fn contains(query: &str) -> String {
    let plain: String = query
        .to_lowercase()
        .chars()
        .map(|ch| if matches!(ch, '%' | '\\') { '_' } else { ch })
        .collect();
    format!("%{plain}%")
}

/// Reads a line of the list.
pub(crate) fn listed(row: &Row) -> Result<Listed, Fault> {
    Ok(Listed {
        id: row.get("id")?,
        state: from_word(&row.get::<String>("state")?)?,
        revision: row.get("revision")?,
        fields: read::fields_from(row)?,
        path: row.get("path")?,
        first_at: row.get("first_at")?,
        due_at: row.get("due_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// A line of the public log: what readers were told, and the story it belongs to.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The note's id; a withdrawal's is its story's.
    pub id: Id<Logged>,
    /// The story.
    pub story: StoryId,
    /// What they were told.
    pub told: Told,
    /// When.
    pub at: Instant,
    /// The address where the story is, or the notice of its withdrawal.
    pub path: String,
    /// Its headline; a withdrawn story's is the one that its notice shows, and nothing else of it is here.
    pub headline: String,
    /// The language it is written in.
    pub language: Language,
}

/// What readers are told in the public log.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// A note on a story, also on one that was withdrawn afterwards.
    Noted(Note),
    /// The story was taken back, for this reason.
    Withdrawn(String),
}

/// How a withdrawal is called among the classes of notes in [`LOGGED`].
const WITHDRAWAL: &str = "withdrawal";

/// One page of the public log, newest first, and how many lines there are in all: corrections,
/// clarifications, editors' notes and withdrawals. What was said of a story stays when it is withdrawn.
pub async fn corrections(db: &Db, limit: u32, offset: u32) -> Result<(Vec<Logged>, u32), Fault> {
    let rows = db.read(&LOGGED, params![limit, offset]).await?;
    let count = db.read_one(&COUNT_LOGGED, params![]).await?;
    let lines = rows.iter().map(logged).collect::<Result<_, Fault>>()?;
    Ok((lines, count.map_or(Ok(0), |row| row.get("lines"))?))
}

fn logged(row: &Row) -> Result<Logged, Fault> {
    let told = match row.get::<String>("class")?.as_str() {
        WITHDRAWAL => Told::Withdrawn(row.get("words")?),
        _ => Told::Noted(read::note_from(row)?),
    };
    let withdrawn: Option<String> = row.get("withdrawn_headline")?;
    let headline = match withdrawn {
        Some(headline) => headline,
        None => row.document::<Card>("card")?.headline,
    };
    Ok(Logged {
        id: row.get("id")?,
        story: row.get("story_id")?,
        told,
        at: row.get("noted_at")?,
        path: row.get("path")?,
        headline,
        language: kept_language(row)?,
    })
}
