//! `/session`: who is signed in, signing in, signing out.

use axum::extract::State;
use base::{Direction, Instant};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use newsroom::staff::{
    Role, Staff, Token,
    session::{self, Credentials, LONGEST_DAYS, Session},
};
use serde::{Deserialize, Serialize};
use web::{Answer, Cookie, Json, Problem, Visit, cookie::SameSite, rate};

use crate::{
    Api,
    acting::Present,
    door::{STAFF_COOKIE, session_token},
};

/// How long a browser keeps the cookie, in seconds: as long as any session can last.
const COOKIE_SECONDS: u32 = LONGEST_DAYS as u32 * 24 * 60 * 60;
/// Tells a browser to forget what it holds of us (V-79).
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// Not `storage`: unsent work lies there, which the desk keeps for the next sitting. Not `cookies`:
/// the one that matters is taken away by name, and a reader's session on the same host is theirs.
const WHAT_TO_CLEAR: HeaderValue = HeaderValue::from_static("\"cache\"");

/// What somebody gives to sign in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    email: String,
    password: String,
    code: String,
}

#[derive(Debug, Serialize)]
struct Face<'a> {
    staff: Person<'a>,
    newsroom: Newsroom<'a>,
    /// Until then the session stands without a further request.
    fresh_until: Instant,
    /// When it ends whatever happens.
    ends_at: Instant,
}

#[derive(Debug, Serialize)]
struct Person<'a> {
    id: String,
    name: &'a str,
    email: &'a str,
    role: Role,
}

#[derive(Debug, Serialize)]
struct Newsroom<'a> {
    name: &'a str,
    language: &'a str,
    direction: Direction,
    zone: Option<&'a str>,
}

/// `GET /session`.
pub async fn show(State(api): State<Api>, Present(session): Present) -> Result<Answer, Problem> {
    answer(&api, &session)
}

/// `POST /session`: password and code together. The session that was open before is ended (V-02).
///
/// There is no `Idempotency-Key` here: what would be kept is a live session, and a code is good once
/// anyway.
pub async fn create(
    State(api): State<Api>,
    visit: Visit,
    headers: HeaderMap,
    Json(given): Json<SignIn>,
) -> Result<Answer, Problem> {
    let email = given.email.trim().to_lowercase();
    visit.count_against(rate::SIGN_IN, &email)?;
    let credentials = Credentials {
        email: &email,
        password: &given.password,
        code: &given.code,
    };
    let signed_in = session::sign_in(&api.db, &credentials, api.clock.now()).await;
    let (staff, token) = signed_in.inspect_err(|_| log_refusal(&visit))?;
    end(&api, &headers).await?;
    opened(&api, &staff, &token)
}

/// `DELETE /session`: ends it, whether or not there still was one.
pub async fn destroy(State(api): State<Api>, headers: HeaderMap) -> Result<Answer, Problem> {
    end(&api, &headers).await?;
    let gone = Cookie::gone(STAFF_COOKIE).same_site(SameSite::Strict);
    let answer = Answer::empty().with_cookie(&gone)?;
    Ok(answer.with_header(CLEAR_SITE_DATA, WHAT_TO_CLEAR))
}

/// Answers with a session that was just opened, and hands over its cookie.
pub(crate) fn opened(api: &Api, staff: &Staff, token: &Token) -> Result<Answer, Problem> {
    let cookie = Cookie::new(STAFF_COOKIE, token.reveal())
        .same_site(SameSite::Strict)
        .lasting(COOKIE_SECONDS);
    let session = Session::opened(staff.clone(), api.clock.now());
    answer(api, &session)?.with_cookie(&cookie)
}

/// Ends the session these headers carry, if any.
pub(crate) async fn end(api: &Api, headers: &HeaderMap) -> Result<(), Problem> {
    if let Some(token) = session_token(headers) {
        session::end(&api.db, &token).await?;
    }
    Ok(())
}

/// Which account was tried, and from where, is not logged: that would be about a person.
fn log_refusal(visit: &Visit) {
    let door = visit.row.map_or("none", |row| row.name);
    tracing::warn!(door, "a sign-in did not succeed at {door}");
}

fn answer(api: &Api, session: &Session) -> Result<Answer, Problem> {
    let (newsroom, staff) = (&api.identity, &session.staff);
    let face = Face {
        staff: Person {
            id: staff.id.to_string(),
            name: &staff.name,
            email: &staff.email,
            role: staff.role,
        },
        newsroom: Newsroom {
            name: &newsroom.name,
            language: newsroom.language.tag(),
            direction: newsroom.language.direction(),
            zone: newsroom.zone.iana_name(),
        },
        fresh_until: session.fresh_until,
        ends_at: session.ends_at,
    };
    Answer::json(StatusCode::OK, &face)
}
