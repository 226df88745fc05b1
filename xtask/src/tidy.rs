//! `cargo xtask tidy`: the rules of the house that no compiler keeps, each in a file of its own below.

use std::{fmt, fs, path::Path};

use anyhow::{Result, bail};

use crate::repo;
use source::Source;

mod arrows;
mod fences;
mod graph;
mod heads;
mod licences;
mod links;
mod lock;
mod places;
mod proofs;
mod sizes;
mod source;
mod statements;
mod tables;
mod unfinished;
mod words;

/// Something that is not as the house has it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    place: String,
    what: String,
}

impl Finding {
    /// A finding about a whole file or crate.
    fn in_file(place: &str, what: impl Into<String>) -> Self {
        Self {
            place: place.to_string(),
            what: what.into(),
        }
    }

    /// A finding on a line, counted from one.
    fn on_line(place: &str, line: usize, what: impl Into<String>) -> Self {
        Self::in_file(&format!("{place}:{line}"), what)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// A file of the repository that is text; its path is relative to the root, with `/` between the parts.
pub struct Text {
    path: String,
    text: String,
}

impl Text {
    /// Whether the path ends so: `.md`, `/sql.rs`.
    fn ends(&self, end: &str) -> bool {
        self.path.ends_with(end)
    }

    /// The crate the file belongs to, if any.
    fn crate_name(&self) -> Option<&str> {
        crate_of(&self.path)
    }
}

/// Reads the whole repository, prints its numbers, and fails when a rule is broken.
pub fn run() -> Result<()> {
    let texts = read_texts()?;
    let (sources, mut findings) = read_sources(&texts);
    sizes::print(&sources);
    findings.extend(sizes::check(&sources));
    let graph = graph::Graph::read()?;
    graph.print();
    findings.extend(arrows::check(&graph));
    findings.extend(in_sources(&sources, &texts));
    findings.extend(in_texts(&texts, &sources));
    findings.extend(licences::check()?);
    report(findings)
}

/// The rules that read Rust.
fn in_sources(sources: &[Source], texts: &[Text]) -> Vec<Finding> {
    let tables = tables::owners(texts);
    let mut findings = heads::check(sources);
    findings.extend(fences::check(sources));
    findings.extend(statements::check(sources));
    findings.extend(tables::check(sources, &tables));
    findings.extend(unfinished::check(sources));
    findings
}

/// The rules that read any file.
fn in_texts(texts: &[Text], sources: &[Source]) -> Vec<Finding> {
    let mut findings = places::check(texts);
    findings.extend(links::check(texts, &|path| {
        repo::root().join(path).exists()
    }));
    findings.extend(lock::check(texts));
    findings.extend(proofs::check(texts, sources));
    findings.extend(words::check(texts, sources));
    findings
}

fn report(mut findings: Vec<Finding>) -> Result<()> {
    findings.sort();
    findings.dedup();
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("tidy: {} findings", findings.len());
    }
    println!("tidy: nothing found");
    Ok(())
}

/// What is not UTF-8 is a picture or a font, and no rule reads it.
fn read_texts() -> Result<Vec<Text>> {
    let read = |path: &Path| {
        let text = fs::read_to_string(repo::root().join(path)).ok()?;
        let path = path.to_str()?.to_string();
        Some(Text { path, text })
    };
    Ok(repo::files()?
        .iter()
        .filter_map(|path| read(path))
        .collect())
}

fn read_sources(texts: &[Text]) -> (Vec<Source>, Vec<Finding>) {
    let mut sources = Vec::new();
    let mut findings = Vec::new();
    for text in texts.iter().filter(|text| text.ends(".rs")) {
        match Source::read(&text.path, &text.text) {
            Ok(source) => sources.push(source),
            Err(error) => {
                findings.push(Finding::in_file(&text.path, format!("is no Rust: {error}")))
            }
        }
    }
    (sources, findings)
}

/// `crates/web/src/page.rs` belongs to `web`; what lies elsewhere belongs to the folder it lies in.
fn crate_of(path: &str) -> Option<&str> {
    let mut parts = path.split('/');
    match parts.next()? {
        "crates" => parts.next(),
        "xtask" => Some("xtask"),
        _ => None,
    }
}

/// Texts made up for a test of a rule.
#[cfg(test)]
mod samples {
    use super::*;

    pub fn source(path: &str, text: &str) -> Source {
        Source::read(path, text).expect("the sample is Rust")
    }

    pub fn text(path: &str, text: &str) -> Text {
        Text {
            path: path.into(),
            text: text.into(),
        }
    }
}
