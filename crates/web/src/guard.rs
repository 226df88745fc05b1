//! Keeps what a row says: before the handler who may come and how, after it what may be kept.
//!
//! `path` knows the one spelling of an address, `admission` stands before the handler,
//! `dispatch` after it. `porter` asks what must be asked where the handler is not needed.

mod admission;
mod dispatch;
mod origin;
pub(crate) mod panic;
mod path;
mod porter;
#[cfg(test)]
mod tests;

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
    routing::MethodRouter,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use tower::{Layer, Service};

use crate::{
    doors::{ANYWHERE, Case, Row, Verb},
    house::{FrameHost, House, Rates},
    problem::{Asker, Audience, Brought, Problem},
    rate::{self, Key, Limits},
    shield::Shield,
    visit::{Visit, Visitor},
};

pub use porter::Porter;

/// Addresses below this are for programs: their problems are JSON.
pub const API_PREFIX: &str = "/api/";
/// Doors beside the API where nobody comes but programs.
const PROGRAMS_DOORS: [&str; 6] = [
    "/hub",
    "/oembed",
    "/.well-known/webfinger",
    "/.well-known/host-meta",
    "/.well-known/nodeinfo",
    "/nodeinfo/2.1",
];
/// Below this is what other servers read and bring.
const SERVERS_PREFIX: &str = "/_ap/";

/// What all guards of a house share.
pub struct Keeper {
    house: House,
    limits: Arc<Limits>,
    rows: Vec<Row>,
    shields: [(Shield, HeaderMap); 5],
}

impl Keeper {
    /// A keeper for these rows.
    pub(crate) fn new(house: House, rows: Vec<Row>) -> Arc<Self> {
        let rates = rows.iter().map(|row| row.rate);
        let rates = rates.chain([rate::CREDENTIALS, rate::READING]);
        let waived = house.rates == Rates::Waived;
        let limits = Limits::new(Arc::clone(&house.clock), rates, waived);
        let shields = [
            Shield::Site,
            Shield::Desk,
            Shield::Preview,
            Shield::Media,
            Shield::Frame,
        ]
        .map(|shield| (shield, shield.headers(&house)));
        Arc::new(Self {
            house,
            limits,
            rows,
            shields,
        })
    }

    fn shield(&self, wanted: Shield) -> &HeaderMap {
        let [site, desk, preview, media, frame] = &self.shields;
        match wanted {
            Shield::Site => &site.1,
            Shield::Desk => &desk.1,
            Shield::Preview => &preview.1,
            Shield::Media => &media.1,
            Shield::Frame => &frame.1,
        }
    }

    fn asked(&self, request: &Request) -> Asked {
        Asked::of(request, self.side(request) == Side::Frames)
    }

    /// Which part of the house a request came to, by its host.
    fn side(&self, request: &Request) -> Side {
        let origin::Host::Named(host) = origin::host(request) else {
            return Side::Site;
        };
        if self.house.media_host.as_ref() == Some(&host) {
            return Side::Media;
        }
        let frames = self.house.frames.as_ref().map(FrameHost::host);
        if frames == Some(host.as_str()) {
            return Side::Frames;
        }
        Side::Site
    }

    /// A visit before we know who came.
    fn stranger(&self, request: &Request, row: Option<&'static Row>) -> Visit {
        let peer = request.extensions().get().copied();
        Visit {
            client: crate::client::client(peer, request.headers(), &self.house.trusted_proxies),
            visitor: Visitor::Anonymous,
            row,
            allowance: None,
            limits: Arc::clone(&self.limits),
        }
    }
}

/// A part of the house with a host of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Everything that has none.
    Site,
    /// Files of pictures.
    Media,
    /// Frames of embeds.
    Frames,
}

/// What of a request is still needed when its answer is ready.
struct Asked {
    audience: Audience,
    reads: bool,
    accept_encoding: Option<HeaderValue>,
    if_none_match: Option<HeaderValue>,
    if_modified_since: Option<HeaderValue>,
}

impl Asked {
    /// `is_bare` where nothing of the site may stand around an answer.
    fn of(request: &Request, is_bare: bool) -> Self {
        let header = |name| request.headers().get(name).cloned();
        let path = request.uri().path();
        let below = |prefix| path.starts_with(prefix);
        let for_programs =
            below(API_PREFIX) || below(SERVERS_PREFIX) || PROGRAMS_DOORS.contains(&path);
        Self {
            audience: match for_programs {
                _ if is_bare => Audience::Bare,
                true => Audience::Program(asker(request)),
                false => Audience::Person,
            },
            reads: reads(request.method()),
            accept_encoding: header(header::ACCEPT_ENCODING),
            if_none_match: header(header::IF_NONE_MATCH),
            if_modified_since: header(header::IF_MODIFIED_SINCE),
        }
    }
}

impl Asked {
    /// What a row's answer wears: where no frame is served, a page of ours says so.
    fn shield_of(&self, row: &Row) -> Shield {
        match row.shield {
            Shield::Frame if self.audience != Audience::Bare => Shield::Site,
            shield => shield,
        }
    }

    fn for_a_program(&self) -> bool {
        matches!(self.audience, Audience::Program(_))
    }
}

fn asker(request: &Request) -> Asker {
    let headers = request.headers();
    let brought = if request.uri().path().starts_with(SERVERS_PREFIX) {
        Brought::Letter
    } else if headers.contains_key(header::AUTHORIZATION) {
        Brought::Token
    } else if headers.contains_key(header::COOKIE) {
        Brought::Session
    } else {
        Brought::Nothing
    };
    let method = request.method().clone();
    Asker { brought, method }
}

