//! Keys for scenes with other servers: made once on a machine, since making one takes its time.

use std::{fs, path::PathBuf};

use syndication::fediverse::Key;

/// A key of this name, as PEM. It is good for scenes and for nothing else.
///
/// # Panics
/// When the machine keeps no files.
pub fn key(name: &str) -> String {
    let path = std::env::temp_dir().join(format!("dateline-scenes-{name}.pem"));
    if let Ok(pem) = fs::read_to_string(&path) {
        return pem;
    }
    let pem = Key::fresh().expect("a key can be made");
    // Scenes that begin at the same moment each make one, and the last of them stays.
    let own = PathBuf::from(format!("{}.{}", path.display(), std::process::id()));
    fs::write(&own, &pem).expect("a file can be written");
    fs::rename(&own, &path).expect("a file can be named");
    pem
}
