//! A scanner for viruses that the operator names: `clamd`, asked over a socket of this machine or its network.
//!
//! Its protocol is in clamd(8): a command between `z` and a zero byte, `zINSTREAM`, then pieces of the file, each behind its
//! length as four bytes with the largest first, then a length of nought. The answer is one line that ends with a zero byte:
//! `stream: OK`, `stream: NAME FOUND`, or something that ends with `ERROR`.

use std::{fmt, io, net::SocketAddr, path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    sync::Semaphore,
    time::timeout,
};

use crate::address::is_public;

#[cfg(test)]
mod tests;

/// The whole time for one file, with waiting for a place: well below the 30 seconds that a request has.
pub const SCANNED_WITHIN: Duration = Duration::from_secs(15);
/// Files on their way to the scanner at once; `clamd` takes ten unless it is set otherwise, and others ask it too.
pub const AT_ONCE: usize = 4;
/// Bytes of a file sent at once behind one length.
const PIECE: usize = 64 * 1024;
/// The longest answer that is read, in bytes; the name of a signature is far shorter.
const LONGEST_ANSWER: u64 = 4 * 1024;
/// How much of an answer is told, in characters.
const TOLD_LONGEST: usize = 120;

/// Where a scanner listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A Unix socket.
    Socket(PathBuf),
    /// An address and a port of this machine or of a network of one's own: files go there in the clear.
    Network(SocketAddr),
}

/// A scanner. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Scanner {
    place: Place,
    within: Duration,
    free: Arc<Semaphore>,
}

/// What a scanner found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nothing that it knows.
    Clean,
    /// What the signature that fits is called.
    Infected(String),
}

/// Why a file was not scanned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unscanned {
    /// Nobody listens there, or the connection broke off without an answer.
    #[error("the scanner at {0} is away: {1}")]
    Away(Place, String),
    /// It did not answer in time.
    #[error("the scanner at {0} was silent for {1:?}")]
    Silent(Place, Duration),
    /// It takes no file as large as this one.
    #[error(
        "the scanner at {0} takes no file as large as this; see StreamMaxLength in its settings"
    )]
    TooLarge(Place),
    /// It answered, and not what a scanner answers.
    #[error("the scanner at {0} answered “{1}”")]
    Unclear(Place, String),
}

