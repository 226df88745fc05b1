//! The document of ninjs beside each page of a story, held against the IPTC's own schema.

use anyhow::Result;

use super::{
    fetched, findings,
    pages::Pages,
    report::{Report, Tool},
};
use crate::{newsroom::Newsroom, repo};

/// Where the schema lies beside the repository.
const SCHEMA: &str = "ninjs/specification/ninjs-schema_3.1.json";
/// By which a page names its document.
const NAMED: &str = "/ninjs.json\"";

/// Judges the document of every page that names one; without the schema beside the repository, none.
pub fn check(server: &Newsroom, pages: &Pages, report: &mut Report) -> Result<()> {
    let schema = repo::corpora().join(SCHEMA);
    if !schema.is_file() {
        println!("ninjs is not judged: there is no {}", schema.display());
        return Ok(());
    }
    for page in &pages.all {
        let path = format!("{}/ninjs.json", page.path);
        let is_story = page.path.matches('/').count() == 3;
        if !is_story || !fetched(server, &page.path).is_ok_and(|html| html.contains(NAMED)) {
            continue;
        }
        report.judged(&path, Tool::Schema);
        let address = format!("http://{}{path}", server.address());
        for finding in findings("ninjs.py", &[address, schema.display().to_string()])? {
            let words = finding["words"].as_str().unwrap_or_default();
            report.error(&path, Tool::Schema, words);
        }
    }
    Ok(())
}
