//! The last part of an address: words a person can read and a proxy cannot break.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The longest slug in bytes; longer headlines are cut at a word.
pub const MAX_SLUG: usize = 120;

/// Lower-case letters and digits of any script, with single hyphens between words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// Makes a slug out of any text; `None` when no letter or digit is in it.
    ///
    /// Accents of Latin letters fall away (`Zürich` becomes `zurich`); letters of other scripts stay.
    pub fn from_words(text: &str) -> Option<Self> {
        let mut slug = String::new();
        for ch in text.nfkd().filter(|ch| !is_accent(*ch)).nfc() {
            if ch.is_alphanumeric() {
                slug.extend(ch.to_lowercase());
            } else if !is_silent(ch) && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = cut_at_word(slug.trim_end_matches('-'));
        (!slug.is_empty()).then(|| Self(slug.to_string()))
    }

    /// The slug as text, not percent-coded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same slug with a number behind it, for when the address is taken.
    pub fn numbered(&self, number: u32) -> Self {
        let tail = format!("-{number}");
        let mut end = self.0.len().min(MAX_SLUG - tail.len());
        while !self.0.is_char_boundary(end) {
            end -= 1;
        }
        Self(format!("{}{tail}", self.0[..end].trim_end_matches('-')))
    }
}

/// Combining marks of Latin, Greek and Cyrillic; niqqud and tashkeel are kept apart by script.
fn is_accent(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}')
}

/// Apostrophes close up (`don't` becomes `dont`) where other marks become a hyphen.
fn is_silent(ch: char) -> bool {
    matches!(
        ch,
        '\'' | '’' | '‘' | '״' | '׳' | '"' | '\u{ad}' | '\u{200b}'..='\u{200f}'
    )
}

fn cut_at_word(slug: &str) -> &str {
    if slug.len() <= MAX_SLUG {
        return slug;
    }
    let mut end = MAX_SLUG;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    match slug[..end].rfind('-') {
        Some(hyphen) if hyphen > MAX_SLUG / 2 => &slug[..hyphen],
        _ => &slug[..end],
    }
}

/// The text was no slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an address is lower-case letters, digits and single hyphens, {MAX_SLUG} bytes at most")]
pub struct NotASlug;

impl FromStr for Slug {
    type Err = NotASlug;
    fn from_str(text: &str) -> Result<Self, NotASlug> {
        let good = !text.is_empty()
            && text.len() <= MAX_SLUG
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--")
            && text
                .chars()
                .all(|ch| ch == '-' || (ch.is_alphanumeric() && !ch.is_uppercase()));
        if good {
            Ok(Self(text.into()))
        } else {
            Err(NotASlug)
        }
    }
}
impl TryFrom<String> for Slug {
    type Error = NotASlug;
    fn try_from(text: String) -> Result<Self, NotASlug> {
        text.parse()
    }
}
impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}
impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, slug: Option<&str>) {
        assert_eq!(Slug::from_words(words).as_ref().map(Slug::as_str), slug);
    }

    #[test]
    fn words_become_an_address() {
        check("Bridge reopens — at last!", Some("bridge-reopens-at-last"));
        check("Zürich’s  don't", Some("zurichs-dont"));
        check("הגשר נפתח", Some("הגשר-נפתח"));
        check("  ../../etc/passwd ", Some("etc-passwd"));
        check("!!!", None);
    }

    #[test]
    fn a_long_headline_is_cut_at_a_word_and_every_slug_reads_back() {
        let long = Slug::from_words(&"wonder ".repeat(60)).unwrap();
        assert!(long.as_str().len() <= MAX_SLUG && long.as_str().ends_with("wonder"));
        for slug in [long.clone(), long.numbered(17)] {
            assert_eq!(slug.as_str().parse::<Slug>().as_ref(), Ok(&slug));
        }
        for bad in ["", "-a", "a--b", "A", "a/b", "a b", "a%2fb"] {
            assert_eq!(bad.parse::<Slug>(), Err(NotASlug), "{bad}");
        }
    }
}
