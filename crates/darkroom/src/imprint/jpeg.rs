//! Imprinting a JPEG: its application segments go, ours come right behind the start.

use super::{Imprint, exif, iim};
use crate::container::jpeg::{EXIF, PHOTOSHOP, XMP, segments};

const APP1: u8 = 0xE1;
const APP13: u8 = 0xED;
/// Bytes that a segment holds beside its length.
const MOST_HELD: usize = 65_533;

/// The print with this imprint and no other; nothing where it is no JPEG.
pub fn press(imprint: &Imprint, print: &[u8]) -> Option<Vec<u8>> {
    if !print.starts_with(b"\xFF\xD8") {
        return None;
    }
    let mut imprinted = b"\xFF\xD8".to_vec();
    let mut rest = 2;
    let mut kept: Vec<u8> = Vec::new();
    for segment in segments(print) {
        let end = segment.start + 4 + segment.held.len();
        let bytes = print.get(segment.start..end)?;
        match segment.marker {
            // JFIF comes first (JFIF 1.02).
            0xE0 => imprinted.extend(bytes),
            0xE1..=0xEF | 0xFE => {}
            _ => kept.extend(bytes),
        }
        rest = end;
    }
    if let Some(tiff) = exif::tiff(imprint) {
        push(&mut imprinted, APP1, &[EXIF, &tiff]);
    }
    // A small print is small: what says nothing takes no room in it.
    if !imprint.is_empty() {
        let packet = imprint.packet(MOST_HELD - XMP.len());
        push(&mut imprinted, APP1, &[XMP, packet.as_bytes()]);
        push(&mut imprinted, APP13, &[PHOTOSHOP, &iim::resource(imprint)]);
    }
    imprinted.extend(kept);
    imprinted.extend(print.get(rest..)?);
    Some(imprinted)
}

/// Adds a segment; what would not fit is left out, since the packet of XMP, which always does, says the same.
fn push(bytes: &mut Vec<u8>, marker: u8, parts: &[&[u8]]) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    if length <= MOST_HELD {
        bytes.extend([0xFF, marker]);
        bytes.extend((length as u16 + 2).to_be_bytes());
        parts.iter().for_each(|part| bytes.extend(*part));
    }
}
