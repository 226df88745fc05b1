//! What others wrote comes under licences we may ship under, and none of the crates we decided against.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Finding;
use crate::{process, repo};

/// Licences that need no more than a notice, or bind the file only (MPL-2.0, used unmodified).
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "IJG",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates decided against (docs/decisions): a second TLS, or a build that needs more than a C compiler.
const REFUSED: &[&str] = &[
    "aws-lc-rs",
    "aws-lc-sys",
    "cmake",
    "native-tls",
    "openssl",
    "openssl-sys",
];

/// Finds crates in the tree of this kind of machine that we may not or would not use.
pub fn check() -> Result<Vec<Finding>> {
    let version = process::output(Command::new("rustc").arg("-vV"))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc does not name its host")?;
    let metadata = repo::metadata(&["--filter-platform", host])?;
    Ok(of_metadata(&metadata))
}

fn of_metadata(metadata: &Value) -> Vec<Finding> {
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let mut findings = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        if REFUSED.contains(&name) {
            findings.push(Finding::in_file(
                name,
                "is in the tree, and was decided against",
            ));
        }
        match package["license"].as_str() {
            Some(licence) if is_allowed(licence) => {}
            Some(licence) => {
                findings.push(Finding::in_file(name, format!("comes under {licence}")));
            }
            None => findings.push(Finding::in_file(name, "names no licence")),
        }
    }
    findings
}

/// An SPDX expression without brackets nested: one side of an `OR` is enough, every side of an `AND` is needed.
/// A slash is an `OR` of former days. An exception (`WITH`) only allows more.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest) && rest.is_empty()
}

fn either(rest: &mut &[&str]) -> bool {
    let mut good = both(rest);
    while let ["OR", tail @ ..] = *rest {
        *rest = tail;
        good |= both(rest);
    }
    good
}

fn both(rest: &mut &[&str]) -> bool {
    let mut good = one(rest);
    while let ["AND", tail @ ..] = *rest {
        *rest = tail;
        good &= one(rest);
    }
    good
}

fn one(rest: &mut &[&str]) -> bool {
    match *rest {
        ["(", tail @ ..] => {
            *rest = tail;
            let good = either(rest);
            if let [")", tail @ ..] = *rest {
                *rest = tail;
            }
            good
        }
        [name, "WITH", _, tail @ ..] | [name, tail @ ..] => {
            *rest = tail;
            ALLOWED.contains(name)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(licence: &str, good: bool) {
        assert_eq!(is_allowed(licence), good, "{licence}");
    }

    #[test]
    fn a_licence_is_one_we_may_ship_under() {
        check("MIT OR Apache-2.0", true);
        check("MIT/Apache-2.0", true);
        check("(MIT OR Apache-2.0) AND Unicode-3.0", true);
        check("Apache-2.0 OR GPL-2.0-only", true);
        check("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true);
        check("MIT AND GPL-3.0-only", false);
        check("AGPL-3.0", false);
        check("(GPL-2.0 OR LGPL-3.0) AND MIT", false);
        check("", false);
    }

    #[test]
    fn a_crate_decided_against_is_found() {
        let tree = |name: &str| json!({"packages": [{"name": name, "license": "MIT"}]});
        assert_eq!(of_metadata(&tree("openssl-sys")).len(), 1);
        assert_eq!(of_metadata(&tree("ring")), []);
        assert_eq!(
            of_metadata(&json!({"packages": [{"name": "a", "license": null}]})).len(),
            1
        );
    }
}
