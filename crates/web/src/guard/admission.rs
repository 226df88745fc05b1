//! Before the handler: host, spelling, rate, query, origin, visitor, body limit, in this order.

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, Request},
    response::{IntoResponse, Response},
};
use base::Refusal;
use http::{StatusCode, header};
use http_body_util::Limited;

use super::{API_PREFIX, Keeper, Side, origin, path, reads};
use crate::{
    answer::{Answer, own_address},
    doors::{Row, Who},
    problem::Problem,
    query::{LONGEST_QUERY, Pairs},
    rate::{self, Allowance, Key, TooOften},
    shield::Shield,
    visit::{Visit, Visitor},
};

/// An answer instead of the handler's.
pub(super) type Stopped = Box<Response>;

fn stopped(response: impl IntoResponse) -> Stopped {
    Box::new(response.into_response())
}

impl Keeper {
    /// Lets a request through to its handler, with what the handler may know of it.
    pub(super) async fn admit(
        &self,
        row: &'static Row,
        request: Request,
        visit: &mut Visit,
    ) -> Result<Request, Stopped> {
        let brings_credentials = brings_credentials(row, &request);
        self.count_stranger(row, visit, brings_credentials)?;
        self.right_host(&request)?;
        self.right_side(row, &request)?;
        right_spelling(row, &request)?;
        right_query(row, &request)?;
        known_parameters(row, &request)?;
        self.right_origin(row, &request)?;
        let request = self.recognised(row, request, visit).await?;
        self.count_known(row, visit, brings_credentials)?;
        self.may_enter(row, visit)?;
        handed_over(row, request, visit)
    }

    pub(super) fn right_host(&self, request: &Request) -> Result<(), Stopped> {
        match origin::host(request) {
            origin::Host::Broken => Err(stopped(Problem::of_status(StatusCode::BAD_REQUEST))),
            origin::Host::Named(host) if !self.house.hosts.hold(&host) => {
                let misdirected = StatusCode::MISDIRECTED_REQUEST;
                Err(stopped(Problem::of_status(misdirected)))
            }
            _ => Ok(()),
        }
    }

    /// Where files of pictures have a host of their own, nothing else is served there, and they nowhere else (V-15).
    /// Frames of embeds have one always, or none are served.
    fn right_side(&self, row: &Row, request: &Request) -> Result<(), Stopped> {
        let belongs = match row.shield {
            Shield::Frame => Side::Frames,
            Shield::Media if self.house.media_host.is_some() => Side::Media,
            _ => Side::Site,
        };
        if self.side(request) == belongs {
            return Ok(());
        }
        Err(stopped(Problem::absent()))
    }

    /// Whoever brings credentials is counted by account once we know it; before that, only the
    /// look-ups are bounded, so that a newsroom behind one address is not taken for one person.
    fn count_stranger(
        &self,
        row: &Row,
        visit: &mut Visit,
        credentials: bool,
    ) -> Result<(), Stopped> {
        let rate = if credentials {
            rate::CREDENTIALS
        } else {
            row.rate
        };
        let counted = self.limits.check(rate, Key::address(visit.client));
        let left = self.counted(row, visit, counted)?;
        if !credentials {
            visit.allowance = left;
        }
        Ok(())
    }

    fn count_known(&self, row: &Row, visit: &mut Visit, credentials: bool) -> Result<(), Stopped> {
        if !credentials {
            return Ok(());
        }
        let key = match visit.visitor.account() {
            Some(account) => Key::Account(account),
            None => Key::address(visit.client),
        };
        let counted = self.limits.check(row.rate, key);
        visit.allowance = self.counted(row, visit, counted)?;
        Ok(())
    }

    /// What is left, or the answer to one too many, which says that nothing is.
    fn counted(
        &self,
        row: &Row,
        visit: &mut Visit,
        counted: Result<Option<Allowance>, TooOften>,
    ) -> Result<Option<Allowance>, Stopped> {
        counted.map_err(|too_often| {
            visit.allowance = Some(Allowance {
                rate: row.rate,
                left: 0,
                seconds: too_often.seconds,
            });
            self.too_often(row, Problem::too_often(too_often))
        })
    }

