//! A bucket of an object store that speaks the protocol of Amazon S3: put, get, remove, list.
//!
//! The operator names it in the settings, so it is not judged as a stranger's address is. Requests are signed with
//! Signature Version 4 ([`mod@signing`]); a body is signed with its hash, so the store refuses one that changed on its way.

use std::time::Duration;

use base::{Fault, Instant, clock::SharedClock, no::Doing};
use bytes::{Bytes, BytesMut};
use quick_xml::{Reader, events::Event};
use reqwest::{Client, Method, Response, StatusCode};

use crate::tls;

pub mod signing;
#[cfg(test)]
mod tests;

use signing::{Keys, Unsigned};

/// The whole time for one request: a picture of fifty million bytes over seven megabits a second.
pub const LONGEST: Duration = Duration::from_secs(60);
/// The time in which a connection has to stand.
const CONNECTED_WITHIN: Duration = Duration::from_secs(5);
/// How often a request is tried that failed at the store's end (5xx, 429, no answer).
const TRIES: u32 = 2;
/// Between two tries.
const WAIT: Duration = Duration::from_millis(300);
/// The largest page of a list, in bytes: a thousand names take 400,000.
const LARGEST_LIST: usize = 4 * 1024 * 1024;
/// How much of a refusal is told, in characters.
const WHY_LONGEST: usize = 200;

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
pub struct Bucket {
    place: Place,
    client: Client,
    clock: SharedClock,
}

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
    /// When the certificates that this machine trusts cannot be loaded.
    pub fn open(place: Place, clock: SharedClock) -> Result<Self, Fault> {
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
            .build()
            .doing("setting up the client of the bucket")?;
        Ok(Self {
            place,
            client,
            clock,
        })
    }

    /// Puts a file there, whole or not at all; one of that name is replaced.
    ///
    /// # Errors
    /// As [`NotDone`] says.
    pub async fn put(&self, key: &str, body: Bytes) -> Result<(), NotDone> {
        let answer = self.ask(Method::PUT, key, "", body).await?;
        well(answer).await.map(|_| ())
    }

    /// The file of this name, of `most` bytes at most; nothing where there is none.
    ///
    /// # Errors
    /// As [`NotDone`] says; one that breaks off is away.
    pub async fn get(&self, key: &str, most: usize) -> Result<Option<Bytes>, NotDone> {
        let answer = self.ask(Method::GET, key, "", Bytes::new()).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return absent(answer).await;
        }
        read(well(answer).await?, most).await.map(Some)
    }

    /// Takes the file of this name away; nothing happens where there is none.
    ///
    /// # Errors
    /// As [`NotDone`] says.
    pub async fn remove(&self, key: &str) -> Result<(), NotDone> {
        let answer = self.ask(Method::DELETE, key, "", Bytes::new()).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return absent::<()>(answer).await.map(|_| ());
        }
        well(answer).await.map(|_| ())
    }

    /// Everything that is there.
    ///
    /// # Errors
    /// As [`NotDone`] says.
    pub async fn list(&self) -> Result<Vec<Object>, NotDone> {
        let (mut all, mut after) = (Vec::new(), None::<String>);
        loop {
            // In the order of their names, as the signature wants them.
            let after_that = after.as_deref().map(signing::coded);
            let from = after_that.map_or(String::new(), |token| {
                format!("continuation-token={token}&")
            });
            let query = format!("{from}list-type=2");
            let answer = self.ask(Method::GET, "", &query, Bytes::new()).await?;
            let page = read(well(answer).await?, LARGEST_LIST).await?;
            after = listed(&page, &mut all)?;
            if after.is_none() {
                return Ok(all);
            }
        }
    }

    async fn ask(
        &self,
        method: Method,
        key: &str,
        query: &str,
        body: Bytes,
    ) -> Result<Response, NotDone> {
        let mut tried = 0;
        loop {
            tried += 1;
            let came = self.ask_once(&method, key, query, body.clone()).await;
            let is_away = match &came {
                Ok(answer) => is_away(answer.status()),
                Err(_) => true,
            };
            if !is_away || tried == TRIES {
                return came.map_err(|error| NotDone::Away(chain(&error.without_url())));
            }
            tokio::time::sleep(WAIT).await;
        }
    }

    async fn ask_once(
        &self,
        method: &Method,
        key: &str,
        query: &str,
        body: Bytes,
    ) -> Result<Response, reqwest::Error> {
        let (origin, host, path) = self.place.parts(key);
        let unsigned = Unsigned {
            method: method.as_str(),
            host: &host,
            path: &path,
            query,
            more: &[],
            body: &body,
        };
        let signed = unsigned.signed(&self.place.keys, &self.place.region, self.clock.now());
        let question = if query.is_empty() { "" } else { "?" };
        let url = format!("{origin}{path}{question}{query}");
        let mut request = self.client.request(method.clone(), url);
        for (name, value) in signed {
            request = request.header(name, value);
        }
        request.body(body).send().await
    }
}

