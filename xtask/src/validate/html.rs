//! The Nu HTML checker on every page's HTML and on the stylesheet.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{
    fetched,
    pages::Pages,
    printed,
    report::{Report, Tool},
};
use crate::{newsroom::Newsroom, tools};

/// The stylesheet's row.
const STYLE: &str = "site.css";

/// Judges all files in one go: starting Java takes longer than all the rest.
pub fn check(pages: &Pages, server: &Newsroom, folder: &Path, report: &mut Report) -> Result<()> {
    let style = folder.join(STYLE);
    fs::write(&style, stylesheet(pages, server)?)?;
    let jar = tools::node_packages()?.join("node_modules/vnu-jar/build/dist/vnu.jar");
    ensure!(jar.is_file(), "there is no {}", jar.display());
    let mut command = Command::new("java");
    command.arg("-jar").arg(jar);
    command.args(["--format", "json", "--stdout", "--exit-zero-always"]);
    command.arg("--also-check-css").arg(&style);
    command.args(pages.all.iter().map(|page| &page.file));
    let said: Value = serde_json::from_str(&printed(&mut command)?)?;
    let messages = said["messages"].as_array().context("vnu gave no list")?;
    report.judged(STYLE, Tool::Vnu);
    for page in &pages.all {
        report.judged(page.name, Tool::Vnu);
    }
    for message in messages {
        let row = row_of(message, pages);
        let words = words_of(message);
        // vnu's kinds: `error` and `non-document-error`, or `info`, of which some are warnings.
        match message["type"].as_str() {
            Some("info") => report.warning(row, Tool::Vnu, &words),
            _ => report.error(row, Tool::Vnu, &words),
        }
    }
    Ok(())
}

/// The one stylesheet that pages name.
fn stylesheet(pages: &Pages, server: &Newsroom) -> Result<String> {
    let front = pages.all.first().context("there are no pages")?;
    fetched(server, &style_path(&front.html)?)
}

/// Where a page says that its stylesheet stands.
pub fn style_path(html: &str) -> Result<String> {
    let (_, rest) = html
        .split_once("rel=\"stylesheet\" href=\"")
        .context("the front names no stylesheet")?;
    Ok(rest.split('"').next().unwrap_or_default().to_string())
}

fn row_of<'a>(message: &Value, pages: &'a Pages) -> &'a str {
    let url = message["url"].as_str().unwrap_or_default();
    let mut all = pages.all.iter();
    all.find(|page| url.ends_with(&*page.file.to_string_lossy()))
        .map_or(STYLE, |page| page.name)
}

fn words_of(message: &Value) -> String {
    let part = |name: &str| message[name].as_str().unwrap_or_default();
    format!(
        "line {}: {} [{}]",
        message["lastLine"],
        part("message"),
        part("extract").replace('\n', " ")
    )
}