    /// The door and the rate are named in the log, the address is not: it would be a reading history.
    fn too_often(&self, row: &Row, problem: Problem) -> Stopped {
        let (door, rate) = (row.name, row.rate.name);
        tracing::debug!(door, rate, "too many requests at {door}, rate {rate}");
        stopped(problem)
    }

    fn right_origin(&self, row: &Row, request: &Request) -> Result<(), Stopped> {
        // A WebSocket is asked for by reading, brings cookies along from any page, and then writes (V-27).
        let writes = !reads(request.method()) || request.headers().contains_key(header::UPGRADE);
        let refused = if !writes {
            row.who != Who::Anyone && origin::is_pulled_elsewhere(request.headers())
        } else {
            !origin::is_ours(request, &self.house)
        };
        if !refused {
            return Ok(());
        }
        let door = row.name;
        tracing::warn!(door, "a foreign page asked at {door}");
        Err(stopped(Problem::from(Refusal::of("foreign-page"))))
    }

    /// Asks the doorkeeper, but only where the answer is not shared: elsewhere cookies and tokens
    /// are taken off the request, so that nothing of them can show in a page for all.
    async fn recognised(
        &self,
        row: &Row,
        mut request: Request,
        visit: &mut Visit,
    ) -> Result<Request, Stopped> {
        if row.cache.is_shared() {
            request.headers_mut().remove(header::COOKIE);
            request.headers_mut().remove(header::AUTHORIZATION);
            return Ok(request);
        }
        let (parts, body) = request.into_parts();
        let visitor = self.house.doorkeeper.visitor(&parts).await;
        visit.visitor = visitor.map_err(|fault| stopped(Problem::from(fault)))?;
        Ok(Request::from_parts(parts, body))
    }

    fn may_enter(&self, row: &Row, visit: &Visit) -> Result<(), Stopped> {
        let Err(problem) = judged(row.who, &visit.visitor) else {
            return Ok(());
        };
        let (door, kind) = (row.name, visit.visitor.kind());
        let account = visit.visitor.account().unwrap_or_default();
        let status = problem.status().as_u16();
        match visit.visitor {
            // Nobody in particular: the desk asks who it is each time it opens.
            Visitor::Anonymous => tracing::debug!(door, status, "asked to sign in at {door}"),
            _ => {
                tracing::warn!(door, kind, %account, status, "refused {kind} {account} at {door}: {status}");
            }
        }
        Err(stopped(problem))
    }
}

/// Default deny: only the pairs named here pass (V-61).
fn judged(who: Who, visitor: &Visitor) -> Result<(), Problem> {
    let passes = match (who, visitor) {
        (Who::Anyone, _) | (Who::Reader, Visitor::Reader { .. }) => true,
        (Who::Staff(right), staff) => staff.may(right),
        (Who::Machine(scope), Visitor::Machine { scopes, .. }) => scopes.has(scope),
        (Who::Machine(scope), staff) => staff.may(scope.right()),
        _ => false,
    };
    match visitor {
        _ if passes => Ok(()),
        Visitor::Anonymous => Err(Problem::sign_in_first()),
        Visitor::Staff {
            second_factor: false,
            ..
        } => Err(Refusal::of("needs-second-factor").into()),
        _ => Err(not_open(who, visitor).into()),
    }
}

/// What somebody we know lacks at this door.
fn not_open(who: Who, visitor: &Visitor) -> Refusal {
    match (who, visitor) {
        (Who::Machine(scope), Visitor::Machine { scopes, .. }) => Refusal::of("scope-missing")
            .with("scope", scope.word())
            .with("has", scopes.words()),
        (_, Visitor::Machine { .. }) => Refusal::of("not-for-tokens"),
        (Who::Machine(scope), Visitor::Staff { .. }) => {
            Refusal::of("not-allowed").with("right", scope.right().word())
        }
        (Who::Staff(right), Visitor::Staff { .. }) => {
            Refusal::of("not-allowed").with("right", right.word())
        }
        _ => Refusal::of("not-for-readers"),
    }
}

fn brings_credentials(row: &Row, request: &Request) -> bool {
    let headers = request.headers();
    let brings = headers.contains_key(header::COOKIE) || origin::has_bearer(headers);
    brings && !row.cache.is_shared()
}

