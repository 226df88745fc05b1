//! What a picture says about itself: IPTC IIM, XMP and EXIF read into one value, each text bounded.
//!
//! XMP wins over IIM, and both over EXIF, field by field, as the IPTC advises (Photo Metadata Standard, "Mapping").
//! GPS, serial numbers, owners' names, regions with faces and histories of editing are not read at all.
//! `docs/picture-fields.md` lists every field of the standard with what becomes of it.

pub mod exif;
pub mod iim;
mod moment;
mod rdf;
mod xmp;

pub use moment::Moment;
use serde::{Deserialize, Serialize};

use crate::container::Seen;

/// Characters of a text that may have paragraphs: caption, extended description, usage terms, instructions.
pub const MAX_TEXT: usize = 10_000;
/// Characters of a line: a name, a credit, a city, an address.
pub const MAX_LINE: usize = 500;
/// Entries of a list: creators, keywords, persons.
pub const MAX_ENTRIES: usize = 100;

/// What a picture says about itself. Everything is as the file has it, only cut to length and freed of control
/// characters: nothing here was checked by anybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Particulars {
    /// A short name for the picture (dc:title, 2:05).
    pub title: Option<String>,
    /// A headline for it (photoshop:Headline, 2:105).
    pub headline: Option<String>,
    /// Who does what, where and when (dc:description, 2:120).
    pub caption: Option<String>,
    /// Who wrote the caption (photoshop:CaptionWriter, 2:122).
    pub caption_writer: Option<String>,
    /// What is to be seen, for who cannot see it (Iptc4xmpCore:AltTextAccessibility).
    pub alt: Option<String>,
    /// The same at length (Iptc4xmpCore:ExtDescrAccessibility).
    pub extended_description: Option<String>,
    /// The line that has to stand beside it (photoshop:Credit, 2:110).
    pub credit: Option<String>,
    /// Who made it, in order (dc:creator, 2:80).
    pub creators: Vec<String>,
    /// Whose it is (dc:rights, 2:116).
    pub copyright: Option<String>,
    /// How it may be used (xmpRights:UsageTerms).
    pub usage_terms: Option<String>,
    /// Where its rights are told (xmpRights:WebStatement).
    pub web_statement: Option<String>,
    /// Who grants a licence (plus:Licensor).
    pub licensor: Option<Licensor>,
    /// When the licence ends (plus:LicenseEndDate, prism:expirationDate, 2:37).
    pub rights_end: Option<Moment>,
    /// Whether it may be mined or used for training: PLUS' own address for the answer (plus:DataMining).
    pub data_mining: Option<String>,
    /// Whether it was photographed, composed or generated: IPTC's own address for the answer
    /// (Iptc4xmpExt:DigitalSourceType).
    pub digital_source_type: Option<String>,
    /// Who owned it or supplied it first (photoshop:Source, 2:115).
    pub source: Option<String>,
    /// What the sender asks of the desk (photoshop:Instructions, 2:40).
    pub instructions: Option<String>,
    /// The sender's number of the job (photoshop:TransmissionReference, 2:103).
    pub job: Option<String>,
    /// The event it was made at (Iptc4xmpExt:Event).
    pub event: Option<String>,
    /// Words to find it by (dc:subject, 2:25).
    pub keywords: Vec<String>,
    /// Who is shown, by name (Iptc4xmpExt:PersonInImage).
    pub persons: Vec<String>,
    /// Where it was made, in words.
    pub place: Place,
    /// When it was made, as far as is told (photoshop:DateCreated, exif:DateTimeOriginal, 2:55 and 2:60).
    pub taken: Option<Moment>,
}

/// A place in words. Never coordinates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// A part of the city, or what stands there (Iptc4xmpCore:Location, 2:92).
    pub sublocation: Option<String>,
    /// The city (photoshop:City, 2:90).
    pub city: Option<String>,
    /// The state or province (photoshop:State, 2:95).
    pub state: Option<String>,
    /// The country (photoshop:Country, 2:101).
    pub country: Option<String>,
    /// The country's letters (Iptc4xmpCore:CountryCode, 2:100).
    pub country_code: Option<String>,
}

/// Who grants a licence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Licensor {
    /// Their name.
    pub name: Option<String>,
    /// Where to ask.
    pub url: Option<String>,
}

