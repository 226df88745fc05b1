//! What a file is, by its first bytes: an export is opened, anything else is named and refused. The
//! redirects that lie beside it are found here too.

use std::{
    fs::File,
    io::{self, Cursor, Read, SeekFrom},
    path::Path,
};

use flate2::read::MultiGzDecoder;

use super::{
    export::refused,
    scan::{Input, Span},
};
use crate::incoming::{Broken, Unread};

/// Bytes of an export; ten times the largest seen.
pub const MAX_EXPORT: u64 = 8 * 1024 * 1024 * 1024;
/// Bytes of an export packed with gzip, once unpacked: one cannot go back and forth in it, so that
/// it is held in memory.
pub const MAX_UNPACKED: u64 = 512 * 1024 * 1024;
/// Bytes of a file of redirects.
pub const MAX_REDIRECTS_FILE: u64 = 16 * 1024 * 1024;
/// Names under which Ghost keeps redirects, in the order in which they are looked for.
const REDIRECT_FILES: [&str; 3] = ["redirects.yaml", "redirects.yml", "redirects.json"];
/// Bytes looked at to tell what a file is.
const HEAD: u64 = 4 * 1024;

/// Opens an export and says where its JSON stands.
///
/// # Errors
/// When it cannot be read, or is no export of Ghost by its first bytes.
pub(super) fn open(path: &Path) -> Result<(Box<dyn Input>, Span), Unread> {
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    unpacked(Box::new(file))
}

/// As [`open`], for what is open already.
pub(super) fn unpacked(mut input: Box<dyn Input>) -> Result<(Box<dyn Input>, Span), Unread> {
    let head = head_of(&mut *input).map_err(|error| unreadable(&error))?;
    if head.starts_with(&[0x1f, 0x8b]) {
        let mut bytes = Vec::new();
        let mut packed = MultiGzDecoder::new(input).take(MAX_UNPACKED + 1);
        let read = packed.read_to_end(&mut bytes);
        read.map_err(|error| unreadable(&error))?;
        if bytes.len() as u64 > MAX_UNPACKED {
            let most = MAX_UNPACKED / 1024 / 1024;
            return Err(refused(&format!(
                "it is larger than {most} MiB once unpacked; unpack it and give the .json file"
            )));
        }
        let mut input: Box<dyn Input> = Box::new(Cursor::new(bytes));
        let head = head_of(&mut *input).map_err(|error| unreadable(&error))?;
        let span = check(&mut *input, &head)?;
        return Ok((input, span));
    }
    let span = check(&mut *input, &head)?;
    Ok((input, span))
}

fn head_of(input: &mut dyn Input) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.seek(SeekFrom::Start(0))?;
    input.take(HEAD).read_to_end(&mut head)?;
    input.seek(SeekFrom::Start(0))?;
    Ok(head)
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

/// Names what begins so, and refuses it unless it is a JSON object.
fn check(input: &mut dyn Input, head: &[u8]) -> Result<Span, Unread> {
    let end = input.seek(SeekFrom::End(0));
    let end = end.map_err(|error| unreadable(&error))?;
    if end > MAX_EXPORT {
        let most = MAX_EXPORT / 1024 / 1024 / 1024;
        return Err(refused(&format!("it is larger than {most} GiB")));
    }
    if head.starts_with(b"PK\x03\x04") {
        return Err(refused(
            "it is a zip archive; unpack it and give the .json file in it",
        ));
    }
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(refused("it is written in UTF-16; save it as UTF-8 first"));
    }
    let start = if head.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    let first = head[start..]
        .iter()
        .find(|byte| !byte.is_ascii_whitespace());
    match first {
        Some(b'{') => Ok(Span {
            start: start as u64,
            end,
            line: 1,
        }),
        None => Err(refused("it is empty")),
        Some(b'<') => Err(refused(
            "it is XML or HTML, perhaps an export of WordPress; use `import wordpress` for that",
        )),
        Some(b'[') => Err(refused("it is a JSON list, and an export is an object")),
        Some(_) => Err(refused("it is not JSON")),
    }
}

/// An input that could not be read at all.
fn unreadable(error: &io::Error) -> Unread {
    Unread::Broken(Broken {
        line: 0,
        item: None,
        why: error.to_string(),
    })
}
