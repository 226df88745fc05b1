//! What a file is, by its first bytes: an export is opened, anything else is named and refused.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::{Source, unreadable};
use crate::incoming::Unread;

/// Bytes of an export once unpacked; ten times the largest seen.
pub const MAX_UNPACKED: u64 = 8 * 1024 * 1024 * 1024;
/// Bytes looked at to tell what a file is.
const HEAD: usize = 64 * 1024;

/// Opens an export, unpacked.
///
/// # Errors
/// When it cannot be opened, or is no WordPress export.
pub(super) fn open(source: &dyn Source) -> Result<Box<dyn BufRead>, Unread> {
    let mut input = source.open().map_err(|error| unreadable(&error))?;
    let packed = input.fill_buf().map_err(|error| unreadable(&error))?;
    let mut input: Box<dyn BufRead> = if packed.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::new(MultiGzDecoder::new(input)))
    } else {
        input
    };
    let mut head = Vec::with_capacity(HEAD);
    input
        .by_ref()
        .take(HEAD as u64)
        .read_to_end(&mut head)
        .map_err(|error| unreadable(&error))?;
    check(&head)?;
    let whole = io::Cursor::new(head).chain(input).take(MAX_UNPACKED);
    Ok(Box::new(BufReader::new(whole)))
}

fn check(head: &[u8]) -> Result<(), Unread> {
    let refuse = |looks: &str| {
        Err(Unread::Refused(format!(
            "this is no WordPress export: {looks}"
        )))
    };
    if head.starts_with(b"PK\x03\x04") {
        return refuse("it is a zip archive; unpack it and give the .xml files in it one by one");
    }
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return refuse("it is written in UTF-16; save it as UTF-8 first");
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return refuse("it is empty");
    }
    if text.starts_with("///DOTCLEAR") {
        return refuse("it is an export of Dotclear; Dotclear is not read yet");
    }
    if text.starts_with(['{', '[']) {
        return refuse("it is JSON, perhaps an export of Ghost; use `import ghost` for that");
    }
    if !text.starts_with('<') {
        return refuse("it is not XML");
    }
    let root = root_of(text);
    match root.as_str() {
        "rss" if text.contains("wordpress.org/export/") || text.contains("<wp:") => Ok(()),
        "rss" => refuse(&format!(
            "it is an RSS feed{} without WordPress's own elements (wp:…); use `import feed` for feeds",
            generator(text)
        )),
        "feed" => refuse(&format!(
            "it is an Atom feed{}, the form in which Blogger exports; use `import feed` for feeds",
            generator(text)
        )),
        "!DOCTYPE" | "!doctype" if text.contains("<rss") => refuse(
            "it declares a document type or entities (<!DOCTYPE>), which no WordPress export does \
             and which can be made to harm its reader",
        ),
        "html" | "!DOCTYPE" | "!doctype" => {
            refuse("it is a web page, perhaps the page of an error")
        }
        other => refuse(&format!("its outermost element is <{other}>, not <rss>")),
    }
}

/// The name of the first element or declaration, comments and instructions aside.
fn root_of(text: &str) -> String {
    let mut rest = text;
    loop {
        let Some(at) = rest.find('<') else {
            return String::new();
        };
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = rest.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with('?') {
            rest = rest.split_once("?>").map_or("", |(_, after)| after);
        } else {
            let end = rest
                .find([' ', '>', '\n', '\t', '\r', '/'])
                .unwrap_or(rest.len().min(40));
            return rest[..end].to_string();
        }
    }
}

fn generator(text: &str) -> String {
    let named = text
        .split_once("<generator")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split('<').next())
        .map(|name| {
            crate::html::plain(name)
                .chars()
                .take(60)
                .collect::<String>()
        });
    match named {
        Some(name) if !name.is_empty() => format!(" made by {name}"),
        _ => String::new(),
    }
}
