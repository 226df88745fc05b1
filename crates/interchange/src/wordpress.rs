//! WordPress exports (WXR 1.0 to 1.2), read item by item in memory that does not grow with the file.
//!
//! An export is read twice: first for what stories refer to by number (pictures, reusable blocks,
//! guest authors, the site's clock), then for the stories themselves. It is therefore named by
//! something that can be opened again, a [`Source`].

mod atlas;
mod blocks;
mod classic;
mod clean;
mod dates;
mod people;
mod sniff;
mod story;
mod terms;
mod xml;

use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    io::{self, BufRead, BufReader, Cursor},
    path::PathBuf,
};

use crate::{
    handing::Handing,
    html,
    incoming::{
        Broken, Incoming, IncomingPicture, IncomingSite, IncomingState, Kind, Summary, Take, Unread,
    },
    margin::Margin,
};
use atlas::Atlas;
use xml::{Export, Item, Part};

pub use sniff::MAX_UNPACKED;
pub use xml::MAX_ITEM;

/// Something that can be opened more than once.
pub trait Source {
    /// Opens it from its beginning.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn open(&self) -> io::Result<Box<dyn BufRead>>;
}

impl Source for PathBuf {
    // Not for `Path`, which has no size and could not be handed over as a trait object.
    fn open(&self) -> io::Result<Box<dyn BufRead>> {
        Ok(Box::new(BufReader::new(File::open(self)?)))
    }
}

impl Source for Vec<u8> {
    fn open(&self) -> io::Result<Box<dyn BufRead>> {
        Ok(Box::new(Cursor::new(self.clone())))
    }
}

/// Types of items that are the old site's machinery or readers' private matters: never stories.
const NOT_STORIES: [&str; 34] = [
    "revision",
    "nav_menu_item",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "wp_font_family",
    "wp_font_face",
    "feedback",
    "shop_order",
    "shop_order_refund",
    "shop_coupon",
    "shop_subscription",
    "acf-field",
    "acf-field-group",
    "acf-post-type",
    "acf-taxonomy",
    "wpcf7_contact_form",
    "wpforms",
    "wpforms_entries",
    "elementor_library",
    "mc4wp-form",
    "flamingo_inbound",
    "flamingo_contact",
    "jp_pay_order",
    "jp_mem_plan",
    "scheduled-action",
    "amp_validated_url",
    "wp_log",
];
/// Types of items, beside posts, that newsrooms make stories of.
const ALSO_STORIES: [&str; 10] = [
    "post",
    "news",
    "article",
    "articles",
    "story",
    "stories",
    "press_release",
    "press-release",
    "opinion",
    "column",
];

/// Reads an export and hands over its pieces in order.
///
/// # Errors
/// [`Unread::Refused`] when it is no WordPress export, with what it looks like;
/// [`Unread::Broken`] when it is damaged, with the line and the item, after everything before the
/// damage was handed over; [`Unread::Stopped`] when `take` wants no more.
pub fn read(source: &dyn Source, take: &mut Take) -> Result<Summary, Unread> {
    let input = sniff::open(source)?;
    let atlas = Atlas::gather(input)?;
    let mut export = Export::open(sniff::open(source)?)?;
    let mut reading = Reading {
        atlas,
        out: Handing::to(take),
        known: terms::Known::default(),
        people: HashSet::new(),
        site: IncomingSite::default(),
        version: None,
        begun: false,
        strange_types: BTreeMap::new(),
    };
    reading.run(&mut export)
}

struct Reading<'t> {
    atlas: Atlas,
    out: Handing<'t>,
    known: terms::Known,
    people: HashSet<String>,
    site: IncomingSite,
    version: Option<String>,
    /// Whether site and people were handed over.
    begun: bool,
    strange_types: BTreeMap<String, usize>,
}

