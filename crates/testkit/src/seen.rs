//! An answer, and what scenes say of it.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

/// What shared caches keep for a minute and ask for again when it is purged.
const UNTIL_PURGED: &str = "s-maxage=60";

/// What somebody got to see.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What was asked, for messages.
    pub asked: String,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came, its coding on it.
    pub bytes: Bytes,
}

impl Seen {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON; `null` when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// Answered with this status.
    ///
    /// # Panics
    /// When it was another, with the body.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(
            self.status.as_u16(),
            status,
            "{}: {}",
            self.asked,
            self.text()
        );
        self
    }

    /// These words stand in it.
    ///
    /// # Panics
    /// When they do not.
    #[track_caller]
    pub fn shows(self, words: &str) -> Self {
        let text = self.text();
        assert!(
            text.contains(words),
            "{} {}: no “{words}” in {text}",
            self.asked,
            self.status
        );
        self
    }

    /// These words do not.
    ///
    /// # Panics
    /// When they do.
    #[track_caller]
    pub fn does_not_show(self, words: &str) -> Self {
        let text = self.text();
        assert!(!text.contains(words), "{}: “{words}” in {text}", self.asked);
        self
    }

    /// Nobody else may keep it.
    ///
    /// # Panics
    /// When somebody may.
    #[track_caller]
    pub fn is_never_shared(self) -> Self {
        let cache = self.header("cache-control");
        assert!(
            cache.contains("no-store") && !cache.contains("public"),
            "{}: {cache}",
            self.asked
        );
        self
    }

    /// Shared caches keep it until they are told otherwise, and nothing in it is anybody's own.
    ///
    /// # Panics
    /// When it is not so.
    #[track_caller]
    pub fn is_cached_until_purged(self) -> Self {
        let cache = self.header("cache-control");
        assert!(
            cache.starts_with("public") && cache.contains(UNTIL_PURGED),
            "{}: {cache}",
            self.asked
        );
        assert!(
            !self.headers.contains_key("set-cookie"),
            "{}: a cookie",
            self.asked
        );
        self
    }

    /// The gate let the reader stand so, having counted so much: `asked`, `3/10`.
    ///
    /// # Panics
    /// When the reader stands otherwise.
    #[track_caller]
    pub fn stands(self, standing: &str, read: &str) -> Self {
        let stands = (
            self.header("dateline-standing"),
            self.header("dateline-read"),
        );
        assert_eq!(stands, (standing, read), "{} {}", self.asked, self.status);
        self
    }

    /// Refused by this rule, and said in words.
    ///
    /// # Panics
    /// When it was not.
    #[track_caller]
    pub fn refuses(self, key: &str) -> Self {
        let json = self.json();
        let refusals = json["refusals"].as_array().cloned().unwrap_or_default();
        let said = refusals.iter().find(|refusal| refusal["key"] == key);
        let words = said.and_then(|refusal| refusal["message"].as_str());
        assert!(
            self.status.is_client_error() || self.status == StatusCode::SERVICE_UNAVAILABLE,
            "{} {}",
            self.asked,
            self.status
        );
        assert!(
            words.is_some_and(|words| words.contains(' ')),
            "{}: no “{key}” in {json}",
            self.asked
        );
        self
    }

    /// The address the page's script asks for the rest of the story, where there is a gate.
    pub fn gate(&self) -> Option<String> {
        let text = self.text();
        let (_, after) = text.split_once("data-gate=\"")?;
        after
            .split_once('"')
            .map(|(address, _)| address.to_string())
    }
}
