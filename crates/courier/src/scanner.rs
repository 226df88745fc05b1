//! A scanner of files, by the protocol of clamd: a file goes there in pieces, and a line comes back.
//!
//! The operator runs it and names it in the settings. What is shown to it is unpublished, and the line is not encrypted, so
//! its address has to be a socket of this machine or lie in a network of the operator's own. `clamav-client` speaks the
//! protocol; here stand the line it speaks over, how long that may take, and what an answer means.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

use clamav_client::{
    PONG,
    tokio::{TransportProtocol, ping, scan_buffer},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, Join, Take, join, split},
    net::{TcpStream, UnixStream, lookup_host},
    time::timeout,
};

use crate::address::is_public;

#[cfg(test)]
mod tests;

/// The whole time for one file. Clamd reads a large picture in a second or two; one that takes longer is in trouble.
pub const SCANNED_WITHIN: Duration = Duration::from_secs(20);
/// How much of an answer is read, in bytes. Clamd's is one line.
const ANSWER_MOST: u64 = 4 * 1024;
/// How much of an answer is told, in characters.
const TOLD_MOST: usize = 120;
/// Bytes in one piece of a file.
const PIECE: usize = 64 * 1024;

/// Where a scanner listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A socket of this machine.
    Socket(PathBuf),
    /// A host with its port.
    Host(String),
}

impl FromStr for Place {
    type Err = &'static str;

    /// Reads `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rule = "it takes unix: and the path of a socket, or tcp: and a host with its port";
        let (kind, place) = text.split_once(':').ok_or(rule)?;
        let port = place.rsplit_once(':').map(|(_, port)| port.parse::<u16>());
        match (kind, port) {
            ("unix", _) if place.starts_with('/') => Ok(Self::Socket(place.into())),
            ("tcp", Some(Ok(1..))) if !place.starts_with(':') => Ok(Self::Host(place.into())),
            _ => Err(rule),
        }
    }
}

/// What a scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nothing was found.
    Clean,
    /// This was found; the name is the scanner's own.
    Infected(String),
}

/// Why a scanner said nothing of use.
#[derive(Debug, thiserror::Error)]
pub enum Silent {
    /// It is not where unpublished pictures may go unencrypted.
    #[error(
        "{0} is on the public internet, and files would go there for everybody to read; run the scanner on this machine or in a network of your own"
    )]
    Public(IpAddr),
    /// It took too long.
    #[error("it did not answer in {} s", .0.as_secs())]
    Late(Duration),
    /// It ended the line while the file was on its way.
    #[error(
        "it ended the line before it had the whole file; its StreamMaxLength has to be larger than the largest picture"
    )]
    HungUp,
    /// It cannot be reached.
    #[error("it cannot be reached: {0}")]
    Away(#[source] io::Error),
    /// It answered something else than a finding.
    #[error("it answered “{0}”")]
    Otherwise(String),
}

/// A scanner.
#[derive(Clone, Debug)]
pub struct Scanner {
    place: Place,
    within: Duration,
}

impl Scanner {
    /// The scanner there, which has `within` for each file. Nothing is asked yet.
    pub fn at(place: Place, within: Duration) -> Self {
        Self { place, within }
    }

    /// Shows it a file.
    ///
    /// # Errors
    /// When it does not say whether the file is clean.
    pub async fn look(&self, file: &[u8]) -> Result<Finding, Silent> {
        let answer = self.asked(scan_buffer(file, self, Some(PIECE))).await?;
        finding(&answer)
    }

    /// Whether it is there.
    ///
    /// # Errors
    /// When it is not.
    pub async fn greet(&self) -> Result<(), Silent> {
        let answer = self.asked(ping(self)).await?;
        if answer == PONG {
            Ok(())
        } else {
            Err(Silent::Otherwise(told(&answer)))
        }
    }

    async fn asked(
        &self,
        answer: impl Future<Output = io::Result<Vec<u8>>>,
    ) -> Result<Vec<u8>, Silent> {
        let answer = timeout(self.within, answer).await;
        let answer = answer.map_err(|_| Silent::Late(self.within))?;
        answer.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset => Silent::HungUp,
            io::ErrorKind::PermissionDenied => match error.downcast::<Open>() {
                Ok(Open(ip)) => Silent::Public(ip),
                Err(error) => Silent::Away(error),
            },
            _ => Silent::Away(error),
        })
    }
}

/// That an address is open to everybody, on its way through an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("{0} is on the public internet")]
struct Open(IpAddr);

type Ear = Box<dyn AsyncRead + Send + Unpin>;
type Mouth = Box<dyn AsyncWrite + Send + Unpin>;

impl TransportProtocol for Scanner {
    type Stream = Join<Take<Ear>, Mouth>;

    async fn connect(&self) -> io::Result<Self::Stream> {
        let (ear, mouth): (Ear, Mouth) = match &self.place {
            Place::Socket(path) => {
                let (ear, mouth) = split(UnixStream::connect(path).await?);
                (Box::new(ear), Box::new(mouth))
            }
            Place::Host(host) => {
                let judged = judged(lookup_host(host).await?.collect())?;
                let (ear, mouth) = split(TcpStream::connect(&*judged).await?);
                (Box::new(ear), Box::new(mouth))
            }
        };
        Ok(join(ear.take(ANSWER_MOST), mouth))
    }
}

/// These addresses, where none of them is open to everybody.
fn judged(found: Vec<SocketAddr>) -> io::Result<Vec<SocketAddr>> {
    match found.iter().find(|address| is_public(address.ip())) {
        Some(open) => Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            Open(open.ip()),
        )),
        None => Ok(found),
    }
}

/// What an answer to `INSTREAM` means (clamd(8)): `stream: OK`, `stream: NAME FOUND`, or `… ERROR`.
fn finding(answer: &[u8]) -> Result<Finding, Silent> {
    let told = told(answer);
    let said = told.strip_prefix("stream: ").unwrap_or_default();
    match (said, said.strip_suffix(" FOUND")) {
        ("OK", _) => Ok(Finding::Clean),
        (_, Some(name)) => Ok(Finding::Infected(name.into())),
        _ if told.contains("size limit exceeded") => Err(Silent::HungUp),
        _ => Err(Silent::Otherwise(told)),
    }
}

fn told(answer: &[u8]) -> String {
    let text = String::from_utf8_lossy(answer);
    let text = text.trim_matches(['\0', '\n', '\r', ' ']);
    let text = text.replace(char::is_control, " ");
    text.chars().take(TOLD_MOST).collect()
}
