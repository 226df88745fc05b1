//! A scanner in place of `clamd`, which finds a marker and falls ill when it is told to.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, UnixListener},
    task::JoinHandle,
};

use crate::scanner::Place;

/// What it finds: no virus, and nothing that another scanner knows.
pub const MARKER: &[u8] = b"a-harmless-marker-for-scanners";
/// What it calls that.
pub const SIGNATURE: &str = "Dateline.Test.Marker";

/// How it answers from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// As `clamd` does.
    Well,
    /// Every file is too large as soon as this many bytes of it came.
    TakesAtMost(usize),
    /// It takes everything and never answers.
    Silent,
    /// It hangs up when it has read this many bytes.
    BreaksOffAfter(usize),
    /// It answers this.
    Says(&'static str),
}

/// A scanner that listens until it is dropped.
pub struct StubScanner {
    /// Where it listens.
    pub place: Place,
    inner: Arc<Inner>,
    listening: JoinHandle<()>,
}

struct Inner {
    mood: Mutex<Mood>,
    heard: Mutex<Vec<usize>>,
}

impl StubScanner {
    /// One on a port of this machine.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn on_a_port() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = listener.local_addr().expect("an address of its own");
        let inner = Inner::new();
        let asked = Arc::clone(&inner);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&asked).answer(stream));
            }
        });
        Self {
            place: Place::Network(at),
            inner,
            listening,
        }
    }

    /// One on a Unix socket.
    ///
    /// # Panics
    /// When the socket cannot be made.
    pub fn on_a_socket() -> Self {
        let path = fresh();
        let listener = UnixListener::bind(&path).expect("a socket can be made");
        let inner = Inner::new();
        let asked = Arc::clone(&inner);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&asked).answer(stream));
            }
        });
        Self {
            place: Place::Socket(path),
            inner,
            listening,
        }
    }

    /// From now on it is so.
    pub fn is(&self, mood: Mood) -> &Self {
        *lock(&self.inner.mood) = mood;
        self
    }

    /// How many bytes each file had that it was shown whole, in their order.
    pub fn heard(&self) -> Vec<usize> {
        lock(&self.inner.heard).clone()
    }
}

impl Drop for StubScanner {
    fn drop(&mut self) {
        self.listening.abort();
        if let Place::Socket(path) = &self.place {
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Inner {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            mood: Mutex::new(Mood::Well),
            heard: Mutex::default(),
        })
    }

    async fn answer(self: Arc<Self>, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mood = *lock(&self.mood);
        // Whoever hangs up on it is no trouble of its own.
        let _ = self.answers(&mut stream, mood).await;
        if mood == Mood::Silent {
            std::future::pending::<()>().await;
        }
    }

    async fn answers(
        &self,
        stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
        mood: Mood,
    ) -> io::Result<()> {
        let command = command(stream).await?;
        let said = match (command.as_slice(), mood) {
            (_, Mood::Says(words)) => words.to_string(),
            (b"zPING", Mood::Silent) => return Ok(()),
            (b"zPING", Mood::BreaksOffAfter(_)) => return Ok(()),
            (b"zPING", _) => "PONG".into(),
            (b"zINSTREAM", mood) => match self.looks(stream, mood).await? {
                Some(said) => said,
                None => return Ok(()),
            },
            _ => "UNKNOWN COMMAND".into(),
        };
        stream.write_all(format!("{said}\0").as_bytes()).await
    }

    /// What it says of a file; nothing where it does not answer.
    async fn looks(
        &self,
        stream: &mut (impl AsyncRead + Unpin),
        mood: Mood,
    ) -> io::Result<Option<String>> {
        let mut file = Vec::new();
        loop {
            let length = stream.read_u32().await? as usize;
            if length == 0 {
                break;
            }
            let from = file.len();
            file.resize(from + length, 0);
            stream.read_exact(&mut file[from..]).await?;
            match mood {
                Mood::TakesAtMost(most) if file.len() > most => {
                    return Ok(Some("INSTREAM size limit exceeded. ERROR".into()));
                }
                Mood::BreaksOffAfter(most) if file.len() > most => return Ok(None),
                _ => {}
            }
        }
        lock(&self.heard).push(file.len());
        let is_found = file.windows(MARKER.len()).any(|piece| piece == MARKER);
        Ok(match mood {
            Mood::Silent | Mood::BreaksOffAfter(_) => None,
            _ if is_found => Some(format!("stream: {SIGNATURE} FOUND")),
            _ => Some("stream: OK".into()),
        })
    }
}

async fn command(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut command = Vec::new();
    loop {
        match stream.read_u8().await? {
            0 => return Ok(command),
            byte => command.push(byte),
        }
    }
}

/// A name that no other test has, short enough for a socket.
fn fresh() -> PathBuf {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let nth = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let nanos = since.map_or(0, |since| since.subsec_nanos());
    let name = format!("dl-scanner-{}-{nth}-{nanos}", std::process::id());
    std::env::temp_dir().join(name)
}

fn lock<T>(held: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
