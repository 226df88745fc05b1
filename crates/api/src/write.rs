//! What a write brings: its hand, its body, the revision it was made upon, and its key.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
};
use base::Refusal;
use http::{HeaderMap, Method, StatusCode, header};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use web::{Problem, Visit};

use crate::{Api, acting::Acting};

/// The longest `Idempotency-Key`, in characters: room for a UUID with any prefix.
pub const LONGEST_KEY: usize = 255;
/// By which a client names one intention, however often it has to ask.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// The revision a client looked at, as the `ETag` it was given.
pub const IF_MATCH: &str = "If-Match";

/// A write by staff or a machine, read whole before anything is done.
#[derive(Debug, Clone)]
pub struct Write {
    /// Who acts.
    pub acting: Acting,
    /// The `Idempotency-Key`, where there is one.
    pub key: Option<String>,
    method: Method,
    path: String,
    is_json: bool,
    if_match: Option<String>,
    body: Bytes,
}

impl Write {
    /// The body as its type, strictly: no field twice, none unknown. An empty body stands for `{}`.
    ///
    /// # Errors
    /// `not-this-type` when it is not said to be JSON, and what [`web::json::read`] refuses.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        if self.body.is_empty() {
            return web::json::read(b"{}");
        }
        if !self.is_json {
            return Err(Refusal::of("not-this-type").with("expected", "application/json"));
        }
        web::json::read(&self.body)
    }

    /// Nothing is asked for in the body: it is empty or `{}`.
    ///
    /// # Errors
    /// `unknown-field` for anything in it.
    pub fn read_nothing(&self) -> Result<(), Refusal> {
        self.read::<Nothing>().map(|Nothing {}| ())
    }

    /// The revision this was made upon, from `If-Match: "7"`.
    ///
    /// # Errors
    /// `needs-if-match` without the header, `wrong-value` when it is not one quoted number: weak
    /// tags, lists and `*` would let somebody's work be overwritten unseen.
    pub fn upon(&self) -> Result<u32, Refusal> {
        let upon = self.upon_if_said()?;
        upon.ok_or_else(|| Refusal::on(IF_MATCH, "needs-if-match"))
    }

    /// As [`Write::upon`], for acts that do not need it.
    ///
    /// # Errors
    /// `wrong-value` when it is there and is not one quoted number.
    pub fn upon_if_said(&self) -> Result<Option<u32>, Refusal> {
        let Some(tag) = &self.if_match else {
            return Ok(None);
        };
        let number = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
        let number = number.and_then(|number| number.parse::<u32>().ok());
        match number {
            Some(number) if *tag == format!("\"{number}\"") => Ok(Some(number)),
            _ => Err(Refusal::on(IF_MATCH, "wrong-value").with("expected", "tag")),
        }
    }

    /// What makes two requests the same: verb, address, `If-Match` and body, as SHA-256.
    pub fn fingerprint(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        let if_match = self.if_match.as_deref().unwrap_or_default();
        for part in [self.method.as_str(), &self.path, if_match] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.update(&self.body);
        hash.finalize().to_vec()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl FromRequest<Api> for Write {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let acting = Acting::from_request_parts(&mut parts, api).await?;
        let visit = Visit::from_request_parts(&mut parts, api).await?;
        let limit = visit.row.map_or(0, |row| row.body_limit);
        let headers = &parts.headers;
        let write = Self {
            acting,
            key: only_one(headers, IDEMPOTENCY_KEY)?
                .map(checked_key)
                .transpose()?,
            is_json: is_json(headers),
            if_match: only_one(headers, IF_MATCH)?.map(str::to_string),
            method: parts.method.clone(),
            path: parts.uri.path().to_string(),
            body: Bytes::new(),
        };
        let body = whole(Request::from_parts(parts, body), limit).await?;
        Ok(Self { body, ..write })
    }
}

/// The body within its row's limit, which the guard has put around it.
async fn whole(request: Request, limit: usize) -> Result<Bytes, Refusal> {
    let body = Bytes::from_request(request, &()).await;
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::of("too-large").with("limit", limit),
        // The client hung up or sent broken chunks: nobody reads this, and nothing broke.
        _ => Refusal::of("not-text"),
    })
}

/// A header that may come once; twice, we cannot know which one was meant (V-28).
fn only_one<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(Refusal::on(name, "duplicate-key"));
    }
    let odd = |_| Refusal::on(name, "wrong-value").with("expected", "ascii");
    value.to_str().map(Some).map_err(odd)
}

fn checked_key(key: &str) -> Result<String, Refusal> {
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Refusal::on(IDEMPOTENCY_KEY, "wrong-value").with("expected", "ascii"));
    }
    if key.len() > LONGEST_KEY {
        return Err(Refusal::on(IDEMPOTENCY_KEY, "too-long").with("limit", LONGEST_KEY));
    }
    Ok(key.to_string())
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE);
    let value = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = value
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase();
    let structured = essence.starts_with("application/") && essence.ends_with("+json");
    essence == "application/json" || structured
}
