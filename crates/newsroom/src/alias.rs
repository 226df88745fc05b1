//! Names that lead to another: stories print a topic or a byline as it was, and stand on the one page of both.
//!
//! Bylines and topics are names in sealed revisions, so that renaming changes no story. An alias says
//! that the address one name makes stands for another's.

pub(crate) mod sql;

use std::collections::HashMap;

use base::{Fault, Instant, Slug};
use store::{Db, Tx, params};

use crate::story::old_address;
use sql::{ALIAS, ALL_ALIASES, DROP_ALIAS, FOLLOW, PUT_ALIAS};

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A person's byline.
    Person,
    /// A topic.
    Topic,
}

impl Of {
    /// The page of this slug.
    pub fn page(self, slug: &Slug) -> String {
        match self {
            Self::Person => format!("/author/{slug}"),
            Self::Topic => format!("/topic/{slug}"),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Topic => "topic",
        }
    }
}

/// Every alias, by the slug of the name that leads on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Of bylines.
    pub people: HashMap<Slug, Slug>,
    /// Of topics.
    pub topics: HashMap<Slug, Slug>,
}

/// All of them.
pub async fn all(db: &Db) -> Result<Aliases, Fault> {
    let mut aliases = Aliases::default();
    for row in db.read(&ALL_ALIASES, params![]).await? {
        let slug = crate::section::kept_slug(&row)?;
        let to: String = row.get("leads_to")?;
        let to = to
            .parse()
            .map_err(|error| Fault::while_("reading a kept slug", error))?;
        if row.get::<String>("what")? == Of::Person.word() {
            aliases.people.insert(slug, to);
        } else {
            aliases.topics.insert(slug, to);
        }
    }
    Ok(aliases)
}

/// Where this name leads, if it is an alias.
pub(crate) async fn target(tx: &mut Tx, of: Of, slug: &Slug) -> Result<Option<String>, Fault> {
    let row = tx
        .read_one(&ALIAS, params![of.word(), slug.as_str()])
        .await?;
    row.map(|row| row.get("leads_to")).transpose()
}

/// From now on `name` stands for `page`: in lists, and its address leads there. What led to `name`
/// leads to `page` as well, so that nobody is sent twice.
pub(crate) async fn lead(
    tx: &mut Tx,
    of: Of,
    (name, page): (&Slug, &Slug),
    now: Instant,
) -> Result<(), Fault> {
    if name == page {
        return Ok(());
    }
    let (word, from, to) = (of.word(), name.as_str(), page.as_str());
    tx.write(&DROP_ALIAS, params![word, to]).await?;
    tx.write(&FOLLOW, params![word, from, to]).await?;
    tx.write(&PUT_ALIAS, params![word, from, to]).await?;
    old_address::lead_on(tx, &of.page(name), &of.page(page), now).await
}
