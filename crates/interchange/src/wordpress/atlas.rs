//! What has to be known of a whole export before its stories can be read: a first pass gathers it.

use std::{collections::HashMap, io::BufRead};

use super::{
    dates,
    xml::{Export, Item, Part},
};
use crate::{
    html,
    incoming::{IncomingPerson, Unread},
};

/// Pictures remembered; at about 300 bytes each this is the reader's largest use of memory.
const MAX_PICTURES: usize = 400_000;
/// Bytes of all reusable blocks together.
const MAX_REUSABLE: usize = 8 * 1024 * 1024;
/// People remembered.
const MAX_PEOPLE: usize = 100_000;

/// A picture or file of the library.
#[derive(Clone, Debug, Default)]
pub(super) struct Attached {
    /// Where it can be fetched.
    pub url: String,
    /// Its description for those who cannot see it.
    pub alt: String,
    /// Its caption, plain text.
    pub caption: String,
    /// Its credit.
    pub credit: Option<String>,
}

/// What stories refer to by number or name.
#[derive(Debug, Default)]
pub(super) struct Atlas {
    /// Address of the site.
    pub site: String,
    /// The library by number.
    pub library: HashMap<String, Attached>,
    /// Pictures uploaded to a story, by the story's number.
    pub uploads: HashMap<String, Vec<String>>,
    /// Reusable blocks by number.
    pub blocks: HashMap<String, String>,
    /// Names of people by login and by short name.
    pub people: HashMap<String, IncomingPerson>,
    /// Names of sections by short name, to tell them from topics in exports that do not.
    pub sections: HashMap<String, String>,
    /// Seconds the site's clock is ahead of UTC, as most items say.
    pub offset: Option<i64>,
}

impl Atlas {
    /// Reads a whole export for it. A damaged export gives what stood before the damage.
    ///
    /// # Errors
    /// When it is no export at all.
    pub fn gather(input: impl BufRead) -> Result<Self, Unread> {
        let mut export = Export::open(input)?;
        let mut atlas = Self::default();
        let mut offsets: HashMap<i64, usize> = HashMap::new();
        let mut reusable = 0;
        loop {
            match export.next() {
                Ok(Part::Field(name, text)) => atlas.field(&name, text.trim()),
                Ok(Part::Record(name, record)) => atlas.record(&name, &record),
                Ok(Part::Item(item)) => {
                    if let Some(offset) = dates::offset(&item) {
                        *offsets.entry(offset).or_default() += 1;
                    }
                    atlas.item(&item, &mut reusable);
                }
                Ok(Part::End) | Err(_) => break,
            }
        }
        atlas.offset = offsets
            .into_iter()
            .max_by_key(|(offset, times)| (*times, *offset))
            .map(|(offset, _)| offset);
        Ok(atlas)
    }

    /// The pictures a gallery shows: those named, or all uploaded to its story.
    pub fn gallery(&self, named: Option<&str>, post: &str) -> Vec<(String, Option<&Attached>)> {
        let ids: Vec<String> = match named {
            Some(ids) => ids
                .split([',', ' '])
                .filter(|id| !id.is_empty())
                .map(str::to_string)
                .collect(),
            None => self.uploads.get(post).cloned().unwrap_or_default(),
        };
        ids.into_iter()
            .map(|id| {
                let found = self.library.get(&id);
                (id, found)
            })
            .collect()
    }

    fn field(&mut self, name: &str, text: &str) {
        match name {
            "wp:base_blog_url" if !text.is_empty() => self.site = text.into(),
            "wp:base_site_url" | "link" if self.site.is_empty() => self.site = text.into(),
            _ => {}
        }
    }

    fn record(&mut self, name: &str, record: &super::xml::Record) {
        match name {
            "wp:author" => {
                if let Some(person) = super::people::author(record)
                    && self.people.len() < MAX_PEOPLE
                {
                    self.people.insert(person.key.clone(), person);
                }
            }
            "wp:category" => {
                if let Some(section) = super::terms::section(record) {
                    self.sections.insert(section.name, section.key);
                }
            }
            _ => {}
        }
    }

    fn item(&mut self, item: &Item, reusable: &mut usize) {
        let id = item.field("wp:post_id").to_string();
        match item.field("wp:post_type") {
            "attachment" if self.library.len() < MAX_PICTURES => {
                let url = attachment_url(item);
                let parent = item.field("wp:post_parent");
                if !matches!(parent, "" | "0") && is_picture(&url) {
                    self.uploads
                        .entry(parent.into())
                        .or_default()
                        .push(id.clone());
                }
                self.library.insert(id, attached(item, url));
            }
            "wp_block" => {
                let content = item.field("content:encoded");
                *reusable += content.len();
                if *reusable <= MAX_REUSABLE {
                    self.blocks.insert(id, content.into());
                }
            }
            kind if super::people::is_guest(kind) => {
                if let Some(person) = super::people::guest(item)
                    && self.people.len() < MAX_PEOPLE
                {
                    self.people.insert(person.key.clone(), person);
                }
            }
            _ => {}
        }
    }
}

/// Where an attachment's file is.
pub(super) fn attachment_url(item: &Item) -> String {
    ["wp:attachment_url", "guid", "link"]
        .into_iter()
        .map(|name| item.field(name))
        .find(|url| !url.is_empty())
        .unwrap_or_default()
        .to_string()
}

fn attached(item: &Item, url: String) -> Attached {
    Attached {
        url,
        alt: html::plain(item.meta("_wp_attachment_image_alt").unwrap_or_default()),
        caption: html::plain(item.field("excerpt:encoded")),
        credit: credit(item),
    }
}

/// The credit line, as the usual plugins for it store it.
pub(super) fn credit(item: &Item) -> Option<String> {
    [
        "_media_credit",
        "media_credit",
        "_wp_attachment_credit",
        "credit",
        "_credit",
        "photo_credit",
    ]
    .into_iter()
    .find_map(|key| item.meta(key))
    .map(html::plain)
}

fn is_picture(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    [
        "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff",
    ]
    .iter()
    .any(|ending| url.ends_with(ending))
}
