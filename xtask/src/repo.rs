//! The repository: where it stands on disk, which files are in it, and what Cargo says of its crates.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::process;

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask stands inside the workspace")
}

/// The folder everything built and fetched goes to; nothing in it is kept.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The folder of material that may stand beside the repository; a clone has none.
pub fn corpora() -> PathBuf {
    root().join("../shared/corpora")
}

/// A `cargo` command in the repository, with the same Cargo that runs us.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Every file that is committed or would be, relative to the root, sorted.
pub fn files() -> Result<Vec<PathBuf>> {
    let mut git = Command::new("git");
    git.current_dir(root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let listed = process::output(&mut git)?;
    let mut files: Vec<PathBuf> = listed
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .filter(|name| root().join(name).is_file())
        .collect();
    files.sort();
    files.dedup();
    ensure!(
        !files.is_empty(),
        "git lists no file in {}",
        root().display()
    );
    Ok(files)
}

/// What `cargo metadata` says, with these further arguments.
pub fn metadata(arguments: &[&str]) -> Result<Value> {
    let mut command = cargo();
    command
        .args(["metadata", "--format-version", "1"])
        .args(arguments);
    let text = process::output(&mut command)?;
    serde_json::from_str(&text).context("cargo metadata did not answer with JSON")
}
