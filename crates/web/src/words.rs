//! The words people see, from Fluent message files: shipped ones, and a newsroom's own over them.

use std::{collections::HashMap, fs, path::Path};

use base::{Direction, Fault, Language};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// The message files that come with the house: language and text.
const SHIPPED: [(&str, &str); 6] = [
    ("en", include_str!("../words/refusals.en.ftl")),
    ("en", include_str!("../words/problems.en.ftl")),
    ("en", include_str!("../words/en.ftl")),
    ("en", include_str!("../words/dates.en.ftl")),
    ("he", include_str!("../words/he.ftl")),
    ("he", include_str!("../words/dates.he.ftl")),
];
/// The largest message file in an overlay, in bytes.
pub const LARGEST_FILE: u64 = 1024 * 1024;
/// Begins a stretch whose direction its own first letter decides (Unicode UAX 9).
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Ends it.
const POP_ISOLATE: char = '\u{2069}';

/// Something to fill into a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Text, such as a name.
    Text(String),
    /// A number, by which a message may choose its plural.
    Number(f64),
}

impl Fact {
    /// A whole number when the text is one, so that a message may choose its plural.
    pub fn read(text: &str) -> Self {
        match text.parse::<u32>() {
            Ok(number) if number.to_string() == text => Self::Number(f64::from(number)),
            _ => Self::Text(text.to_string()),
        }
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_string())
    }
}
impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<u32> for Fact {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}
impl From<usize> for Fact {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

/// Every message in every language we have.
pub struct Words(HashMap<String, FluentBundle<FluentResource>>);

impl Words {
    /// The words that come with the house.
    pub fn shipped() -> Self {
        let mut words = Self(HashMap::new());
        for (language, text) in SHIPPED {
            // A test reads every shipped file strictly; here a broken message is only left out.
            let _broken = words.add(language, text.to_string());
        }
        words
    }

    /// The shipped words with a newsroom's own over them: files named `LANGUAGE.ftl` or
    /// `ANYTHING.LANGUAGE.ftl` in that directory. A message found there replaces the shipped one.
    ///
    /// # Errors
    /// A fault that names the file when one cannot be read, is too large, or is no Fluent.
    pub fn with_overlay(directory: &Path) -> Result<Self, Fault> {
        let mut words = Self::shipped();
        let mut files: Vec<_> = fs::read_dir(directory)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| Fault::while_(format!("reading {}", directory.display()), error))?
            .into_iter()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "ftl"))
            .collect();
        files.sort();
        for file in files {
            words.add_file(&file)?;
        }
        Ok(words)
    }

    /// The message in that language, else in English, else the key itself.
    pub fn say(&self, language: &Language, key: &str, facts: &[(&str, Fact)]) -> String {
        self.find(language, key, facts)
            .unwrap_or_else(|| key.to_string())
    }

    /// The message in that language, else in English.
    pub fn find(&self, language: &Language, key: &str, facts: &[(&str, Fact)]) -> Option<String> {
        [language.tag(), language.primary(), "en"]
            .iter()
            .filter_map(|tag| self.0.get(*tag))
            .find_map(|bundle| message(bundle, key, facts, language.direction()))
    }

    /// Whether there is such a message in exactly that language.
    pub fn has(&self, language: &str, key: &str) -> bool {
        let bundle = self.0.get(language);
        bundle
            .and_then(|bundle| bundle.get_message(key))
            .is_some_and(|message| message.value().is_some())
    }

    /// The languages there are words in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn add_file(&mut self, file: &Path) -> Result<(), Fault> {
        let doing = || format!("reading the message file {}", file.display());
        let size = fs::metadata(file).map_err(|error| Fault::while_(doing(), error))?;
        if size.len() > LARGEST_FILE {
            return Err(Fault::while_(doing(), "it is larger than one mebibyte"));
        }
        let text = fs::read_to_string(file).map_err(|error| Fault::while_(doing(), error))?;
        let stem = file
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or("");
        let tag = stem.rsplit('.').next().unwrap_or(stem);
        let language: Language = tag.parse().map_err(|error| Fault::while_(doing(), error))?;
        self.add(language.tag(), text)
            .map_err(|broken| Fault::while_(doing(), broken))
    }

    fn add(&mut self, tag: &str, text: String) -> Result<(), String> {
        let language: LanguageIdentifier = tag.parse().map_err(|_| format!("{tag} is no tag"))?;
        let (resource, broken) = match FluentResource::try_new(text) {
            Ok(resource) => (resource, None),
            Err((resource, errors)) => {
                let first = errors.first().map(|error| {
                    let before = &resource.source()[..error.pos.start.min(resource.source().len())];
                    format!("line {}: {error}", before.lines().count().max(1))
                });
                (resource, first)
            }
        };
        let bundle = self.0.entry(tag.to_string()).or_insert_with(|| {
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            // Fluent would isolate every filled-in fact, also numbers and names that run the same
            // way as the sentence; such marks break searching and comparing. `message` isolates
            // the facts that need it.
            bundle.set_use_isolating(false);
            bundle
        });
        bundle.add_resource_overriding(resource);
        broken.map_or(Ok(()), Err)
    }
}

fn message(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    facts: &[(&str, Fact)],
    direction: Direction,
) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut arguments = FluentArgs::with_capacity(facts.len());
    for (name, fact) in facts {
        let value = match fact {
            Fact::Text(text) => FluentValue::from(isolated(text, direction)),
            Fact::Number(number) => FluentValue::from(*number),
        };
        arguments.set(name.to_string(), value);
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
    if let Some(error) = errors.first() {
        tracing::warn!(key, "the message {key} was not filled in: {error}");
    }
    Some(text.into_owned())
}

/// Marks a fact whose text runs the other way than the sentence, so that the full stop after a
/// Hebrew name in an English sentence stays where it belongs. The marks are plain characters and
/// harmless in attributes.
fn isolated(text: &str, sentence: Direction) -> String {
    match first_strong(text) {
        Some(direction) if direction != sentence => {
            format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}")
        }
        _ => text.to_string(),
    }
}

/// The direction of the first letter that has one.
fn first_strong(text: &str) -> Option<Direction> {
    text.chars().find_map(|ch| match ch {
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}' => Some(Direction::Rtl),
        _ if ch.is_alphabetic() => Some(Direction::Ltr),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