/// What could not be read, for the desk to know that something may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unread {
    /// XMP is damaged, or deeper or larger than is read.
    Xmp,
    /// IIM is damaged.
    Iim,
    /// EXIF is damaged.
    Exif,
}

/// Reads all that the walk found. What is damaged is left out and named; what came before the damage is kept.
pub(crate) fn read(seen: &Seen) -> (Particulars, Vec<Unread>) {
    let mut unread = Vec::new();
    let mut note = |good: bool, what: Unread| {
        if !good && !unread.contains(&what) {
            unread.push(what);
        }
    };
    let mut all = Particulars::default();
    for packet in &seen.xmp {
        let (told, whole) = xmp::read(packet);
        note(whole, Unread::Xmp);
        all.fill_from(told);
    }
    if let Some(datasets) = &seen.iim {
        let (told, whole) = iim::read(datasets);
        note(whole, Unread::Iim);
        all.fill_from(told);
    }
    if let Some(tiff) = &seen.exif {
        let (told, whole) = exif::read(tiff);
        note(whole, Unread::Exif);
        all.fill_from(told);
    }
    (all, unread)
}

impl Particulars {
    /// Takes over what is not told yet.
    fn fill_from(&mut self, other: Self) {
        fill(&mut self.title, other.title);
        fill(&mut self.headline, other.headline);
        fill(&mut self.caption, other.caption);
        fill(&mut self.caption_writer, other.caption_writer);
        fill(&mut self.alt, other.alt);
        fill(&mut self.extended_description, other.extended_description);
        fill(&mut self.credit, other.credit);
        fill_list(&mut self.creators, other.creators);
        fill(&mut self.copyright, other.copyright);
        fill(&mut self.usage_terms, other.usage_terms);
        fill(&mut self.web_statement, other.web_statement);
        fill(&mut self.licensor, other.licensor);
        fill(&mut self.rights_end, other.rights_end);
        fill(&mut self.data_mining, other.data_mining);
        fill(&mut self.digital_source_type, other.digital_source_type);
        fill(&mut self.source, other.source);
        fill(&mut self.instructions, other.instructions);
        fill(&mut self.job, other.job);
        fill(&mut self.event, other.event);
        fill_list(&mut self.keywords, other.keywords);
        fill_list(&mut self.persons, other.persons);
        self.place.fill_from(other.place);
        fill(&mut self.taken, other.taken);
    }
}

impl Place {
    fn fill_from(&mut self, other: Self) {
        fill(&mut self.sublocation, other.sublocation);
        fill(&mut self.city, other.city);
        fill(&mut self.state, other.state);
        fill(&mut self.country, other.country);
        fill(&mut self.country_code, other.country_code);
    }
}

fn fill<T>(own: &mut Option<T>, other: Option<T>) {
    if own.is_none() {
        *own = other;
    }
}

fn fill_list(own: &mut Vec<String>, other: Vec<String>) {
    if own.is_empty() {
        *own = other;
    }
}

/// A text with paragraphs: control characters out, lines ended in one way, cut to [`MAX_TEXT`]; nothing when empty.
fn text(raw: &str) -> Option<String> {
    tidied(raw, MAX_TEXT, |sign| sign == '\n')
}

/// A text on one line, cut to [`MAX_LINE`]; nothing when empty.
fn line(raw: &str) -> Option<String> {
    tidied(raw, MAX_LINE, |_| false)
}

/// Lines, each once, [`MAX_ENTRIES`] at most.
fn lines<'a>(raw: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for entry in raw.into_iter().filter_map(line) {
        if all.len() == MAX_ENTRIES {
            break;
        }
        if !all.contains(&entry) {
            all.push(entry);
        }
    }
    all
}

fn tidied(raw: &str, most: usize, keeps: fn(char) -> bool) -> Option<String> {
    let raw = raw.replace("\r\n", "\n").replace('\r', "\n");
    let plain = raw.trim().chars().map(|sign| match sign {
        sign if sign.is_control() && !keeps(sign) => ' ',
        sign => sign,
    });
    let cut: String = plain.take(most).collect();
    let cut = cut.trim();
    (!cut.is_empty()).then(|| cut.to_string())
}

/// An address of the web; anything else (`javascript:` among it) is none.
fn web_address(raw: &str) -> Option<String> {
    let address = line(raw)?;
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    (is_web && !address.contains(char::is_whitespace)).then_some(address)
}
