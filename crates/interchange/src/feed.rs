//! Feeds: RSS 0.90 to 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, page by page (RFC 5005).
//!
//! A page is read whole and judged before anything of it is handed over. Pages come through
//! [`Pages`], so that this crate reads files and lets others fetch. Why there is no library here:
//! `docs/decisions/0012-feeds-read-by-ourselves.md`.

mod atom;
mod dates;
mod json;
mod media;
mod names;
mod pages;
mod people;
mod piece;
mod rss;
mod sniff;
mod story;
mod summary;
pub(crate) mod text;
pub(crate) mod tree;

use std::collections::{BTreeMap, HashSet};

use base::Instant;
use sha2::{Digest, Sha256};

use crate::{
    handing::Handing,
    html,
    incoming::{Broken, Incoming, IncomingPerson, IncomingSite, Summary, Take, Unread},
    margin::Margin,
};
use piece::{Channel, Item, Page};

pub use pages::{Pages, Sheet};
pub use text::MAX_PAGE;
pub use tree::{MAX_DEPTH, MAX_ELEMENTS};

/// Pages of one feed. A newspaper's archive of twenty years, a page for each month, has 240.
pub const MAX_PAGES: usize = 500;
/// Items of one feed with all its pages.
pub const MAX_ITEMS: usize = 200_000;
/// Unknown elements named in the report.
const MAX_STRANGE: usize = 50;
/// Bytes of an item's own name; a longer one is known by its hash.
const MAX_ID: usize = 500;

/// How a feed is taken in.
#[derive(Clone, Debug)]
pub struct How {
    /// Whether its stories become drafts; otherwise they are public, as of their dates.
    pub drafts: bool,
    /// The outlet whose feed it is, when it is not our own: readers are told, links to its site stay,
    /// and its addresses do not lead to us.
    pub credit: Option<String>,
    /// Now; what is dated later is not public.
    pub now: Instant,
}

/// Reads a feed with its further pages and hands over its pieces in order.
///
/// # Errors
/// [`Unread::Refused`] when it is no feed, with what it looks like, or when its pages do not end;
/// [`Unread::Broken`] when a page is damaged, with the line, after the pages before were handed over;
/// [`Unread::Stopped`] when `take` wants no more.
pub fn read(pages: &mut dyn Pages, how: &How, take: &mut Take) -> Result<Summary, Unread> {
    let mut reading = Reading {
        how,
        out: Handing::to(take),
        channel: Channel::default(),
        identity: String::new(),
        keys: HashSet::new(),
        people: HashSet::new(),
        twice: 0,
        strange: BTreeMap::new(),
        strange_in_items: BTreeMap::new(),
    };
    reading.run(pages)?;
    Ok(reading.out.summary)
}

struct Reading<'t> {
    how: &'t How,
    out: Handing<'t>,
    /// The feed, as its first page tells of it.
    channel: Channel,
    /// What the feed is known by in every run; keys begin with it.
    identity: String,
    keys: HashSet<String>,
    people: HashSet<String>,
    /// Items met again on a later page or under the same name.
    twice: usize,
    strange: BTreeMap<String, usize>,
    strange_in_items: BTreeMap<String, usize>,
}

