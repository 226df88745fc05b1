//! PNG: chunks from the header to the end (PNG, third edition, 5.3).

use super::{Cursor, MAX_METADATA, MAX_PIECES, Seen};

/// The signature before the first chunk.
const SIGNATURE: usize = 8;
/// The keyword of the text chunk that holds XMP (XMP part 3, 1.1.5), with the four noughts that follow: not
/// compressed, no language, no translated keyword.
const XMP: &[u8] = b"XML:com.adobe.xmp\0\0\0\0\0";

/// Size, frames and metadata; nothing where the header is not one.
pub fn see(bytes: &[u8]) -> Option<Seen> {
    let mut cursor = Cursor(bytes.get(SIGNATURE..)?);
    let (name, held) = chunk(&mut cursor)?;
    if name != b"IHDR" {
        return None;
    }
    let mut seen = header(held)?;
    let mut moving = 0;
    for _ in 0..MAX_PIECES {
        let Some((name, held)) = chunk(&mut cursor) else {
            break;
        };
        match name {
            b"IEND" => break,
            b"fcTL" => moving += 1,
            b"eXIf" if held.len() <= MAX_METADATA => seen.exif = Some(held.to_vec()),
            b"iTXt" if seen.xmp.is_empty() && held.len() <= MAX_METADATA => {
                seen.xmp.extend(held.strip_prefix(XMP).map(<[u8]>::to_vec));
            }
            _ => {}
        }
    }
    seen.frames = moving.max(1);
    Some(seen)
}

/// A chunk's name and what it holds. Its checksum is the decoder's affair.
fn chunk<'a>(cursor: &mut Cursor<'a>) -> Option<(&'a [u8], &'a [u8])> {
    let length = usize::try_from(cursor.four()?).ok()?;
    let name = cursor.take(4)?;
    let held = cursor.take(length)?;
    cursor.take(4.min(cursor.0.len()))?;
    Some((name, held))
}

fn header(held: &[u8]) -> Option<Seen> {
    let mut cursor = Cursor(held);
    let width = cursor.four()?;
    let height = cursor.four()?;
    let depth = u64::from(cursor.byte()?);
    // Palettes are unpacked to colours, which may have an alpha; grey is widened to colours, too.
    let channels = match cursor.byte()? {
        0 | 2 => 3,
        3 | 4 | 6 => 4,
        _ => return None,
    };
    Some(Seen {
        width,
        height,
        pixel_bytes: channels * depth.div_ceil(8),
        ..Seen::default()
    })
}
