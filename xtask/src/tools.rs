//! What tests, scenes and the bench borrow from outside Cargo, and how it comes onto the machine.
//!
//! A missing tool is installed or is an error that says how to install it; it is never a skip.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{process, repo};

/// A program and the Debian package that brings it.
pub struct Tool {
    /// The program's name, as it is called.
    pub program: &'static str,
    /// The Debian package, as `apt-get install` knows it.
    pub package: &'static str,
    /// What we use it for; said when it is missing.
    pub purpose: &'static str,
}

const fn tool(program: &'static str, package: &'static str, purpose: &'static str) -> Tool {
    Tool {
        program,
        package,
        purpose,
    }
}

/// What `cargo xtask test` needs.
pub const FOR_TESTS: &[Tool] = &[
    tool("chromium", "chromium", "pages in a real browser"),
    tool(
        "xmllint",
        "libxml2-utils",
        "feeds and sitemaps against their schemas",
    ),
    tool("java", "default-jre-headless", "the HTML checker"),
    tool("nginx", "nginx-light", "a shared cache that is not ours"),
    tool("clamd", "clamav-daemon", "a virus scanner that is not ours"),
    tool("strace", "strace", "what the program asks of the system"),
    tool("node", "nodejs", "the browser's driver"),
    tool("npm", "npm", "fetching the browser's driver"),
    tool(
        "python3",
        "python3-venv",
        "the feed reader and the HTTP checker",
    ),
];

/// What building the desk needs.
pub const FOR_DESK: &[Tool] = &[
    tool("node", "nodejs", "building the desk"),
    tool("npm", "npm", "fetching what the desk is built with"),
];

/// What judging served pictures needs, beside the Python packages.
pub const FOR_PICTURES: &[Tool] = &[tool(
    "exiftool",
    "libimage-exiftool-perl",
    "the fields of served pictures",
)];

/// What `cargo xtask bench site` needs.
pub const FOR_BENCH: &[Tool] = &[
    tool("nginx", "nginx-light", "the peer we are measured beside"),
    tool("wrk", "wrk", "the load"),
    tool(
        "taskset",
        "util-linux",
        "keeping server and load on cores of their own",
    ),
];

/// Where the borrowed npm and Python packages live: `node/` and `venv/` stand in it.
pub fn folder() -> PathBuf {
    repo::target().join("tools")
}

/// Makes sure that each program is there, installing what is not.
pub fn require(tools: &[Tool]) -> Result<()> {
    let missing: Vec<&Tool> = tools
        .iter()
        .filter(|tool| process::find(tool.program).is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    for tool in &missing {
        eprintln!("missing: {} ({})", tool.program, tool.purpose);
    }
    install(&missing.iter().map(|tool| tool.package).collect::<Vec<_>>())?;
    for tool in missing {
        ensure!(
            process::find(tool.program).is_some(),
            "{} was installed, and still there is no {} in the path",
            tool.package,
            tool.program
        );
    }
    Ok(())
}

/// The folder of PostgreSQL's server programs, the newest version there is, installed if need be.
pub fn postgres_programs() -> Result<PathBuf> {
    if newest_postgres().is_none() {
        eprintln!("missing: initdb and postgres (the store is tested on PostgreSQL too)");
        install(&["postgresql"])?;
    }
    newest_postgres().context("postgresql was installed, and still there is no initdb")
}

/// Puts the npm packages of `xtask/tools` into `target/tools/node`; does nothing when they are there already.
pub fn node_packages() -> Result<PathBuf> {
    let home = folder().join("node");
    fs::create_dir_all(&home)?;
    let lock = repo::root().join("xtask/tools/package-lock.json");
    if is_fresh(&home, &lock) {
        return Ok(home);
    }
    for name in ["package.json", "package-lock.json"] {
        fs::copy(repo::root().join("xtask/tools").join(name), home.join(name))?;
    }
    process::run(
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&home),
    )?;
    stamp(&home, &lock)?;
    Ok(home)
}

/// Puts the Python packages of `xtask/tools` into `target/tools/venv`; does nothing when they are there already.
pub fn python_packages() -> Result<PathBuf> {
    let home = folder().join("venv");
    let list = repo::root().join("xtask/tools/requirements.txt");
    if is_fresh(&home, &list) {
        return Ok(home);
    }
    make_venv(&home)?;
    process::run(
        Command::new(home.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet"])
            .args(["--disable-pip-version-check", "--requirement"])
            .arg(&list),
    )?;
    stamp(&home, &list)?;
    Ok(home)
}

/// Debian's Python knows `venv` only with a package of its own, so a first failure is answered by installing it.
fn make_venv(home: &Path) -> Result<()> {
    let make = || {
        process::run(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(home),
        )
    };
    make().or_else(|_| {
        install(&["python3-venv"])?;
        make()
    })
}

fn newest_postgres() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(|entry| entry.ok())
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .max_by_key(|bin| version_of(bin))
}

/// `…/postgresql/15/bin` is version 15; anything else sorts first.
fn version_of(bin: &Path) -> u32 {
    bin.parent()
        .and_then(|folder| folder.file_name()?.to_str()?.parse().ok())
        .unwrap_or(0)
}

/// Installs Debian packages when we may, and says what to install when we may not.
fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    let by_hand = format!("install by hand: apt-get install {list}");
    if process::find("apt-get").is_none() {
        bail!("this machine has no apt-get; install what Debian calls {list}");
    }
    if !is_root()? {
        bail!("only root can install it; {by_hand}");
    }
    let install = || {
        process::run(
            Command::new("apt-get")
                .args(["install", "--yes", "--no-install-recommends"])
                .args(packages)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    };
    // The lists of a fresh machine are empty or old: fetch them once and try again.
    install().or_else(|_| {
        process::run(Command::new("apt-get").arg("update"))?;
        install().context(by_hand)
    })
}

/// Whether we run as the administrator.
pub fn is_root() -> Result<bool> {
    Ok(process::output(Command::new("id").arg("-u"))?.trim() == "0")
}

fn is_fresh(home: &Path, list: &Path) -> bool {
    let wanted = fs::read(list).ok();
    wanted.is_some() && fs::read(home.join(".installed")).ok() == wanted
}

/// Written last, so that an installation cut short is done again.
fn stamp(home: &Path, list: &Path) -> Result<()> {
    fs::copy(list, home.join(".installed"))?;
    Ok(())
}
