//! Guarded fetching: a page that a stranger named, without touching our own network (V-74).

use std::{
    net::{IpAddr, SocketAddr},
    sync::{Arc, OnceLock},
    time::Duration,
};

use base::{Fault, no::Doing};
use bytes::{Bytes, BytesMut};
use reqwest::{Client, Method, Response, StatusCode, Url, header, header::HeaderMap};
use rustls::ClientConfig;

use crate::{names::Names, tls};

pub(crate) mod target;
#[cfg(test)]
pub(crate) mod tests;

use target::{NoSecondLookup, Target};

/// The whole time for one fetch with its redirects and its body, in seconds (V-74).
pub const DEADLINE: Duration = Duration::from_secs(5);

/// The largest body, in bytes as sent (V-74). We ask for no compression and undo none, so that five
/// megabytes stay five megabytes.
pub const LARGEST_BODY: usize = 5 * 1024 * 1024;

/// The most redirects that anybody may allow.
pub const REDIRECTS_MOST: u8 = 3;

/// The longest address, in bytes.
pub const ADDRESS_LONGEST: usize = 2048;

/// What one fetcher may do.
#[derive(Debug, Clone)]
pub struct Rules {
    /// How we introduce ourselves (`User-Agent`).
    pub agent: String,
    /// The ports that may be connected to.
    pub ports: Vec<u16>,
    /// Addresses that may be connected to although they are not the public internet's. For tests,
    /// and for a service of one's own that the operator names.
    pub allowed: Vec<IpAddr>,
    /// Services of one's own, each by address and port: what the operator names may be connected to
    /// whatever the rules above say.
    pub own: Vec<SocketAddr>,
    /// How many redirects are followed, each judged anew. More than [`REDIRECTS_MOST`] counts as that.
    pub redirects: u8,
    /// The whole time for one fetch.
    pub deadline: Duration,
    /// The largest body in bytes.
    pub largest: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            agent: concat!("Dateline/", env!("CARGO_PKG_VERSION")).into(),
            ports: vec![80, 443],
            allowed: Vec::new(),
            own: Vec::new(),
            redirects: 0,
            deadline: DEADLINE,
            largest: LARGEST_BODY,
        }
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// Where it came from in the end.
    pub url: String,
    /// The HTTP status; anything but a redirect is handed on.
    pub status: u16,
    /// The `Content-Type` as sent, when it is readable.
    pub media_type: Option<String>,
    /// The body, whole.
    pub body: Bytes,
}

/// Why nothing came back. The sentence names the rule, for the person who gave the address.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unfetched {
    /// The text is no address.
    #[error("this is not an address that can be fetched")]
    NotAnAddress,
    /// Longer than [`ADDRESS_LONGEST`].
    #[error("the address is longer than {ADDRESS_LONGEST} bytes")]
    AddressTooLong,
    /// Neither http nor https.
    #[error("only http and https addresses are fetched, not {0}")]
    Scheme(String),
    /// A name or password in the address.
    #[error("an address with a user name or password in it is not fetched")]
    Credentials,
    /// A port that is not on the list.
    #[error("port {0} is not among those that may be fetched from")]
    Port(u16),
    /// The name has no addresses.
    #[error("there is no host named {0}")]
    NoSuchHost(String),
    /// One of the host's addresses is not the public internet's.
    #[error("{host} is not on the public internet ({ip})")]
    NotPublic {
        /// The host as the address spells it.
        host: String,
        /// The address that was refused.
        ip: IpAddr,
    },
    /// A redirect where none, or no more, is followed.
    #[error("the address leads on to another one, and redirects are followed at most {0} times")]
    Redirected(u8),
    /// From https to http.
    #[error("the address leads from https to plain http, which is not followed")]
    Downgraded,
    /// The deadline passed.
    #[error("the answer was not complete after {} seconds", .0.as_secs_f32())]
    TooSlow(Duration),
    /// The body is larger than allowed.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    /// Something broke on the way.
    #[error("the address could not be fetched: {}", .0.chain())]
    Failed(#[from] Fault),
}

/// Fetches by its rules. One is made at the start and shared; nothing is remembered between fetches:
/// no cookies, no connections, no names.
pub struct Fetcher {
    names: Arc<dyn Names>,
    rules: Rules,
    trusting: OnceLock<ClientConfig>,
}

/// Whether an address is spelt as one that could be fetched from or sent to: its length, its scheme,
/// and no credentials in it. Who is behind it is judged when it is gone to.
///
/// # Errors
/// With the rule that forbids it.
pub fn spelling(address: &str) -> Result<(), Unfetched> {
    host_of(address).map(|_| ())
}

/// The host of an address that [`spelling`] lets through, in small letters, without its port.
///
/// # Errors
/// As [`spelling`].
pub fn host_of(address: &str) -> Result<String, Unfetched> {
    let url = target::parse(address)?;
    target::spelling(&url)?;
    let host = url.host_str().ok_or(Unfetched::NotAnAddress)?;
    Ok(host.to_owned())
}

