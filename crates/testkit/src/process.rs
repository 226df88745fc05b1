//! The real program as a process of its own, to be started, killed, and asked how it is.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use newsroom::staff::api_token::Scope;
use serde_json::Value;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::wire::hears;

/// A data folder and the program that works on it. The folder goes with it.
pub struct Program {
    binary: PathBuf,
    folder: PathBuf,
    /// What strace is told to watch, and where it writes what it saw.
    watch: Option<(String, PathBuf)>,
}

/// A running server; killed when dropped.
pub struct Running {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Program {
    /// A new newsroom, made by `init`.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn init(binary: &str) -> Self {
        let name = format!("dateline-program-{}", uuid::Uuid::now_v7().simple());
        let program = Self {
            binary: binary.into(),
            folder: std::env::temp_dir().join(name),
            watch: None,
        };
        program.runs("init", &[]);
        program
    }

    /// From now on strace watches it, by an expression as its `-e` takes, and writes to this file anew each
    /// time the program starts.
    pub fn is_watched(&mut self, expression: &str, trace: &Path) {
        self.watch = Some((expression.into(), trace.into()));
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A token with every scope, as an agency's machine has one.
    ///
    /// # Panics
    /// When it was not made.
    pub fn token(&self) -> String {
        let scopes = Scope::ALL.map(|scope| ["--scope", scope.word()]);
        let named = [&["--name", "wire"], scopes.as_flattened()].concat();
        self.runs("token create", &named).trim().to_string()
    }

    /// Runs a command to its end and answers what it printed.
    ///
    /// # Panics
    /// When it did not end well.
    pub fn runs(&self, command: &str, arguments: &[&str]) -> String {
        self.ends_with(0, command, arguments)
    }

    /// Runs a command to its end, which must have this exit code, and answers what it printed.
    ///
    /// # Panics
    /// When it ended otherwise.
    pub fn ends_with(&self, code: i32, command: &str, arguments: &[&str]) -> String {
        let ended = self
            .command(command)
            .args(arguments)
            .output()
            .expect("the program starts");
        let complaints = String::from_utf8_lossy(&ended.stderr).into_owned();
        let printed = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert_eq!(
            ended.status.code(),
            Some(code),
            "{command} {arguments:?}: {printed} {complaints}"
        );
        printed
    }

    /// Starts a command and kills it after this time; answers whether it was still at work.
    ///
    /// # Panics
    /// When it cannot be started, or had ended badly.
    pub fn is_killed_after(&self, time: Duration, command: &str, arguments: &[&str]) -> bool {
        let mut command = self.command(command);
        command.args(arguments).stdout(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        std::thread::sleep(time);
        let ended = child.try_wait().expect("it is our child");
        assert!(ended.is_none_or(|status| status.success()), "{ended:?}");
        let _ = child.kill();
        let _ = child.wait();
        ended.is_none()
    }

    /// Starts the server and waits until it takes connections.
    ///
    /// # Panics
    /// When it ends instead.
    pub fn serves(&self) -> Running {
        let mut command = self.command("serve");
        command
            .env("DATELINE_SERVE_LISTEN", "127.0.0.1:0")
            // A scene asks for more from one address than any reader does.
            .env("DATELINE_SERVE_WAIVE_RATES", "true")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let mut line = String::new();
        let said = child.stdout.take().expect("its output is ours");
        BufReader::new(said)
            .read_line(&mut line)
            .expect("it prints a line");
        let address = line
            .trim()
            .rsplit('/')
            .next()
            .and_then(|address| address.parse().ok());
        Running {
            child,
            address: address.unwrap_or_else(|| panic!("it said {line:?}")),
        }
    }

    fn command(&self, name: &str) -> Command {
        let mut command = match &self.watch {
            None => Command::new(&self.binary),
            Some((expression, trace)) => {
                // The tracer stands aside, so that it is the program that we start, and kill.
                let mut strace = Command::new(strace());
                strace.args(["-D", "-f", "-qq", "-e", expression, "-o"]);
                strace.arg(trace).arg(&self.binary);
                strace
            }
        };
        command
            .env_clear()
            .args(name.split(' '))
            .arg("--data")
            .arg(&self.folder);
        command
    }
}

fn strace() -> PathBuf {
    let said = std::env::var_os("DATELINE_TEST_STRACE");
    said.map_or_else(|| "/usr/bin/strace".into(), PathBuf::from)
}

impl Drop for Program {
    fn drop(&mut self) {
        // What is left in the system's temporary folder does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Running {
    /// Its process id.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power switch does for a process: SIGKILL, nothing is asked.
    pub fn is_killed(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.is_killed();
    }
}

/// A request over a socket, JSON in and out; none when the other end was gone before it answered.
pub async fn ask(
    address: SocketAddr,
    (method, path): (&str, &str),
    token: &str,
    body: &Value,
) -> Option<(u16, Value)> {
    let body = body.to_string();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         authorization: Bearer {token}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let answer = hears(stream).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.get(9..12)?.parse().ok()?;
    let (_, body) = answer.split_once("\r\n\r\n")?;
    Some((status, serde_json::from_str(body).unwrap_or_default()))
}
