//! Imprinting a WebP: the extended form with our EXIF and XMP behind the picture (RFC 9649, 2.7).

use super::{Imprint, exif};
use crate::container::{
    MAX_METADATA,
    webp::{Chunk, HAS_ALPHA, chunks, size},
};

const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// The print with this imprint and no other; nothing where it is no WebP.
pub fn press(imprint: &Imprint, print: &[u8]) -> Option<Vec<u8>> {
    let all: Vec<Chunk<'_>> = chunks(print).collect();
    let (width, height) = all.iter().find_map(|(name, held)| size(name, held))?;
    let tiff = exif::tiff(imprint);
    let packet = (!imprint.is_empty()).then(|| imprint.packet(MAX_METADATA));
    let mut flags = alpha(&all);
    if packet.is_some() {
        flags |= HAS_XMP;
    }
    if tiff.is_some() {
        flags |= HAS_EXIF;
    }
    let mut body = b"WEBP".to_vec();
    let mut held = vec![flags, 0, 0, 0];
    held.extend(&(width - 1).to_le_bytes()[..3]);
    held.extend(&(height - 1).to_le_bytes()[..3]);
    push(&mut body, b"VP8X", &held);
    for (name, held) in &all {
        if matches!(name, b"VP8 " | b"VP8L" | b"ALPH") {
            push(&mut body, name, held);
        }
    }
    if let Some(tiff) = tiff {
        push(&mut body, b"EXIF", &tiff);
    }
    if let Some(packet) = packet {
        push(&mut body, b"XMP ", packet.as_bytes());
    }
    let length = u32::try_from(body.len()).ok()?;
    Some([b"RIFF", &length.to_le_bytes()[..], &body].concat())
}

/// Whether the picture is seen through somewhere, as its chunks say.
fn alpha(chunks: &[Chunk<'_>]) -> u8 {
    let says = chunks.iter().any(|(name, held)| match name {
        b"ALPH" => true,
        b"VP8X" => held.first().is_some_and(|flags| flags & HAS_ALPHA != 0),
        b"VP8L" => held.get(4).is_some_and(|byte| byte & 0x10 != 0),
        _ => false,
    });
    if says { HAS_ALPHA } else { 0 }
}

fn push(bytes: &mut Vec<u8>, name: &[u8; 4], held: &[u8]) {
    bytes.extend(name);
    bytes.extend((held.len() as u32).to_le_bytes());
    bytes.extend(held);
    if held.len() % 2 == 1 {
        bytes.push(0);
    }
}
