//! What every served file says about itself: whose it is, who made it, what is to be seen, how it may be used.
//!
//! A print is encoded bare and imprinted afterwards; imprinting again replaces what was imprinted before, without touching a
//! pixel, so that a changed credit costs no developing. Only files of our own making are imprinted.

mod exif;
mod iim;
mod jpeg;
mod webp;
mod xmp;

use serde::{Deserialize, Serialize};

use crate::{
    develop::Format,
    particulars::{Licensor, Particulars, Place},
};

/// Bytes of a long text in a file, from the most that is tried down to what always fits: a segment of JPEG holds
/// 65,533 bytes, and a text may grow sixfold when it is escaped.
const LONGEST_TEXT: [usize; 4] = [8_000, 2_000, 500, 100];
/// Bytes of a line in a file.
const LONGEST_LINE: usize = 500;
/// Creators that are named in a file.
const MOST_CREATORS: usize = 20;

/// What is written into served files: the editor's values, not the sender's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Imprint {
    /// dc:title, 2:05.
    pub title: Option<String>,
    /// photoshop:Headline, 2:105.
    pub headline: Option<String>,
    /// dc:description, 2:120.
    pub caption: Option<String>,
    /// Iptc4xmpCore:AltTextAccessibility.
    pub alt: Option<String>,
    /// Iptc4xmpCore:ExtDescrAccessibility.
    pub extended_description: Option<String>,
    /// photoshop:Credit, 2:110.
    pub credit: Option<String>,
    /// dc:creator, 2:80, EXIF's artist.
    pub creators: Vec<String>,
    /// dc:rights, 2:116, EXIF's copyright.
    pub copyright: Option<String>,
    /// photoshop:Source, 2:115.
    pub source: Option<String>,
    /// xmpRights:UsageTerms.
    pub usage_terms: Option<String>,
    /// xmpRights:WebStatement.
    pub web_statement: Option<String>,
    /// plus:Licensor.
    pub licensor: Option<Licensor>,
    /// plus:DataMining.
    pub data_mining: Option<String>,
    /// Iptc4xmpExt:DigitalSourceType.
    pub digital_source_type: Option<String>,
    /// The place in words: photoshop:City and the others.
    pub place: Place,
    /// When it was made: photoshop:DateCreated.
    pub taken: Option<crate::particulars::Moment>,
}

impl Imprint {
    /// What the picture said itself, for one that no editor has seen yet. Keywords, persons, job numbers and
    /// instructions to the desk stay in the house.
    pub fn of(told: &Particulars) -> Self {
        let told = told.clone();
        Self {
            title: told.title,
            headline: told.headline,
            caption: told.caption,
            alt: told.alt,
            extended_description: told.extended_description,
            credit: told.credit,
            creators: told.creators,
            copyright: told.copyright,
            source: told.source,
            usage_terms: told.usage_terms,
            web_statement: told.web_statement,
            licensor: told.licensor,
            data_mining: told.data_mining,
            digital_source_type: told.digital_source_type,
            place: told.place,
            taken: told.taken,
        }
    }

    /// Writes it into a print, in place of what was written before. Nothing where the bytes are no print of ours.
    pub fn press(&self, format: Format, print: &[u8]) -> Option<Vec<u8>> {
        let imprint = self.bounded(LONGEST_TEXT[0]);
        match format {
            Format::Jpeg => jpeg::press(&imprint, print),
            Format::Webp => webp::press(&imprint, print),
        }
    }

    /// Whether there is nothing to say.
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The packet of XMP, shortened until it fits into `most` bytes.
    fn packet(&self, most: usize) -> String {
        let mut packet = String::new();
        for longest in LONGEST_TEXT {
            packet = xmp::packet(&self.bounded(longest));
            if packet.len() <= most {
                break;
            }
        }
        packet
    }

    fn bounded(&self, longest: usize) -> Self {
        let text = |raw: &Option<String>| raw.as_deref().map(|raw| cut(raw, longest));
        let line = |raw: &Option<String>| {
            raw.as_deref()
                .map(|raw| cut(raw, longest.min(LONGEST_LINE)))
        };
        let creators = self.creators.iter().take(MOST_CREATORS);
        Self {
            title: line(&self.title),
            headline: line(&self.headline),
            caption: text(&self.caption),
            alt: text(&self.alt),
            extended_description: text(&self.extended_description),
            credit: line(&self.credit),
            creators: creators
                .map(|name| cut(name, longest.min(LONGEST_LINE)))
                .collect(),
            copyright: line(&self.copyright),
            source: line(&self.source),
            usage_terms: text(&self.usage_terms),
            web_statement: line(&self.web_statement),
            licensor: self.licensor.as_ref().map(|licensor| Licensor {
                name: line(&licensor.name),
                url: line(&licensor.url),
            }),
            data_mining: line(&self.data_mining),
            digital_source_type: line(&self.digital_source_type),
            place: Place {
                sublocation: line(&self.place.sublocation),
                city: line(&self.place.city),
                state: line(&self.place.state),
                country: line(&self.place.country),
                country_code: line(&self.place.country_code),
            },
            taken: self.taken.clone(),
        }
    }
}

/// The beginning, at most so many bytes, without what XML cannot hold.
fn cut(raw: &str, most: usize) -> String {
    let mut end = most.min(raw.len());
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    let sound = |sign: &char| !sign.is_control() || *sign == '\n';
    let sound = |sign: &char| sound(sign) && !matches!(sign, '\u{FFFE}' | '\u{FFFF}');
    raw[..end].chars().filter(sound).collect()
}