/// The `Host` line, and the path with its query, with which an address that [`spelling`] lets through is asked
/// for: what a signature over a request covers.
///
/// # Errors
/// As [`spelling`].
pub fn host_and_target(address: &str) -> Result<(String, String), Unfetched> {
    let url = target::parse(address)?;
    target::spelling(&url)?;
    let host = url.host_str().ok_or(Unfetched::NotAnAddress)?;
    let host = match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    };
    let query = url.query().map(|query| format!("?{query}"));
    Ok((host, format!("{}{}", url.path(), query.unwrap_or_default())))
}

enum Reply {
    Whole(Fetched),
    Elsewhere(Url),
}

impl Fetcher {
    /// A fetcher that asks `names` and keeps to `rules`.
    pub fn new(names: Arc<dyn Names>, rules: Rules) -> Self {
        Self {
            names,
            rules,
            trusting: OnceLock::new(),
        }
    }

    /// Fetches an address.
    ///
    /// # Errors
    /// With the rule that forbade it, or with the fault on the way.
    pub async fn get(&self, address: &str) -> Result<Fetched, Unfetched> {
        self.get_saying(address, &HeaderMap::new()).await
    }

    /// As [`Fetcher::get`], with headers of the caller's.
    pub(crate) async fn get_saying(
        &self,
        address: &str,
        headers: &HeaderMap,
    ) -> Result<Fetched, Unfetched> {
        self.in_time(self.follow(address, headers)).await
    }

    /// What `work` comes to, unless the deadline passes first.
    pub(crate) async fn in_time<T>(
        &self,
        work: impl Future<Output = Result<T, Unfetched>>,
    ) -> Result<T, Unfetched> {
        let deadline = self.rules.deadline;
        match tokio::time::timeout(deadline, work).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Unfetched::TooSlow(deadline)),
        }
    }

    async fn follow(&self, address: &str, headers: &HeaderMap) -> Result<Fetched, Unfetched> {
        let redirects = self.rules.redirects.min(REDIRECTS_MOST);
        let mut url = target::parse(address)?;
        for _ in 0..=redirects {
            match self.fetch_one(&url, headers).await? {
                Reply::Whole(fetched) => return Ok(fetched),
                Reply::Elsewhere(next) => url = next,
            }
        }
        Err(Unfetched::Redirected(redirects))
    }

    async fn fetch_one(&self, url: &Url, headers: &HeaderMap) -> Result<Reply, Unfetched> {
        let response = self.ask(Method::GET, url, headers, Bytes::new()).await?;
        if let Some(next) = leads_to(&response, url)? {
            return Ok(Reply::Elsewhere(next));
        }
        read(response, self.rules.largest).await.map(Reply::Whole)
    }

    /// One request to a target that is judged first; the answer's head is there, its body is not read.
    pub(crate) async fn ask(
        &self,
        method: Method,
        url: &Url,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Result<Response, Unfetched> {
        let target = Target::judge(url, &self.rules, self.names.as_ref()).await?;
        let response = self
            .client(&target)?
            .request(method, url.clone())
            .headers(headers.clone())
            .body(body)
            .send()
            .await
            .map_err(on_the_way)?;
        target.confirm(response.remote_addr())?;
        Ok(response)
    }

    /// A client for this one target, which can connect to nothing else.
    fn client(&self, target: &Target) -> Result<Client, Unfetched> {
        let tls = if target.is_https {
            self.trusting()?
        } else {
            tls::trusting_nobody()?
        };
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent(&self.rules.agent)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .http1_only()
            .referer(false)
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(NoSecondLookup))
            .resolve_to_addrs(&target.host, &target.addresses)
            .build()
            .doing("setting up the client")?;
        Ok(client)
    }

    fn trusting(&self) -> Result<ClientConfig, Fault> {
        if let Some(ready) = self.trusting.get() {
            return Ok(ready.clone());
        }
        let made = tls::trusting_the_system()?;
        Ok(self.trusting.get_or_init(|| made).clone())
    }
}

fn leads_to(response: &Response, from: &Url) -> Result<Option<Url>, Unfetched> {
    let moved = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    if !moved {
        return Ok(None);
    }
    let location = response
        .headers()
        .get(header::LOCATION)
        .and_then(|value| value.to_str().ok());
    let next = location
        .and_then(|text| from.join(text).ok())
        .ok_or(Unfetched::NotAnAddress)?;
    if from.scheme() == "https" && next.scheme() == "http" {
        return Err(Unfetched::Downgraded);
    }
    target::parse(next.as_str()).map(Some)
}

async fn read(mut response: Response, largest: usize) -> Result<Fetched, Unfetched> {
    if response
        .content_length()
        .is_some_and(|length| length > largest as u64)
    {
        return Err(Unfetched::TooLarge(largest));
    }
    let media_type = response.headers().get(header::CONTENT_TYPE);
    let media_type = media_type
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let mut body = BytesMut::new();
    while let Some(piece) = response.chunk().await.map_err(on_the_way)? {
        if body.len() + piece.len() > largest {
            return Err(Unfetched::TooLarge(largest));
        }
        body.extend_from_slice(&piece);
    }
    let (url, status) = (response.url().to_string(), response.status().as_u16());
    Ok(Fetched {
        url,
        status,
        media_type,
        body: body.freeze(),
    })
}

fn on_the_way(error: reqwest::Error) -> Unfetched {
    // The address is in the caller's hands already, and may hold a secret.
    Unfetched::Failed(Fault::while_("talking to the server", error.without_url()))
}
