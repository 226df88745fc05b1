//! Files of a folder that others made, such as a theme: never followed out of it (PROOFS A-27).

use std::{
    fs,
    path::{Path, PathBuf},
};

use base::Fault;

/// The bytes of a file in this folder, `largest` at most.
///
/// # Errors
/// A fault naming the file when it cannot be read, is larger, is no file at all, or is a link that leads
/// out of the folder, as is a file below a linked folder.
pub fn read(folder: &Path, file: &Path, largest: u64) -> Result<Vec<u8>, Fault> {
    let doing = format!("reading the theme’s {}", file.display());
    let whole = |path: &Path| -> Result<PathBuf, Fault> {
        let found = fs::canonicalize(path);
        found.map_err(|error| Fault::while_(doing.clone(), error))
    };
    let at = whole(file)?;
    if !at.starts_with(whole(folder)?) {
        return Err(Fault::while_(doing, "it leads out of the theme’s folder"));
    }
    let about = fs::metadata(&at).map_err(|error| Fault::while_(doing.clone(), error))?;
    if !about.is_file() {
        return Err(Fault::while_(doing, "it is no file"));
    }
    if about.len() > largest {
        let why = format!("it is larger than {largest} bytes");
        return Err(Fault::while_(doing, why));
    }
    fs::read(&at).map_err(|error| Fault::while_(doing, error))
}
