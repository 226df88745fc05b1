//! `cargo xtask test [-p crate] [filter]`: installs what is missing, starts private servers, runs every test.

use std::{fs, process::Command};

use anyhow::{Result, bail};

use crate::{process, repo, tools};
use clamd::Clamd;
use moto::Moto;
use postgres::Postgres;
use report::Report;

mod clamd;
mod moto;
mod postgres;
mod report;
mod watchdog;

/// Which tests are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Choice<'a> {
    package: Option<&'a str>,
    filter: Option<&'a str>,
}

/// Runs the tests whose name contains the filter, of one crate or of all.
///
/// The environment the tests read: `DATELINE_TEST_POSTGRES` (an address of a server on which databases
/// may be made), `DATELINE_TEST_REQUIRE_POSTGRES=1`, `DATELINE_TEST_S3` (an object store with the bucket `pictures`),
/// `DATELINE_TEST_CLAMD` (a virus scanner with one signature of ours), `DATELINE_TEST_TOOLS` (a folder with `node/node_modules` and `venv/bin`), and for each of [`PROGRAMS`] where it is.
pub fn run(arguments: &[&str]) -> Result<()> {
    let choice = Choice::read(arguments)?;
    tools::require(tools::FOR_TESTS)?;
    tools::node_packages()?;
    // Each starts while the others do.
    let mut moto = Moto::start(&tools::python_packages()?)?;
    let mut clamd = Clamd::start()?;
    let postgres = Postgres::start(&tools::postgres_programs()?)?;
    moto.ready()?;
    clamd.ready()?;
    let servers = Servers {
        postgres,
        moto,
        clamd,
    };
    run_with(&servers, choice)
}

/// What runs while the tests do, and ends with them.
struct Servers {
    postgres: Postgres,
    moto: Moto,
    clamd: Clamd,
}

/// Programs that tests start, and where they are told that these are.
const PROGRAMS: [(&str, &str); 4] = [
    ("chromium", "DATELINE_TEST_CHROMIUM"),
    ("nginx", "DATELINE_TEST_NGINX"),
    ("node", "DATELINE_TEST_NODE"),
    ("strace", "DATELINE_TEST_STRACE"),
];

impl<'a> Choice<'a> {
    const ALL: Choice<'static> = Choice {
        package: None,
        filter: None,
    };

    fn read(arguments: &[&'a str]) -> Result<Self> {
        let (package, rest) = match arguments {
            ["-p", package, rest @ ..] => (Some(*package), rest),
            rest => (None, rest),
        };
        match rest {
            [] | [_] if !rest.iter().any(|word| word.starts_with('-')) => Ok(Self {
                package,
                filter: rest.first().copied(),
            }),
            _ => bail!("cargo xtask test [-p crate] [filter]: the filter is part of a test's name"),
        }
    }

    fn give(&self, cargo: &mut Command) {
        match self.package {
            Some(package) => cargo.args(["--package", package]),
            None => cargo.arg("--workspace"),
        };
        cargo.args(self.filter);
    }
}

fn run_with(servers: &Servers, choice: Choice) -> Result<()> {
    let report = repo::target().join("nextest/ci/junit.xml");
    let _ = fs::remove_file(&report);
    let mut result = run_tests(servers, choice);
    if result.is_ok() && choice == Choice::ALL && has_documented_examples()? {
        let mut cargo = repo::cargo();
        cargo.args(["test", "--doc", "--workspace"]);
        result = process::run(&mut with_servers(&cargo, servers));
    }
    if let Ok(text) = fs::read_to_string(&report) {
        Report::read(&text).print();
    }
    result
}

fn run_tests(servers: &Servers, choice: Choice) -> Result<()> {
    let mut cargo = repo::cargo();
    if process::find("cargo-nextest").is_some() {
        cargo.args(["nextest", "run", "--profile", "ci"]);
    } else {
        eprintln!("cargo-nextest is not installed: `cargo test` runs the tests and tells no times");
        cargo.arg("test");
    }
    choice.give(&mut cargo);
    process::run(&mut with_servers(&cargo, servers))
}

/// The same command with the addresses of what was started and installed for the tests.
fn with_servers(command: &Command, servers: &Servers) -> Command {
    let mut with = Command::new(command.get_program());
    with.args(command.get_args())
        .current_dir(repo::root())
        .env("DATELINE_TEST_POSTGRES", servers.postgres.address())
        .env("DATELINE_TEST_S3", servers.moto.address())
        .env("DATELINE_TEST_CLAMD", servers.clamd.address())
        .env("DATELINE_TEST_REQUIRE_POSTGRES", "1")
        .env("DATELINE_TEST_TOOLS", tools::folder());
    for (program, variable) in PROGRAMS {
        if let Some(place) = process::find(program) {
            with.env(variable, place);
        }
    }
    with
}

/// Whether any crate has an example in its documentation: `cargo test --doc` builds everything once more for them alone.
fn has_documented_examples() -> Result<bool> {
    Ok(repo::files()?
        .iter()
        .filter(|file| file.starts_with("crates") && file.extension().is_some_and(|e| e == "rs"))
        .filter_map(|file| fs::read_to_string(repo::root().join(file)).ok())
        .any(|text| has_example(&text)))
}

/// Every other fence opens a block; what is marked as `text`, `json` and the like is not compiled.
fn has_example(text: &str) -> bool {
    const COMPILED: &[&str] = &["", "rust", "no_run", "compile_fail", "should_panic"];
    text.lines()
        .filter_map(|line| {
            let line = line.trim_start();
            line.strip_prefix("///")
                .or_else(|| line.strip_prefix("//!"))
        })
        .filter_map(|line| line.trim().strip_prefix("```"))
        .step_by(2)
        .any(|marks| marks.split(',').all(|mark| COMPILED.contains(&mark.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, example: bool) {
        assert_eq!(has_example(text), example, "{text}");
    }

    #[test]
    fn an_example_is_a_block_that_is_compiled() {
        check("/// ```\n/// a();\n/// ```", true);
        check("    /// ```compile_fail\n    /// a();\n    /// ```", true);
        check("//! ```text\n//! a\n//! ```", false);
        check("/// ```json\n/// ```\n/// ```no_run\n/// ```", true);
        check("fn a() {}", false);
    }

    #[test]
    fn tests_are_chosen_by_crate_and_by_part_of_a_name() {
        let choice = Choice::read(&["-p", "store", "outbox"]).unwrap();
        assert_eq!(
            (choice.package, choice.filter),
            (Some("store"), Some("outbox"))
        );
        assert!(Choice::read(&[]).unwrap() == Choice::ALL);
        assert!(Choice::read(&["a", "b"]).is_err() && Choice::read(&["--all"]).is_err());
    }
}
