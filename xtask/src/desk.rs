//! `cargo xtask desk [--check]`: builds the desk application, whose bundle is committed so that Cargo alone runs Dateline.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{process, repo, temporary::Folder, tools};

type Bundle = BTreeMap<PathBuf, Vec<u8>>;

/// Builds `web/desk` into `web/desk/dist`, to be committed.
pub fn build() -> Result<()> {
    ensure!(
        has_source(),
        "there is no web/desk/package.json to build from"
    );
    bundle_into(&home().join("dist"))
}

/// Builds it into a temporary folder and fails when the committed bundle is another, byte for byte.
pub fn check() -> Result<()> {
    if !has_source() {
        println!("desk: no web/desk/package.json, nothing to compare");
        return Ok(());
    }
    let fresh = Folder::new("desk")?;
    bundle_into(fresh.path())?;
    let differing = differences(&read(&home().join("dist"))?, &read(fresh.path())?);
    if !differing.is_empty() {
        bail!(
            "the committed desk is not what its source builds; run `cargo xtask desk` and commit web/desk/dist\n{}",
            differing.join("\n")
        );
    }
    println!("desk: the committed bundle is what its source builds");
    Ok(())
}

fn home() -> PathBuf {
    repo::root().join("web/desk")
}

fn has_source() -> bool {
    home().join("package.json").is_file()
}

fn bundle_into(folder: &Path) -> Result<()> {
    tools::require(tools::FOR_DESK)?;
    process::run(
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(home()),
    )?;
    process::run(
        Command::new("npx")
            .args(["--no-install", "vite", "build", "--emptyOutDir", "--outDir"])
            .arg(folder)
            .current_dir(home()),
    )
}

/// One line for each file that is missing, new or different.
fn differences(committed: &Bundle, fresh: &Bundle) -> Vec<String> {
    let gone = committed
        .keys()
        .filter(|path| !fresh.contains_key(*path))
        .map(|path| format!("  committed, not built: {}", path.display()));
    let new = fresh
        .iter()
        .filter_map(|(path, bytes)| match committed.get(path) {
            None => Some(format!("  built, not committed: {}", path.display())),
            Some(old) if old != bytes => Some(format!("  differs: {}", path.display())),
            Some(_) => None,
        });
    gone.chain(new).collect()
}

/// Every file under a folder, by its path from there; a folder that is not there is empty.
fn read(folder: &Path) -> Result<Bundle> {
    let mut bundle = Bundle::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(place) = open.pop() {
        if !place.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&place).with_context(|| place.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                bundle.insert(path.strip_prefix(folder)?.to_path_buf(), fs::read(&path)?);
            }
        }
    }
    Ok(bundle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(files: &[(&str, &str)]) -> Bundle {
        files
            .iter()
            .map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn a_bundle_that_differs_names_its_files() {
        let committed = bundle(&[("index.html", "a"), ("old.js", "b"), ("same.css", "c")]);
        let fresh = bundle(&[("index.html", "x"), ("new.js", "b"), ("same.css", "c")]);
        let said = differences(&committed, &fresh).join("\n");
        for part in [
            "not built: old.js",
            "not committed: new.js",
            "differs: index.html",
        ] {
            assert!(said.contains(part), "{said}");
        }
        assert!(!said.contains("same.css") && differences(&fresh, &fresh).is_empty());
    }
}
