//! Sending: a letter to an address that somebody gave us, judged like a fetch and patient with its host.
//!
//! No letter is led on by a redirect: who has moved says so to the newsroom, not to a program. Of the answer its
//! head is read and nothing else, so that nobody can hold us with a long one.

use std::{sync::Arc, time::Duration};

use base::{Fault, Instant, clock::SharedClock, no::Doing};
use bytes::Bytes;
use jiff::{SignedDuration, civil::DateTime, tz::TimeZone};
use reqwest::{
    Method, Url,
    header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
};

use crate::{
    breaker::{Breakers, Outcome},
    fetch::{Fetched, Fetcher, Rules, Unfetched, target},
    names::Names,
};

#[cfg(test)]
mod tests;

/// What is sent.
#[derive(Debug, Clone, Default)]
pub struct Letter<'a> {
    /// The address it goes to.
    pub to: &'a str,
    /// Headers, `Content-Type` and signatures among them.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Bytes,
}

/// What its receiver said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The HTTP status. A redirect is an answer like any other.
    pub status: u16,
    /// How long we should leave it alone, when it said so.
    pub retry_after: Option<Duration>,
}

impl Receipt {
    /// Whether it was taken.
    pub fn is_taken(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why there is no receipt.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unsent {
    /// The address is refused, or something broke on the way.
    #[error(transparent)]
    Unfetched(#[from] Unfetched),
    /// Its host rests: nothing was tried.
    #[error("{host} rests until {until}, because it did not answer or asked for it")]
    Resting {
        /// The host with its port.
        host: String,
        /// Till then.
        until: Instant,
    },
}

/// Sends by its rules. One is made at the start and shared, since what it knows of hosts is its own.
pub struct Sender {
    fetcher: Fetcher,
    breakers: Breakers,
    clock: SharedClock,
}

impl Sender {
    /// A sender that asks `names` and keeps to `rules`; redirects are never followed.
    pub fn new(names: Arc<dyn Names>, rules: Rules, clock: SharedClock) -> Self {
        let rules = Rules {
            redirects: 0,
            ..rules
        };
        Self::following(names, rules, clock)
    }

    /// The same, which goes where what it gets leads on to, as often as `rules` allow and each judged anew. What is
    /// posted is never led on.
    pub fn following(names: Arc<dyn Names>, rules: Rules, clock: SharedClock) -> Self {
        Self {
            fetcher: Fetcher::new(names, rules),
            breakers: Breakers::new(Arc::clone(&clock)),
            clock,
        }
    }

    /// Posts a letter.
    ///
    /// # Errors
    /// With the rule that forbade it, the fault on the way, or the rest of its host.
    pub async fn post(&self, letter: &Letter<'_>) -> Result<Receipt, Unsent> {
        let (url, headers) = (target::parse(letter.to)?, lines(&letter.headers)?);
        let asking = async {
            let body = letter.body.clone();
            let answer = self.fetcher.ask(Method::POST, &url, &headers, body).await?;
            Ok(Receipt {
                status: answer.status().as_u16(),
                retry_after: retry_after(answer.headers(), self.clock.now()),
            })
        };
        self.patiently(&url, self.fetcher.in_time(asking), |receipt| *receipt)
            .await
    }

    /// Fetches with headers of one's own, as patient as [`Sender::post`].
    ///
    /// # Errors
    /// As [`Sender::post`].
    pub async fn get(
        &self,
        address: &str,
        headers: &[(&'static str, String)],
    ) -> Result<Fetched, Unsent> {
        let (url, headers) = (target::parse(address)?, lines(headers)?);
        let asking = self.fetcher.get_saying(address, &headers);
        let receipt = |fetched: &Fetched| Receipt {
            status: fetched.status,
            retry_after: None,
        };
        self.patiently(&url, asking, receipt).await
    }

    async fn patiently<T>(
        &self,
        url: &Url,
        asking: impl Future<Output = Result<T, Unfetched>>,
        receipt: impl Fn(&T) -> Receipt,
    ) -> Result<T, Unsent> {
        let host = place(url);
        if let Err(until) = self.breakers.may_go(&host) {
            return Err(Unsent::Resting { host, until });
        }
        let came = asking.await;
        if let Some(outcome) = outcome(came.as_ref().map(receipt)) {
            self.breakers.heard(&host, outcome);
        }
        Ok(came?)
    }
}

/// What the host's breaker hears; nothing when nobody was asked.
fn outcome(came: Result<Receipt, &Unfetched>) -> Option<Outcome> {
    match came {
        Ok(Receipt {
            status: 429 | 503,
            retry_after,
        }) => Some(Outcome::Busy(retry_after)),
        Ok(receipt) if receipt.status >= 500 => Some(Outcome::Failed),
        Ok(_) | Err(Unfetched::Redirected(_) | Unfetched::TooLarge(_)) => Some(Outcome::Answered),
        Err(Unfetched::TooSlow(_) | Unfetched::Failed(_) | Unfetched::NoSuchHost(_)) => {
            Some(Outcome::Failed)
        }
        Err(_) => None,
    }
}

fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    format!("{host}:{}", url.port_or_known_default().unwrap_or_default())
}

fn lines(headers: &[(&'static str, String)]) -> Result<HeaderMap, Unfetched> {
    let mut lines = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        let value = HeaderValue::try_from(value).doing("writing a header")?;
        lines.append(HeaderName::from_static(name), value);
    }
    Ok(lines)
}

/// Seconds or a date (RFC 9110 section 10.2.3).
fn retry_after(headers: &HeaderMap, now: Instant) -> Option<Duration> {
    let said = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = said.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::strptime("%a, %d %b %Y %H:%M:%S GMT", said).ok()?;
    let date = date.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let wait: SignedDuration = now.duration_until(date);
    Duration::try_from(wait).ok()
}

/// A fault of ours on the way counts as one of the way.
impl From<Fault> for Unsent {
    fn from(fault: Fault) -> Self {
        Self::Unfetched(fault.into())
    }
}
