//! The door where other servers bring what their people did. What comes of it is `syndication`'s.

use axum::extract::State;
use base::{Fault, Refusal};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri, header};
use syndication::fediverse::{
    inbox::{Activity, Taken},
    signature::{self, Arrived},
};
use web::{Answer, Problem};

use super::{is_ours, voice};
use crate::Site;

/// `POST /_ap/inbox` and `POST /_ap/actors/{actor}/inbox`: 202 for everything that is signed and can be read,
/// whether it asks for something we do or not.
pub async fn take(
    State(site): State<Site>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, Problem> {
    let voice = voice(&site)?;
    let now = site.clock.now();
    let arrived = Arrived {
        site: &voice.site,
        target: uri.path_and_query().map_or("/", |target| target.as_str()),
        headers: lines(&headers, &uri),
        body: &body,
    };
    let unbelieved =
        |refusal: Refusal| Problem::from(refusal).with_status(StatusCode::UNAUTHORIZED);
    let claim = signature::claim(&arrived, now).map_err(unbelieved)?;
    let activity = Activity::read(&body)?;
    activity.refuse_another(&claim).map_err(unbelieved)?;
    let edition = site.edition();
    let ours = (voice.as_ref(), |actor| is_ours(&edition, actor));
    let taken: Result<Taken, Fault> = activity.keep(&site.db, ours, claim, now).await;
    match taken? {
        Taken::Written | Taken::Dropped => Ok(Answer::empty().with_status(StatusCode::ACCEPTED)),
        Taken::Full => {
            let full = Problem::from(Refusal::of("fediverse-full"));
            Err(full.with_status(StatusCode::TOO_MANY_REQUESTS))
        }
    }
}

/// The header lines that are text. By HTTP/2 the host stands in the address.
fn lines<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Vec<(&'a str, &'a str)> {
    let read = |(name, value): (&'a http::HeaderName, &'a http::HeaderValue)| {
        Some((name.as_str(), value.to_str().ok()?))
    };
    let mut lines: Vec<(&str, &str)> = headers.iter().filter_map(read).collect();
    let authority = uri.authority().map(|authority| authority.as_str());
    if let Some(host) = authority.filter(|_| !headers.contains_key(header::HOST)) {
        lines.push((header::HOST.as_str(), host));
    }
    lines
}
