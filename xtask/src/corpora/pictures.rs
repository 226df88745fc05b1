//! Pictures beside the repository, brought to a running newsroom as an editor does: what became of each of their fields, by
//! exiftool on the served files, and whose word c2pa-python takes.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::{
    newsroom::{self, Newsroom},
    temporary::Folder,
    tools, validate,
};

/// Brings every picture and prints what became of it; fails when something private is served, when we and c2pa-python
/// disagree, or when a file of ours is not valid to it.
pub fn run(program: &Path, corpora: &Path) -> Result<()> {
    tools::require(tools::FOR_PICTURES)?;
    let folder = Folder::new("corpora-pictures")?;
    let server = Newsroom::start(&mut newsroom::demo(program, &folder.path().join("data")))?;
    let address = format!("http://{}", server.address());
    let pictures = material(corpora)?.into_iter();
    let pictures = pictures.map(|path| path.display().to_string());
    let arguments: Vec<String> = [address, server.enrolment()?]
        .into_iter()
        .chain(pictures)
        .collect();
    let said = validate::findings("pictures.py", &arguments)?;
    let of_kind = |kind: &'static str| said.iter().filter(move |one| one["kind"] == kind);
    println!("\nwhat became of each field, by exiftool on the served files");
    of_kind("row").for_each(print_row);
    println!("\nwhere each picture says it comes from");
    of_kind("verdict").for_each(print_verdict);
    of_kind("refused").for_each(|one| println!("{one}"));
    let wrong = of_kind("error")
        .inspect(|one| println!("WRONG {one}"))
        .count();
    println!("\n{} fields, {wrong} wrong", of_kind("row").count());
    ensure!(wrong == 0, "{wrong} things are wrong with pictures");
    Ok(())
}

fn material(corpora: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for end in ["jpg", "png", "webp"] {
        found.extend(super::files(&corpora.join("photos"), end)?);
    }
    found.extend(super::files(&corpora.join("c2pa"), "jpg")?);
    Ok(found)
}

fn print_row(row: &Value) {
    let text = |name: &str| row[name].as_str().unwrap_or_default();
    let field = format!("{}:{}", text("group"), text("field"));
    println!("{:<40} {field:<52} {}", text("picture"), text("became"));
}

fn print_verdict(verdict: &Value) {
    let picture = verdict["picture"].as_str().unwrap_or_default();
    match verdict["prints"].as_u64() {
        Some(prints) => println!(
            "{picture:<40} {prints} files of ours, {} valid to c2pa-python",
            verdict["valid"]
        ),
        None => println!(
            "{picture:<40} we say {}, c2pa-python says {}",
            verdict["ours"], verdict["c2pa"]
        ),
    }
}
