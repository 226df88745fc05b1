//! No file names a machine's own folders, nor the host of a package registry, which may be another tomorrow.

use super::{Finding, Text};

/// Folders that exist on somebody's machine only. In pieces, here and below, so that this file names none itself.
const FOLDERS: &[&str] = &["work", "root", "home"];

/// Hosts of registries: name and ending.
const HOSTS: &[(&str, &str)] = &[
    ("crates", "io"),
    ("deb.debian", "org"),
    ("security.debian", "org"),
    ("npmjs", "com"),
    ("npmjs", "org"),
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("yarnpkg", "com"),
];

/// Finds both, in every file but Cargo's lock, where Cargo itself writes where crates are from.
pub fn check(texts: &[Text]) -> Vec<Finding> {
    let hosts: Vec<String> = HOSTS
        .iter()
        .map(|(name, end)| format!("{name}.{end}"))
        .collect();
    let mut findings = Vec::new();
    for text in texts.iter().filter(|text| text.path != "Cargo.lock") {
        for (number, line) in text.text.lines().enumerate() {
            if hosts.iter().any(|host| line.contains(host.as_str())) {
                let what = "names the host of a package registry";
                findings.push(Finding::on_line(&text.path, number + 1, what));
            }
            if names_folder(line) {
                let what = "names a folder of somebody's machine";
                findings.push(Finding::on_line(&text.path, number + 1, what));
            }
        }
    }
    findings
}

/// A slash, one of the folders, a slash and a letter, at the beginning of a path.
fn names_folder(line: &str) -> bool {
    FOLDERS.iter().any(|folder| {
        let pattern = format!("/{folder}/");
        line.match_indices(&pattern).any(|(place, _)| {
            let before = line[..place].chars().next_back();
            let after = line[place + pattern.len()..].chars().next();
            let begins = !before.is_some_and(|ch| ch.is_alphanumeric() || "_.-~}>)*".contains(ch));
            begins && after.is_some_and(|ch| ch.is_ascii_lowercase())
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::tidy::samples::text;

    #[track_caller]
    fn check(line: &str, findings: usize) {
        let found = super::check(&[text("docs/ci.md", line)]);
        assert_eq!(found.len(), findings, "{line}");
    }

    #[test]
    fn no_file_names_somebodys_machine() {
        check(&format!("cd {}work/main", '/'), 1);
        check(&format!("\"{}home/ada/dateline\"", '/'), 1);
        check("https://example.org/work/bench", 0);
        check("the paths /works/ and /homepage", 0);
    }

    #[test]
    fn no_file_names_a_registry() {
        check(&format!("from https://index.{}.{}", "crates", "io"), 1);
        check(
            &format!("https://registry.{}.{}/axe-core", "npmjs", "org"),
            1,
        );
        check("crates-io, npm and PyPI are names of things, not hosts", 0);
    }
}
