//! What a file is, by its first bytes: an export is taken into memory, anything else is named and
//! refused. The redirects that lie beside it are found here too.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use flate2::read::MultiGzDecoder;

use super::export::{line_ends, refused};
use crate::incoming::{Broken, Unread};

/// Bytes of an export once unpacked. It is held in memory; a hundred thousand stories of ordinary
/// length fill it, since Ghost writes each body up to three times.
pub const MAX_EXPORT: u64 = 1024 * 1024 * 1024;
/// Bytes of a file of redirects.
pub const MAX_REDIRECTS_FILE: u64 = 16 * 1024 * 1024;
/// Names under which Ghost keeps redirects, in the order in which they are looked for.
const REDIRECT_FILES: [&str; 3] = ["redirects.yaml", "redirects.yml", "redirects.json"];
/// The bytes of a file, unpacked.
pub(super) fn load(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_EXPORT + 1)
        .read_to_end(&mut bytes)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        let packed = MultiGzDecoder::new(bytes.as_slice());
        packed.take(MAX_EXPORT + 1).read_to_end(&mut unpacked)?;
        bytes = unpacked;
    }
    Ok(bytes)
}

/// Redirects of the old site, when a file of them lies in the export's folder.
pub(super) fn redirects_beside(path: &Path) -> Option<String> {
    let folder = path.parent()?;
    REDIRECT_FILES.iter().find_map(|name| {
        let mut text = String::new();
        let file = File::open(folder.join(name)).ok()?;
        file.take(MAX_REDIRECTS_FILE)
            .read_to_string(&mut text)
            .ok()?;
        Some(text)
    })
}

/// The text of an export; anything else is refused with what it looks like.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, Unread> {
    if bytes.len() as u64 > MAX_EXPORT {
        let most = MAX_EXPORT / 1024 / 1024;
        return Err(refused(&format!("it is larger than {most} MiB")));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(refused(
            "it is a zip archive; unpack it and give the .json file in it",
        ));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refused("it is written in UTF-16; save it as UTF-8 first"));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            return Err(Unread::Broken(Broken {
                line: line_ends(&before) + 1,
                item: None,
                why: "it holds letters that are no UTF-8; export it again, or copy it again".into(),
            }));
        }
    };
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().chars().next() {
        None => Err(refused("it is empty")),
        Some('<') => Err(refused(
            "it is XML or HTML, perhaps an export of WordPress; use `import wordpress` for that",
        )),
        Some('{') => Ok(text),
        Some('[') => Err(refused("it is a JSON list, and an export is an object")),
        Some(_) => Err(refused("it is not JSON")),
    }
}
