//! Signatures of requests: ours, and what somebody claims by theirs.
//!
//! Two schemes are read: the one that nearly every server sends (draft-cavage-http-signatures-12) and the
//! standard that came of it (RFC 9421, with RFC 9530 for the body). Ours is the first, which all of them read.
//! A claim says who and over which text; whether it is true takes their key ([`super::arrival`]).

mod cavage;
mod rfc_9421;

use base::{Fault, Instant, Refusal};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, civil::DateTime, tz::TimeZone};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use super::{Actor, Voice, key::PublicKey};

/// How old a signed request may be, and how far ahead of us its clock, in seconds. Servers sign anew at each
/// try; an hour is for clocks that are set by hand.
pub const SKEW: SignedDuration = SignedDuration::from_secs(60 * 60);

/// The longest header that has to do with signatures, in bytes.
const LONGEST_HEADER: usize = 4096;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Arrived<'a> {
    /// Our own address as others write it, `https://example.org`.
    pub site: &'a str,
    /// The path with its query, as it was asked for.
    pub target: &'a str,
    /// Header lines, their names in small letters.
    pub headers: Vec<(&'a str, &'a str)>,
    /// The body, whole.
    pub body: &'a [u8],
}

/// Who says to have signed which text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The id of the key.
    pub key_id: String,
    /// What was signed, line by line.
    text: String,
    /// The signature, in base64.
    signature: String,
}

impl Claim {
    /// Whether whoever has this key signed it.
    pub fn is_true(&self, key: &PublicKey) -> bool {
        let signature = STANDARD.decode(&self.signature).unwrap_or_default();
        key.signed(self.text.as_bytes(), &signature)
    }
}

/// What a request claims: that it was signed lately, for this address, over this body.
///
/// # Errors
/// Refused with `fediverse-unsigned`, `fediverse-signature` when it cannot be read, `fediverse-covers` when it
/// does not cover address, moment and body, `fediverse-old`, and `fediverse-digest`.
pub fn claim(arrived: &Arrived<'_>, now: Instant) -> Result<Claim, Refusal> {
    let lines = arrived.headers.iter();
    if lines
        .clone()
        .any(|(name, value)| name.contains("signature") && value.len() > LONGEST_HEADER)
    {
        return Err(unreadable());
    }
    if arrived.header("signature").is_none() {
        return Err(Refusal::of("fediverse-unsigned"));
    }
    let (claim, at) = match arrived.header("signature-input") {
        Some(input) => rfc_9421::claim(arrived, &input)?,
        None => cavage::claim(arrived)?,
    };
    if now.duration_since(at).abs() > SKEW {
        return Err(Refusal::of("fediverse-old").with("minutes", SKEW.as_mins()));
    }
    Ok(claim)
}

impl Arrived<'_> {
    /// A header's lines as one; nothing, when it is not there.
    fn header(&self, name: &str) -> Option<String> {
        let lines = self.headers.iter().filter(|(known, _)| *known == name);
        let values: Vec<&str> = lines.map(|(_, value)| value.trim()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// Whether one of these sums, each written `NAME=` and base64 between `fence`s, is the body's SHA-256.
    fn is_sum(&self, header: &str, fence: &str) -> bool {
        let sum = STANDARD.encode(digest(&SHA256, self.body));
        let said = header
            .split(',')
            .filter_map(|one| one.trim().split_once('='));
        let mut of_ours = said.filter(|(name, _)| name.eq_ignore_ascii_case("sha-256"));
        of_ours.any(|(_, said)| said == format!("{fence}{sum}{fence}"))
    }
}

/// The headers of a letter of ours, signed in this actor's name: `Date`, `Signature`, and `Digest` where there
/// is a body. `place` are the host and the path as the letter is asked for with.
///
/// # Errors
/// When the machine gives no random bytes.
pub(super) fn headers(
    (voice, actor): (&Voice, Actor),
    (host, target): (&str, &str),
    body: Option<&[u8]>,
    now: Instant,
) -> Result<Vec<(&'static str, String)>, Fault> {
    let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let verb = if body.is_some() { "post" } else { "get" };
    let mut names = String::from("(request-target) host date");
    let mut text = format!("(request-target): {verb} {target}\nhost: {host}\ndate: {date}");
    let mut headers = vec![("date", date)];
    if let Some(body) = body {
        let sum = format!("SHA-256={}", STANDARD.encode(digest(&SHA256, body)));
        names.push_str(" digest");
        text.push_str(&format!("\ndigest: {sum}"));
        headers.push(("digest", sum));
    }
    let signature = STANDARD.encode(voice.key.sign(text.as_bytes())?);
    let key_id = voice.key_id(actor);
    headers.push((
        "signature",
        format!(
            "keyId=\"{key_id}\",algorithm=\"rsa-sha256\",headers=\"{names}\",signature=\"{signature}\""
        ),
    ));
    Ok(headers)
}

fn unreadable() -> Refusal {
    Refusal::of("fediverse-signature")
}

fn covers_too_little() -> Refusal {
    Refusal::of("fediverse-covers")
}

fn wrong_digest() -> Refusal {
    Refusal::of("fediverse-digest")
}

fn http_date(text: &str) -> Option<Instant> {
    let date = DateTime::strptime("%a, %d %b %Y %H:%M:%S GMT", text).ok()?;
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
