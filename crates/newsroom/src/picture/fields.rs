//! What is said of a picture, as the editor leaves it; it came from the picture itself.

use base::{Instant, Refusal};
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::story::rules::at_most;

/// Characters of a text with paragraphs: caption, extended description, usage terms, instructions.
pub const MAX_TEXT: usize = 10_000;
/// Characters of a line.
pub const MAX_LINE: usize = 500;
/// Entries of a list.
pub const MAX_ENTRIES: usize = 100;

/// What is said of a picture. `docs/picture-fields.md` says what of it readers' files hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// A short name.
    pub title: Option<String>,
    /// A headline.
    pub headline: Option<String>,
    /// Who does what, where and when.
    pub caption: Option<String>,
    /// Who wrote that.
    pub caption_writer: Option<String>,
    /// What is to be seen, for who cannot see it.
    pub alt: Option<String>,
    /// The same at length.
    pub extended_description: Option<String>,
    /// The line that has to stand beside it.
    pub credit: Option<String>,
    /// Who made it, in order.
    pub creators: Vec<String>,
    /// Whose it is.
    pub copyright: Option<String>,
    /// How it may be used.
    pub usage_terms: Option<String>,
    /// Where its rights are told.
    pub web_statement: Option<String>,
    /// Who grants a licence.
    pub licensor: Licensor,
    /// When the licence ends.
    pub rights_end: Option<Told>,
    /// Whether it may be mined: PLUS' address for the answer.
    pub data_mining: Option<String>,
    /// Whether it was photographed or generated: IPTC's address for the answer.
    pub digital_source_type: Option<String>,
    /// Who supplied it.
    pub source: Option<String>,
    /// What the sender asks of the desk.
    pub instructions: Option<String>,
    /// The sender's number of the job.
    pub job: Option<String>,
    /// The event it was made at.
    pub event: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Who is shown, by name.
    pub persons: Vec<String>,
    /// Where it was made, in words.
    pub place: Place,
    /// When it was made, as far as is told.
    pub taken: Option<Told>,
}

/// Who grants a licence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Licensor {
    /// Their name.
    pub name: Option<String>,
    /// Where to ask.
    pub url: Option<String>,
}

/// A place in words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Place {
    /// A part of the city, or what stands there.
    pub sublocation: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The state or province.
    pub state: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// Its letters.
    pub country_code: Option<String>,
}

/// A moment with no more parts than were told: `1970`, `1970-04`, `1970-04-13`, `1970-04-13T21:08:00-06:00`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Told(String);

impl Told {
    /// Reads it; nothing where it is no date.
    pub fn of(text: &str) -> Option<Self> {
        let told = Self(text.into());
        told.last_day()?;
        let clock = text.split_once('T').map(|(_, clock)| clock);
        let is_clock = |clock: &str| {
            clock
                .get(..8)
                .is_some_and(|hms| hms.parse::<jiff::civil::Time>().is_ok())
                && clock.get(8..).is_some_and(is_offset)
        };
        clock.is_none_or(is_clock).then_some(told)
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first instant after all that is told: the end of that day, month or year in `zone`. A term that ends
    /// on a day lasts through that day.
    pub fn ends(&self, zone: &TimeZone) -> Option<Instant> {
        let after = self.last_day()?.tomorrow().ok()?;
        after.to_zoned(zone.clone()).ok().map(|at| at.timestamp())
    }

    fn last_day(&self) -> Option<Date> {
        let date = self.0.split('T').next()?;
        match date.len() {
            4 => format!("{date}-12-31").parse().ok(),
            7 => Some(format!("{date}-01").parse::<Date>().ok()?.last_of_month()),
            10 => date.parse().ok(),
            _ => None,
        }
    }
}

impl TryFrom<String> for Told {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::of(&text)
            .ok_or("a date such as 1970-04-13, 1970-04, 1970 or 1970-04-13T21:08:00-06:00")
    }
}
impl From<Told> for String {
    fn from(told: Told) -> Self {
        told.0
    }
}

fn is_offset(text: &str) -> bool {
    let numbers = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b':')
    };
    match text.as_bytes() {
        [] | [b'Z'] => true,
        [b'.', ..] => text[1..].bytes().all(|byte| byte.is_ascii_digit()),
        [b'+' | b'-', _, _, b':', _, _] => numbers(&text[1..]),
        _ => false,
    }
}

