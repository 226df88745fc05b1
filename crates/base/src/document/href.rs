//! An address that is safe to put into a page: holding one is the proof.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The longest address we keep, in bytes.
pub const MAX_HREF: usize = 2_048;

/// Schemes that may be linked to. `javascript:` and `data:` never survive (PROOFS V-33).
const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "sms"];

/// A link's target: an absolute address of a permitted scheme, or a path, query or fragment here.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Href(String);

/// The text was no address we would link to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an address is http, https, mailto, tel or a path of this site, {MAX_HREF} bytes at most")]
pub struct NotAnHref;

impl Href {
    /// The address as text, not escaped.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it leads to another site.
    pub fn leaves(&self) -> bool {
        self.0.starts_with("http://") || self.0.starts_with("https://")
    }
}

impl Default for Href {
    fn default() -> Self {
        Self("#".into())
    }
}

impl FromStr for Href {
    type Err = NotAnHref;

    fn from_str(text: &str) -> Result<Self, NotAnHref> {
        // Browsers drop tabs and line ends inside an address, and spaces and controls around it
        // (WHATWG URL, basic parser, steps 1 to 3): what is judged must be what they will use.
        let cleaned: String = text
            .trim_matches(|ch: char| ch <= ' ')
            .chars()
            .filter(|ch| !matches!(ch, '\t' | '\n' | '\r'))
            .collect();
        if cleaned.is_empty() || cleaned.len() > MAX_HREF || cleaned.chars().any(char::is_control) {
            return Err(NotAnHref);
        }
        if is_local(&cleaned) || has_permitted_scheme(&cleaned) {
            return Ok(Self(cleaned));
        }
        Err(NotAnHref)
    }
}

/// A path, query or fragment of this site. `//host` and `/\host` lead elsewhere in browsers.
fn is_local(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes[0] {
        b'#' | b'?' => true,
        b'/' => !matches!(bytes.get(1), Some(b'/' | b'\\')),
        _ => false,
    }
}

fn has_permitted_scheme(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme = scheme.to_ascii_lowercase();
    let web = scheme == "http" || scheme == "https";
    SCHEMES.contains(&scheme.as_str())
        && if web {
            rest.starts_with("//") && rest.len() > 2
        } else {
            !rest.is_empty()
        }
}

impl TryFrom<String> for Href {
    type Error = NotAnHref;
    fn try_from(text: String) -> Result<Self, NotAnHref> {
        text.parse()
    }
}
impl From<Href> for String {
    fn from(href: Href) -> String {
        href.0
    }
}
impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
