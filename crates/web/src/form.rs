//! A plain HTML form's body, read strictly.

use axum::extract::{FromRequest, Request};
use base::Refusal;

use crate::{json, problem::Problem, query::Pairs};

/// The fields of a form sent as `application/x-www-form-urlencoded`, each name once.
#[derive(Debug, Clone)]
pub struct Form(pub Pairs);

/// What browsers send from a form without files.
const FORM: &str = "application/x-www-form-urlencoded";

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        if json::media_type(request.headers()) != FORM {
            return Err(Refusal::of("not-this-type").with("expected", FORM).into());
        }
        let body = json::whole(request.into_body()).await?;
        Ok(Self(Pairs::parse(&body)?))
    }
}
