//! The XML of an export, item by item: one item in memory at a time.

mod text;

use std::{collections::HashMap, io::BufRead, rc::Rc};

use quick_xml::{
    NsReader,
    events::{BytesStart, Event},
    name::{QName, ResolveResult},
};

use super::clean::{Clean, Progress};
use crate::incoming::{Broken, Unread};
use text::{decode, entities};

/// Bytes of one item with all its comments. The largest that were seen had 20 million.
pub const MAX_ITEM: usize = 64 * 1024 * 1024;
/// Elements of foreign namespaces named in the report.
const MAX_FOREIGN: usize = 50;

/// What stands in the channel, in the order of the file.
pub(super) enum Part {
    /// A simple element of the channel: its name and text.
    Field(String, String),
    /// An author, category, tag or term: its name and its parts.
    Record(String, Record),
    /// An item.
    Item(Box<Item>),
    /// The end of the channel.
    End,
}

/// Parts of a record by name; a name met twice keeps its first value.
pub(super) type Record = HashMap<String, String>;

/// An item as it stands in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// Which item of the file it is, from 1.
    pub number: usize,
    /// The line it begins on.
    pub line: u64,
    /// Simple elements by name.
    pub fields: Record,
    /// Terms: taxonomy, short name, name.
    pub terms: Vec<(String, String, String)>,
    /// Custom fields in order.
    pub metas: Vec<(String, String)>,
    /// Comments.
    pub comments: Vec<Record>,
    /// Characters that had to be replaced within it.
    pub replaced: usize,
    /// Whether a CDATA section in it was ended too early and had to be guessed.
    pub half_escaped: bool,
}

impl Item {
    /// A simple element's text without blanks around it; empty when missing.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }

    /// The first custom field of that name that is not empty.
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.metas
            .iter()
            .find(|(name, value)| name == key && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }
}

/// Reads the parts of a channel one after the other.
pub(super) struct Export<R: BufRead> {
    xml: NsReader<Clean<R>>,
    progress: Rc<Progress>,
    buffer: Vec<u8>,
    /// The item in hand or the last one, for messages.
    at: Option<String>,
    items: usize,
    half_escaped: bool,
    /// Elements not understood, with how often they were met.
    pub foreign: HashMap<String, usize>,
}