impl Reading<'_> {
    fn run<R: BufRead>(&mut self, export: &mut Export<R>) -> Result<Summary, Unread> {
        loop {
            match export.next()? {
                Part::Field(name, text) => self.field(&name, &html::plain(&text)),
                Part::Record(name, record) => {
                    self.begin()?;
                    if let Some(piece) = self.known.declare(&name, &record) {
                        self.out.hand(piece)?;
                    }
                }
                Part::Item(item) => {
                    self.begin()?;
                    self.item(&item)?;
                }
                Part::End => break,
            }
        }
        self.begin()?;
        self.end(export)?;
        Ok(std::mem::take(&mut self.out.summary))
    }

    fn field(&mut self, name: &str, text: &str) {
        match name {
            "title" => self.site.title = text.into(),
            "description" => self.site.tagline = text.into(),
            "language" => self.site.language = text.parse().ok(),
            "wp:wxr_version" => self.version = Some(text.into()),
            _ => {}
        }
    }

    /// Hands over the site and its people, once, before anything that names them.
    fn begin(&mut self) -> Result<(), Unread> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let mut site = self.site.clone();
        site.url = self.atlas.site.trim_end_matches('/').to_string();
        self.out.hand(Incoming::Site(site))?;
        let mut people: Vec<_> = self.atlas.people.values().cloned().collect();
        people.sort_by(|one, other| one.key.cmp(&other.key));
        for person in people {
            if self.people.insert(person.key.clone()) {
                self.out.hand(Incoming::Person(person))?;
            }
        }
        Ok(())
    }

    fn end<R: BufRead>(&mut self, export: &Export<R>) -> Result<(), Unread> {
        let version = self.version.clone();
        match version.as_deref() {
            Some("1.0" | "1.1" | "1.2") => {}
            Some(other) => self.out.warn(
                "the export",
                &format!("version “{other}”"),
                "versions 1.0 to 1.2 are known; it was read as the newest of them",
            )?,
            None => self.out.warn(
                "the export",
                "version",
                "the export does not name its version; it was read as the newest",
            )?,
        }
        let foreign: BTreeMap<_, _> = export.foreign.iter().collect();
        for (name, times) in foreign {
            self.out.warn(
                "the export",
                &format!("<{name}> ({times}×)"),
                "no element of WordPress; left out",
            )?;
        }
        let left_out = self.out.summary.left_out.clone();
        for (kind, times) in left_out {
            self.out.warn(
                "the export",
                &format!("{times} items of type {kind}"),
                "machinery of the old site, no stories; left out",
            )?;
        }
        let strange = std::mem::take(&mut self.strange_types);
        for (kind, times) in strange {
            self.out.warn(
                "the export",
                &format!("{times} items of type {kind}"),
                "a type of the old site's own; taken as stories, but as drafts, since nobody here can \
                 tell whether they are meant for readers",
            )?;
        }
        Ok(())
    }

    fn item(&mut self, item: &Item) -> Result<(), Unread> {
        let place = place_of(item);
        self.remarks_on_reading(item, &place)?;
        match item.field("wp:post_type") {
            "attachment" => {
                let picture = self.picture(item);
                self.out.hand(Incoming::Picture(picture))
            }
            "page" => self.story(item, Kind::Page, &place),
            kind if people::is_guest(kind) => Ok(()),
            kind if NOT_STORIES.contains(&kind) => {
                *self.out.summary.left_out.entry(kind.into()).or_default() += 1;
                Ok(())
            }
            _ => self.story(item, Kind::Story, &place),
        }
    }

    fn remarks_on_reading(&mut self, item: &Item, place: &str) -> Result<(), Unread> {
        if item.replaced > 0 {
            self.out.warn(
                place,
                &format!("{} characters", item.replaced),
                "broken UTF-8 or control characters were replaced",
            )?;
        }
        if item.half_escaped {
            self.out.warn(
                place,
                "CDATA",
                "a text was wrapped wrongly by the program that wrote the export; its end was guessed",
            )?;
        }
        Ok(())
    }

    fn story(&mut self, item: &Item, kind: Kind, place: &str) -> Result<(), Unread> {
        let mut margin = Margin::new("wordpress");
        let mut story = story::read(item, kind, &self.atlas, &mut margin);
        story.place = place.to_string();
        story.language = self.site.language.clone();
        let (new, strange) = self.known.sort(item, &self.atlas, &mut story);
        for taxonomy in strange {
            margin.remark(
                &taxonomy,
                "a way of sorting of the old site's own; kept beside its stories",
            );
        }
        self.judge_type(item, &mut story, &mut margin);
        for piece in new {
            self.out.hand(piece)?;
        }
        self.out.hand(Incoming::Story(Box::new(story)))?;
        for warning in margin.into_warnings(place) {
            self.out.hand(Incoming::Warning(warning))?;
        }
        Ok(())
    }

    /// Only types known to be meant for readers are published.
    fn judge_type(
        &mut self,
        item: &Item,
        story: &mut crate::incoming::IncomingStory,
        margin: &mut Margin,
    ) {
        let kind = item.field("wp:post_type");
        if kind.is_empty() {
            margin.remark(
                "type",
                "the item does not say what it is; taken as a story, as a draft",
            );
            story.state = IncomingState::Draft;
        } else if kind != "page" && !ALSO_STORIES.contains(&kind) {
            *self.strange_types.entry(kind.into()).or_default() += 1;
            story.kept.insert("post type".into(), kind.into());
            if matches!(
                story.state,
                IncomingState::Published(_) | IncomingState::Scheduled(_)
            ) {
                story.state = IncomingState::Draft;
            }
        }
    }

    fn picture(&self, item: &Item) -> IncomingPicture {
        let parent = item.field("wp:post_parent");
        IncomingPicture {
            key: story::source_key(item, &self.atlas),
            url: atlas::attachment_url(item),
            title: html::plain(item.field("title")),
            alt: html::plain(item.meta("_wp_attachment_image_alt").unwrap_or_default()),
            caption: html::plain(item.field("excerpt:encoded")),
            credit: atlas::credit(item),
            parent: (!matches!(parent, "" | "0")).then(|| story::key_of(parent, &self.atlas)),
        }
    }
}

fn place_of(item: &Item) -> String {
    let title = html::plain(item.field("title"));
    let title: String = title.chars().take(60).collect();
    format!("item {} (line {}) “{title}”", item.number, item.line)
}

/// An input that could not be read at all.
fn unreadable(error: &io::Error) -> Unread {
    Unread::Broken(Broken {
        line: 0,
        item: None,
        why: error.to_string(),
    })
}

#[cfg(test)]
mod tests;
