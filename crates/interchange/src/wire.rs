//! What the readers of wire copy share: files of a folder, and which version of an item is the latest.

use std::{
    collections::HashMap,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use crate::incoming::{Issue, Unread};

/// The latest version of each item that was met.
#[derive(Default)]
pub(crate) struct Latest(HashMap<String, Met>);

struct Met {
    issue: Issue,
    handed: bool,
}

impl Latest {
    /// Remembers a version, unless a later one was met.
    pub(crate) fn meet(&mut self, key: String, issue: Issue) {
        let known = self.0.entry(key).or_insert(Met {
            issue,
            handed: false,
        });
        if known.issue.is_before(&issue) {
            known.issue = issue;
        }
    }

    /// Whether this is the latest version of an item; true once for each.
    pub(crate) fn take(&mut self, key: &str, issue: Issue) -> bool {
        let Some(known) = self.0.get_mut(key) else {
            return false;
        };
        let taken = !known.handed && !issue.is_before(&known.issue);
        known.handed |= taken;
        taken
    }

    /// How many items were met.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The bytes of a file.
///
/// # Errors
/// Why they cannot be read, or that there are more than `most`.
pub(crate) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let file = fs::File::open(path).map_err(|error| format!("it cannot be read: {error}"))?;
    let mut bytes = Vec::new();
    let read = file.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("it cannot be read: {error}"))?;
    if bytes.len() as u64 > most {
        return Err(format!(
            "it is larger than {most} bytes, the most that is read"
        ));
    }
    Ok(bytes)
}

/// The first bytes of a file, `most` of them.
///
/// # Errors
/// Why they cannot be read.
pub(crate) fn head(path: &Path, most: usize) -> Result<Vec<u8>, String> {
    let file = fs::File::open(path).map_err(|error| format!("it cannot be read: {error}"))?;
    let mut bytes = Vec::new();
    let read = file.take(most as u64).read_to_end(&mut bytes);
    read.map_err(|error| format!("it cannot be read: {error}"))?;
    Ok(bytes)
}

/// Files below a folder that end so, in order. Links are not followed.
///
/// # Errors
/// [`Unread::Refused`] when there are too many, or folders lie too deep.
pub(crate) fn files(
    folder: &Path,
    end: &str,
    most: usize,
    deepest: usize,
) -> Result<Vec<PathBuf>, Unread> {
    let mut found = Vec::new();
    let (mut open, mut looked) = (vec![(folder.to_path_buf(), 0)], 0);
    while let Some((folder, depth)) = open.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| {
            Unread::Refused(format!("{} cannot be read: {error}", folder.display()))
        })?;
        for entry in entries.flatten() {
            looked += 1;
            if looked > most || depth > deepest {
                return Err(Unread::Refused(format!(
                    "there are more than {most} files in it, or folders more than {deepest} deep; import its \
                     folders one by one"
                )));
            }
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            let path = entry.path();
            if kind.is_dir() {
                open.push((path, depth + 1));
            } else if kind.is_file()
                && path
                    .extension()
                    .is_some_and(|own| own.eq_ignore_ascii_case(end))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A file as reports name it: its path below the folder.
pub(crate) fn place(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder)
        .unwrap_or(path)
        .display()
        .to_string()
}
