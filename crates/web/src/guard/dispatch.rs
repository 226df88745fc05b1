//! After the handler: words for problems, codings and conditions for pages, and every header the row decides.

use axum::{body::Body, response::Response};
use base::Fault;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::{Asked, Keeper};
use crate::{
    answer::{Meant, ReadyPage},
    cookie,
    doors::{Cache, Row},
    encoding::{Encoding, negotiate},
    page::{Page, read_http_date},
    problem::{self, Problem, Slip},
    rate::Allowance,
    shield::Shield,
    visit::Visit,
};

/// Shared caches hold a page for a minute and may show it a minute longer while they ask again; a
/// browser asks each time.
const PAGE: &str =
    "public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400";
/// Feed readers may hold a feed for a minute themselves.
const FEED: &str =
    "public, max-age=60, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400";
/// The address changes with the bytes.
const ASSET: &str = "public, max-age=31536000, immutable";
/// For one person.
const PERSONAL: &str = "private, no-store";
/// For nobody to keep.
const NEVER: &str = "no-store";
/// What is not there may come, and what is gone is looked for by many: ten seconds of quiet.
const ABSENCE: &str = "public, max-age=0, s-maxage=10";
/// Another address, on a shared door.
const ELSEWHERE: &str = "public, max-age=0, s-maxage=60";

/// The quota of a rate and the seconds in which it fills.
const RATE_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// What one client has left of it.
const RATE: HeaderName = HeaderName::from_static("ratelimit");
/// What caches are told to forget by.
const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");

impl Keeper {
    /// Makes a handler's answer ready to send.
    pub(super) fn dispatch(
        &self,
        row: Option<&'static Row>,
        asked: &Asked,
        visit: &Visit,
        response: Response,
    ) -> Response {
        let mut response = match fault_in(row, &response) {
            Some(fault) => self.told(&Problem::from(fault), asked, visit),
            None => self.finished(asked, visit, response),
        };
        let cache = cache_control(row.map_or(Cache::Never, |row| row.cache), response.status());
        let shield = self.shield(row.map_or(Shield::Site, |row| asked.shield_of(row)));
        let headers = response.headers_mut();
        headers.reserve(shield.len() + 8);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        for (name, value) in shield {
            headers.insert(name.clone(), value.clone());
        }
        let shared = row.is_some_and(|row| row.cache.is_shared());
        if let Some(left) = visit.allowance.filter(|_| asked.for_a_program() && !shared) {
            tell_rate(headers, left);
        }
        response
    }

    fn finished(&self, asked: &Asked, visit: &Visit, mut response: Response) -> Response {
        if let Some(Slip(problem)) = response.extensions_mut().remove() {
            return self.told(&problem, asked, visit);
        }
        if let Some(ReadyPage(page)) = response.extensions_mut().remove() {
            return send(&page, asked, response);
        }
        let status = response.status();
        let is_error = status.is_client_error() || status.is_server_error();
        if is_error && response.extensions().get::<Meant>().is_none() {
            // Somebody else's rejection, such as an extractor's: our words instead of its own.
            return self.told(&Problem::of_status(status), asked, visit);
        }
        response
    }

    fn told(&self, problem: &Problem, asked: &Asked, visit: &Visit) -> Response {
        problem::answer(problem, &asked.audience, &self.house, visit)
    }
}

/// The door's rate and what is left of it, as the IETF draft `httpapi-ratelimit-headers` writes them:
/// `"writing";q=120;w=12` and `"writing";r=119;t=1`. A used-up quota fills evenly over the window. Not on
/// shared answers, where one client would be told of another's.
fn tell_rate(headers: &mut HeaderMap, left: Allowance) {
    let Allowance {
        rate,
        left,
        seconds,
    } = left;
    let (name, quota, window) = (rate.name, rate.burst, rate.window());
    let told = [
        (RATE_POLICY, format!("\"{name}\";q={quota};w={window}")),
        (RATE, format!("\"{name}\";r={left};t={seconds}")),
    ];
    for (header, text) in told {
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(header, value);
        }
    }
}

