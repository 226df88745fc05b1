//! The bytes of a feed as text: their encoding found, and anything broken named with its line.

use crate::incoming::{Broken, Unread};

/// Bytes of one page of a feed. The largest feeds that were seen had some ten million.
pub const MAX_PAGE: usize = 32 * 1024 * 1024;
/// Bytes at the beginning in which an XML declaration is looked for.
const DECLARATION: usize = 512;

/// A page of a feed as text.
#[derive(Debug)]
pub(crate) struct Text {
    /// The text, without a byte order mark and blanks in front.
    pub text: String,
    /// Lines that stood before it.
    pub skipped: u64,
    /// Control characters that were replaced by spaces (XML 1.0 section 2.2 forbids them).
    pub replaced: usize,
}

/// Reads bytes as text. A byte order mark counts most, then what the server said, then what the
/// document says of itself (RFC 7303 section 3).
///
/// # Errors
/// When they are too many, are no text, are in an encoding not read here, or are broken.
pub(crate) fn read(bytes: &[u8], said: Option<&str>) -> Result<Text, Unread> {
    if bytes.len() > MAX_PAGE {
        let most = MAX_PAGE / (1024 * 1024);
        return refuse(&format!("it is larger than {most} MiB"));
    }
    if bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(b"PK\x03\x04") {
        return refuse("it is packed; unpack it first");
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return refuse("it is written in UTF-16; save it as UTF-8 first");
    }
    let (bytes, named) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, "utf-8".into()),
        None => (bytes, encoding(bytes, said)),
    };
    let text = match named.as_str() {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => utf8(bytes)?,
        // Programs say Latin-1 and write Windows-1252, its superset; so browsers read it as that.
        "iso-8859-1" | "iso8859-1" | "latin1" | "windows-1252" | "cp1252" => western(bytes),
        other => {
            let other: String = other.chars().take(40).collect();
            return refuse(&format!("it is written in {other}; save it as UTF-8 first"));
        }
    };
    Ok(without_controls(&text))
}

fn refuse<T>(why: &str) -> Result<T, Unread> {
    Err(Unread::Refused(format!(
        "this is nothing to be read here: {why}"
    )))
}

fn encoding(bytes: &[u8], said: Option<&str>) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]);
    let declared = || {
        let declaration = head.trim_start().strip_prefix("<?xml")?;
        let (_, rest) = declaration.split_once("?>")?.0.split_once("encoding")?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|ch| matches!(ch, '"' | '\''))?;
        rest[1..].split(quote).next()
    };
    let said = said.map(str::trim).filter(|said| !said.is_empty());
    let named = said.or_else(declared).unwrap_or("utf-8");
    named.trim_matches(['"', '\'']).to_ascii_lowercase()
}

fn utf8(bytes: &[u8]) -> Result<String, Unread> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_string()),
        Err(error) => error,
    };
    let good = &bytes[..error.valid_up_to()];
    Err(Unread::Broken(Broken {
        line: lines(good) + 1,
        item: None,
        why:
            "the bytes there are no UTF-8, which the feed says or seems to be written in; name the \
              right encoding in its first line, or save it as UTF-8"
                .into(),
    }))
}

/// Windows-1252 from 0x80 to 0x9f (WHATWG Encoding, index windows-1252); the rest is Latin-1.
const WESTERN: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn western(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => WESTERN[usize::from(byte - 0x80)],
        byte => char::from(*byte),
    };
    bytes.iter().map(letter).collect()
}

fn without_controls(whole: &str) -> Text {
    let text = whole.trim_start();
    let skipped = lines(&whole.as_bytes()[..whole.len() - text.len()]);
    let mut replaced = 0;
    let text = text
        .chars()
        .map(|ch| match ch {
            '\t' | '\n' | '\r' => ch,
            ch if ch < ' ' => {
                replaced += 1;
                ' '
            }
            ch => ch,
        })
        .collect();
    Text {
        text,
        skipped,
        replaced,
    }
}

/// Line breaks in some bytes.
pub(super) fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], said: Option<&str>, expected: &str) {
        let found = match read(bytes, said) {
            Ok(text) => text.text,
            Err(unread) => unread.to_string(),
        };
        assert!(found.contains(expected), "{found}");
    }

    #[test]
    fn the_encoding_is_the_marks_the_servers_or_the_documents() {
        let latin = b"<?xml version=\"1.0\" encoding='ISO-8859-1'?><a>caf\xe9 \x93x\x94</a>";
        check(latin, None, "café “x”");
        check(latin, Some("utf-8"), "line 1: the bytes there are no UTF-8");
        check(b"\xef\xbb\xbf<a>caf\xc3\xa9</a>", Some("latin1"), "café");
        check(b"\n\n <a>caf\xc3\xa9\x01</a>", None, "<a>café </a>");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        check(b"\xff\xfe<\0", None, "UTF-16");
        check(b"\x1f\x8b\x08", None, "packed");
        check(b"<a/>", Some("koi8-r"), "written in koi8-r");
        check(b"<a>\n\n caf\xe9</a>", None, "line 3: the bytes");
        check(&vec![b' '; MAX_PAGE + 1], None, "larger than 32 MiB");
    }
}
