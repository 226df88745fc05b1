//! Signature Version 4, as Amazon describes it for S3 (“Authenticating Requests: Using the Authorization Header”): the body
//! is one piece, and every header that we send of our own is signed.

use std::fmt::{self, Write};

use base::Instant;
use jiff::tz::TimeZone;
use ring::{digest, hmac};

/// Who signs.
#[derive(Clone)]
pub struct Keys {
    /// The key's id, which is no secret.
    pub id: String,
    /// The key.
    pub secret: String,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A request that is to be signed.
pub(super) struct Unsigned<'a> {
    pub method: &'a str,
    pub host: &'a str,
    /// Coded already.
    pub path: &'a str,
    /// Coded already, in the order of its names.
    pub query: &'a str,
    /// Headers beside ours, in small letters.
    pub more: &'a [(&'static str, &'a str)],
    pub body: &'a [u8],
}

impl Unsigned<'_> {
    /// The headers to send: the hash of the body, the hour, the signature, and what was asked for beside them.
    pub(super) fn signed(
        &self,
        keys: &Keys,
        region: &str,
        now: Instant,
    ) -> Vec<(&'static str, String)> {
        let at = now.to_zoned(TimeZone::UTC);
        let (day, hour) = (
            at.strftime("%Y%m%d").to_string(),
            at.strftime("%Y%m%dT%H%M%SZ").to_string(),
        );
        let body = digits(digest::digest(&digest::SHA256, self.body).as_ref());
        let mut headers = vec![
            ("x-amz-content-sha256", body.clone()),
            ("x-amz-date", hour.clone()),
        ];
        headers.extend(
            self.more
                .iter()
                .map(|(name, value)| (*name, (*value).into())),
        );
        let mut lines = headers.clone();
        lines.push(("host", self.host.into()));
        lines.sort();
        let names: Vec<&str> = lines.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let lines: String = lines
            .iter()
            .map(|(name, value)| format!("{name}:{}\n", value.trim()))
            .collect();
        let (method, path, query) = (self.method, self.path, self.query);
        let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{body}");
        let canonical = digits(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
        let scope = format!("{day}/{region}/s3/aws4_request");
        let told = format!("AWS4-HMAC-SHA256\n{hour}\n{scope}\n{canonical}");
        let mut key = format!("AWS4{}", keys.secret).into_bytes();
        for part in [day.as_str(), region, "s3", "aws4_request"] {
            key = sign(&key, part);
        }
        let signature = digits(&sign(&key, &told));
        let id = &keys.id;
        let line = format!(
            "AWS4-HMAC-SHA256 Credential={id}/{scope},SignedHeaders={names},Signature={signature}"
        );
        headers.push(("authorization", line));
        headers
    }
}

/// A value of a query, coded as the signature wants it: all but letters, digits and `-._~`.
pub(super) fn coded(text: &str) -> String {
    let mut coded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            coded.push(byte as char);
        } else {
            let _ = write!(coded, "%{byte:02X}");
        }
    }
    coded
}

fn sign(key: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut line, byte| {
        let _ = write!(line, "{byte:02x}");
        line
    })
}
