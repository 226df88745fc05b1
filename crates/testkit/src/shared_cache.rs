//! A shared cache in memory (RFC 9111), as good or bad as a test wants it.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use base::{Clock as _, Instant};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;

use crate::{clock::Clock, front::DID, newsroom::Newsroom};

/// Statuses that may be kept without being told for how long (RFC 9110 section 15.1).
const KEPT_BY_HABIT: [u16; 7] = [200, 203, 204, 301, 308, 404, 410];
/// Seconds a bad cache keeps what nobody gave a time.
const KEPT_FOR: i64 = 3600;

/// How a cache treats what it is told.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// Heeds `Vary` (section 4.1).
    pub heeds_vary: bool,
    /// Keeps only what it is told to keep; else whatever is not forbidden, with its cookies.
    pub keeps_what_it_is_told: bool,
    /// Asks again when an answer's time is over; else shows it for ever.
    pub asks_again: bool,
    /// Headers it takes away from every answer.
    pub strips: &'static [&'static str],
}

impl Manners {
    /// As RFC 9111 has it.
    pub const GOOD: Self = Self {
        heeds_vary: true,
        keeps_what_it_is_told: true,
        asks_again: true,
        strips: &[],
    };
    /// All that is bad and not plainly against what it was told about one answer.
    pub const BAD: Self = Self {
        heeds_vary: false,
        keeps_what_it_is_told: false,
        asks_again: false,
        strips: &["vary", "etag", "surrogate-key", "content-security-policy"],
    };
}

/// The cache and what it holds.
pub struct SharedCache {
    manners: Manners,
    clock: Arc<Clock>,
    held: RefCell<HashMap<String, Vec<Held>>>,
}

/// An answer, kept.
struct Held {
    /// The names in `Vary`, with what the asker's headers said.
    for_whom: Vec<(String, Option<HeaderValue>)>,
    until: Instant,
    answer: Response<Bytes>,
}

impl SharedCache {
    /// An empty one, on the newsroom's own clock.
    pub fn new(news: &Newsroom, manners: Manners) -> Self {
        Self {
            manners,
            clock: Arc::clone(&news.clock),
            held: RefCell::default(),
        }
    }

    pub(crate) async fn answers(
        &self,
        news: &Newsroom,
        request: Request<Full<Bytes>>,
    ) -> Response<Bytes> {
        let address = request.uri().to_string();
        let (asked, method) = (request.headers().clone(), request.method().clone());
        let reads = method == Method::GET || method == Method::HEAD;
        if let Some(answer) = self.held(&address, &asked).filter(|_| reads) {
            return as_asked(answer, &asked, &method);
        }
        let answer = self.stripped(news.answers_itself(request).await);
        if !reads {
            // An unsafe request makes what is held doubtful (section 4.4).
            self.held.borrow_mut().remove(&address);
        } else if method == Method::GET {
            self.keeps(address, &asked, &answer);
        }
        marked(answer, "MISS")
    }

    fn held(&self, address: &str, asked: &HeaderMap) -> Option<Response<Bytes>> {
        let held = self.held.borrow();
        let fits = |held: &&Held| {
            !self.manners.heeds_vary || varied(&held.for_whom, asked) == held.for_whom
        };
        let found = held.get(address)?.iter().rev().find(fits)?;
        let is_fresh = self.clock.now() < found.until;
        match (is_fresh, self.manners.asks_again) {
            (true, _) => Some(marked(found.answer.clone(), "HIT")),
            (false, false) => Some(marked(found.answer.clone(), "STALE")),
            (false, true) => None,
        }
    }

    fn keeps(&self, address: String, asked: &HeaderMap, answer: &Response<Bytes>) {
        let Some(seconds) = self.may_keep(asked, answer) else {
            return;
        };
        let mut until = self.clock.now();
        until += jiff::SignedDuration::from_secs(seconds);
        let vary = answer.headers().get_all(header::VARY).iter();
        let names: Vec<(String, Option<HeaderValue>)> = vary
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .map(|name| (name.trim().to_lowercase(), None))
            .collect();
        let held = Held {
            for_whom: varied(&names, asked),
            until,
            answer: answer.clone(),
        };
        self.held
            .borrow_mut()
            .entry(address)
            .or_default()
            .push(held);
    }

    /// For how many seconds it may be kept (sections 3, 3.5 and 4.2.1).
    fn may_keep(&self, asked: &HeaderMap, answer: &Response<Bytes>) -> Option<i64> {
        let said = answer.headers().get(header::CACHE_CONTROL);
        let said = said.and_then(|said| said.to_str().ok()).unwrap_or_default();
        let has = |word: &str| said.split(',').any(|part| part.trim() == word);
        let seconds = |name: &str| {
            let mut parts = said.split(',').map(str::trim);
            parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        let is_partial = matches!(answer.status().as_u16(), 206 | 304);
        if has("no-store") || has("private") || is_partial {
            return None;
        }
        let told: Option<i64> = seconds("s-maxage").or_else(|| seconds("max-age"));
        if !self.manners.keeps_what_it_is_told {
            return Some(told.unwrap_or(KEPT_FOR));
        }
        let is_usual = KEPT_BY_HABIT.contains(&answer.status().as_u16());
        let is_for_one = asked.contains_key(header::AUTHORIZATION);
        let may_for_one = has("public") || seconds("s-maxage").is_some();
        told.filter(|_| is_usual && (!is_for_one || may_for_one))
    }

    fn stripped(&self, mut answer: Response<Bytes>) -> Response<Bytes> {
        for name in self.manners.strips {
            answer.headers_mut().remove(*name);
        }
        answer
    }
}

fn varied(
    names: &[(String, Option<HeaderValue>)],
    asked: &HeaderMap,
) -> Vec<(String, Option<HeaderValue>)> {
    let value = |name: &String| asked.get(name.as_str()).cloned();
    names
        .iter()
        .map(|(name, _)| (name.clone(), value(name)))
        .collect()
}

/// A held answer as the request wants it: 304 for who has it already, no body for `HEAD`.
fn as_asked(mut answer: Response<Bytes>, asked: &HeaderMap, method: &Method) -> Response<Bytes> {
    let known = asked.get(header::IF_NONE_MATCH);
    if known.is_some() && known == answer.headers().get(header::ETAG) {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        *answer.body_mut() = Bytes::new();
    }
    if method == Method::HEAD {
        *answer.body_mut() = Bytes::new();
    }
    answer
}

fn marked(mut answer: Response<Bytes>, did: &'static str) -> Response<Bytes> {
    let did = HeaderValue::from_static(did);
    answer.headers_mut().insert(DID, did);
    answer
}