impl Reading<'_> {
    fn run(&mut self, pages: &mut dyn Pages) -> Result<(), Unread> {
        let mut sheet = pages.first()?;
        let mut seen = HashSet::from([sheet.address.clone()]);
        for number in 1.. {
            let page = self
                .page(&sheet, number == 1)
                .map_err(|unread| on_page(unread, number, &sheet.address))?;
            let Some(next) = page else { break };
            if !seen.insert(next.clone()) {
                return Err(Unread::Refused(format!(
                    "page {number} of the feed leads back to {next}, which was read before; \
                     what came until there was taken in"
                )));
            }
            if number >= MAX_PAGES {
                return Err(Unread::Refused(format!(
                    "the feed goes on after {MAX_PAGES} pages; what came until there was taken in. \
                     Import the rest from {next}"
                )));
            }
            match pages
                .further(&next)
                .map_err(|unread| on_page(unread, number + 1, &next))?
            {
                Some(further) => sheet = further,
                None => {
                    let why = "a further page of the feed, which is not fetched for a file; import \
                               the feed by its address, or that page as well";
                    self.out.warn("the feed", &next, why)?;
                    break;
                }
            }
        }
        self.end()
    }

    /// Reads a page and hands it over; answers where the feed goes on.
    fn page(&mut self, sheet: &Sheet, is_first: bool) -> Result<Option<String>, Unread> {
        let text = text::read(&sheet.bytes, sheet.charset.as_deref())?;
        let page = parse(&text, &sheet.address)?;
        let next = page.channel.next.clone();
        if is_first {
            self.begin(&page, &sheet.address)?;
        }
        if text.replaced > 0 {
            let what = format!("{} characters", text.replaced);
            self.out.warn(
                "the feed",
                &what,
                "control characters were replaced by spaces",
            )?;
        }
        for (name, times) in page.strange {
            count(&mut self.strange, &name, times);
        }
        for mut item in page.items {
            if item.authors.is_empty() {
                item.authors.clone_from(&page.channel.authors);
            }
            if item.language.is_empty() {
                item.language.clone_from(&page.channel.language);
            }
            self.item(item)?;
        }
        Ok(next)
    }

    fn begin(&mut self, page: &Page, address: &str) -> Result<(), Unread> {
        self.channel = page.channel.clone();
        self.identity = identity(&page.channel, address);
        // Another's name and tongue are not the newsroom's.
        if self.how.credit.is_none() {
            self.out.hand(Incoming::Site(IncomingSite {
                title: page.channel.title.clone(),
                tagline: page.channel.tagline.clone(),
                url: page.channel.home.trim_end_matches('/').into(),
                language: page.channel.language.parse().ok(),
            }))?;
        }
        if page.items.is_empty() {
            self.out
                .warn("the feed", "items", "there are none on its first page")?;
        }
        Ok(())
    }

    fn item(&mut self, item: Item) -> Result<(), Unread> {
        if let Some(kind) = item.left_out {
            *self.out.summary.left_out.entry(kind).or_default() += 1;
            return Ok(());
        }
        for name in &item.strange {
            count(&mut self.strange_in_items, name, 1);
        }
        let (key, is_named) = self.key_of(&item);
        if !self.keys.insert(key.clone()) {
            self.twice += 1;
            return Ok(());
        }
        if self.keys.len() > MAX_ITEMS {
            let why = format!("the feed has more than {MAX_ITEMS} items; those were taken in");
            return Err(Unread::Refused(why));
        }
        let mut margin = Margin::new("feed");
        for (what, why) in &item.remarks {
            margin.remark(what, why);
        }
        if !is_named {
            let why =
                "the item has neither a name nor an address; changed, it will come in as another";
            margin.remark("item", why);
        }
        let around = story::Around {
            home: &self.channel.home,
            how: self.how,
        };
        let (mut story, pictures) = story::read(&item, &key, &around, &mut margin);
        story.place = place_of(&item, &story.headline);
        self.people_of(&item)?;
        let place = story.place.clone();
        self.out.hand(Incoming::Story(Box::new(story)))?;
        for picture in pictures {
            self.out.hand(Incoming::Picture(picture))?;
        }
        for warning in margin.into_warnings(&place) {
            self.out.hand(Incoming::Warning(warning))?;
        }
        Ok(())
    }

    /// What the item is known by in every run, and whether it has a name of its own.
    fn key_of(&self, item: &Item) -> (String, bool) {
        let own = [&item.id, &item.address]
            .into_iter()
            .find(|name| !name.is_empty());
        let name = match own {
            Some(name) if name.len() <= MAX_ID => name.clone(),
            Some(name) => hash(name),
            None => {
                let title = item.title.as_ref().map(piece::Text::one_line);
                let texts = [&item.body, &item.either, &item.summary];
                hash(&format!("{title:?} {} {texts:?}", item.published))
            }
        };
        (format!("feed:{}:{name}", self.identity), own.is_some())
    }

    /// Hands over people with a byline, once each. Another outlet's have no pages here.
    fn people_of(&mut self, item: &Item) -> Result<(), Unread> {
        if self.how.credit.is_some() {
            return Ok(());
        }
        for author in item.authors.iter().filter(|author| !author.name.is_empty()) {
            if self.people.insert(author.name.clone()) {
                let slug = base::Slug::from_words(&author.name);
                self.out.hand(Incoming::Person(IncomingPerson {
                    key: author.name.clone(),
                    name: author.name.clone(),
                    email: author.email.clone(),
                    bio: None,
                    slug: slug.map(|slug| slug.to_string()).unwrap_or_default(),
                }))?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Unread> {
        for (name, times) in std::mem::take(&mut self.strange) {
            self.out.warn(
                "the feed",
                &format!("{name} ({times}×)"),
                "not known here; left out",
            )?;
        }
        for (name, times) in std::mem::take(&mut self.strange_in_items) {
            let why = "not known here; kept beside its stories";
            self.out
                .warn("the feed", &format!("{name} ({times}×)"), why)?;
        }
        for (kind, times) in self.out.summary.left_out.clone() {
            let why = "no stories; left out";
            self.out
                .warn("the feed", &format!("{times} items of type {kind}"), why)?;
        }
        if self.twice > 0 {
            let what = format!("{} items", self.twice);
            self.out.warn(
                "the feed",
                &what,
                "met before under the same name; the first of each counts",
            )?;
        }
        Ok(())
    }
}

fn parse(text: &text::Text, address: &str) -> Result<Page, Unread> {
    if sniff::is_json(&text.text, address)? {
        return json::read(&text.text, address, text.skipped);
    }
    let mut root = tree::read(&text.text, address, text.skipped)?;
    if root.name == "feed" {
        // Atom whose maker forgot the namespace.
        root.adopt("atom");
    }
    Ok(match sniff::kind(&root)? {
        sniff::Kind::Rss => rss::read(&root),
        sniff::Kind::Atom => atom::read(&root),
    })
}

/// What a feed is known by: its site, so that the feeds of one site know each other's stories; else
/// its own name, else where it was fetched.
fn identity(channel: &Channel, address: &str) -> String {
    let named = [channel.home.as_str(), &channel.id, address];
    let named = named
        .into_iter()
        .map(str::trim)
        .find(|name| !name.is_empty());
    let name = named.unwrap_or_default();
    let name = name.split_once("://").map_or(name, |(_, rest)| rest);
    match name.trim_end_matches('/') {
        name if name.len() > MAX_ID => hash(name),
        name => name.to_string(),
    }
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Counts a name; beyond [`MAX_STRANGE`] different ones they are counted together.
fn count(names: &mut BTreeMap<String, usize>, name: &str, times: usize) {
    let has_room = names.len() < MAX_STRANGE || names.contains_key(name);
    let name = if has_room { name } else { "further elements" };
    *names.entry(name.into()).or_default() += times;
}

fn place_of(item: &Item, headline: &str) -> String {
    let title: String = html::one_line(headline).chars().take(60).collect();
    match item.line {
        0 => format!("item {} “{title}”", item.number),
        line => format!("item {} (line {line}) “{title}”", item.number),
    }
}

/// Says on which page something went wrong, where there are several.
fn on_page(unread: Unread, number: usize, address: &str) -> Unread {
    let page = format!("page {number} of the feed, {address}");
    match unread {
        Unread::Refused(why) if number > 1 => Unread::Refused(format!("{page}: {why}")),
        Unread::Broken(broken) if number > 1 => Unread::Broken(Broken {
            item: Some(page),
            ..broken
        }),
        other => other,
    }
}

#[cfg(test)]
mod tests;
