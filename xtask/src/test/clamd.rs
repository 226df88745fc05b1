//! A virus scanner of our own: clamd with one signature, which fits a marker that only our tests write.

use std::{
    fs,
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::watchdog;
use crate::{process, temporary::Folder};

/// How long it may take to answer; with a database of one line it needs a tenth of a second.
const START: Duration = Duration::from_secs(60);
/// How often we look whether it does.
const LOOK: Duration = Duration::from_millis(50);
/// Its only signature, in the form `NAME:any kind of file:any place:bytes`. The tests have the same words in
/// `courier::testing::scanner`.
const SIGNATURE: &str = "Dateline.Test.Marker:0:*:";
/// What it fits.
const MARKER: &[u8] = b"a-harmless-marker-for-scanners";
/// The largest file it takes. Small, so that a test can send a larger one.
const LARGEST: &str = "1M";

/// A running scanner. Dropping it stops it by its process id.
pub struct Clamd {
    server: Child,
    watchdog: Child,
    folder: Folder,
}

impl Clamd {
    /// Starts one. It is not there yet: see [`Clamd::ready`].
    pub fn start() -> Result<Self> {
        let program = process::find("clamd").context("there is no clamd in the path")?;
        let folder = Folder::new("clamd")?;
        lay_out(&folder)?;
        let log = fs::File::create(folder.path().join("log"))?;
        let server = Command::new(program)
            .arg(format!("--config-file={}", settings(&folder).display()))
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("could not start clamd")?;
        let watchdog = watchdog::watch(&server, "TERM", folder.path())?;
        Ok(Self {
            server,
            watchdog,
            folder,
        })
    }

    /// Waits until it answers.
    pub fn ready(&mut self) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < START {
            if let Some(status) = self.server.try_wait()? {
                bail!("clamd ended with {status}\n{}", self.log());
            }
            if self.answers().unwrap_or(false) {
                return Ok(());
            }
            thread::sleep(LOOK);
        }
        bail!("clamd did not answer in {START:?}\n{}", self.log())
    }

    /// Its address, as the setting `scanner.address` takes it.
    pub fn address(&self) -> String {
        format!("unix:{}", socket(&self.folder).display())
    }

    fn answers(&self) -> std::io::Result<bool> {
        let mut stream = UnixStream::connect(socket(&self.folder))?;
        stream.write_all(b"zPING\0")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("PONG"))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        drop(self.watchdog.stdin.take());
        let _ = self.watchdog.wait();
    }
}

/// No account is named, so it stays who we are; nothing is fetched, for nothing but `freshclam` fetches.
fn lay_out(folder: &Folder) -> Result<()> {
    let database = folder.path().join("database");
    fs::create_dir_all(&database)?;
    let bytes: String = MARKER.iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(
        database.join("dateline.ndb"),
        format!("{SIGNATURE}{bytes}\n"),
    )?;
    let said = format!(
        "DatabaseDirectory {}\nTemporaryDirectory {}\nLocalSocket {}\nForeground yes\nStreamMaxLength {LARGEST}\n",
        database.display(),
        folder.path().display(),
        socket(folder).display()
    );
    fs::write(settings(folder), said).context("could not write clamd's settings")
}

fn settings(folder: &Folder) -> PathBuf {
    folder.path().join("clamd.conf")
}

fn socket(folder: &Folder) -> PathBuf {
    folder.path().join("socket")
}
