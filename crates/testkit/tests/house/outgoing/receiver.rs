//! Somebody else's program on this machine: answers as it is told and remembers what it was asked.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What it was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The first line and the headers.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Asked {
    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> String {
        let mut lines = self.head.lines().skip(1);
        let found = lines.find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        });
        found.unwrap_or_default().into()
    }
}

/// A program that hears.
pub struct Receiver {
    /// Where it is.
    pub place: SocketAddr,
    heard: Arc<Mutex<Vec<Asked>>>,
}

impl Receiver {
    /// Opens one; `answer` makes the whole answer to what was asked.
    pub async fn open<Said: Into<Vec<u8>>>(
        answer: impl Fn(&Asked) -> Said + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap();
        let heard = Arc::<Mutex<Vec<Asked>>>::default();
        let kept = heard.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let asked = read(&mut stream).await;
                let answer: Vec<u8> = answer(&asked).into();
                kept.lock().unwrap().push(asked);
                let _ = stream.write_all(&answer).await;
            }
        });
        Self { place, heard }
    }

    /// Its address, and what is below.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.place)
    }

    /// What it was asked since this was last called.
    pub fn hears(&self) -> Vec<Asked> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

/// A whole answer of this type.
pub fn says(kind: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}")
}

/// The head, and as much of the body as it announces.
async fn read(stream: &mut TcpStream) -> Asked {
    let mut bytes = Vec::new();
    let mut piece = [0; 8192];
    loop {
        let read = stream.read(&mut piece).await.unwrap_or(0);
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let asked = Asked {
            head: head.into(),
            body: body.into(),
        };
        let announced = asked.header("content-length").parse().unwrap_or(0);
        if read == 0 || text.contains("\r\n\r\n") && body.len() >= announced {
            return asked;
        }
    }
}