fn reads(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// Puts a guard before one handler.
#[derive(Clone)]
pub(crate) struct GuardLayer {
    row: &'static Row,
    keeper: Arc<Keeper>,
}

impl GuardLayer {
    pub(crate) fn new(row: &'static Row, keeper: Arc<Keeper>) -> Self {
        Self { row, keeper }
    }
}

impl<Inner> Layer<Inner> for GuardLayer {
    type Service = Guarded<Inner>;

    fn layer(&self, inner: Inner) -> Guarded<Inner> {
        Guarded {
            inner,
            row: self.row,
            keeper: Arc::clone(&self.keeper),
        }
    }
}

/// A handler behind its guard.
#[derive(Clone)]
pub(crate) struct Guarded<Inner> {
    inner: Inner,
    row: &'static Row,
    keeper: Arc<Keeper>,
}

impl<Inner> Service<Request> for Guarded<Inner>
where
    Inner: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    Inner::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let waiting = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, waiting);
        let (row, keeper) = (self.row, Arc::clone(&self.keeper));
        Box::pin(async move {
            let asked = keeper.asked(&request);
            let mut visit = keeper.stranger(&request, Some(row));
            let respelt = admission::spelt_otherwise(row, &request);
            let answering = async {
                match keeper.admit(row, request, &mut visit).await {
                    Ok(request) => {
                        let answer = inner.call(request).await;
                        answer.map(|answer| {
                            respelt.filter(|_| leads_nowhere(&answer)).unwrap_or(answer)
                        })
                    }
                    Err(stopped) => Ok(*stopped),
                }
            };
            let response = match panic::caught(answering).await {
                Ok(response) => response?,
                Err(fault) => Problem::from(fault).into_response(),
            };
            Ok(keeper.dispatch(Some(row), &asked, &visit, response))
        })
    }
}

/// Whether an answer sends nobody on, and hides no fault of ours.
fn leads_nowhere(answer: &Response) -> bool {
    !answer.status().is_redirection() && !answer.status().is_server_error()
}

/// Where no door of its own is: where the door for anywhere leads, the right spelling of one, or 404.
pub(crate) async fn elsewhere(
    keeper: Arc<Keeper>,
    anywhere: Option<MethodRouter>,
    request: Request,
) -> Response {
    let Some(mut door) = anywhere.filter(|_| reads(request.method())) else {
        return no_door(keeper, request).await;
    };
    let respelt = keeper.is_misspelt(&request).then(|| bare(&request));
    let answer = Service::call(&mut door, request)
        .await
        .unwrap_or_else(|never| match never {});
    match respelt {
        // 301 is a page that has moved; anything else says less than the right spelling does.
        Some(request) if answer.status() != StatusCode::MOVED_PERMANENTLY => {
            no_door(keeper, request).await
        }
        _ => answer,
    }
}

/// The request once more, without its body: reading has none.
fn bare(request: &Request) -> Request {
    let mut bare = Request::default();
    *bare.method_mut() = request.method().clone();
    *bare.uri_mut() = request.uri().clone();
    *bare.headers_mut() = request.headers().clone();
    *bare.extensions_mut() = request.extensions().clone();
    bare
}

/// The one spelling of an address that has a door, else 404.
async fn no_door(keeper: Arc<Keeper>, request: Request) -> Response {
    let (asked, visit) = (keeper.asked(&request), keeper.stranger(&request, None));
    let response = keeper.elsewhere(&request, &visit, StatusCode::NOT_FOUND);
    keeper.dispatch(None, &asked, &visit, response)
}

/// Where the door is for other verbs; the router adds `Allow`.
pub(crate) async fn wrong_verb(keeper: Arc<Keeper>, request: Request) -> Response {
    let (asked, visit) = (keeper.asked(&request), keeper.stranger(&request, None));
    let response = keeper.elsewhere(&request, &visit, StatusCode::METHOD_NOT_ALLOWED);
    keeper.dispatch(None, &asked, &visit, response)
}

impl Keeper {
    /// `status` is for an address that is spelt as it should be.
    fn elsewhere(&self, request: &Request, visit: &Visit, status: StatusCode) -> Response {
        let key = Key::address(visit.client);
        if let Err(too_often) = self.limits.check(rate::READING, key) {
            return Problem::too_often(too_often).into_response();
        }
        if let Err(stopped) = self.right_host(request) {
            return *stopped;
        }
        if self.side(request) == Side::Frames {
            return Problem::absent().into_response();
        }
        match path::spelling(request.uri().path(), Case::Small) {
            path::Spelling::Right => Problem::of_status(status).into_response(),
            path::Spelling::Other(right) if reads(request.method()) && self.has_page(&right) => {
                admission::moved(&right, request.uri().query())
            }
            _ => Problem::absent().into_response(),
        }
    }

    fn is_misspelt(&self, request: &Request) -> bool {
        match path::spelling(request.uri().path(), Case::Small) {
            path::Spelling::Right => false,
            path::Spelling::Other(right) => self.has_page(&right),
            path::Spelling::Nonsense => true,
        }
    }

    fn has_page(&self, address: &str) -> bool {
        let leads_there = |row: &Row| {
            row.verb == Verb::Get && row.path != ANYWHERE && path::matches(row.path, address)
        };
        self.rows.iter().any(leads_there)
    }
}
