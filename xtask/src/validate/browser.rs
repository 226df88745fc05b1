//! axe-core in Chromium: every page on a phone and on a desk screen, light and dark.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    json_lines,
    pages::Pages,
    report::{Report, Tool},
};
use crate::{newsroom::Newsroom, process, repo, tools};

/// Opens every page in a browser; a violation is an error, what axe could not decide is a warning.
pub fn check(server: &Newsroom, pages: &Pages, folder: &Path, report: &mut Report) -> Result<()> {
    let list = folder.join("pages.json");
    fs::write(&list, to_be_opened(pages).to_string())?;
    let chromium = process::find("chromium").context("there is no chromium in the path")?;
    let said = process::output(
        Command::new("node")
            .arg(repo::root().join("xtask/scenes/parts/axe.mjs"))
            .env("SCENE_ADDRESS", server.address())
            .env("SCENE_TOOLS", tools::node_packages()?)
            .env("SCENE_CHROMIUM", chromium)
            .env("SCENE_PAGES", &list),
    )?;
    for page in &pages.all {
        report.judged(page.name, Tool::Axe);
    }
    let mut opened = 0;
    for finding in json_lines(&said)? {
        let part = |name: &str| finding[name].as_str().unwrap_or_default();
        match part("level") {
            "opened" => opened += 1,
            "error" => report.error(part("page"), Tool::Axe, part("words")),
            _ => report.warning(part("page"), Tool::Axe, part("words")),
        }
    }
    ensure!(
        opened == pages.all.len(),
        "axe judged {opened} of {} pages",
        pages.all.len()
    );
    Ok(())
}

fn to_be_opened(pages: &Pages) -> Value {
    let open = |page: &super::pages::Page| {
        json!({
            "name": page.name,
            "path": page.path,
            "read_before": &pages.gates[..page.read_before],
        })
    };
    pages.all.iter().map(open).collect()
}
