//! Wire copy out again, in again and out again: nothing of it may be lost, and equal copy is equal bytes.

use std::{fs, path::Path, process::Command};

use anyhow::Result;
use serde_json::Value;

use super::{Material, files, found_newsroom, import};
use crate::process;

/// What went wrong on the way, if anything did. Copy that came in the names of 3.x must go out as it came.
pub fn out_and_in(program: &Path, material: &Material, data: &Path) -> Result<Option<String>> {
    let (once, again, other) = (data.join("out"), data.join("again"), data.join("other"));
    export(program, data, &once)?;
    found_newsroom(program, &other)?;
    let wire = Material {
        importer: "ninjs",
        path: once.clone(),
    };
    import(program, &wire, &other)?;
    export(program, &other, &again)?;
    let (first, second) = (documents(&once)?, documents(&again)?);
    if first != second {
        return Ok(Some("out, in and out again is not the same bytes".into()));
    }
    Ok(lost(material, &first)?.map(|uri| format!("{uri} did not go out as it came in")))
}

fn export(program: &Path, data: &Path, folder: &Path) -> Result<()> {
    let mut command = Command::new(program);
    command.args(["export", "ninjs"]).arg(folder);
    process::output(command.arg("--data").arg(data)).map(drop)
}

/// The documents of a folder, in the order of their bytes: files are named by ids, which differ.
fn documents(folder: &Path) -> Result<Vec<String>> {
    let files = files(folder, "json")?.into_iter();
    let texts: std::io::Result<Vec<String>> = files.map(fs::read_to_string).collect();
    let mut texts = texts?;
    texts.sort();
    Ok(texts)
}

/// The first item of a file in the names of 3.x that is not among the documents as it stands in the file.
fn lost(material: &Material, documents: &[String]) -> Result<Option<String>> {
    let path = material.path.display().to_string();
    if !path.contains("/3.") {
        return Ok(None);
    }
    let came: Value = serde_json::from_str(&fs::read_to_string(&material.path)?)?;
    let items = match came {
        Value::Array(items) => items,
        one => vec![one],
    };
    let out: Result<Vec<Value>, _> = documents
        .iter()
        .map(|text| serde_json::from_str(text))
        .collect();
    let out = out?;
    let lost = items.iter().find(|item| !out.contains(item));
    Ok(lost.map(|item| item["uri"].to_string()))
}