impl Place {
    /// Scheme and host, the host alone, and the path of a file.
    fn parts(&self, key: &str) -> (String, String, String) {
        let endpoint = self.endpoint.split_once("://");
        let (scheme, host) = endpoint.unwrap_or(("https", &self.endpoint));
        let (host, path) = if self.path_style {
            (host.to_string(), format!("/{}/{key}", self.bucket))
        } else {
            (format!("{}.{host}", self.bucket), format!("/{key}"))
        };
        (format!("{scheme}://{host}"), host, path)
    }
}

fn is_away(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

/// The answer, where it is one of success.
async fn well(answer: Response) -> Result<Response, NotDone> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let said = read(answer, LARGEST_LIST).await.unwrap_or_default();
    let why = match value_of(&said, "Code") {
        Some(code) => format!("{status} ({code})"),
        None => status.to_string(),
    };
    Err(if is_away(status) {
        NotDone::Away(why)
    } else {
        NotDone::Refused(why)
    })
}

/// A file that is not there is nothing; a bucket that is not there is a refusal.
async fn absent<T>(answer: Response) -> Result<Option<T>, NotDone> {
    let said = read(answer, LARGEST_LIST).await?;
    match value_of(&said, "Code") {
        Some(code) if code == "NoSuchBucket" => {
            Err(NotDone::Refused("there is no bucket of this name".into()))
        }
        _ => Ok(None),
    }
}

async fn read(mut answer: Response, most: usize) -> Result<Bytes, NotDone> {
    let mut body = BytesMut::new();
    let broke = |error: reqwest::Error| NotDone::Away(chain(&error.without_url()));
    while let Some(piece) = answer.chunk().await.map_err(broke)? {
        if body.len() + piece.len() > most {
            let fault = Fault::new(format!("a file in the bucket is larger than {most} bytes"));
            return Err(fault.into());
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told.push_str(": ");
        told.push_str(&error.to_string());
        cause = error.source();
    }
    told
}

/// The text of the first element of this name; for what a refusal says.
fn value_of(xml: &[u8], name: &str) -> Option<String> {
    let mut found = None;
    let walked = walk(xml, &mut |path, text| {
        if found.is_none() && path.last().is_some_and(|last| last == name) {
            found = Some(text.chars().take(WHY_LONGEST).collect());
        }
    });
    walked.ok().and(found)
}

/// Adds the files of a page (ListObjectsV2), and answers what the next begins with.
fn listed(page: &[u8], all: &mut Vec<Object>) -> Result<Option<String>, NotDone> {
    let (mut next, mut key, mut since) = (None, String::new(), base::clock::EARLIEST);
    walk(page, &mut |path, text| {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match path[..] {
            [_, "NextContinuationToken"] => next = Some(text.to_string()),
            [_, "Contents", "Key"] => key = text.to_string(),
            [_, "Contents", "LastModified"] => since = text.parse().unwrap_or(since),
            [_, "Contents", "Size"] => all.push(Object {
                key: std::mem::take(&mut key),
                since,
                bytes: text.parse().unwrap_or(0),
            }),
            _ => {}
        }
    })?;
    Ok(next)
}

/// Tells the text of every element, with the names of those it stands in.
fn walk(xml: &[u8], tell: &mut dyn FnMut(&[String], &str)) -> Result<(), NotDone> {
    let xml = std::str::from_utf8(xml).doing("reading what the bucket said")?;
    let mut reader = Reader::from_str(xml);
    let (mut path, mut text) = (Vec::<String>::new(), String::new());
    loop {
        let event = reader.read_event().doing("reading what the bucket said");
        match event? {
            Event::Start(start) => {
                let name = start.local_name();
                path.push(name.as_ref().to_string());
                text.clear();
            }
            Event::Text(piece) => text.push_str(&piece),
            Event::GeneralRef(name) => text.push_str(match name.as_ref() {
                "quot" => "\"",
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                _ => "",
            }),
            Event::End(_) => {
                tell(&path, text.trim());
                path.pop();
                text.clear();
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
