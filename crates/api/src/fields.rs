//! Takes the fields of a story as a request brings them, ready for the newsroom's acts.

use base::{Fault, Id, No, Refusal, Refusals};
use newsroom::{running, section, story::Change};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use store::Db;

/// Fields in which an empty text says “none”: a form has no other way to take words away.
pub const EMPTY_IS_NONE: [&str; 7] = [
    "slugline",
    "kicker",
    "deck",
    "slug",
    "genre",
    "canonical_url",
    "source_note",
];

/// The change that these members of a JSON object ask for.
///
/// # Errors
/// `unknown-section` and `unknown-running-story` for ids that lead nowhere. Everything else about a
/// field is refused by the act itself.
pub async fn taken(db: &Db, mut members: Map<String, Value>) -> Result<Change, No> {
    for name in EMPTY_IS_NONE {
        if let Some(value) = members.get_mut(name).filter(|value| *value == "") {
            *value = Value::Null;
        }
    }
    let mut no = Vec::new();
    if leads_nowhere(&members, "section_id", async || sections(db).await).await? {
        no.push(Refusal::on("section_id", "unknown-section"));
    }
    if leads_nowhere(&members, "running_story_id", async || {
        running_stories(db).await
    })
    .await?
    {
        no.push(Refusal::on("running_story_id", "unknown-running-story"));
    }
    Refusals::none_of(no)?;
    Ok(Change(members))
}

/// Whether the field holds an id that is not among those there are. What is no id at all is left to
/// the act, which says so better.
async fn leads_nowhere<Kind>(
    members: &Map<String, Value>,
    field: &str,
    known: impl AsyncFnOnce() -> Result<Vec<Id<Kind>>, Fault>,
) -> Result<bool, Fault>
where
    Id<Kind>: DeserializeOwned,
{
    let given = members.get(field).cloned().unwrap_or_default();
    let Ok(id) = serde_json::from_value::<Id<Kind>>(given) else {
        return Ok(false);
    };
    Ok(!known().await?.contains(&id))
}

async fn sections(db: &Db) -> Result<Vec<Id<section::Section>>, Fault> {
    let all = section::all(db).await?;
    Ok(all.into_iter().map(|section| section.id).collect())
}

async fn running_stories(db: &Db) -> Result<Vec<Id<running::RunningStory>>, Fault> {
    let all = running::all(db).await?;
    Ok(all.into_iter().map(|running| running.id).collect())
}
