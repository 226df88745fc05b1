//! Feeds, one of each kind in each form: RSS and Atom read by feedparser, JSON Feed by schemas.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{
    findings,
    pages::Pages,
    report::{Report, Tool},
};
use crate::{newsroom::Newsroom, repo};

/// The pages that have feeds, by their names in the table.
const FOLLOWED: [&str; 7] = [
    "front",
    "section",
    "section, right to left",
    "topic",
    "author",
    "running story",
    "corrections",
];
/// What feedparser reads.
const IN_XML: [&str; 2] = ["feed.xml", "atom.xml"];

/// Judges each feed; whatever anybody misses in it is an error.
pub fn check(server: &Newsroom, pages: &Pages, report: &mut Report) -> Result<()> {
    for name in FOLLOWED {
        let page = pages.all.iter().find(|page| page.name == name);
        let page = page.with_context(|| format!("there is no page called {name}"))?;
        let beside = page.path.trim_end_matches('/');
        for file in IN_XML {
            judge(
                server,
                &format!("{beside}/{file}"),
                ("feeds.py", &[]),
                report,
            )?;
        }
        let json = format!("{beside}/feed.json");
        judge(server, &json, ("json_feeds.py", &schemas()), report)?;
    }
    Ok(())
}

fn judge(
    server: &Newsroom,
    path: &str,
    (program, schemas): (&str, &[PathBuf]),
    report: &mut Report,
) -> Result<()> {
    report.judged(path, Tool::Feed);
    let address = format!("http://{}{path}", server.address());
    let schemas = schemas.iter().map(|file| file.display().to_string());
    let arguments: Vec<String> = std::iter::once(address).chain(schemas).collect();
    for finding in findings(program, &arguments)? {
        let words = finding["words"].as_str().unwrap_or_default();
        report.error(path, Tool::Feed, words);
    }
    Ok(())
}

/// Our schema of JSON Feed, and the one that others keep where it lies beside the repository.
fn schemas() -> Vec<PathBuf> {
    let mut schemas = vec![repo::root().join("xtask/schemas/json-feed.json")];
    let others = repo::corpora().join("jsonfeed/schemastore/src/schemas/json/feed.json");
    schemas.extend(Some(others).filter(|file| file.is_file()));
    schemas
}
