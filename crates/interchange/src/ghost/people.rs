//! Accounts of an export that wrote something become people with a byline.

use std::collections::HashMap;

use super::{export::Table, row::Row};
use crate::incoming::{IncomingByline, IncomingPerson};

/// What accounts say of themselves that has no place on a person here.
const WITHOUT_PLACE: [&str; 16] = [
    "profile_image",
    "image",
    "cover_image",
    "cover",
    "website",
    "location",
    "facebook",
    "twitter",
    "threads",
    "bluesky",
    "mastodon",
    "tiktok",
    "youtube",
    "instagram",
    "linkedin",
    "meta_description",
];

/// Accounts by their id.
#[derive(Default)]
pub(super) struct People {
    known: HashMap<String, IncomingPerson>,
    /// Ids in the order of the file.
    order: Vec<String>,
    /// Names of accounts with the fields that have no place here.
    pub poorer: Vec<(String, String)>,
}

impl People {
    /// Reads accounts; gives back those that cannot be used, with the reason.
    pub fn read(rows: Table) -> (Self, Vec<(String, String)>) {
        let mut people = Self::default();
        let mut bad = rows.bad;
        for row in &rows.good {
            let place = format!("users row {} (line {})", row.number, row.line);
            // Exports made by hand may leave ids out; one that nobody names harms nobody.
            let id = row.key("id").unwrap_or_else(|| place.clone());
            if people.known.contains_key(&id) {
                bad.push((place, format!("its id {id} is another account's; left out")));
                continue;
            }
            let Some(person) = person(row, &id) else {
                bad.push((place, "the account has no name; left out".into()));
                continue;
            };
            let lost: Vec<&str> = WITHOUT_PLACE
                .into_iter()
                .filter(|name| row.text(name).is_some())
                .collect();
            if !lost.is_empty() {
                people.poorer.push((id.clone(), lost.join(", ")));
            }
            people.order.push(id.clone());
            people.known.insert(id, person);
        }
        (people, bad)
    }

    /// The account with that id.
    pub fn get(&self, id: &str) -> Option<&IncomingPerson> {
        self.known.get(id)
    }

    /// All accounts, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = (&String, &IncomingPerson)> {
        self.order
            .iter()
            .filter_map(|id| Some((id, self.known.get(id)?)))
    }
}

fn person(row: &Row, id: &str) -> Option<IncomingPerson> {
    let slug = row.text("slug").unwrap_or_default().to_string();
    let name = row
        .plain("name")
        .or_else(|| Some(slug.replace('-', " ")).filter(|name| !name.is_empty()))?;
    Some(IncomingPerson {
        key: id.to_string(),
        name,
        email: row.text("email").map(str::to_string),
        bio: row.plain("bio"),
        slug,
    })
}

/// A byline for each author; the ids of those that are not in the export come second.
pub(super) fn bylines(ids: &[String], people: &People) -> (Vec<IncomingByline>, Vec<String>) {
    let mut bylines: Vec<IncomingByline> = Vec::new();
    let mut missing = Vec::new();
    for id in ids {
        match people.get(id) {
            Some(person) => bylines.push(IncomingByline {
                person: Some(person.key.clone()),
                name: person.name.clone(),
            }),
            None => missing.push(id.clone()),
        }
    }
    (bylines, missing)
}