impl Scanner {
    /// The scanner there. Nothing is asked yet.
    pub fn at(place: Place) -> Self {
        Self {
            place,
            within: SCANNED_WITHIN,
            free: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// The same with another time for one file, in place of [`SCANNED_WITHIN`].
    #[must_use]
    pub fn hurried(self, within: Duration) -> Self {
        Self { within, ..self }
    }

    /// Whether it is there and answers.
    ///
    /// # Errors
    /// As [`Unscanned`] says.
    pub async fn answers(&self) -> Result<(), Unscanned> {
        match self.asked(b"zPING\0", None).await?.as_str() {
            "PONG" => Ok(()),
            other => Err(self.unclear(other)),
        }
    }

    /// Has a file looked at.
    ///
    /// # Errors
    /// As [`Unscanned`] says.
    pub async fn scan(&self, file: &[u8]) -> Result<Finding, Unscanned> {
        let answer = self.asked(b"zINSTREAM\0", Some(file)).await?;
        let found = answer
            .strip_prefix("stream: ")
            .and_then(|rest| rest.strip_suffix(" FOUND"));
        match found {
            Some(signature) => Ok(Finding::Infected(shown(signature))),
            None if answer == "stream: OK" => Ok(Finding::Clean),
            None if answer.contains("size limit exceeded") => {
                Err(Unscanned::TooLarge(self.place.clone()))
            }
            None => Err(self.unclear(&answer)),
        }
    }

    async fn asked(&self, command: &[u8], file: Option<&[u8]>) -> Result<String, Unscanned> {
        let silent = |_| Unscanned::Silent(self.place.clone(), self.within);
        let away = |error: io::Error| Unscanned::Away(self.place.clone(), error.to_string());
        let asked = timeout(self.within, self.talk(command, file)).await;
        asked.map_err(silent)?.map_err(away)
    }

    async fn talk(&self, command: &[u8], file: Option<&[u8]>) -> io::Result<String> {
        let _place = self.free.acquire().await.map_err(io::Error::other)?;
        match &self.place {
            Place::Socket(path) => exchange(UnixStream::connect(path).await?, command, file).await,
            Place::Network(at) => exchange(TcpStream::connect(at).await?, command, file).await,
        }
    }

    fn unclear(&self, answer: &str) -> Unscanned {
        Unscanned::Unclear(self.place.clone(), shown(answer))
    }
}

/// Reads while it writes: a scanner to which a file is too large says so in the middle, and hangs up.
async fn exchange(
    stream: impl AsyncRead + AsyncWrite,
    command: &[u8],
    file: Option<&[u8]>,
) -> io::Result<String> {
    let (listening, mut speaking) = tokio::io::split(stream);
    let heard = answer(listening);
    tokio::pin!(heard);
    let said = tokio::select! {
        biased;
        heard = &mut heard => return heard,
        said = say(&mut speaking, command, file) => said,
    };
    match (said, heard.await) {
        // What broke when we wrote says more than the end that we read after it.
        (Err(error), Err(_)) => Err(error),
        (_, heard) => heard,
    }
}

async fn say(
    stream: &mut (impl AsyncWrite + Unpin),
    command: &[u8],
    file: Option<&[u8]>,
) -> io::Result<()> {
    stream.write_all(command).await?;
    if let Some(file) = file {
        for piece in file.chunks(PIECE) {
            stream
                .write_all(&(piece.len() as u32).to_be_bytes())
                .await?;
            stream.write_all(piece).await?;
        }
        stream.write_all(&0_u32.to_be_bytes()).await?;
    }
    stream.flush().await
}

/// What comes before the zero byte. Without one it is no whole answer: the end of what was cut off might be missing.
async fn answer(stream: impl AsyncRead + Unpin) -> io::Result<String> {
    let mut stream = stream.take(LONGEST_ANSWER);
    let mut heard = Vec::new();
    loop {
        if let Some(end) = heard.iter().position(|byte| *byte == 0) {
            return Ok(String::from_utf8_lossy(&heard[..end]).trim().to_string());
        }
        if stream.read_buf(&mut heard).await? == 0 {
            let cut = "the connection ended without an answer";
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, cut));
        }
    }
}

/// As people may be shown it: of bounded length, and in the letters in which signatures are named.
fn shown(answer: &str) -> String {
    let plain = |letter: char| {
        if letter == ' ' || letter.is_ascii_graphic() {
            letter
        } else {
            '?'
        }
    };
    answer.chars().take(TOLD_LONGEST).map(plain).collect()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Socket(path) => write!(f, "unix:{}", path.display()),
            Self::Network(at) => write!(f, "tcp:{at}"),
        }
    }
}

impl FromStr for Place {
    type Err = &'static str;

    /// `unix:` and a path from the root, or `tcp:` with an address and a port. An address of the public internet is none:
    /// what is not yet published would go there for all to read.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(path) = text.strip_prefix("unix:") {
            return match PathBuf::from(path) {
                path if path.is_absolute() => Ok(Self::Socket(path)),
                _ => Err("it takes unix: and a path from the root"),
            };
        }
        let at: Option<SocketAddr> = text.strip_prefix("tcp:").and_then(|at| at.parse().ok());
        match at {
            Some(at) if is_public(at.ip()) => Err(PUBLIC),
            Some(at) => Ok(Self::Network(at)),
            None => Err(
                "it takes unix:/a/path, or tcp: with an address and a port such as tcp:127.0.0.1:3310",
            ),
        }
    }
}

/// Why an address of the public internet is refused.
const PUBLIC: &str = "is on the public internet, where files would go in the clear: it takes one of this machine or a network of your own";
