//! JPEG: segments from the start of the picture to its first scan (ITU-T T.81, Annex B).

use super::{Cursor, MAX_METADATA, MAX_PIECES, Seen};

/// How an EXIF segment begins (EXIF 2.32, 4.7.2).
pub const EXIF: &[u8] = b"Exif\0\0";
/// How an XMP segment begins (XMP part 3, 1.1.3).
pub const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// How a piece of extended XMP begins.
const EXTENDED: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
/// How a segment with Photoshop's resources begins.
pub const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
/// Photoshop's resource that holds IIM.
pub const IIM_RESOURCE: u16 = 0x0404;
/// Letters of the digest that names an extended packet.
const DIGEST: usize = 32;

/// A segment with its marker: `0xE1` is APP1.
pub struct Segment<'a> {
    /// The marker's second byte.
    pub marker: u8,
    /// What it holds, without marker and length.
    pub held: &'a [u8],
    /// Where it begins in the file, at its marker.
    pub start: usize,
}

/// The segments before the first scan, in order. Ends at what is no segment.
pub fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut cursor = Cursor(bytes.get(2..).unwrap_or_default());
    std::iter::from_fn(move || next(bytes.len(), &mut cursor)).take(MAX_PIECES)
}

fn next<'a>(total: usize, cursor: &mut Cursor<'a>) -> Option<Segment<'a>> {
    loop {
        let start = total - cursor.0.len();
        if cursor.byte()? != 0xFF {
            return None;
        }
        let mut marker = cursor.byte()?;
        while marker == 0xFF {
            marker = cursor.byte()?;
        }
        match marker {
            0x01 | 0xD0..=0xD8 => continue,
            0x00 | 0xD9 | 0xDA => return None,
            _ => {}
        }
        let length = usize::from(cursor.two()?).checked_sub(2)?;
        let held = cursor.take(length)?;
        return Some(Segment {
            marker,
            held,
            start,
        });
    }
}

/// Size and metadata; nothing where no frame header comes before the first scan, or where the file breaks off: decoders
/// fill what is missing with grey, and nobody would see that half a picture was sent.
pub fn see(bytes: &[u8]) -> Option<Seen> {
    let mut seen = Seen {
        frames: 1,
        ..Seen::default()
    };
    let mut resources = Vec::new();
    let mut extended = Extended::default();
    let mut scans = bytes.len();
    for segment in segments(bytes) {
        scans = segment.start + 4 + segment.held.len();
        match segment.marker {
            0xC4 | 0xC8 | 0xCC => {}
            0xC0..=0xCF if seen.width == 0 => frame(segment.held, &mut seen)?,
            0xE1 => app1(segment.held, &mut seen, &mut extended),
            0xED => {
                if let Some(more) = segment.held.strip_prefix(PHOTOSHOP) {
                    grow(&mut resources, more);
                }
            }
            _ => {}
        }
    }
    seen.iim = iim(&resources);
    seen.xmp.extend(extended.whole());
    has_end(bytes.get(scans..)?).then_some(seen)
}

/// Whether the end of the picture comes behind its scans (T.81, B.1.1.2). What follows it is nobody's affair.
fn has_end(scans: &[u8]) -> bool {
    let mut cursor = Cursor(scans);
    let mut next = || {
        let mark = cursor.0.iter().position(|byte| *byte == 0xFF)?;
        cursor.take(mark + 1)?;
        match *cursor.0.first()? {
            0xD9 => Some(true),
            // A byte of data, a restart, or filling before a marker.
            0x00 | 0xD0..=0xD7 | 0xFF => Some(false),
            _ => {
                cursor.byte()?;
                let length = cursor.two()?;
                cursor.take(usize::from(length).checked_sub(2)?)?;
                Some(false)
            }
        }
    };
    loop {
        match next() {
            Some(true) => return true,
            Some(false) => {}
            None => return false,
        }
    }
}

fn frame(held: &[u8], seen: &mut Seen) -> Option<()> {
    let mut cursor = Cursor(held);
    let _precision = cursor.byte()?;
    seen.height = cursor.two()?.into();
    seen.width = cursor.two()?.into();
    // Grey comes as one component and is unpacked to three all the same; four are CMYK.
    seen.pixel_bytes = u64::from(cursor.byte()?).max(3);
    Some(())
}

fn app1(held: &[u8], seen: &mut Seen, extended: &mut Extended) {
    if let Some(exif) = held.strip_prefix(EXIF) {
        seen.exif.get_or_insert_with(|| exif.to_vec());
    } else if let Some(packet) = held.strip_prefix(XMP) {
        if seen.xmp.is_empty() {
            seen.xmp.push(packet.to_vec());
        }
    } else if let Some(piece) = held.strip_prefix(EXTENDED) {
        extended.add(piece);
    }
}

fn grow(all: &mut Vec<u8>, more: &[u8]) {
    if all.len() + more.len() <= MAX_METADATA {
        all.extend_from_slice(more);
    }
}

/// Finds IIM among Photoshop's resources: `8BIM`, a number, a name padded to even, a size, data padded to even.
fn iim(resources: &[u8]) -> Option<Vec<u8>> {
    let mut cursor = Cursor(resources);
    for _ in 0..MAX_PIECES {
        if cursor.take(4)? != b"8BIM" {
            return None;
        }
        let number = cursor.two()?;
        let name = usize::from(cursor.byte()?);
        cursor.take(name + usize::from(name % 2 == 0))?;
        let size = usize::try_from(cursor.four()?).ok()?;
        if number == IIM_RESOURCE {
            let held = cursor.0.get(..size.min(cursor.0.len()))?;
            return Some(held.to_vec());
        }
        cursor.take(size)?;
        cursor.take((size % 2).min(cursor.0.len()))?;
    }
    None
}

/// A packet too large for one segment, which comes in pieces that say where they belong (XMP part 3, 1.1.3.1).
#[derive(Default)]
struct Extended {
    digest: Vec<u8>,
    pieces: Vec<(usize, Vec<u8>)>,
    size: usize,
}

impl Extended {
    fn add(&mut self, piece: &[u8]) {
        let mut cursor = Cursor(piece);
        let (Some(digest), Some(_whole), Some(offset)) =
            (cursor.take(DIGEST), cursor.four(), cursor.four())
        else {
            return;
        };
        if self.digest.is_empty() {
            self.digest = digest.to_vec();
        }
        let fits = self.size + cursor.0.len() <= MAX_METADATA;
        if fits && self.digest == digest {
            self.size += cursor.0.len();
            self.pieces.push((offset as usize, cursor.0.to_vec()));
        }
    }

    /// The packet, where its pieces follow on one another without a gap.
    fn whole(mut self) -> Option<Vec<u8>> {
        self.pieces.sort_by_key(|(offset, _)| *offset);
        let mut whole = Vec::new();
        for (offset, piece) in self.pieces {
            if offset != whole.len() {
                return None;
            }
            whole.extend(piece);
        }
        (!whole.is_empty()).then_some(whole)
    }
}