/// What a handler must not do; found in every test that walks the doors, and 500 if it ever runs.
fn fault_in(row: Option<&Row>, response: &Response) -> Option<Fault> {
    let row = row?;
    let headers = response.headers();
    let names = [header::CACHE_CONTROL, header::VARY];
    if let Some(name) = names.iter().find(|name| headers.contains_key(*name)) {
        let door = row.name;
        return Some(Fault::new(format!(
            "the handler of {door} set {name} itself"
        )));
    }
    if row.cache.is_shared() && headers.contains_key(header::SET_COOKIE) {
        return Some(Fault::new(format!(
            "{} set a cookie on a shared page",
            row.name
        )));
    }
    let mut cookies = headers.get_all(header::SET_COOKIE).iter();
    if !cookies.all(cookie::is_kept_well) {
        let door = row.name;
        return Some(Fault::new(format!(
            "{door} set a cookie without its guards"
        )));
    }
    let ReadyPage(page) = response.extensions().get()?;
    let leaks = page.gate == crate::Gate::Gated && row.gate != crate::Gate::Gated;
    if page.cache != row.cache || leaks {
        return Some(Fault::new(format!(
            "{} sent a page made for another row",
            row.name
        )));
    }
    None
}

fn cache_control(cache: Cache, status: StatusCode) -> &'static str {
    let plain = match cache {
        Cache::Page => PAGE,
        Cache::Feed => FEED,
        Cache::Asset => ASSET,
        Cache::Personal => PERSONAL,
        Cache::Never => NEVER,
    };
    match status {
        _ if !cache.is_shared() => plain,
        StatusCode::NOT_FOUND | StatusCode::GONE => ABSENCE,
        StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT => ELSEWHERE,
        StatusCode::NOT_MODIFIED => plain,
        _ if status.is_success() => plain,
        _ => NEVER,
    }
}

/// Sends a page in the coding asked for, or says that it has not changed.
fn send(page: &Page, asked: &Asked, mut response: Response) -> Response {
    let wanted = asked
        .accept_encoding
        .as_ref()
        .map_or(Encoding::Identity, negotiate);
    let (encoding, bytes) = page.body.pick(wanted);
    let headers = response.headers_mut();
    if page.body.varies() {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if let Some(keys) = &page.surrogate_keys {
        headers.insert(SURROGATE_KEY, keys.clone());
    }
    if page.cache.is_shared() {
        headers.insert(header::ETAG, page.etag(encoding).clone());
        if let Some(modified) = &page.last_modified {
            headers.insert(header::LAST_MODIFIED, modified.header.clone());
        }
        if asked.reads && page.status == StatusCode::OK && is_unchanged(page, encoding, asked) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
    }
    describe(headers, page, encoding);
    *response.body_mut() = Body::from(bytes.clone());
    response
}

fn describe(headers: &mut HeaderMap, page: &Page, encoding: Encoding) {
    headers.insert(header::CONTENT_TYPE, page.content_type.clone());
    if let Some(coding) = encoding.header() {
        headers.insert(header::CONTENT_ENCODING, coding);
    }
}

/// RFC 9110 section 13.2.2: `If-None-Match` decides where it is there, the date only without it.
fn is_unchanged(page: &Page, encoding: Encoding, asked: &Asked) -> bool {
    if let Some(tags) = &asked.if_none_match {
        return has_tag(tags, page.etag(encoding));
    }
    let (Some(since), Some(modified)) = (&asked.if_modified_since, &page.last_modified) else {
        return false;
    };
    let since = since.to_str().ok().and_then(read_http_date);
    since.is_some_and(|since| modified.seconds <= since.as_second())
}

/// Weak comparison, as section 13.1.2 asks for. Our tags hold no comma.
fn has_tag(tags: &HeaderValue, ours: &HeaderValue) -> bool {
    tags.as_bytes().split(|byte| *byte == b',').any(|tag| {
        let tag = tag.trim_ascii();
        let tag = tag.strip_prefix(b"W/").unwrap_or(tag);
        tag == b"*" || tag == ours.as_bytes()
    })
}
