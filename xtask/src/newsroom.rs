//! A Dateline server started for a scene or a measurement, stopped when its owner goes.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{process, repo};

/// How long a start may take: the demo makes its stories first.
const START: Duration = Duration::from_secs(120);
/// How long a server may take to drain and end before it is told to end at once.
const DRAIN: Duration = Duration::from_secs(10);
/// The longest wait for one answer.
const ANSWER: Duration = Duration::from_secs(30);
/// How long after its address a new newsroom may take to say where its owner joins.
const INVITATION: Duration = Duration::from_secs(10);
/// Where the owner joins, as the demo prints it.
const ENROLMENT: &str = "/desk/enrol?token=";

/// A running server on a free port of the loopback address.
pub struct Newsroom {
    server: Child,
    address: String,
    says: Receiver<String>,
}

/// A plain HTTP/1.1 request.
pub struct Request<'a> {
    /// Its method, in capitals.
    pub method: &'a str,
    /// Path and query.
    pub path: &'a str,
    /// Whole lines, such as `Cookie: a=b`.
    pub headers: &'a [&'a str],
    /// The body; its length is told when there is one.
    pub body: &'a [u8],
}

/// An answer to a plain HTTP/1.1 request.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The head as it came, without the status line.
    pub head: String,
    /// The body's bytes, still encoded as `Content-Encoding` says.
    pub body: Vec<u8>,
}

impl Newsroom {
    /// Starts a command that prints `listening on http://…`, and waits for that line.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut server = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start dateline")?;
        let output = server.stdout.take().context("dateline has no output")?;
        let (said, says) = mpsc::channel();
        // The pipe is read to its end, or else the server would stop at a full one.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = said.send(line);
            }
        });
        match first(&says, START, address_in) {
            Some(address) => Ok(Self {
                server,
                address,
                says,
            }),
            None => {
                let _ = server.kill();
                let status = server.wait()?;
                bail!("dateline never said `listening on http://…` ({status})")
            }
        }
    }

    /// Host and port, as `127.0.0.1:40001`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Path and query at which the owner of a newly made newsroom joins its desk; said once.
    pub fn enrolment(&self) -> Result<String> {
        first(&self.says, INVITATION, enrolment_in)
            .context("dateline never said where its owner joins")
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) -> Result<()> {
        self.server.kill()?;
        self.server.wait()?;
        Ok(())
    }

    /// The server's process id.
    pub fn process(&self) -> u32 {
        self.server.id()
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        if !matches!(self.server.try_wait(), Ok(None)) {
            return;
        }
        let id = self.server.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let start = Instant::now();
        while start.elapsed() < DRAIN {
            if !matches!(self.server.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Builds `dateline` and gives the program's place; `release` as shipped, else as developed.
pub fn build(release: bool) -> Result<PathBuf> {
    let mut cargo = repo::cargo();
    cargo.args(["build", "--package", "dateline"]);
    if release {
        cargo.arg("--release");
    }
    process::run(&mut cargo)?;
    let profile = if release { "release" } else { "debug" };
    Ok(repo::target().join(profile).join("dateline"))
}

/// The command that opens the demo newsroom with its data in a folder of ours.
pub fn demo(program: &Path, data: &Path) -> Command {
    demo_at(0, program, data)
}

/// The same at this port; nought is any that is free, and then the newsroom does not know its own address.
pub fn demo_at(port: u16, program: &Path, data: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["demo", "--listen", &format!("127.0.0.1:{port}"), "--data"])
        .arg(data);
    command
}

/// A port of the loopback address that nobody listens on at this moment.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("there is no free port")?;
    Ok(listener.local_addr()?.port())
}

/// Asks a server on the loopback address for a path; `headers` are whole lines such as `Cookie: a=b`.
pub fn get(address: &str, path: &str, headers: &[&str]) -> Result<Answer> {
    ask(
        address,
        &Request {
            method: "GET",
            path,
            headers,
            body: &[],
        },
    )
}

/// Sends a request to a server on the loopback address and reads the whole answer.
pub fn ask(address: &str, request: &Request<'_>) -> Result<Answer> {
    let path = request.path;
    let mut socket = TcpStream::connect(address).with_context(|| format!("no one at {address}"))?;
    socket.set_read_timeout(Some(ANSWER))?;
    socket.write_all(&request.head(address))?;
    socket.write_all(request.body)?;
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes)?;
    Answer::read(&bytes).with_context(|| format!("no HTTP answer for {path}"))
}

impl Request<'_> {
    fn head(&self, address: &str) -> Vec<u8> {
        let Self { method, path, .. } = self;
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
        if !self.body.is_empty() {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        for header in self.headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        head.into_bytes()
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let text = std::str::from_utf8(&bytes[..end]).ok()?;
        let (first, head) = text.split_once("\r\n")?;
        let mut answer = Self {
            status: first.split(' ').nth(1)?.parse().ok()?,
            head: head.to_string(),
            body: bytes[end + 4..].to_vec(),
        };
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.body = unchunked(&answer.body)?;
        }
        Some(answer)
    }

    /// The value of a header, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The same answer, or an error that says which status came instead of 200.
    pub fn good(self, path: &str) -> Result<Self> {
        ensure!(self.status == 200, "{path} answered {}", self.status);
        Ok(self)
    }
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..line]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        let start = line + 2;
        body.extend_from_slice(rest.get(start..start + size)?);
        rest = rest.get(start + size + 2..)?;
    }
}

/// What is found in the first line that holds it, if one comes before the wait is over.
fn first(
    says: &Receiver<String>,
    wait: Duration,
    find: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let start = Instant::now();
    loop {
        let left = wait.saturating_sub(start.elapsed());
        let line = says.recv_timeout(left).ok()?;
        if let Some(found) = find(&line) {
            return Some(found);
        }
    }
}

fn enrolment_in(line: &str) -> Option<String> {
    line.find(ENROLMENT).map(|at| line[at..].trim().to_string())
}

/// The address in `… listening on http://127.0.0.1:40001/ …`.
fn address_in(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("listening on http://")?;
    let end = rest
        .find(|ch: char| !(ch.is_ascii_alphanumeric() || ".:[]-".contains(ch)))
        .unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_the_line_that_names_it() {
        let found = |line| address_in(line);
        assert_eq!(
            found("dateline: listening on http://127.0.0.1:4001/").as_deref(),
            Some("127.0.0.1:4001")
        );
        assert_eq!(
            found("listening on http://[::1]:80").as_deref(),
            Some("[::1]:80")
        );
        assert_eq!(found("made twelve stories"), None);
    }

    #[test]
    fn the_place_where_the_owner_joins_is_found_in_the_line_that_names_it() {
        let line = "Its desk: http://127.0.0.1:4001/desk/enrol?token=ab12";
        assert_eq!(
            enrolment_in(line).as_deref(),
            Some("/desk/enrol?token=ab12")
        );
        assert_eq!(enrolment_in("listening on http://[::1]:80"), None);
    }

    #[test]
    fn a_chunked_answer_is_put_together() {
        let answer = Answer::read(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: \"a\"\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        )
        .unwrap();
        assert_eq!(
            (answer.status, answer.body.as_slice()),
            (200, &b"abcde"[..])
        );
        assert_eq!(answer.header("etag"), Some("\"a\""));
    }
}
