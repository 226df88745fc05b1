//! EXIF: who, whose, when and which way up. Where the camera stood is not read.

use exif::{Exif, In, Reader, Tag, Value};

use super::{Moment, Particulars, line, lines, text};

/// Bytes of EXIF that are read; cameras write some ten thousand, and a thumbnail below sixty-four.
const MAX_EXIF: usize = 256 * 1024;

/// Reads the few fields that are used; the second value is false where the structure is damaged.
pub fn read(tiff: &[u8]) -> (Particulars, bool) {
    let Some(exif) = parsed(tiff) else {
        return (Particulars::default(), false);
    };
    let offset = words(&exif, Tag::OffsetTimeOriginal);
    let taken = words(&exif, Tag::DateTimeOriginal);
    let told = Particulars {
        caption: words(&exif, Tag::ImageDescription).and_then(|raw| text(&raw)),
        creators: artists(&exif),
        copyright: words(&exif, Tag::Copyright).and_then(|raw| text(&raw)),
        taken: taken.and_then(|taken| Moment::of_exif(&taken, offset.as_deref())),
        ..Particulars::default()
    };
    (told, true)
}

/// Which way up: 1 to 8 (EXIF 2.32, tag 274); 1 where nothing sensible is told.
pub fn orientation(tiff: &[u8]) -> u8 {
    let told = || {
        let exif = parsed(tiff)?;
        let field = exif.get_field(Tag::Orientation, In::PRIMARY)?;
        u8::try_from(field.value.get_uint(0)?).ok()
    };
    told().filter(|told| (1..=8).contains(told)).unwrap_or(1)
}

fn parsed(tiff: &[u8]) -> Option<Exif> {
    if tiff.len() > MAX_EXIF {
        return None;
    }
    // Cameras write a wrong length here and there; what can be read around it is used.
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let read = reader.read_raw(tiff.to_vec());
    read.or_else(|error| error.distill_partial_result(|_| ()))
        .ok()
}

/// Several names are parted by semicolons (EXIF 2.32, tag 315).
fn artists(exif: &Exif) -> Vec<String> {
    let artists = words(exif, Tag::Artist).unwrap_or_default();
    lines(artists.split(';'))
}

/// ASCII by the standard, UTF-8 in life. Copyright may have two parts, the photographer's and the editor's.
fn words(exif: &Exif, tag: Tag) -> Option<String> {
    let field = exif.get_field(tag, In::PRIMARY)?;
    let Value::Ascii(parts) = &field.value else {
        return None;
    };
    let parts: Vec<String> = parts
        .iter()
        .filter_map(|part| line(&String::from_utf8_lossy(part)))
        .take(2)
        .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
