//! Topics: what stories are about, by name. A topic is there because stories name it; only a new name for it is a row.
//!
//! The act is in [`rename`](mod@rename).

pub mod rename;
pub(crate) mod sql;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use base::{Fault, Slug};
use store::{Db, Row, params};

use crate::Edition;
use sql::ALL_TOPICS;

/// A topic that was given another name than the one its stories print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its address, which stays: `/topic/<slug>`.
    pub slug: Slug,
    /// What it is called now.
    pub name: String,
    /// How often it was renamed.
    pub version: u32,
}

/// A topic as readers meet it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    /// Its address: `/topic/<slug>`.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// How many public stories have it.
    pub stories: usize,
    /// How often it was renamed; 0 when never.
    pub version: u32,
}

/// Topics that were renamed.
pub async fn renamed(db: &Db) -> Result<Vec<Topic>, Fault> {
    let rows = db.read(&ALL_TOPICS, params![]).await?;
    rows.iter().map(topic_from).collect()
}

/// The topic at this address, if a public story has it.
pub fn public(edition: &Edition, slug: &Slug) -> Option<Public> {
    let stories = edition.stories_of_topic(slug)?;
    public_of(edition, slug, stories)
}

/// Topics of public stories whose name holds these words, the most used first, equals by address.
pub fn search(edition: &Edition, words: &str) -> Vec<Public> {
    let words = words.to_lowercase();
    let mut found: Vec<Public> = edition
        .topics()
        .filter(|(_, stories)| *stories > 0)
        .filter_map(|(slug, stories)| public_of(edition, slug, stories))
        .filter(|topic| topic.name.to_lowercase().contains(&words))
        .collect();
    found.sort_by(|one, other| place(one).cmp(&place(other)));
    found
}

/// Where a topic stands in the list.
pub fn place(topic: &Public) -> (Reverse<usize>, &Slug) {
    (Reverse(topic.stories), &topic.slug)
}

fn public_of(edition: &Edition, slug: &Slug, stories: usize) -> Option<Public> {
    let renamed = edition.furniture.topics.get(slug);
    Some(Public {
        slug: slug.clone(),
        name: edition.topic_name(slug)?.to_string(),
        stories,
        version: renamed.map_or(0, |topic| topic.version),
    })
}

fn topic_from(row: &Row) -> Result<Topic, Fault> {
    Ok(Topic {
        slug: crate::section::kept_slug(row)?,
        name: row.get("name")?,
        version: row.get("version")?,
    })
}
