//! Finished answers in front of the router: what everybody opens costs a look-up and a write.
//!
//! An answer that went through its guard once is remembered with the headers the guard gave it. It is
//! given again from here for as long as it holds, which is asked each time: a page by its stamp
//! (`pages`), a body behind the gate by a new decision of the meter (`gates`). Only plain requests
//! come this way: no query, no condition but `If-None-Match`, one of our own hosts. Pages are not
//! counted here, for an answer from memory costs less than the count; gates are.

mod gates;
mod pages;

use bytes::Bytes;
use http::{Method, Request, Response, header};
use http_body_util::Full;
use web::{Encoding, Hosts, Peer, Porter, encoding::negotiate};

use crate::Site;
use gates::Gates;
use pages::Pages;

/// Answers a newsroom of ordinary size remembers; only a hint for the first allocation.
const USUAL_ANSWERS: usize = 4_096;
/// What the headers of a remembered answer take, in bytes, near enough.
const HEADERS_WEIGH: u64 = 1_500;

/// Remembered answers.
pub struct Hot {
    pages: Pages,
    gates: Gates,
    /// Hosts whose requests may be answered from here.
    hosts: Hosts,
    porter: Porter,
}

/// What an answer may be remembered by when the router has given it.
pub struct Candidate(Kind);

enum Kind {
    Page(pages::Key),
    Gate(gates::Key),
}

impl Hot {
    /// Room for this many bytes of pages, and as many of gates, for requests to these hosts.
    pub fn new(bytes: u64, hosts: Hosts, porter: Porter) -> Self {
        let (pages, gates) = (Pages::new(bytes), Gates::new(bytes));
        Self {
            pages,
            gates,
            hosts,
            porter,
        }
    }

    /// The answer, if it is remembered and still holds; else what to remember it by, if anything.
    ///
    /// Where the meter was asked in vain, its decision goes on with the request.
    pub fn answer<B>(
        &self,
        site: &Site,
        request: &mut Request<B>,
        peer: Peer,
    ) -> Result<Response<Full<Bytes>>, Option<Candidate>> {
        if !self.is_plain(request) {
            return Err(None);
        }
        if gates::are_meant(request) {
            let answer = self.gates.answer(site, &self.porter, request, peer);
            return answer.map_err(|key| key.map(|key| Candidate(Kind::Gate(key))));
        }
        let answer = self.pages.answer(site, request);
        answer.map_err(|key| Some(Candidate(Kind::Page(key))))
    }

    /// Remembers an answer that came through its guard, where it may be given again.
    pub fn remember(&self, site: &Site, candidate: Candidate, response: &Response<()>) {
        match candidate.0 {
            Kind::Page(key) => self.pages.remember(site, key, response),
            Kind::Gate(key) => self.gates.remember(site, key, response),
        }
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
            && self.is_ours(request)
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
        host.is_some_and(|host| self.hosts.hold(host))
    }
}

fn coding_for<B>(request: &Request<B>) -> Encoding {
    let accepted = request.headers().get(header::ACCEPT_ENCODING);
    accepted.map_or(Encoding::Identity, negotiate)
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
