//! A bucket of an object store that speaks the protocol of Amazon S3: put, get, remove, list.
//!
//! The operator names it in the settings, so it is not judged as a stranger's address is. `object_store` signs, tries again
//! and reads lists; here stand the client by which it asks, and what a refusal says.

use std::{error::Error, fmt, future::Future, pin::Pin, time::Duration};

use base::{Fault, Instant, no::Doing};
use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use object_store::{
    BackoffConfig, ClientOptions, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
    },
    list::{PaginatedListOptions, PaginatedListStore},
    path::Path,
};
use reqwest::{Client, StatusCode};

use crate::tls;

#[cfg(test)]
mod tests;

/// The whole time for one request: a picture of fifty million bytes over seven megabits a second.
pub const LONGEST: Duration = Duration::from_secs(60);
/// The time in which a connection has to stand.
const CONNECTED_WITHIN: Duration = Duration::from_secs(5);
/// How often a request is tried again that failed at the store's end (5xx, 429, no answer).
const TRIED_AGAIN: usize = 1;
/// Between two tries.
const WAIT: Duration = Duration::from_millis(300);
/// The largest refusal that is read, in bytes.
const LARGEST_REFUSAL: usize = 64 * 1024;
/// How much of a refusal is told, in characters.
const WHY_LONGEST: usize = 200;

/// Who signs.
#[derive(Clone)]
pub struct Keys {
    /// The key's id, which is no secret.
    pub id: String,
    /// The key.
    pub secret: String,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Where a bucket is, and who we are there.
#[derive(Clone, Debug)]
pub struct Place {
    /// The store's address without a slash at the end: `https://s3.eu-central-1.amazonaws.com`.
    pub endpoint: String,
    /// The bucket's name.
    pub bucket: String,
    /// Its region; `us-east-1` where the store has none.
    pub region: String,
    /// Whether the bucket's name stands in the path (MinIO and the like) or in front of the host (Amazon).
    pub path_style: bool,
    /// By which requests are signed.
    pub keys: Keys,
}

/// A bucket.
pub struct Bucket(AmazonS3);

/// A file in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its name.
    pub key: String,
    /// When it was last put.
    pub since: Instant,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Why a bucket did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// It cannot be reached, is overloaded or broke off. The same may succeed later.
    #[error("the bucket is unavailable: {0}")]
    Away(String),
    /// It said no: the keys, the name or the rights are wrong.
    #[error("the bucket refused: {0}")]
    Refused(String),
    /// Something of ours.
    #[error("the bucket could not be asked: {}", .0.chain())]
    Failed(#[from] Fault),
}

impl Bucket {
    /// A bucket there. Nothing is asked yet.
    ///
    /// # Errors
    /// When the certificates that this machine trusts cannot be loaded, or the place is spelt wrongly.
    pub fn open(place: &Place) -> Result<Self, Fault> {
        let retry = RetryConfig {
            max_retries: TRIED_AGAIN,
            retry_timeout: 2 * LONGEST,
            backoff: BackoffConfig {
                init_backoff: WAIT,
                ..BackoffConfig::default()
            },
        };
        let store = AmazonS3Builder::new()
            .with_endpoint(place.origin())
            .with_bucket_name(&place.bucket)
            .with_region(&place.region)
            .with_virtual_hosted_style_request(!place.path_style)
            .with_allow_http(true)
            .with_access_key_id(&place.keys.id)
            .with_secret_access_key(&place.keys.secret)
            // One at a time is what every store of this kind can do.
            .with_disable_bulk_delete(true)
            .with_retry(retry)
            .with_http_connector(Asking::of(place)?)
            .build();
        Ok(Self(store.doing("setting up the bucket")?))
    }

    /// Puts a file there, whole or not at all; one of that name is replaced.
    ///
    /// # Errors
    /// As [`NotDone`] says.
    pub async fn put(&self, key: &str, body: Bytes) -> Result<(), NotDone> {
        let put = self.0.put(&Path::from(key), body.into()).await;
        put.map(|_| ()).map_err(NotDone::from)
    }

    /// The file of this name, of `most` bytes at most; nothing where there is none.
    ///
    /// # Errors
    /// As [`NotDone`] says; one that breaks off is away.
    pub async fn get(&self, key: &str, most: usize) -> Result<Option<Bytes>, NotDone> {
        let got = match self.0.get(&Path::from(key)).await {
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            got => got?,
        };
        if got.meta.size > most as u64 {
            let fault = Fault::new(format!("a file in the bucket is larger than {most} bytes"));
            return Err(fault.into());
        }
        Ok(Some(got.bytes().await?))
    }

