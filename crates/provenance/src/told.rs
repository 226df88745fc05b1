//! What readers may be shown of a picture's manifest.

use serde::{Deserialize, Serialize};

/// Characters of one text; what is longer ends with an ellipsis.
pub const LONGEST_TEXT: usize = 120;
/// Steps that are told, the newest ones.
pub const MOST_STEPS: usize = 40;
/// Pictures that went into this one and are told.
pub const MOST_INGREDIENTS: usize = 20;
/// Findings that are kept for the desk.
pub const MOST_FINDINGS: usize = 20;

/// Where a picture says it comes from, and whether it can be believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Whether the signature fits, and whether we know the signer.
    pub standing: Standing,
    /// Who signed; nothing where the signature does not fit, because then nobody did.
    pub signer: Option<Signer>,
    /// The program that wrote the manifest.
    pub made_with: Option<String>,
    /// How the picture came about, as far as it says so.
    pub made: Made,
    /// What was done to it, oldest first.
    pub steps: Vec<Step>,
    /// The pictures it was made from.
    pub ingredients: Vec<Ingredient>,
    /// Status codes of the specification (its section 15.2) that are not successes, for the desk.
    pub findings: Vec<String>,
}

/// What is found where a manifest cannot even be read.
const UNREADABLE: &str = "claim.malformed";

impl Told {
    /// A manifest that cannot be read: nobody said anything with it.
    pub fn unreadable() -> Self {
        Self {
            standing: Standing::Broken,
            signer: None,
            made_with: None,
            made: Made::Unsaid,
            steps: Vec::new(),
            ingredients: Vec::new(),
            findings: vec![UNREADABLE.into()],
        }
    }
}

/// How far a manifest can be believed (section 14.3: valid, trusted).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The signature fits this picture, and the signer is vouched for by the list the newsroom trusts.
    Vouched,
    /// The signature fits this picture; nobody we trust vouches for the name in it.
    Fits,
    /// The signature does not match this picture, or the manifest contradicts itself.
    Broken,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The name in the certificate.
    pub name: String,
    /// The organisation in the certificate.
    pub organisation: Option<String>,
    /// When, by a time stamp, as RFC 3339 text; nothing without one.
    pub at: Option<String>,
}

/// How a picture came about: the IPTC digital source types in five words, strongest claim last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Made {
    /// It does not say.
    #[default]
    Unsaid,
    /// Taken with a camera, or scanned.
    Captured,
    /// Drawn or composed by people.
    ByPeople,
    /// Put together from several, or with parts by a model.
    Composite,
    /// By a model.
    ByModel,
}

/// One thing that was done to the picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The action's name in the specification, such as `c2pa.cropped`; the words for it are in message files.
    pub action: String,
    /// With which program.
    pub with: Option<String>,
    /// When, as it says itself.
    pub at: Option<String>,
}

/// A picture that went into this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ingredient {
    /// Its title: often a file's name.
    pub title: Option<String>,
    /// Whether this picture was made from it, rather than with it.
    pub is_parent: bool,
    /// Whether its own manifest did not hold when it was put in.
    pub is_broken: bool,
}

/// One line of text, bounded; nothing when it is empty. What steers a terminal or a line's direction is left out: the
/// texts are a stranger's and stand among ours.
pub fn line(raw: &str) -> Option<String> {
    let steers = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = raw.chars().filter(|letter| !steers(*letter)).collect();
    let clean = clean.trim();
    if clean.chars().count() <= LONGEST_TEXT {
        return Some(clean.to_string()).filter(|text| !text.is_empty());
    }
    let kept: String = clean.chars().take(LONGEST_TEXT - 1).collect();
    Some(format!("{}…", kept.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_TEXT, line};

    #[track_caller]
    fn check(raw: &str, expected: Option<&str>) {
        assert_eq!(line(raw).as_deref(), expected);
    }

    #[test]
    fn a_strangers_text_is_one_short_line_that_cannot_turn_ours_around() {
        check(" Camera 7\n", Some("Camera 7"));
        check("\u{202e}evil\u{7}", Some("evil"));
        check(" \u{200f} ", None);
        let long = "a".repeat(500);
        assert_eq!(line(&long).unwrap().chars().count(), LONGEST_TEXT);
    }
}