fn right_spelling(row: &Row, request: &Request) -> Result<(), Stopped> {
    match path::spelling(request.uri().path(), row.case) {
        path::Spelling::Right => Ok(()),
        // The handler is asked where it leads, and its answer is only sent if it leads on.
        path::Spelling::Other(_) if may_lead_on(row, request) => Ok(()),
        path::Spelling::Other(address) if reads(request.method()) => {
            Err(Box::new(moved(&address, request.uri().query())))
        }
        _ => Err(stopped(Problem::absent())),
    }
}

/// Where the right spelling is, for a request let through although it is spelt otherwise: an old
/// site's capitals are taken to where the page is now in one step, and not first to small letters.
pub(super) fn spelt_otherwise(row: &Row, request: &Request) -> Option<Response> {
    match path::spelling(request.uri().path(), row.case) {
        path::Spelling::Other(address) if may_lead_on(row, request) => {
            Some(moved(&address, request.uri().query()))
        }
        _ => None,
    }
}

/// Doors that are the same for everybody and change nothing.
fn may_lead_on(row: &Row, request: &Request) -> bool {
    row.who == Who::Anyone && row.cache.is_shared() && reads(request.method())
}

/// Leads to the right spelling, with the query as it was.
pub(super) fn moved(address: &str, query: Option<&str>) -> Response {
    let to = match query {
        Some(query) if !query.is_empty() => format!("{address}?{query}"),
        _ => address.to_string(),
    };
    if own_address(&to).is_none() {
        return Problem::absent().into_response();
    }
    match Answer::moved(&to) {
        Ok(answer) => answer.into_response(),
        Err(problem) => problem.into_response(),
    }
}

fn right_query(row: &Row, request: &Request) -> Result<(), Stopped> {
    let Some(query) = request.uri().query() else {
        return Ok(());
    };
    if query.len() > LONGEST_QUERY {
        return Err(stopped(Problem::of_status(StatusCode::URI_TOO_LONG)));
    }
    let pairs = Pairs::parse(query.as_bytes()).map_err(|no| stopped(Problem::from(no)))?;
    let known = |name: &str| row.query.contains(&name);
    let clean = pairs.iter().all(|(name, _)| known(name)) && !query.is_empty();
    if clean || !row.cache.is_shared() {
        return Ok(());
    }
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| known(pair.split('=').next().unwrap_or("")))
        .collect();
    let kept = kept.join("&");
    let path = request.uri().path();
    let right = match path::spelling(path, row.case) {
        path::Spelling::Other(right) => right,
        _ => path.to_string(),
    };
    Err(Box::new(moved(&right, Some(&kept))))
}

/// A program that asks for what the door does not know would otherwise take the answer for what it
/// asked: nothing is filtered by what we did not name. Shared answers have one address instead.
fn known_parameters(row: &Row, request: &Request) -> Result<(), Stopped> {
    let for_programs = request.uri().path().starts_with(API_PREFIX) && !row.cache.is_shared();
    let query = request.uri().query().unwrap_or_default();
    if !for_programs || query.is_empty() {
        return Ok(());
    }
    let pairs = Pairs::parse(query.as_bytes()).map_err(|no| stopped(Problem::from(no)))?;
    let mut names = pairs.iter().map(|(name, _)| name);
    match names.find(|name| !row.query.contains(name)) {
        Some(name) => {
            let unknown = Refusal::on(name.to_string(), "unknown-parameter")
                .with("known", row.query.join(", "))
                .with("takes", row.query.len());
            Err(stopped(Problem::from(unknown)))
        }
        None => Ok(()),
    }
}

/// The last steps: a limit on the body whatever reads it, and the visit for the handler.
fn handed_over(row: &Row, mut request: Request, visit: &Visit) -> Result<Request, Stopped> {
    if row.body_limit > 0 {
        let announced = request.headers().get(header::CONTENT_LENGTH);
        let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if announced.is_some_and(|length| length > row.body_limit as u64) {
            let refusal = Refusal::of("too-large").with("limit", row.body_limit);
            return Err(stopped(Problem::from(refusal)));
        }
        let limit = row.body_limit;
        request = request.map(|body| Body::new(Limited::new(body, limit)));
        DefaultBodyLimit::disable().apply(&mut request);
    } else {
        *request.body_mut() = Body::empty();
    }
    request.extensions_mut().insert(visit.clone());
    Ok(request)
}
