//! What stories refer to by id: their tags, authors, further fields and comments.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{export::Export, people::People, row::Row, site::Site, sorting::Tags};
use crate::{html, incoming::IncomingComment};

/// Everything but the stories, by the ids by which stories name it.
pub(super) struct Atlas {
    /// The old site.
    pub site: Site,
    /// Accounts.
    pub people: People,
    /// Tags.
    pub tags: Tags,
    tags_of: HashMap<String, Vec<String>>,
    authors_of: HashMap<String, Vec<String>>,
    tiers_of: HashMap<String, Vec<String>>,
    metas: HashMap<String, Map<String, Value>>,
    comments: HashMap<String, Vec<IncomingComment>>,
    /// What could not be used: place and reason.
    pub bad: Vec<(String, String)>,
}

impl Atlas {
    /// Reads every table but the stories'.
    pub fn gather(export: &Export, site: Site) -> Self {
        let (people, bad_people) = People::read(export.rows("users"));
        let (tags, bad_tags) = Tags::read(export.rows("tags"));
        let mut atlas = Self {
            site,
            people,
            tags,
            tags_of: HashMap::new(),
            authors_of: HashMap::new(),
            tiers_of: HashMap::new(),
            metas: HashMap::new(),
            comments: HashMap::new(),
            bad: bad_people.into_iter().chain(bad_tags).collect(),
        };
        atlas.tags_of = atlas.pairs(export, "posts_tags", "tag_id");
        atlas.authors_of = atlas.pairs(export, "posts_authors", "author_id");
        atlas.tiers_of = atlas.pairs(export, "posts_products", "product_id");
        atlas.further_fields(export);
        atlas.comments(export);
        atlas.tags.settle(&atlas.site, &atlas.tags_of);
        atlas
    }

    /// Ids of a story's tags, in their order.
    pub fn tags_of(&self, id: &str) -> &[String] {
        self.tags_of.get(id).map_or(&[], Vec::as_slice)
    }

    /// Ids of a story's authors, in their order. Up to 1.22 the row itself names its only one.
    pub fn authors_of(&self, id: &str, row: &Row) -> Vec<String> {
        match self.authors_of.get(id) {
            Some(ids) => ids.clone(),
            None => row.key("author_id").into_iter().collect(),
        }
    }

    /// Ids of the tiers whose readers may read a story.
    pub fn tiers_of(&self, id: &str) -> &[String] {
        self.tiers_of.get(id).map_or(&[], Vec::as_slice)
    }

    /// Takes the fields of a story that are kept in a table of their own (since 3.0).
    pub fn take_metas(&mut self, id: &str) -> Map<String, Value> {
        self.metas.remove(id).unwrap_or_default()
    }

    /// Takes what readers wrote below a story.
    pub fn take_comments(&mut self, id: &str) -> Vec<IncomingComment> {
        self.comments.remove(id).unwrap_or_default()
    }

    /// Ids of accounts that some story names as an author.
    pub fn writers(&self, export: &Export) -> HashSet<String> {
        let mut writers: HashSet<String> = self.authors_of.values().flatten().cloned().collect();
        for row in export.each("posts").flatten() {
            let named = row
                .key("id")
                .is_some_and(|id| self.authors_of.contains_key(&id));
            writers.extend(row.key("author_id").filter(|_| !named));
        }
        writers
    }

    /// A table that joins stories with something, in the order that it gives.
    fn pairs(&mut self, export: &Export, table: &str, other: &str) -> HashMap<String, Vec<String>> {
        let rows = export.rows(table);
        self.bad.extend(rows.bad);
        let mut ordered: HashMap<String, Vec<(i64, String)>> = HashMap::new();
        for row in &rows.good {
            match (row.key("post_id"), row.key(other)) {
                (Some(story), Some(id)) => ordered
                    .entry(story)
                    .or_default()
                    .push((row.order("sort_order"), id)),
                _ => self.bad.push((
                    format!("{table} row {} (line {})", row.number, row.line),
                    format!("it does not name both its story and its {other}; left out"),
                )),
            }
        }
        let sorted = ordered.into_iter().map(|(story, mut ids)| {
            ids.sort_by_key(|(order, _)| *order);
            let mut unique: Vec<String> = Vec::with_capacity(ids.len());
            for (_, id) in ids {
                if !unique.contains(&id) {
                    unique.push(id);
                }
            }
            (story, unique)
        });
        sorted.collect()
    }

    fn further_fields(&mut self, export: &Export) {
        let rows = export.rows("posts_meta");
        self.bad.extend(rows.bad);
        for mut row in rows.good {
            let story = row.key("post_id");
            for name in ["id", "post_id"] {
                row.fields.shift_remove(name);
            }
            row.fields.retain(|_, value| !value.is_null());
            match story {
                Some(story) => drop(self.metas.insert(story, row.fields)),
                None => self.bad.push((
                    format!("posts_meta row {} (line {})", row.number, row.line),
                    "it does not name its story; left out".into(),
                )),
            }
        }
    }

    /// Comments are in full backups only, with the names of members in another table.
    fn comments(&mut self, export: &Export) {
        let rows = export.rows("comments");
        self.bad.extend(rows.bad);
        if rows.good.is_empty() {
            return;
        }
        let members = export.rows("members").good.into_iter();
        let members: HashMap<String, Row> = members
            .filter_map(|row| Some((row.key("id")?, row)))
            .collect();
        for row in &rows.good {
            let Some(story) = row.key("post_id") else {
                continue;
            };
            let member = row.key("member_id").and_then(|id| members.get(&id));
            self.comments
                .entry(story)
                .or_default()
                .push(comment(row, member));
        }
    }
}

fn comment(row: &Row, member: Option<&Row>) -> IncomingComment {
    let of_member = |name| member.and_then(|row| row.text(name)).unwrap_or_default();
    IncomingComment {
        id: row.key("id").unwrap_or_default(),
        parent: row.key("parent_id").unwrap_or_default(),
        name: html::one_line(of_member("name")),
        email: of_member("email").into(),
        url: String::new(),
        at: row.text("created_at").unwrap_or_default().into(),
        text: row.text("html").unwrap_or_default().into(),
        approved: match row.text("status") {
            Some("published") => "1".into(),
            other => other.unwrap_or_default().into(),
        },
        kind: "comment".into(),
    }
}
