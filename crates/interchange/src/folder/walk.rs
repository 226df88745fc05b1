//! The files of a folder, in one order everywhere, without following anything out of it.

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::{Path, PathBuf},
};

use crate::incoming::Warning;

/// Files taken from one folder.
pub const MAX_FILES: usize = 500_000;
/// Folders within folders.
const MAX_DEPTH: usize = 32;

/// What a walk found.
#[derive(Default)]
pub(super) struct Found {
    /// Files to read, sorted by path: where they are, and their path within the folder.
    pub files: Vec<(PathBuf, String)>,
    /// Files of other kinds, counted by ending.
    pub others: BTreeMap<String, usize>,
    /// What was passed by.
    pub warnings: Vec<Warning>,
}

/// Walks a folder.
///
/// # Errors
/// When the folder or one within it cannot be read.
pub(super) fn walk(root: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    descend(root, "", 0, &mut found)?;
    Ok(found)
}

fn descend(folder: &Path, within: &str, depth: usize, found: &mut Found) -> io::Result<()> {
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{within}{name}");
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            found.pass_by(&path, "a link to another place; links are not followed");
        } else if kind.is_dir() && depth >= MAX_DEPTH {
            found.pass_by(&path, "folders are nested too deeply here");
        } else if kind.is_dir() {
            descend(&entry.path(), &format!("{path}/"), depth + 1, found)?;
        } else if found.files.len() >= MAX_FILES {
            found.pass_by(&path, "the folder has more files than one import takes");
            return Ok(());
        } else if kind.is_file() {
            found.file(entry.path(), path);
        }
    }
    Ok(())
}

impl Found {
    fn file(&mut self, at: PathBuf, path: String) {
        let ending = ending_of(&path);
        let readable = matches!(ending.as_str(), "md" | "markdown" | "html" | "htm");
        let person = matches!(ending.as_str(), "yml" | "yaml") && is_of_authors(&path);
        if readable || person {
            self.files.push((at, path));
        } else {
            *self.others.entry(ending).or_default() += 1;
        }
    }

    fn pass_by(&mut self, path: &str, why: &str) {
        self.warnings.push(Warning {
            place: path.into(),
            what: path.rsplit('/').next().unwrap_or(path).into(),
            why: format!("{why}; left out"),
        });
    }
}

/// Whether a path lies in a folder of authors: one file to a person.
pub(super) fn is_of_authors(path: &str) -> bool {
    path.starts_with("authors/") || path.contains("/authors/")
}

/// The ending of a file's name in small letters, empty for none.
pub(super) fn ending_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
}

/// The old site's address of each file, by everything that links call it.
#[derive(Default)]
pub(super) struct Index {
    by_name: HashMap<String, String>,
}

impl Index {
    /// The index of a folder's files.
    pub fn of(files: &[(PathBuf, String)]) -> Self {
        let mut index = Self::default();
        for (_, path) in files {
            let address = address_of(path);
            let name = path.rsplit('/').next().unwrap_or(path);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            for key in [path.as_str(), name, stem, date_and_slug(stem).1] {
                index
                    .by_name
                    .entry(key.to_ascii_lowercase())
                    .or_insert_with(|| address.clone());
            }
        }
        index
    }

    /// The address of the file that a link or reference names by path, name or slug.
    pub fn find(&self, named: &str) -> Option<&str> {
        let named = named
            .split('#')
            .next()
            .unwrap_or(named)
            .to_ascii_lowercase();
        let name = named
            .trim_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        [named.trim_start_matches("./").trim_start_matches('/'), name]
            .into_iter()
            .find_map(|key| self.by_name.get(key))
            .map(String::as_str)
    }
}

/// The address that Jekyll and Hugo give a file by its name: `2019-03-27-bridge.md` is
/// `/2019/03/27/bridge/`, `about/us.md` is `/about/us/`.
pub(super) fn address_of(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    match date_and_slug(name) {
        (Some(date), slug) => format!("/{}/{slug}/", date.replace('-', "/")),
        (None, "index" | "_index") => format!("/{folder}/"),
        (None, slug) if folder.is_empty() => format!("/{slug}/"),
        (None, slug) => format!("/{folder}/{slug}/"),
    }
}

/// The date and the words of a name such as `2019-03-27-bridge`.
pub(super) fn date_and_slug(name: &str) -> (Option<&str>, &str) {
    let date = name
        .get(..10)
        .filter(|date| date.parse::<jiff::civil::Date>().is_ok());
    match (date, name.get(10..)) {
        (Some(date), Some(rest)) if rest.starts_with('-') && rest.len() > 1 => {
            (Some(date), &rest[1..])
        }
        _ => (None, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_address_its_old_program_gave_it() {
        assert_eq!(
            address_of("news/2019/2019-03-27-bridge.md"),
            "/2019/03/27/bridge/"
        );
        assert_eq!(address_of("about/us.md"), "/about/us/");
        assert_eq!(address_of("us.html"), "/us/");
        assert_eq!(address_of("2019-99-27-x.md"), "/2019-99-27-x/");
    }

    #[test]
    fn a_reference_finds_its_file_by_path_name_or_slug() {
        let index = Index::of(&[(PathBuf::new(), "news/2019-03-27-bridge.md".into())]);
        for named in [
            "2019-03-27-bridge.md",
            "/news/2019-03-27-bridge.md",
            "bridge",
            "../Bridge#a",
        ] {
            assert_eq!(index.find(named), Some("/2019/03/27/bridge/"), "{named}");
        }
        assert_eq!(index.find("other"), None);
    }
}
