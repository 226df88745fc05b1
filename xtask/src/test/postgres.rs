//! A PostgreSQL of our own: unprivileged, on a socket only, gone when the tests are.

use std::{
    ffi::OsStr,
    fs,
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::watchdog;
use crate::{process, temporary::Folder, tools};

/// How long the server may take to answer; a loaded machine with two cores needs about two seconds.
const START: Duration = Duration::from_secs(60);
/// How often we look whether it does.
const LOOK: Duration = Duration::from_millis(50);

/// A running server. Dropping it stops the server by its process id and removes its data.
pub struct Postgres {
    server: Child,
    watchdog: Child,
    folder: Folder,
}

/// Who the server runs as: PostgreSQL refuses to run as root.
#[derive(Clone, Copy)]
struct Owner {
    account: u32,
    group: u32,
}

impl Postgres {
    /// Makes a fresh cluster (`C.UTF-8`, so that text orders as in SQLite) and starts it.
    pub fn start(programs: &Path) -> Result<Self> {
        let folder = Folder::new("pg")?;
        let owner = match tools::is_root()? {
            true => Some(unprivileged()?),
            false => None,
        };
        prepare(&folder, owner)?;
        make_cluster(&folder, programs, owner)?;
        let server = launch(&folder, programs, owner)?;
        let watchdog = watchdog::watch(&server, "QUIT", folder.path())?;
        let mut postgres = Self {
            server,
            watchdog,
            folder,
        };
        postgres.wait_until_ready(programs)?;
        Ok(postgres)
    }

    /// The address of its maintenance database, from which tests make databases of their own.
    pub fn address(&self) -> String {
        let host: String = self.sockets().to_string_lossy().replace('/', "%2F");
        format!("postgresql://dateline@{host}:5432/postgres")
    }

    fn sockets(&self) -> PathBuf {
        self.folder.path().join("s")
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < START {
            if let Some(status) = self.server.try_wait()? {
                bail!("postgres ended with {status}\n{}", self.log());
            }
            let ready = Command::new(programs.join("pg_isready"))
                .arg("--quiet")
                .arg("--host")
                .arg(self.sockets())
                .status()?;
            if ready.success() {
                return Ok(());
            }
            thread::sleep(LOOK);
        }
        bail!("postgres did not answer in {START:?}\n{}", self.log())
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGQUIT ends it at once: its data is thrown away with the folder.
        let id = self.server.id().to_string();
        let _ = Command::new("kill").args(["-QUIT", &id]).status();
        let _ = self.server.wait();
        drop(self.watchdog.stdin.take());
        let _ = self.watchdog.wait();
    }
}

fn prepare(folder: &Folder, owner: Option<Owner>) -> Result<()> {
    for place in [folder.path().to_path_buf(), folder.path().join("s")] {
        fs::create_dir_all(&place)?;
        fs::set_permissions(&place, fs::Permissions::from_mode(0o755))?;
        if let Some(owner) = owner {
            chown(&place, Some(owner.account), Some(owner.group))?;
        }
    }
    Ok(())
}

fn make_cluster(folder: &Folder, programs: &Path, owner: Option<Owner>) -> Result<()> {
    let mut initdb = as_owner(&programs.join("initdb"), folder, owner);
    initdb
        .args(["--username=dateline", "--auth=trust", "--no-sync"])
        .args(["--encoding=UTF8", "--locale=C.UTF-8", "--pgdata"])
        .arg(folder.path().join("data"));
    process::output(&mut initdb).map(drop)
}

fn launch(folder: &Folder, programs: &Path, owner: Option<Owner>) -> Result<Child> {
    let log = fs::File::create(folder.path().join("log"))?;
    let mut postgres = as_owner(&programs.join("postgres"), folder, owner);
    postgres
        .arg("-D")
        .arg(folder.path().join("data"))
        .arg("-k")
        .arg(folder.path().join("s"));
    // Tests run side by side, each with connections of its own. Flushing stays on, slow as it is: the store
    // refuses a server that may lose what it acknowledged, and that refusal is tested too.
    postgres.args(["-c", "listen_addresses=", "-c", "max_connections=200"]);
    postgres
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .context("could not start postgres")
}

fn as_owner(program: &Path, folder: &Folder, owner: Option<Owner>) -> Command {
    let mut command = Command::new::<&OsStr>(program.as_ref());
    command.current_dir(folder.path());
    if let Some(owner) = owner {
        command.uid(owner.account).gid(owner.group);
    }
    command
}

/// The account `postgres`, which Debian's package makes, or else `nobody`.
fn unprivileged() -> Result<Owner> {
    let accounts = fs::read_to_string("/etc/passwd")?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| owner_named(&accounts, name))
        .context("PostgreSQL may not run as root, and there is no account postgres or nobody")
}

fn owner_named(accounts: &str, name: &str) -> Option<Owner> {
    let line = accounts
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut numbers = line.split(':').skip(2).map(str::parse);
    Some(Owner {
        account: numbers.next()?.ok()?,
        group: numbers.next()?.ok()?,
    })
}
