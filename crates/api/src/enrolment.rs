//! `/enrolment`: coming in by a one-time token, in two steps.

use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode};
use newsroom::staff::{
    Token,
    enrol::{self, Enrolment},
    session,
};
use serde::{Deserialize, Serialize};
use web::{Answer, Json, Problem, Visit, rate};

use crate::{Api, session as session_door};

/// What somebody gives to come in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    token: String,
    name: String,
    email: String,
    password: String,
}

/// The first code of their app.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    code: String,
}

#[derive(Serialize)]
struct Begun<'a> {
    otpauth_url: &'a str,
    secret: &'a str,
    /// What follows `/enrolment/` in the second step: the token once more.
    confirm: &'a str,
}

/// `POST /enrolment`: name, address and password against the secret for the codes. Nobody is in yet.
pub async fn create(State(api): State<Api>, Json(given): Json<Begin>) -> Result<Answer, Problem> {
    let token = Token::from_holder(given.token.trim());
    let enrolment = Enrolment {
        token: &token,
        name: &given.name,
        email: &given.email,
        password: &given.password,
    };
    let name = &api.identity.name;
    let begun = enrol::begin(&api.db, name, &enrolment, api.clock.now()).await?;
    let begun = Begun {
        otpauth_url: &begun.otpauth_url,
        secret: &begun.secret,
        confirm: token.reveal(),
    };
    Answer::json(StatusCode::OK, &begun)
}

/// `PUT /enrolment/{confirm}`: the first code lets them in. Guessing is counted by token.
pub async fn update(
    State(api): State<Api>,
    Path(confirm): Path<String>,
    visit: Visit,
    headers: HeaderMap,
    Json(given): Json<Confirm>,
) -> Result<Answer, Problem> {
    visit.count_against(rate::SIGN_IN, &confirm)?;
    let now = api.clock.now();
    let token = Token::from_holder(&confirm);
    let staff = enrol::confirm(&api.db, &token, &given.code, now).await?;
    session_door::end(&api, &headers).await?;
    let opened = session::open(&api.db, &staff, now).await?;
    session_door::opened(&api, &staff, &opened)
}