impl Fields {
    /// Its texts freed of space around them; empty ones are none.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        for text in self.texts_mut() {
            *text = text
                .take()
                .map(|text| text.trim().to_string())
                .filter(|text| !text.is_empty());
        }
        for list in [&mut self.creators, &mut self.keywords, &mut self.persons] {
            list.iter_mut()
                .for_each(|entry| *entry = entry.trim().to_string());
            list.retain(|entry| !entry.is_empty());
        }
        self
    }

    /// What may not be said.
    pub fn refusals(&self) -> Vec<Refusal> {
        let mut no = Vec::new();
        for (name, text) in [
            ("caption", &self.caption),
            ("alt", &self.alt),
            ("extended_description", &self.extended_description),
            ("usage_terms", &self.usage_terms),
            ("instructions", &self.instructions),
        ] {
            at_most(&mut no, name, text.as_deref(), MAX_TEXT);
        }
        for (name, line) in self.lines() {
            at_most(&mut no, name, line.as_deref(), MAX_LINE);
        }
        for (name, list) in [
            ("creators", &self.creators),
            ("keywords", &self.keywords),
            ("persons", &self.persons),
        ] {
            if list.len() > MAX_ENTRIES {
                let many = Refusal::on(name, "too-many").with("limit", MAX_ENTRIES);
                no.push(many.with("given", list.len()));
            }
            for (nth, entry) in list.iter().enumerate() {
                at_most(&mut no, format!("{name}[{nth}]"), Some(entry), MAX_LINE);
            }
        }
        no
    }

    /// All by which it is found, in small letters.
    pub fn words(&self, file_name: &str) -> String {
        let texts = [
            &self.headline,
            &self.title,
            &self.caption,
            &self.alt,
            &self.credit,
            &self.source,
            &self.event,
        ];
        let mut words: Vec<&str> = texts.iter().filter_map(|text| text.as_deref()).collect();
        for list in [&self.creators, &self.keywords, &self.persons] {
            words.extend(list.iter().map(String::as_str));
        }
        let place = self.place_words();
        words.extend([place.as_str(), file_name]);
        words.join("\n").to_lowercase()
    }

    /// Its place, in small letters.
    pub fn place_words(&self) -> String {
        let place = &self.place;
        let parts = [
            &place.sublocation,
            &place.city,
            &place.state,
            &place.country,
            &place.country_code,
        ];
        let parts: Vec<&str> = parts.iter().filter_map(|part| part.as_deref()).collect();
        parts.join(", ").to_lowercase()
    }

    fn lines(&self) -> [(&'static str, &Option<String>); 17] {
        [
            ("title", &self.title),
            ("headline", &self.headline),
            ("caption_writer", &self.caption_writer),
            ("credit", &self.credit),
            ("copyright", &self.copyright),
            ("web_statement", &self.web_statement),
            ("data_mining", &self.data_mining),
            ("digital_source_type", &self.digital_source_type),
            ("source", &self.source),
            ("job", &self.job),
            ("event", &self.event),
            ("licensor.name", &self.licensor.name),
            ("licensor.url", &self.licensor.url),
            ("place.sublocation", &self.place.sublocation),
            ("place.city", &self.place.city),
            ("place.state", &self.place.state),
            ("place.country", &self.place.country),
        ]
    }

    fn texts_mut(&mut self) -> [&mut Option<String>; 23] {
        [
            &mut self.title,
            &mut self.headline,
            &mut self.caption,
            &mut self.caption_writer,
            &mut self.alt,
            &mut self.extended_description,
            &mut self.credit,
            &mut self.copyright,
            &mut self.usage_terms,
            &mut self.web_statement,
            &mut self.licensor.name,
            &mut self.licensor.url,
            &mut self.data_mining,
            &mut self.digital_source_type,
            &mut self.source,
            &mut self.instructions,
            &mut self.job,
            &mut self.event,
            &mut self.place.sublocation,
            &mut self.place.city,
            &mut self.place.state,
            &mut self.place.country,
            &mut self.place.country_code,
        ]
    }
}
