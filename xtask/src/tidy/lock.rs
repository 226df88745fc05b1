//! The locks: versions with a known hole are not in them, and everything comes from the registries' own addresses.
//!
//! The advisories' database cannot be asked from CI, so the floors are kept here by hand (docs/ci.md says how).

use super::{Finding, Text};

/// The lowest version of a crate that is good, where a lower one was found wanting.
const FLOORS: &[(&str, [u64; 3], &str)] = &[
    ("ammonia", [4, 2, 0], "lower ones let script through"),
    ("anyhow", [1, 0, 104], "lower ones are unsound"),
    (
        "async-nats",
        [0, 29, 0],
        "lower ones do not check the server's name",
    ),
    ("h2", [0, 4, 19], "lower ones can be made to use up memory"),
    ("idna", [1, 0, 0], "lower ones take unlike names for alike"),
    (
        "libsqlite3-sys",
        [0, 39, 0],
        "it brings SQLite 3.51.3 or newer; older WAL versions can corrupt",
    ),
    ("rustls", [0, 23, 0], "lower ones are no longer mended"),
    ("sqlx", [0, 8, 1], "lower ones can be misled about lengths"),
];

/// Finds crates below their floor, crates from elsewhere than the registry, and npm locks that name addresses.
pub fn check(texts: &[Text]) -> Vec<Finding> {
    let cargo = texts
        .iter()
        .filter(|text| text.path == "Cargo.lock")
        .flat_map(|text| of_cargo(&text.text));
    let npm = texts
        .iter()
        .filter(|text| text.ends("package-lock.json") && text.text.contains("\"resolved\""))
        .map(|text| {
            let what =
                "names download addresses (npm's omit-lockfile-registry-resolved leaves them out)";
            Finding::in_file(&text.path, what)
        });
    cargo.chain(npm).collect()
}

fn of_cargo(lock: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for block in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(key))?;
            Some(line.trim_start_matches(" = ").trim_matches('"'))
        };
        let name = value("name").unwrap_or_default();
        let version = value("version").unwrap_or_default();
        if value("source").is_some_and(|source| !source.starts_with("registry+")) {
            findings.push(Finding::in_file(
                "Cargo.lock",
                format!("{name} is not from the registry"),
            ));
        }
        let floor = FLOORS.iter().find(|(floored, _, _)| *floored == name);
        if let Some((_, floor, why)) = floor
            && numbers(version) < *floor
        {
            let [major, minor, patch] = floor;
            let what = format!("{name} {version} is below {major}.{minor}.{patch}: {why}");
            findings.push(Finding::in_file("Cargo.lock", what));
        }
    }
    findings
}

/// `0.39.1+wal` is 0, 39, 1.
fn numbers(version: &str) -> [u64; 3] {
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    let mut parts = plain.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use crate::tidy::samples::text;

    #[track_caller]
    fn check(path: &str, lock: &str, findings: usize) {
        assert_eq!(super::check(&[text(path, lock)]).len(), findings, "{lock}");
    }

    fn cargo(name: &str, version: &str, source: &str) -> String {
        format!(
            "version = 4\n\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"\n"
        )
    }

    #[test]
    fn a_version_with_a_known_hole_is_refused() {
        check("Cargo.lock", &cargo("h2", "0.4.20", "registry+a"), 0);
        check("Cargo.lock", &cargo("h2", "0.4.18", "registry+a"), 1);
        check(
            "Cargo.lock",
            &cargo("libsqlite3-sys", "0.38.0+x", "registry+a"),
            1,
        );
        check("Cargo.lock", &cargo("ring", "0.1.0", "registry+a"), 0);
    }

    #[test]
    fn everything_comes_from_the_registry_and_no_lock_names_addresses() {
        check(
            "Cargo.lock",
            &cargo("ring", "1.0.0", "git+ssh://somewhere"),
            1,
        );
        check("web/desk/package-lock.json", "{\"resolved\": \"a\"}", 1);
        check("web/desk/package-lock.json", "{\"integrity\": \"a\"}", 0);
    }
}
