//! The one spelling of an address: no path has a second meaning, and none a second spelling.

use crate::{doors::Case, query::percent};

/// How an address is spelt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As it should be.
    Right,
    /// Differently: this is how it should be.
    Other(String),
    /// In a way that means nothing: hidden slashes, dots, control characters, broken UTF-8.
    Nonsense,
}

/// Looks at the path of a request.
///
/// Right are: one slash between segments and none at the end; small letters unless the row says
/// otherwise; percent coding only where it must be, in capitals.
pub(super) fn spelling(path: &str, case: Case) -> Spelling {
    if path == "/" || is_plainly_right(path) {
        return Spelling::Right;
    }
    if !path.starts_with('/') {
        return Spelling::Nonsense;
    }
    let mut right = String::with_capacity(path.len());
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        right.push('/');
        if !push_segment(&mut right, segment.as_bytes(), case) {
            return Spelling::Nonsense;
        }
    }
    if right.is_empty() {
        right.push('/');
    }
    if right == path {
        Spelling::Right
    } else {
        Spelling::Other(right)
    }
}

/// Nearly every request, without allocating.
fn is_plainly_right(path: &str) -> bool {
    let mut previous = b'x';
    for byte in path.bytes() {
        let plain = match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => true,
            b'/' => previous != b'/',
            b'.' => previous != b'/',
            _ => false,
        };
        if !plain {
            return false;
        }
        previous = byte;
    }
    path.starts_with('/') && previous != b'/'
}

fn push_segment(out: &mut String, segment: &[u8], case: Case) -> bool {
    let mut decoded = Vec::with_capacity(segment.len());
    let mut at = 0;
    while at < segment.len() {
        let byte = match segment[at] {
            b'%' => {
                let Some(byte) = percent(&segment[at..]) else {
                    return false;
                };
                at += 2;
                byte
            }
            byte => byte,
        };
        if byte < b' ' || byte == 0x7f || byte == b'/' || byte == b'\\' {
            return false;
        }
        decoded.push(byte);
        at += 1;
    }
    if decoded == b"." || decoded == b".." || std::str::from_utf8(&decoded).is_err() {
        return false;
    }
    for byte in decoded {
        push_byte(out, byte, case);
    }
    true
}

/// RFC 3986 `pchar` stands for itself, all else is percent-coded.
fn push_byte(out: &mut String, byte: u8, case: Case) {
    let itself = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    match case {
        Case::Small if itself => out.push(byte.to_ascii_lowercase() as char),
        Case::Exact if itself => out.push(byte as char),
        _ => out.push_str(&format!("%{byte:02X}")),
    }
}

/// Whether an address could be one of this row.
pub(super) fn matches(pattern: &str, address: &str) -> bool {
    let mut wanted = pattern.split('/').skip(1);
    let mut given = address.split('/').skip(1);
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(rest), Some(first)) if rest.starts_with("{*") => return !first.is_empty(),
            (Some(wanted), Some(given)) if fits(wanted, given) => {}
            _ => return false,
        }
    }
}

fn fits(wanted: &str, given: &str) -> bool {
    match (wanted.split_once('{'), wanted.rsplit_once('}')) {
        (Some((before, _)), Some((_, after))) => {
            given.len() > before.len() + after.len()
                && given.starts_with(before)
                && given.ends_with(after)
        }
        _ => wanted == given,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, case: Case, right: Spelling) {
        assert_eq!(spelling(path, case), right, "{path}");
        if let Spelling::Other(right) = right {
            assert_eq!(spelling(&right, case), Spelling::Right, "{right}");
        }
    }

    #[test]
    fn every_path_is_right_or_has_one_right_spelling_or_means_nothing() {
        let other = |right: &str| Spelling::Other(right.to_string());
        for right in [
            "/",
            "/a",
            "/a/b.css",
            "/.well-known/x",
            "/a/%D7%92",
            "/a,b/c@d",
            "/a.b..c",
            "/...",
        ] {
            check(right, Case::Small, Spelling::Right);
        }
        for (path, right) in [
            ("//", "/"),
            ("/a/", "/a"),
            ("/a//b///", "/a/b"),
            ("/A", "/a"),
            ("/%41", "/a"),
            ("/%7Ea", "/~a"),
            ("/%d7%92", "/%D7%92"),
            ("/a%20b", "/a%20b"),
            ("/a%2Cb", "/a,b"),
            ("/a\"b", "/a%22b"),
            ("/50%25", "/50%25"),
        ] {
            let wanted = if path == right {
                Spelling::Right
            } else {
                other(right)
            };
            check(path, Case::Small, wanted);
        }
        check("/A%41", Case::Exact, other("/AA"));
        check("/AbC", Case::Exact, Spelling::Right);
        for nonsense in [
            "",
            "*",
            "a",
            "/..",
            "/a/../b",
            "/.",
            "/%2e%2e/a",
            "/a%2Fb",
            "/a%5Cb",
            "/a\\b",
            "/%00",
            "/%0a",
            "/%7f",
            "/%",
            "/%4",
            "/%zz",
            "/%C3%28",
            "/%ff",
        ] {
            check(nonsense, Case::Small, Spelling::Nonsense);
        }
    }

    #[test]
    fn a_row_matches_its_addresses() {
        for (pattern, address, fits) in [
            ("/", "/", true),
            ("/{year}/{slug}", "/1970/oxygen", true),
            ("/{year}/{slug}", "/1970", false),
            ("/{year}/{slug}", "/1970/", false),
            ("/assets/{name}", "/assets/a.css", true),
            ("/sitemap-{n}.xml", "/sitemap-12.xml", true),
            ("/sitemap-{n}.xml", "/sitemap-.xml", false),
            ("/{*path}", "/a/b/c", true),
            ("/desk/{*path}", "/desk", false),
        ] {
            assert_eq!(matches(pattern, address), fits, "{pattern} {address}");
        }
    }
}
