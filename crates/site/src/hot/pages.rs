//! Remembered pages: by address and coding, believed by their stamp.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use quick_cache::{Equivalent, Weighter, sync::Cache};
use web::Encoding;

use super::{HEADERS_WEIGH, USUAL_ANSWERS, coding_for};
use crate::{Site, kept::Stamp};

/// Headers that do not go with 304 (RFC 9110 section 15.4.5).
const NOT_WITH_304: [header::HeaderName; 3] = [
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::CONTENT_ENCODING,
];

pub(super) struct Pages(Cache<Key, Arc<Finished>, Weights>);

/// What a page is remembered by.
#[derive(PartialEq, Eq)]
pub(super) struct Key {
    path: String,
    encoding: Encoding,
}

/// A key that is only looked for: nothing is copied to find a page.
#[derive(Hash)]
struct Sought<'a> {
    path: &'a str,
    encoding: Encoding,
}

impl Key {
    fn sought(&self) -> Sought<'_> {
        Sought {
            path: &self.path,
            encoding: self.encoding,
        }
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sought().hash(state);
    }
}

impl Equivalent<Key> for Sought<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.path == key.path && self.encoding == key.encoding
    }
}

struct Finished {
    stamp: Stamp,
    headers: HeaderMap,
    not_modified: HeaderMap,
    etag: HeaderValue,
    body: Bytes,
}

#[derive(Clone)]
struct Weights;

impl Weighter<Key, Arc<Finished>> for Weights {
    fn weight(&self, key: &Key, finished: &Arc<Finished>) -> u64 {
        (key.path.len() + finished.body.len()) as u64 + HEADERS_WEIGH
    }
}

impl Pages {
    pub(super) fn new(bytes: u64) -> Self {
        Self(Cache::with_weighter(USUAL_ANSWERS, bytes, Weights))
    }

    /// The page, or what to remember it by.
    pub(super) fn answer<B>(
        &self,
        site: &Site,
        request: &Request<B>,
    ) -> Result<Response<Full<Bytes>>, Key> {
        let (path, encoding) = (request.uri().path(), coding_for(request));
        match self.0.get(&Sought { path, encoding }) {
            Some(finished) if finished.stamp.holds_in(&site.keeper.current()) => {
                let known = request.headers().get(header::IF_NONE_MATCH);
                Ok(finished.response(known, request.method()))
            }
            _ => Err(Key {
                path: path.to_string(),
                encoding,
            }),
        }
    }

    /// Remembers a page that the site keeps.
    pub(super) fn remember(&self, site: &Site, key: Key, response: &Response<()>) {
        let kept = site.kept.held(&key.path, &site.keeper.current());
        let (Some(kept), StatusCode::OK) = (kept, response.status()) else {
            return;
        };
        let (coding, body) = kept.page.encoded().pick(key.encoding);
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
        self.0.insert(key, Arc::new(finished));
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
