//! A look at what is to be imported: whether it is there, and a file or folder as it should be.

use std::{fs, io, path::Path};

/// A file that can be read.
///
/// # Errors
/// Why not, with its name and with what can be done.
pub(super) fn file(path: &Path) -> Result<(), String> {
    let about = fs::metadata(path).map_err(|error| told(path, &error))?;
    let name = path.display();
    if about.is_dir() {
        return Err(format!(
            "{name} is a folder, and one file is imported here. Name the file in it; a folder of \
             Markdown or HTML comes in with `dateline import folder`. Nothing was imported."
        ));
    }
    fs::File::open(path).map_err(|error| told(path, &error))?;
    if about.is_file() && about.len() == 0 {
        return Err(format!(
            "{name} is empty: export or copy it again. Nothing was imported."
        ));
    }
    Ok(())
}

/// A folder that can be read.
///
/// # Errors
/// As [`file()`].
pub(super) fn folder(path: &Path) -> Result<(), String> {
    let about = fs::metadata(path).map_err(|error| told(path, &error))?;
    if !about.is_dir() {
        return Err(format!(
            "{} is a file, and a folder is imported here. Put it into a folder of its own and name \
             that; exports and feeds have commands of their own, see `dateline import --help`. \
             Nothing was imported.",
            path.display()
        ));
    }
    fs::read_dir(path).map_err(|error| told(path, &error))?;
    Ok(())
}

/// A file or a folder that can be read.
///
/// # Errors
/// As [`file()`].
pub(super) fn either(path: &Path) -> Result<(), String> {
    match path.is_dir() {
        true => folder(path),
        false => file(path),
    }
}

fn told(path: &Path, error: &io::Error) -> String {
    let name = path.display();
    let why = match error.kind() {
        io::ErrorKind::NotFound => {
            format!("there is no {name}: look at the spelling and at the folder you are in")
        }
        io::ErrorKind::PermissionDenied => {
            format!("{name} may not be read by this account: change its rights, or copy it")
        }
        _ => format!("{name} cannot be read: {error}"),
    };
    format!("{why}. Nothing was imported.")
}