    /// Takes the file of this name away; nothing happens where there is none.
    ///
    /// # Errors
    /// As [`NotDone`] says.
    pub async fn remove(&self, key: &str) -> Result<(), NotDone> {
        match self.0.delete(&Path::from(key)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            gone => gone.map_err(NotDone::from),
        }
    }

    /// Everything that is there.
    ///
    /// # Errors
    /// As [`NotDone`] says.
    pub async fn list(&self) -> Result<Vec<Object>, NotDone> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let from = PaginatedListOptions {
                page_token: after,
                ..PaginatedListOptions::default()
            };
            let page = self.0.list_paginated(None, from).await?;
            for object in page.result.objects {
                all.push(Object {
                    key: object.location.to_string(),
                    since: instant(object.last_modified.timestamp_micros())?,
                    bytes: object.size,
                });
            }
            after = page.page_token;
            if after.is_none() {
                return Ok(all);
            }
        }
    }
}

fn instant(micros: i64) -> Result<Instant, Fault> {
    Instant::from_microsecond(micros).doing("reading when a file was put into the bucket")
}

impl Place {
    /// Where requests go: with the bucket's name in front, where it stands there.
    fn origin(&self) -> String {
        let scheme_and_host = self.endpoint.split_once("://").filter(|_| !self.path_style);
        match scheme_and_host {
            Some((scheme, host)) => format!("{scheme}://{}.{host}", self.bucket),
            None => self.endpoint.clone(),
        }
    }
}

/// How the store is asked: by our client, with our limits and the certificates that the rest of the house trusts.
#[derive(Clone, Debug)]
struct Asking(Client);

impl Asking {
    fn of(place: &Place) -> Result<Self, Fault> {
        let tls = if place.endpoint.starts_with("https://") {
            tls::trusting_the_system()?
        } else {
            tls::trusting_nobody()?
        };
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent(concat!("Dateline/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .http1_only()
            .referer(false)
            .timeout(LONGEST)
            .connect_timeout(CONNECTED_WITHIN)
            .build();
        Ok(Self(client.doing("setting up the client of the bucket")?))
    }
}

impl HttpConnector for Asking {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

impl HttpService for Asking {
    fn call<'me, 'answer>(
        &'me self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'answer>>
    where
        'me: 'answer,
        Self: 'answer,
    {
        Box::pin(async move { judged(self.0.call(request).await?).await })
    }
}

/// The store's no to a request.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refusal(String);

/// The answer, unless it is a no. `object_store` tells most of those as it tells a store that is away; and a bucket that is
/// not there as a file that is not.
async fn judged(answer: HttpResponse) -> Result<HttpResponse, HttpError> {
    let status = answer.status();
    let is_no = status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS;
    if !is_no && !status.is_redirection() {
        return Ok(answer);
    }
    let (parts, body) = answer.into_parts();
    let said = Limited::new(body, LARGEST_REFUSAL).collect().await;
    let said = said.map(|said| said.to_bytes()).unwrap_or_default();
    let code = code_of(&said);
    if status == StatusCode::NOT_FOUND && code.as_deref() != Some("NoSuchBucket") {
        return Ok(HttpResponse::from_parts(parts, said.into()));
    }
    let why = match code.as_deref() {
        Some("NoSuchBucket") => "there is no bucket of this name".to_string(),
        Some(code) => format!("{status} ({code})"),
        None => status.to_string(),
    };
    Err(HttpError::new(HttpErrorKind::Unknown, Refusal(why)))
}

/// The word by which the store says why (“Error Responses” of the S3 API).
fn code_of(said: &[u8]) -> Option<String> {
    let said = std::str::from_utf8(said).ok()?;
    let (_, rest) = said.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    Some(code.chars().take(WHY_LONGEST).collect())
}

impl From<object_store::Error> for NotDone {
    fn from(error: object_store::Error) -> Self {
        let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
        while let Some(one) = cause {
            if let Some(Refusal(why)) = one.downcast_ref() {
                return Self::Refused(why.clone());
            }
            cause = one.source();
        }
        Self::Away(error.to_string().chars().take(WHY_LONGEST).collect())
    }
}
