//! An object store of our own: moto, which others hold their clients of Amazon S3 against.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::watchdog;
use crate::temporary::Folder;

/// How long it may take to answer; a loaded machine with two cores needs some five seconds.
const START: Duration = Duration::from_secs(60);
/// How often we look whether it does.
const LOOK: Duration = Duration::from_millis(50);
/// The bucket that tests find there.
const BUCKET: &str = "pictures";

/// A running store. Dropping it stops it by its process id; what was in it is gone.
pub struct Moto {
    server: Child,
    watchdog: Child,
    folder: Folder,
    place: SocketAddr,
}

impl Moto {
    /// Starts one, with these Python packages. It is not there yet: see [`Moto::ready`].
    pub fn start(packages: &Path) -> Result<Self> {
        let folder = Folder::new("moto")?;
        let place = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = fs::File::create(folder.path().join("log"))?;
        let server = Command::new(packages.join("bin/python"))
            .arg(packages.join("bin/moto_server"))
            .args(["-H", "127.0.0.1", "-p", &place.port().to_string()])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("could not start moto")?;
        let watchdog = watchdog::watch(&server, "TERM", folder.path())?;
        Ok(Self {
            server,
            watchdog,
            folder,
            place,
        })
    }

    /// Waits until it answers, and makes the bucket of the tests.
    pub fn ready(&mut self) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < START {
            if let Some(status) = self.server.try_wait()? {
                bail!("moto ended with {status}\n{}", self.log());
            }
            if self.makes_bucket().unwrap_or(false) {
                return Ok(());
            }
            thread::sleep(LOOK);
        }
        bail!("moto did not answer in {START:?}\n{}", self.log())
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("http://{}", self.place)
    }

    fn makes_bucket(&self) -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(self.place)?;
        let place = self.place;
        write!(
            stream,
            "PUT /{BUCKET} HTTP/1.1\r\nHost: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        drop(self.watchdog.stdin.take());
        let _ = self.watchdog.wait();
    }
}
