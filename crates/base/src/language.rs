//! A language tag and the way its text runs.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A BCP 47 language tag in its usual spelling, such as `en`, `he` or `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

/// Which way a line of text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// The longest tag we keep (BCP 47 section 4.4.1 asks for room for 35 characters).
pub const MAX_TAG: usize = 35;

/// Scripts of these languages run right to left (CLDR `characterOrder`).
const RIGHT_TO_LEFT: [&str; 13] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi",
];

impl Language {
    /// English, the language of the shipped words.
    pub fn english() -> Self {
        Self("en".into())
    }

    /// The tag as text.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The first part of the tag: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Which way this language is written, by its script where the tag names one.
    pub fn direction(&self) -> Direction {
        let script = self.0.split('-').find(|part| part.len() == 4);
        let rtl = match script {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo"),
            None => RIGHT_TO_LEFT.contains(&self.primary()),
        };
        if rtl { Direction::Rtl } else { Direction::Ltr }
    }
}

impl Direction {
    /// The value of an HTML `dir` attribute.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// The text was no language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a language tag such as en, he or pt-BR")]
pub struct NotALanguage(String);

impl FromStr for Language {
    type Err = NotALanguage;

    fn from_str(text: &str) -> Result<Self, NotALanguage> {
        let parts: Vec<&str> = text.split(['-', '_']).collect();
        let well_formed = text.len() <= MAX_TAG
            && parts[0].len() >= 2
            && parts[0].len() <= 3
            && parts[0].bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts[1..].iter().all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        if !well_formed {
            return Err(NotALanguage(text.into()));
        }
        let mut tag = parts[0].to_ascii_lowercase();
        for part in &parts[1..] {
            tag.push('-');
            tag.push_str(&usual_case(part));
        }
        Ok(Self(tag))
    }
}

/// Regions are capitals, scripts begin with one, the rest is small (RFC 5646 section 2.1.1).
fn usual_case(part: &str) -> String {
    match part.len() {
        2 => part.to_ascii_uppercase(),
        4 => part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase(),
        _ => part.to_ascii_lowercase(),
    }
}

impl TryFrom<String> for Language {
    type Error = NotALanguage;
    fn try_from(text: String) -> Result<Self, NotALanguage> {
        text.parse()
    }
}
impl From<Language> for String {
    fn from(language: Language) -> String {
        language.0
    }
}
impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, tag: Option<&str>, direction: Direction) {
        let parsed: Option<Language> = text.parse().ok();
        assert_eq!(parsed.as_ref().map(Language::tag), tag);
        if let Some(language) = parsed {
            assert_eq!(language.direction(), direction);
        }
    }

    #[test]
    fn a_tag_is_spelt_in_the_usual_way_and_knows_its_direction() {
        check("en", Some("en"), Direction::Ltr);
        check("HE", Some("he"), Direction::Rtl);
        check("pt_br", Some("pt-BR"), Direction::Ltr);
        check("az-arab", Some("az-Arab"), Direction::Rtl);
        check("ks-Deva", Some("ks-Deva"), Direction::Ltr);
        check("", None, Direction::Ltr);
        check("e", None, Direction::Ltr);
        check("en-\"><script>", None, Direction::Ltr);
    }
}
