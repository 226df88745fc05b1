//! Writes the table of the built desk's files, each put into the program by `include_bytes!`.
//!
//! Not rust-embed: in debug builds it reads from the folder it was built in, and a newsroom would run
//! without its desk as soon as that folder moved.

use std::{
    env,
    error::Error,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// Where Vite puts the built desk, seen from this crate.
const DIST: &str = "../../web/desk/dist";

fn main() -> Result<(), Box<dyn Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join(DIST);
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    collect(&dist, &mut files).map_err(|error| {
        format!("the built desk is not in web/desk/dist ({error}): run `npm run build` in web/desk")
    })?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in files {
        let name = file
            .strip_prefix(&dist)?
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(
            table,
            "    ({name:?}, include_bytes!({:?})),",
            file.display().to_string()
        )?;
    }
    table.push(']');
    let out = Path::new(&env::var("OUT_DIR")?).join("files.rs");
    Ok(fs::write(out, table)?)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
