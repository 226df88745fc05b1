//! Where a request was made: on our own pages, on somebody else's, or in no page at all (V-12, V-21).

use axum::extract::Request;
use http::{HeaderMap, Version, header};

use crate::house::House;

/// Set by browsers, and by nobody's script.
const FETCH_SITE: &str = "sec-fetch-site";
const FETCH_DEST: &str = "sec-fetch-dest";

/// The host a request asks for, in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Host {
    /// One host.
    Named(String),
    /// None, as HTTP/1.0 allows.
    Unnamed,
    /// Several, two that differ, or none where there must be one.
    Broken,
}

/// The host: the authority of the address in HTTP/2 and absolute forms, else the `Host` header.
pub(super) fn host(request: &Request) -> Host {
    let mut lines = request.headers().get_all(header::HOST).iter();
    let line = lines.next();
    if lines.next().is_some() {
        return Host::Broken;
    }
    let line = match line.map(|line| line.to_str()) {
        Some(Err(_)) => return Host::Broken,
        Some(Ok(line)) => Some(line),
        None => None,
    };
    let authority = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    if let (Some(authority), Some(line)) = (authority, line)
        && !authority.eq_ignore_ascii_case(line)
    {
        return Host::Broken;
    }
    match authority.or(line) {
        Some(host) if host.is_empty() || host.contains('@') => Host::Broken,
        Some(host) => Host::Named(host.to_ascii_lowercase()),
        None if request.version() <= Version::HTTP_10 => Host::Unnamed,
        None => Host::Broken,
    }
}

/// Whether an unsafe request was made by a page of ours, or by no page.
///
/// `Sec-Fetch-Site` decides where it is there. Without it (old browsers, programs) `Origin` must
/// be ours; without both, only a request that brings no cookie may pass: it can do nothing in
/// anybody's name. A bearer token is nothing a foreign page could send.
pub(super) fn is_ours(request: &Request, house: &House) -> bool {
    let headers = request.headers();
    if has_bearer(headers) {
        return true;
    }
    if let Some(site) = headers.get(FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => origin
            .to_str()
            .is_ok_and(|origin| is_our_origin(origin, request, house)),
        None => !headers.contains_key(header::COOKIE),
    }
}

fn is_our_origin(origin: &str, request: &Request, house: &House) -> bool {
    let Host::Named(host) = host(request) else {
        return false;
    };
    let scheme = if house.https { "https://" } else { "http://" };
    origin
        .strip_prefix(scheme)
        .is_some_and(|origin| origin.eq_ignore_ascii_case(&host))
}

/// Whether a foreign page pulls an answer that is for one person into itself, as a script, picture
/// or frame. Following a link is no such thing.
pub(super) fn is_pulled_elsewhere(headers: &HeaderMap) -> bool {
    let foreign = headers
        .get(FETCH_SITE)
        .is_some_and(|site| site == "cross-site" || site == "same-site");
    let destination = headers.get(FETCH_DEST);
    foreign && destination.is_some_and(|destination| destination != "document")
}

/// Whether the request brings a bearer token.
pub(super) fn has_bearer(headers: &HeaderMap) -> bool {
    let value = headers.get(header::AUTHORIZATION);
    let scheme = value.and_then(|value| value.as_bytes().get(..7));
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"bearer "))
}
