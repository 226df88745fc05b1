//! Feeds, read by feedparser: the site's, and a section's in either direction of writing.

use anyhow::Result;

use super::{
    findings,
    report::{Report, Tool},
};
use crate::newsroom::Newsroom;

const FEEDS: [&str; 3] = [
    "/feed.xml",
    "/section/space/feed.xml",
    "/section/he-space/feed.xml",
];

/// Judges each feed; whatever feedparser or we miss in it is an error.
pub fn check(server: &Newsroom, report: &mut Report) -> Result<()> {
    for path in FEEDS {
        report.judged(path, Tool::Feed);
        let address = format!("http://{}{path}", server.address());
        for finding in findings("feeds.py", &[address])? {
            let words = finding["words"].as_str().unwrap_or_default();
            report.error(path, Tool::Feed, words);
        }
    }
    Ok(())
}
