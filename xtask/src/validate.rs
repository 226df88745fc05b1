//! `cargo xtask validate`: every type of page under the checkers that others wrote, none of whom knows us.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{newsroom, newsroom::Newsroom, process, repo, temporary::Folder, tools};

mod answers;
mod browser;
mod feeds;
mod fresh;
mod html;
mod ninjs;
mod pages;
mod report;
mod sitemaps;
mod structured;
mod withdrawn;

use pages::Pages;
use report::Report;

/// Opens a demo newsroom with one story withdrawn and one of today, keeps a copy of every type of page, and has each judged.
///
/// # Errors
/// When a tool is missing or breaks, or when any of them finds an error. Warnings are printed only.
pub fn run() -> Result<()> {
    tools::require(tools::FOR_TESTS)?;
    let program = newsroom::build(false)?;
    let folder = Folder::new("validate")?;
    let (server, withdrawn) = withdrawn::newsroom(&program, &folder.path().join("data"))?;
    let pages = Pages::open(&server, &withdrawn, folder.path())?;
    let mut report = Report::new(&pages);
    html::check(&pages, &server, folder.path(), &mut report)?;
    structured::check(&pages, &mut report)?;
    sitemaps::check(&server, folder.path(), &mut report)?;
    feeds::check(&server, &pages, &mut report)?;
    ninjs::check(&server, &pages, &mut report)?;
    answers::check(&server, &pages, &mut report)?;
    browser::check(&server, &pages, folder.path(), &mut report)?;
    report.print();
    let errors = report.errors();
    ensure!(errors == 0, "{errors} errors");
    Ok(())
}

/// What a checker prints, also when it ends in failure because it found something.
fn printed(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("could not start {name}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(
        !output.stdout.is_empty() || output.status.success(),
        "{name} ended with {} and said nothing but: {}",
        output.status,
        complaint.trim()
    );
    String::from_utf8(output.stdout).with_context(|| format!("{name} did not print UTF-8"))
}

/// A Python program, run by the Python that has the packages of `xtask/tools`.
fn python(program: &Path) -> Result<Command> {
    let mut command = Command::new(tools::python_packages()?.join("bin/python"));
    command.arg(program);
    Ok(command)
}

/// What one of our own Python programs in `xtask/checks` finds, a JSON object on each line.
pub fn findings(program: &str, arguments: &[String]) -> Result<Vec<Value>> {
    let mut command = python(&repo::root().join("xtask/checks").join(program))?;
    json_lines(&process::output(command.args(arguments))?)
}

fn json_lines(text: &str) -> Result<Vec<Value>> {
    text.lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("not JSON: {line}")))
        .collect()
}

/// Whether a file satisfies a schema, in xmllint's words when it does not.
fn against_schema(file: &Path, schema: &Path) -> Result<(), String> {
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet", "--schema"]);
    process::output(command.arg(schema).arg(file))
        .map(|_| ())
        .map_err(|error| format!("{error:#}"))
}

/// The path of an address; the newsroom gives whole ones, for the host that its settings name.
fn path_of(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, rest)| rest);
    after.find('/').map_or("/", |at| &after[at..])
}

/// The bytes as text; an error names where they came from.
fn text(answer: newsroom::Answer, path: &str) -> Result<String> {
    String::from_utf8(answer.body).with_context(|| format!("{path} is not UTF-8"))
}

/// What stands at a path, or an error that says which status came instead of 200.
fn fetched(server: &Newsroom, path: &str) -> Result<String> {
    text(
        newsroom::get(server.address(), path, &[])?.good(path)?,
        path,
    )
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn the_path_of_an_address_is_what_follows_its_host() {
        assert_eq!(path_of("http://127.0.0.1:8321/feed.xml"), "/feed.xml");
        assert_eq!(path_of("https://example.org"), "/");
    }
}
