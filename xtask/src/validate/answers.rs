//! The heads of answers, by redbot: what may be kept, what is compressed, what is asked again.

use anyhow::{Context, Result};

use super::{
    findings,
    html::style_path,
    pages::Pages,
    report::{Report, Tool},
};
use crate::newsroom::Newsroom;

/// Judges one address of each kind of answer. redbot's `bad` is an error, its `warning` is printed.
pub fn check(server: &Newsroom, pages: &Pages, report: &mut Report) -> Result<()> {
    for (row, path) in asked(pages)? {
        report.judged(row, Tool::Redbot);
        let address = format!("http://{}{path}", server.address());
        for finding in findings("answers.py", &[address])? {
            let words = finding["words"].as_str().unwrap_or_default();
            match finding["level"].as_str() {
                Some("warning") => report.warning(row, Tool::Redbot, words),
                _ => report.error(row, Tool::Redbot, words),
            }
        }
    }
    Ok(())
}

/// Rows and what to ask for: each way of keeping an answer, and each type of file, once.
fn asked(pages: &Pages) -> Result<Vec<(&'static str, String)>> {
    const BY_NAME: [&str; 6] = [
        "front",
        "story, metered",
        "search, found",
        "not there (404)",
        "withdrawn (410)",
        "desk",
    ];
    let mut asked: Vec<(&'static str, String)> = pages
        .all
        .iter()
        .filter(|page| BY_NAME.contains(&page.name))
        .map(|page| (page.name, page.path.clone()))
        .collect();
    let front = pages.all.first().context("there are no pages")?;
    asked.push(("gate, granted", pages.gate.clone()));
    asked.push(("full page, granted", format!("{}/full", pages.shell)));
    asked.push(("site.css", style_path(&front.html)?));
    for path in ["/feed.xml", "/sitemap.xml", "/robots.txt"] {
        asked.push((path, path.to_string()));
    }
    Ok(asked)
}
