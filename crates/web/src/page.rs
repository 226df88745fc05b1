//! A page ready to send: its bytes in every coding, its ETag, and the cache policy of its row.

use std::sync::Arc;

use base::Instant;
use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

use crate::{
    doors::{Cache, Gate, Row},
    encoding::{Effort, Encoded, Encoding, compress},
    kind::Kind,
};

/// The longest `Surrogate-Key` header we send, in bytes; keys beyond it fall away whole.
pub const LONGEST_SURROGATE_KEY: usize = 4000;

/// A page, made for one row and carrying that row's cache policy: there is no page without one.
#[derive(Debug, Clone)]
pub struct Page {
    pub(crate) status: StatusCode,
    pub(crate) content_type: HeaderValue,
    pub(crate) body: Encoded,
    pub(crate) etags: [HeaderValue; 3],
    pub(crate) surrogate_keys: Option<HeaderValue>,
    pub(crate) last_modified: Option<Modified>,
    pub(crate) cache: Cache,
    pub(crate) gate: Gate,
}

/// When a page last changed, in whole seconds as HTTP has it, with its header ready.
#[derive(Debug, Clone)]
pub(crate) struct Modified {
    pub(crate) seconds: i64,
    pub(crate) header: HeaderValue,
}

impl Page {
    /// A page for that row. The ETags are made of these bytes and nothing else.
    pub fn new(row: &Row, kind: Kind, body: impl Into<Bytes>, effort: Effort) -> Self {
        let body: Bytes = body.into();
        let effort = if kind.is_compressible() {
            effort
        } else {
            Effort::None
        };
        Self {
            status: StatusCode::OK,
            content_type: HeaderValue::from_static(kind.content_type()),
            etags: etags(&body),
            body: compress(body, effort),
            surrogate_keys: None,
            last_modified: None,
            cache: row.cache,
            gate: row.gate,
        }
    }

    /// A page of HTML that is kept and sent many times.
    pub fn kept(row: &Row, html: impl Into<Bytes>) -> Self {
        // A template's string has room to grow, which would be kept with it.
        let html = Bytes::copy_from_slice(&html.into());
        Self::new(row, Kind::Html, html, Effort::Keep)
    }

    /// A page of HTML that is sent once.
    pub fn once(row: &Row, html: impl Into<Bytes>) -> Self {
        Self::new(row, Kind::Html, html, Effort::Once)
    }

    /// Answers with another status, such as 410 for a withdrawn story.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Names what the page is made of, so that caches can be told to forget it. Keys that a header
    /// cannot hold, and keys past [`LONGEST_SURROGATE_KEY`], fall away.
    #[must_use]
    pub fn with_surrogate_keys<K: AsRef<str>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        let mut line = String::new();
        for key in keys {
            let key = key.as_ref();
            let fits = line.len() + key.len() < LONGEST_SURROGATE_KEY;
            if fits && !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic()) {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(key);
            }
        }
        self.surrogate_keys = HeaderValue::try_from(line).ok().filter(|v| !v.is_empty());
        self
    }

    /// Says when the page last changed.
    #[must_use]
    pub fn with_last_modified(mut self, at: Instant) -> Self {
        let seconds = at.as_second();
        let header = HeaderValue::try_from(http_date(at)).ok();
        self.last_modified = header.map(|header| Modified { seconds, header });
        self
    }

    /// The bytes as they are, before any coding.
    pub fn bytes(&self) -> &Bytes {
        &self.body.identity
    }

    /// Every coding of the body.
    pub fn encoded(&self) -> &Encoded {
        &self.body
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The strong ETag of one coding; each coding has its own (RFC 9110 section 8.8.3.3).
    pub fn etag(&self, encoding: Encoding) -> &HeaderValue {
        &self.etags[encoding as usize]
    }

    /// The page, to be handed around without copying.
    pub fn shared(self) -> Arc<Self> {
        Arc::new(self)
    }
}

fn etags(body: &[u8]) -> [HeaderValue; 3] {
    let hash = hex(&Sha256::digest(body)[..16]);
    ["", "-gz", "-br"].map(|suffix| {
        // Hex and two letters are always a header value.
        HeaderValue::try_from(format!("\"{hash}{suffix}\""))
            .unwrap_or(HeaderValue::from_static("\"\""))
    })
}

/// Bytes as small hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A moment as HTTP writes it (RFC 9110 section 5.6.7).
pub fn http_date(at: Instant) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Reads the one form of date that HTTP still writes.
pub(crate) fn read_http_date(text: &str) -> Option<Instant> {
    let civil = jiff::civil::DateTime::strptime("%a, %d %b %Y %H:%M:%S GMT", text).ok()?;
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(zoned.timestamp())
}
