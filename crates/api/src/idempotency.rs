//! Does a write once, however often the same request comes (the `Idempotency-Key` header).
//!
//! 1. The key is claimed in a transaction of its own: a second request with it meets the row.
//! 2. The act runs in a task of its own, so that a client who hangs up does not stop it half-way.
//! 3. The answer is kept beside the key, and sent.
//!
//! What that promises, and what it does not: once an answer was kept, every repeat gets the same
//! bytes for [`KEPT_HOURS`]. A request that is refused or fails gives its key back, for nothing was
//! done. If the process dies between 2 and 3, the act may have happened and its answer is lost: the
//! key stays under way for [`UNDER_WAY_SECONDS`], then the same request may run again and meets the
//! act's own guards: a change finds that its revision has passed, publishing again changes nothing,
//! a second withdrawal is refused; only a new story may then exist twice.

pub mod sql;

use std::future::Future;

use axum::{body::Body, response::IntoResponse};
use base::{Fault, Instant, Refusal, no::Doing};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use jiff::SignedDuration;
use serde_json::{Map, Value};
use store::{Db, Row, params};
use uuid::Uuid;
use web::{Answer, Problem};

use crate::{
    Api,
    write::{IDEMPOTENCY_KEY, Write},
};

/// Hours for which an answer is kept.
pub const KEPT_HOURS: i64 = 24;
/// Seconds after which a request that never ended is thought dead: longer than the database's
/// patience with one transaction, so that no two run at once.
pub const UNDER_WAY_SECONDS: i64 = 60;
/// Says that an answer is a repeat.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The headers that belong to an answer itself; all others are made anew.
const KEPT_HEADERS: [HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];

/// Runs the act, or repeats what it answered when it ran before under this key.
///
/// # Errors
/// The act's own; `request-in-progress` (409) while the first is under way, and
/// `idempotency-mismatch` (422) when the key belongs to another request.
pub async fn once<Act, Acted>(api: Api, write: Write, act: Act) -> Result<Answer, Problem>
where
    Act: FnOnce(Api, Write) -> Acted + Send + 'static,
    Acted: Future<Output = Result<Answer, Problem>> + Send + 'static,
{
    let Some(key) = write.key.clone() else {
        return act(api, write).await;
    };
    let claim = Claim {
        caller: write.acting.caller,
        key,
        fingerprint: write.fingerprint(),
        at: api.clock.now(),
    };
    match claim.lay(&api.db).await? {
        Under::Us => {}
        Under::Kept(answer) => return Ok(answer),
        Under::Way => return Err(Refusal::of("request-in-progress").into()),
        Under::Another => {
            return Err(Refusal::on(IDEMPOTENCY_KEY, "idempotency-mismatch").into());
        }
    }
    let db = api.db.clone();
    let task = tokio::spawn(async move { claim.settle(&db, act(api, write).await).await });
    task.await.doing("waiting for a write to end")?
}

/// Forgets the answers that were kept long enough. Says how many.
///
/// # Errors
/// When the database fails.
pub async fn sweep(db: &Db, now: Instant) -> Result<u64, Fault> {
    let mut tx = db.begin().await?;
    let swept = tx.write(&sql::SWEEP, params![forgotten(now)]).await?;
    tx.commit().await?;
    Ok(swept)
}

fn forgotten(now: Instant) -> Instant {
    let kept = SignedDuration::from_hours(KEPT_HOURS);
    now.saturating_sub(kept).unwrap_or(now)
}

/// A key, and the request that claims it.
struct Claim {
    caller: Uuid,
    key: String,
    fingerprint: Vec<u8>,
    at: Instant,
}

/// What lies under a key.
enum Under {
    /// Our own claim: go on.
    Us,
    /// The answer of the same request.
    Kept(Answer),
    /// The same request, not yet answered.
    Way,
    /// Another request.
    Another,
}

impl Claim {
    async fn lay(&self, db: &Db) -> Result<Under, Fault> {
        let patience = SignedDuration::from_secs(UNDER_WAY_SECONDS);
        let dead = self.at.saturating_sub(patience).unwrap_or(self.at);
        let mut tx = db.begin().await?;
        let (key, fingerprint) = (&self.key, self.fingerprint.clone());
        let claim = params![
            self.caller,
            key,
            fingerprint,
            self.at,
            dead,
            forgotten(self.at)
        ];
        if tx.write(&sql::CLAIM, claim).await? > 0 {
            tx.commit().await?;
            return Ok(Under::Us);
        }
        let kept = tx.read_one(&sql::KEPT, params![self.caller, key]).await?;
        // Whoever held it gave it back in this moment: to be asked once more.
        kept.map_or(Ok(Under::Way), |row| self.under(&row))
    }

    fn under(&self, row: &Row) -> Result<Under, Fault> {
        if row.get::<Vec<u8>>("fingerprint")? != self.fingerprint {
            return Ok(Under::Another);
        }
        match row.get::<Option<u32>>("status")? {
            Some(status) => again(status, row).map(Under::Kept),
            None => Ok(Under::Way),
        }
    }

    /// Keeps the answer of an act that was done, and gives the key back where nothing was done.
    async fn settle(&self, db: &Db, done: Result<Answer, Problem>) -> Result<Answer, Problem> {
        let response = match done {
            Ok(answer) => answer.into_response(),
            Err(problem) => {
                self.note(self.release(db).await);
                return Err(problem);
            }
        };
        let (parts, body) = response.into_parts();
        // Our own answer, in memory already: no limit is missing here.
        let body = axum::body::to_bytes(body, usize::MAX).await;
        let body = body.doing("reading our own answer")?;
        let response = Response::from_parts(parts, body);
        self.note(self.keep(db, &response).await);
        Ok(Answer::raw(response.map(Body::from)))
    }

    async fn keep(&self, db: &Db, response: &Response<Bytes>) -> Result<(), Fault> {
        let headers = KEPT_HEADERS.iter().filter_map(|name| {
            let value = response.headers().get(name)?.to_str().ok()?;
            Some((name.as_str().to_string(), Value::from(value)))
        });
        let headers = Value::Object(headers.collect::<Map<String, Value>>());
        let (status, body) = (response.status().as_u16(), response.body().to_vec());
        let mut tx = db.begin().await?;
        let values = params![self.caller, &self.key, self.at, status, headers, body];
        tx.write(&sql::KEEP, values).await?;
        tx.commit().await
    }

    async fn release(&self, db: &Db) -> Result<(), Fault> {
        let mut tx = db.begin().await?;
        let values = params![self.caller, &self.key, self.at];
        tx.write(&sql::RELEASE, values).await?;
        tx.commit().await
    }

    /// The act is over; what became of its key must not change its answer.
    fn note(&self, noted: Result<(), Fault>) {
        if let Err(fault) = noted {
            let chain = fault.chain();
            tracing::error!("a write's key could not be settled and stays under way: {chain}");
        }
    }
}

fn again(status: u32, row: &Row) -> Result<Answer, Fault> {
    let status = u16::try_from(status).doing("reading a kept status")?;
    let status = StatusCode::from_u16(status).doing("reading a kept status")?;
    let body: Vec<u8> = row.get("body")?;
    let kept: Value = row.get("headers")?;
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for name in KEPT_HEADERS {
        if let Some(value) = kept.get(name.as_str()).and_then(Value::as_str) {
            headers.insert(
                name,
                HeaderValue::from_str(value).doing("reading a kept header")?,
            );
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(Answer::raw(response))
}
