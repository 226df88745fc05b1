//! What bytes are, told by how they begin and by nothing else: no name, no announced type.

use serde::{Deserialize, Serialize};

use crate::refused::{Foreign, Refused};

/// Bytes that are looked at to tell what something is.
const BEGINNING: usize = 1_024;

/// A kind of picture that is developed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG, and APNG, of which we take the picture shown by who does not know it.
    Png,
    /// GIF 87a and 89a.
    Gif,
    /// WebP.
    Webp,
}

impl Kind {
    /// Tells what the bytes are; refuses what we do not develop, by name where it has one.
    pub fn of(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.is_empty() {
            return Err(Refused::Empty);
        }
        let kinds: [(&[u8], Self); 4] = [
            (b"\xFF\xD8\xFF", Self::Jpeg),
            (b"\x89PNG\r\n\x1A\n", Self::Png),
            (b"GIF87a", Self::Gif),
            (b"GIF89a", Self::Gif),
        ];
        if let Some((_, kind)) = kinds.iter().find(|(start, _)| bytes.starts_with(start)) {
            return Ok(*kind);
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Ok(Self::Webp);
        }
        Err(Refused::Foreign(foreign(bytes)))
    }

    /// Its name in MIME.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
        }
    }

    /// The extension files of this kind wear.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
        }
    }
}

fn foreign(bytes: &[u8]) -> Foreign {
    let starts: [(&[u8], Foreign); 14] = [
        (b"%PDF", Foreign::Pdf),
        (b"II*\0", Foreign::Tiff),
        (b"MM\0*", Foreign::Tiff),
        (b"II+\0", Foreign::Tiff),
        (b"8BPS", Foreign::Photoshop),
        (b"BM", Foreign::Bitmap),
        (b"\0\0\x01\0", Foreign::Bitmap),
        (b"\xFF\x0A", Foreign::OtherJpeg),
        (b"\0\0\0\x0CJXL ", Foreign::OtherJpeg),
        (b"\0\0\0\x0CjP  ", Foreign::OtherJpeg),
        (b"PK\x03\x04", Foreign::Archive),
        (b"\x1F\x8B", Foreign::Archive),
        (b"Rar!", Foreign::Archive),
        (b"\x1A\x45\xDF\xA3", Foreign::Film),
    ];
    if let Some((_, foreign)) = starts.iter().find(|(start, _)| bytes.starts_with(start)) {
        return *foreign;
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return of_brand(bytes);
    }
    of_markup(bytes)
}

/// ISO base media files name their brand behind `ftyp` (ISO/IEC 14496-12, 4.3); others that fit follow.
fn of_brand(bytes: &[u8]) -> Foreign {
    let brands = bytes.get(8..BEGINNING.min(bytes.len()).min(64));
    let has = |name: &[u8; 4]| brands.is_some_and(|all| all.chunks(4).any(|brand| brand == name));
    if has(b"avif") || has(b"avis") {
        Foreign::Avif
    } else if has(b"heic") || has(b"heix") || has(b"mif1") || has(b"hevc") {
        Foreign::Heic
    } else {
        Foreign::Film
    }
}

fn of_markup(bytes: &[u8]) -> Foreign {
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    let text = String::from_utf8_lossy(beginning).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if !text.starts_with('<') {
        Foreign::Unknown
    } else if text.contains("<svg") {
        Foreign::Svg
    } else if text.contains("<html") || text.contains("<!doctype html") || text.contains("<script")
    {
        Foreign::Html
    } else {
        Foreign::Unknown
    }
}
