//! Remembered bodies behind the gate, for readers of whom the meter alone has to know.
//!
//! What is remembered is what every reader who stands alike is sent. Who stands how is asked of the
//! meter each time, once: where the body is not here, or the wall is to be shown, the decision goes
//! on with the request to the gate's handler. Everybody the guard has to look at (signed in, with a
//! token, with other cookies, calling itself a crawler) goes to the guard.

use std::{net::IpAddr, sync::Arc};

use audience::{crawler, meter::cookie};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use newsroom::{edition::Published, story::StoryId};
use quick_cache::{Weighter, sync::Cache};
use web::{Encoding, Peer, Porter};

use super::{HEADERS_WEIGH, USUAL_ANSWERS, coding_for};
use crate::{
    Site, body,
    gate::{self, Asking, Decided, Decision},
    rows,
};

/// What every gate's address begins with; see the sheet.
const PREFIX: &str = "/_gate/";

pub(super) struct Gates(Cache<Key, Arc<Granted>, Weights>);

/// What a body is remembered by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    body: body::Key,
    encoding: Encoding,
}

struct Granted {
    /// As the guard sent them, but for what is one reader's: those values are blank here.
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone)]
struct Weights;

impl Weighter<Key, Arc<Granted>> for Weights {
    fn weight(&self, _: &Key, granted: &Arc<Granted>) -> u64 {
        granted.body.len() as u64 + HEADERS_WEIGH
    }
}

/// Whether a request is for a gate.
pub(super) fn are_meant<B>(request: &Request<B>) -> bool {
    request.uri().path().starts_with(PREFIX)
}

impl Gates {
    pub(super) fn new(bytes: u64) -> Self {
        Self(Cache::with_weighter(USUAL_ANSWERS, bytes, Weights))
    }

    /// The body, or what to remember it by; nothing where the guard has to look.
    pub(super) fn answer<B>(
        &self,
        site: &Site,
        porter: &Porter,
        request: &mut Request<B>,
        peer: Peer,
    ) -> Result<Response<Full<Bytes>>, Option<Key>> {
        let edition = site.keeper.current();
        let story = story_meant(request).and_then(|(id, revision)| {
            let story = edition.story(id)?;
            (story.revision == revision).then_some(story)
        });
        let (Some(story), Some(cookie)) = (story, strangers_cookie(request)) else {
            return Err(None);
        };
        let asking = Asking {
            is_known: false,
            cookie,
            from: porter.client(peer, request.headers()),
        };
        // Here is no guard that would catch it.
        let by_the_meter = || Decision::by_the_meter(site, &edition, story, &asking);
        let decision = Decision::or_closed(site, web::caught_now(by_the_meter));
        let key = Key::of(story, &decision, coding_for(request));
        match self.granted(porter, asking.from, key.as_ref(), &decision) {
            Some(response) => Ok(response),
            None => {
                let decided = Decided(story.id, decision);
                request.extensions_mut().insert(decided);
                Err(key)
            }
        }
    }

    /// Counted last, so that what goes on to the guard is counted there and once.
    fn granted(
        &self,
        porter: &Porter,
        from: IpAddr,
        key: Option<&Key>,
        decision: &Decision,
    ) -> Option<Response<Full<Bytes>>> {
        let granted = self.0.get(key?)?;
        let response = granted.response(decision)?;
        porter.lets_pass(&rows::GATE, from).then_some(response)
    }

    /// Remembers a body that was granted, without what was one reader's.
    pub(super) fn remember(&self, site: &Site, key: Key, response: &Response<()>) {
        let held = site.bodies.held(&key.body);
        let (Some(page), StatusCode::OK) = (held, response.status()) else {
            return;
        };
        let (coding, body) = page.encoded().pick(key.encoding);
        let sent = response.headers().get(header::CONTENT_ENCODING);
        if sent != coding.header().as_ref() {
            return;
        }
        let mut headers = response.headers().clone();
        for name in [gate::STANDING, gate::READ, header::SET_COOKIE] {
            if let Some(value) = headers.get_mut(name) {
                *value = HeaderValue::from_static("");
            }
        }
        let body = body.clone();
        self.0.insert(key, Arc::new(Granted { headers, body }));
    }
}

impl Key {
    /// Nothing for the wall: it is not remembered.
    fn of(story: &Published, decision: &Decision, encoding: Encoding) -> Option<Self> {
        let body = (story.id, story.stamp, decision.notice()?);
        Some(Self { body, encoding })
    }
}

impl Granted {
    /// For this reader; nothing where the answer would have other headers than the remembered one.
    fn response(&self, decision: &Decision) -> Option<Response<Full<Bytes>>> {
        let mut headers = self.headers.clone();
        let of_this_reader = decision.headers().ok()?;
        for (name, value) in of_this_reader.into_iter().flatten() {
            headers.insert(name, value)?;
        }
        // A blank that this decision did not fill: it was remembered for readers who stand otherwise.
        if headers.values().any(HeaderValue::is_empty) {
            return None;
        }
        let mut response = Response::new(Full::new(self.body.clone()));
        *response.headers_mut() = headers;
        Some(response)
    }
}

/// The story and the revision in a gate's address, in its one spelling.
fn story_meant<B>(request: &Request<B>) -> Option<(StoryId, u32)> {
    let (id, revision) = request.uri().path().strip_prefix(PREFIX)?.split_once('/')?;
    let is_spelt_right =
        revision.bytes().all(|byte| byte.is_ascii_digit()) && !revision.starts_with('0');
    let revision = revision.parse().ok().filter(|_| is_spelt_right)?;
    Some((gate::id_of(id)?, revision))
}

/// The meter's cookie of somebody who brings nothing else that would have to be looked at; nothing for
/// everybody else.
fn strangers_cookie<B>(request: &Request<B>) -> Option<Option<&str>> {
    let headers = request.headers();
    let is_claimed = |agent: &HeaderValue| agent.to_str().is_ok_and(crawler::is_claimed);
    let is_for_the_guard = *request.method() != Method::GET
        || headers.contains_key(header::AUTHORIZATION)
        || headers.get(header::USER_AGENT).is_some_and(is_claimed);
    if is_for_the_guard {
        return None;
    }
    let mut lines = headers.get_all(header::COOKIE).iter();
    let (line, more) = (lines.next(), lines.next());
    match (line, more) {
        (None, _) => Some(None),
        (Some(line), None) => only_the_meters(line.to_str().ok()?).map(Some),
        _ => None,
    }
}

fn only_the_meters(line: &str) -> Option<&str> {
    let value = line.strip_prefix(cookie::NAME)?.strip_prefix('=')?;
    (!value.contains(';')).then_some(value)
}