/// What comes next within an element.
enum Next {
    Start(String, BytesStart<'static>),
    Empty(String, BytesStart<'static>),
    End,
}

impl<R: BufRead> Export<R> {
    /// Opens an export and goes into its channel.
    pub fn open(input: R) -> Result<Self, Unread> {
        let progress = Rc::new(Progress::default());
        let mut xml = NsReader::from_reader(Clean::new(input, Rc::clone(&progress), MAX_ITEM));
        let config = xml.config_mut();
        config.check_end_names = false;
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        let mut export = Self {
            xml,
            progress,
            buffer: Vec::new(),
            at: None,
            items: 0,
            half_escaped: false,
            foreign: HashMap::new(),
        };
        export.enter("rss")?;
        export.enter("channel")?;
        Ok(export)
    }

    /// The next part of the channel.
    pub fn next(&mut self) -> Result<Part, Unread> {
        loop {
            self.progress.begin();
            let (name, start) = match self.step("channel")? {
                Next::End => return Ok(Part::End),
                Next::Empty(..) => continue,
                Next::Start(name, start) => (name, start),
            };
            match name.as_str() {
                "item" => return Ok(Part::Item(Box::new(self.item()?))),
                "wp:author" | "wp:category" | "wp:tag" | "wp:term" => {
                    return Ok(Part::Record(name.clone(), self.record(&name)?));
                }
                "" => self.skip(&start)?,
                "image" | "cloud" | "textInput" | "skipHours" | "skipDays" => {
                    self.skip(&start)?;
                }
                _ => {
                    let text = self.text(&start)?;
                    return Ok(Part::Field(name, text));
                }
            }
        }
    }

    /// The line in hand.
    pub fn line(&self) -> u64 {
        self.progress.line()
    }

    fn item(&mut self) -> Result<Item, Unread> {
        self.items += 1;
        self.at = Some(format!("item {}", self.items));
        self.half_escaped = false;
        let replaced = self.progress.replaced();
        let mut item = Item {
            number: self.items,
            line: self.line(),
            ..Item::default()
        };
        loop {
            let (name, start) = match self.step("item")? {
                Next::End => break,
                Next::Empty(name, start) if name == "category" => {
                    item.terms.extend(term_of(&start, String::new()));
                    continue;
                }
                Next::Empty(..) => continue,
                Next::Start(name, start) => (name, start),
            };
            match name.as_str() {
                "category" => {
                    let text = self.text(&start)?;
                    item.terms.extend(term_of(&start, text));
                }
                "wp:postmeta" => item.metas.extend(self.meta(&name)?),
                "wp:comment" => item.comments.push(self.record(&name)?),
                "" => self.skip(&start)?,
                _ => {
                    let text = self.text(&start)?;
                    if name == "title" {
                        self.at = Some(format!("item {}, “{}”", self.items, text.trim()));
                    }
                    item.fields.entry(name).or_insert(text);
                }
            }
        }
        item.replaced = self.progress.replaced() - replaced;
        item.half_escaped = self.half_escaped;
        Ok(item)
    }

    fn meta(&mut self, name: &str) -> Result<Option<(String, String)>, Unread> {
        let mut record = self.record(name)?;
        let value = record.remove("wp:meta_value").unwrap_or_default();
        Ok(record
            .remove("wp:meta_key")
            .map(|key| (key.trim().to_string(), value)))
    }

    fn record(&mut self, owner: &str) -> Result<Record, Unread> {
        let mut record = Record::new();
        loop {
            let (name, start) = match self.step(owner)? {
                Next::End => return Ok(record),
                Next::Empty(..) => continue,
                Next::Start(name, start) => (name, start),
            };
            match name.as_str() {
                "" => self.skip(&start)?,
                "wp:commentmeta" | "wp:termmeta" => {
                    if let Some((key, value)) = self.meta(&name)? {
                        record.entry(format!("meta:{key}")).or_insert(value);
                    }
                }
                _ => {
                    let text = self.text(&start)?;
                    record.entry(name).or_insert(text);
                }
            }
        }
    }

    /// Goes into the next element, which must be `wanted`.
    fn enter(&mut self, wanted: &str) -> Result<(), Unread> {
        match self.step(wanted)? {
            Next::Start(name, _) if name == wanted => Ok(()),
            Next::Start(_, start) | Next::Empty(_, start) => {
                let found = start.name().as_ref().to_string();
                Err(self.broken(&format!("<{wanted}> was expected here, <{found}> found")))
            }
            Next::End => Err(self.broken(&format!("the file ends before <{wanted}> begins"))),
        }
    }

    /// The next element within `owner`, or its end.
    fn step(&mut self, owner: &str) -> Result<Next, Unread> {
        loop {
            self.buffer.clear();
            let event = self.xml.read_resolved_event_into(&mut self.buffer);
            let (namespace, event) = match event {
                Ok(found) => found,
                Err(error) => {
                    let why = error.to_string();
                    return Err(self.broken(&why));
                }
            };
            let next = match event {
                Event::Start(start) => Next::Start(name_of(&namespace, &start), start.into_owned()),
                Event::Empty(start) => Next::Empty(name_of(&namespace, &start), start.into_owned()),
                Event::End(end) => {
                    let (found, local) = (end.name().as_ref().to_string(), end.local_name());
                    let wanted = owner.rsplit(':').next().unwrap_or(owner);
                    if local.as_ref() == wanted {
                        return Ok(Next::End);
                    }
                    return Err(self.broken(&format!(
                        "</{found}> closes nothing; </{owner}> was expected"
                    )));
                }
                Event::DocType(_) => return Err(self.broken(NO_DOCTYPE)),
                Event::Eof => return Err(self.broken(&format!("the file ends within <{owner}>"))),
                _ => continue,
            };
            if let Next::Start(name, start) | Next::Empty(name, start) = &next
                && name.is_empty()
            {
                self.count_foreign(start.name().as_ref().to_string());
            }
            return Ok(next);
        }
    }

    fn count_foreign(&mut self, name: String) {
        // These are in nearly every export and say nothing that is not said elsewhere.
        let expected = [
            "atom:link",
            "wfw:commentRss",
            "sy:updatePeriod",
            "sy:updateFrequency",
        ];
        let room = self.foreign.len() < MAX_FOREIGN || self.foreign.contains_key(&name);
        if room && !expected.contains(&name.as_str()) {
            *self.foreign.entry(name).or_default() += 1;
        }
    }

    fn skip(&mut self, start: &BytesStart<'_>) -> Result<(), Unread> {
        self.raw(start.name()).map(drop)
    }

    /// The text of the element just begun.
    fn text(&mut self, start: &BytesStart<'_>) -> Result<String, Unread> {
        let raw = self.raw(start.name())?;
        let (text, guessed) = decode(&raw);
        self.half_escaped |= guessed;
        Ok(text)
    }

    fn raw(&mut self, name: QName<'_>) -> Result<String, Unread> {
        self.buffer.clear();
        let text = self.xml.read_text_into(name, &mut self.buffer);
        match text {
            Ok(text) => Ok(text.into_inner().into_owned()),
            Err(error) => {
                let why = format!("<{}>: {error}", name.as_ref());
                Err(self.broken(&why))
            }
        }
    }

    fn broken(&self, why: &str) -> Unread {
        Unread::Broken(Broken {
            line: self.line(),
            item: self.at.clone(),
            why: why.to_string(),
        })
    }
}

const NO_DOCTYPE: &str = "the file declares a document type or entities (<!DOCTYPE>), which no \
     WordPress export does and which can be made to harm its reader; take the line out if you trust it";

/// The agreed name of an element, whatever prefix it wears: `wp:post_id`, `content:encoded`, `title`.
/// Empty for elements of other namespaces.
fn name_of(namespace: &ResolveResult<'_>, start: &BytesStart<'_>) -> String {
    let local = start.local_name();
    let local = local.as_ref();
    let prefix = match namespace {
        ResolveResult::Unbound => return local.to_string(),
        ResolveResult::Bound(namespace) => prefix_of(namespace.as_ref()),
        // A prefix that was never declared is taken at its word.
        ResolveResult::Unknown(prefix) => ["wp", "content", "excerpt", "dc"]
            .into_iter()
            .find(|known| *known == prefix),
    };
    prefix.map_or(String::new(), |prefix| format!("{prefix}:{local}"))
}

fn prefix_of(namespace: &str) -> Option<&'static str> {
    let place = namespace
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    match place.strip_prefix("wordpress.org/export/") {
        Some(rest) if rest.trim_end_matches('/').ends_with("excerpt") => Some("excerpt"),
        Some(_) => Some("wp"),
        None if place.starts_with("purl.org/rss/1.0/modules/content") => Some("content"),
        None if place.starts_with("purl.org/dc/elements") => Some("dc"),
        None => None,
    }
}

fn term_of(start: &BytesStart<'_>, name: String) -> Option<(String, String, String)> {
    let attribute = |wanted: &str| {
        start
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.as_ref() == wanted)
            .map(|attribute| entities(&attribute.value))
            .unwrap_or_default()
    };
    let (domain, nicename) = (attribute("domain"), attribute("nicename"));
    let name = if name.trim().is_empty() {
        nicename.clone()
    } else {
        name
    };
    (!name.trim().is_empty()).then(|| (domain, nicename, name.trim().to_string()))
}
