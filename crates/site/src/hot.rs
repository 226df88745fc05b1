//! Finished answers in front of the router: what everybody opens costs a look-up and a write.
//!
//! A page that went through its guard once is remembered with the headers the guard gave it. It is
//! answered again from here for as long as its stamp holds, which is asked each time. Only plain
//! requests come this way: no query, no condition but `If-None-Match`, one of our own hosts.
//! Rates are not counted here: an answer from memory costs less than the count.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use quick_cache::{Weighter, sync::Cache};
use web::{Encoding, encoding::negotiate};

use crate::{Site, kept::Stamp};

/// Answers a newsroom of ordinary size remembers; only a hint for the first allocation.
const USUAL_ANSWERS: usize = 4_096;

/// Answers by address and coding.
pub struct Hot {
    answers: Cache<Key, Arc<Finished>, Bodies>,
    /// Hosts whose requests may be answered from here; empty for any.
    hosts: Vec<String>,
}

type Key = (String, Encoding);

struct Finished {
    stamp: Stamp,
    headers: HeaderMap,
    not_modified: HeaderMap,
    etag: HeaderValue,
    body: Bytes,
}

#[derive(Clone)]
struct Bodies;

impl Weighter<Key, Arc<Finished>> for Bodies {
    fn weight(&self, key: &Key, finished: &Arc<Finished>) -> u64 {
        (key.0.len() + finished.body.len()) as u64
    }
}

/// An address that may be remembered when the router has answered for it.
pub struct Candidate(Key);

/// Headers that go with 304 (RFC 9110 section 15.4.5) and those that guard it.
const NOT_WITH_304: [header::HeaderName; 3] = [
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::CONTENT_ENCODING,
];

impl Hot {
    /// Room for this many bytes of answers to requests for these hosts.
    pub fn new(bytes: u64, hosts: Vec<String>) -> Self {
        Self {
            answers: Cache::with_weighter(USUAL_ANSWERS, bytes, Bodies),
            hosts,
        }
    }

    /// The answer, if it is remembered and still holds; else what to remember it by, if anything.
    pub fn answer<B>(
        &self,
        site: &Site,
        request: &Request<B>,
    ) -> Result<Response<Full<Bytes>>, Option<Candidate>> {
        if !self.is_plain(request) {
            return Err(None);
        }
        let headers = request.headers();
        let encoding = headers
            .get(header::ACCEPT_ENCODING)
            .map_or(Encoding::Identity, negotiate);
        let key = (request.uri().path().to_string(), encoding);
        match self.answers.get(&key) {
            Some(finished) if finished.stamp.holds_in(&site.keeper.current()) => {
                Ok(finished.response(headers.get(header::IF_NONE_MATCH), request.method()))
            }
            _ => Err(Some(Candidate(key))),
        }
    }

    /// Remembers an answer that came through its guard, where the page behind it is kept.
    pub fn remember(&self, site: &Site, candidate: Candidate, response: &Response<()>) {
        let Candidate((path, encoding)) = candidate;
        let kept = site.kept.held(&path, &site.keeper.current());
        let (Some(kept), StatusCode::OK) = (kept, response.status()) else {
            return;
        };
        let (coding, body) = kept.page.encoded().pick(encoding);
        let etag = kept.page.etag(coding);
        if response.headers().get(header::ETAG) != Some(etag) {
            return;
        }
        let headers = response.headers().clone();
        let mut not_modified = headers.clone();
        for name in NOT_WITH_304 {
            not_modified.remove(name);
        }
        let finished = Finished {
            stamp: kept.stamp,
            headers,
            not_modified,
            etag: etag.clone(),
            body: body.clone(),
        };
        self.answers.insert((path, encoding), Arc::new(finished));
    }

    fn is_plain<B>(&self, request: &Request<B>) -> bool {
        let (uri, headers) = (request.uri(), request.headers());
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        reads
            && uri.query().is_none()
            && !headers.contains_key(header::IF_MODIFIED_SINCE)
            && !headers.contains_key(header::RANGE)
            && !headers.contains_key(header::IF_MATCH)
            && names_one_host(request)
            && (self.hosts.is_empty() || self.is_ours(request))
    }

    fn is_ours<B>(&self, request: &Request<B>) -> bool {
        let named = request
            .headers()
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let host = request
            .uri()
            .authority()
            .map(|authority| authority.as_str())
            .or(named);
        host.is_some_and(|host| self.hosts.iter().any(|ours| ours == host))
    }
}

/// Two hosts, or none: that is for the guard to judge (RFC 9112 section 3.2).
fn names_one_host<B>(request: &Request<B>) -> bool {
    let mut lines = request.headers().get_all(header::HOST).iter();
    let authority = request.uri().authority();
    match (authority, lines.next(), lines.next()) {
        (Some(authority), Some(line), None) => line
            .as_bytes()
            .eq_ignore_ascii_case(authority.as_str().as_bytes()),
        (Some(_), None, None) | (None, Some(_), None) => true,
        _ => false,
    }
}

impl Finished {
    fn response(&self, known: Option<&HeaderValue>, method: &Method) -> Response<Full<Bytes>> {
        let is_known = known.is_some_and(|known| *known == self.etag);
        let (status, headers, body) = if is_known {
            (StatusCode::NOT_MODIFIED, &self.not_modified, Bytes::new())
        } else if method == Method::HEAD {
            (StatusCode::OK, &self.headers, Bytes::new())
        } else {
            (StatusCode::OK, &self.headers, self.body.clone())
        };
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = status;
        *response.headers_mut() = headers.clone();
        response
    }
}
