//! WebP: chunks of a RIFF file (RFC 9649).

use super::{Cursor, MAX_METADATA, MAX_PIECES, Seen, jpeg};

/// `RIFF`, a size, `WEBP`.
pub const HEAD: usize = 12;
/// Flags of `VP8X` (RFC 9649, 2.7.1).
pub const HAS_ALPHA: u8 = 0x10;

/// A chunk: its name and what it holds, without padding.
pub type Chunk<'a> = ([u8; 4], &'a [u8]);

/// The chunks in order. Ends at what is no chunk.
pub fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut cursor = Cursor(bytes.get(HEAD..).unwrap_or_default());
    std::iter::from_fn(move || {
        let name = cursor.take(4)?.try_into().ok()?;
        let size = usize::try_from(cursor.four_little()?).ok()?;
        let held = cursor.take(size)?;
        cursor.take((size % 2).min(cursor.0.len()))?;
        Some((name, held))
    })
    .take(MAX_PIECES)
}

/// Size, frames and metadata; nothing where no chunk tells a size.
pub fn see(bytes: &[u8]) -> Option<Seen> {
    let mut seen = Seen {
        pixel_bytes: 4,
        ..Seen::default()
    };
    for (name, held) in chunks(bytes) {
        match &name {
            b"VP8X" | b"VP8 " | b"VP8L" if seen.width == 0 => {
                (seen.width, seen.height) = size(&name, held)?;
            }
            b"ANMF" => seen.frames += 1,
            b"EXIF" if held.len() <= MAX_METADATA => {
                seen.exif = Some(held.strip_prefix(jpeg::EXIF).unwrap_or(held).to_vec());
            }
            b"XMP " if seen.xmp.is_empty() && held.len() <= MAX_METADATA => {
                seen.xmp.push(held.to_vec());
            }
            _ => {}
        }
    }
    seen.frames = seen.frames.max(1);
    Some(seen)
}

/// Width and height as the chunk of that name tells them.
pub fn size(name: &[u8; 4], held: &[u8]) -> Option<(u32, u32)> {
    match name {
        b"VP8X" => Some((three(held.get(4..7)?) + 1, three(held.get(7..10)?) + 1)),
        b"VP8 " => {
            let mut cursor = Cursor(held.get(3..)?);
            if cursor.take(3)? != b"\x9D\x01\x2A" {
                return None;
            }
            let side = |two: u16| u32::from(two & 0x3FFF);
            Some((side(cursor.two_little()?), side(cursor.two_little()?)))
        }
        b"VP8L" => {
            let mut cursor = Cursor(held);
            if cursor.byte()? != 0x2F {
                return None;
            }
            let bits = cursor.four_little()?;
            Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        _ => None,
    }
}

fn three(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0])
}
