//! The files around pictures: walked from piece to piece, never decoded, every length believed only inside the bytes
//! that are there.

pub mod gif;
pub mod jpeg;
pub mod png;
pub mod webp;

use crate::{kind::Kind, refused::Refused};

/// Pieces of one file that are looked at (segments, chunks, blocks); real files have fewer than a hundred, animations
/// one or two for each frame.
const MAX_PIECES: usize = 20_000;
/// Bytes of one kind of metadata that are read; the rest of a larger one is passed over.
pub const MAX_METADATA: usize = 4 * 1024 * 1024;

/// What can be told without decoding.
#[derive(Debug, Default)]
pub struct Seen {
    /// Pixels across, as stored: before any turning.
    pub width: u32,
    /// Pixels down, as stored.
    pub height: u32,
    /// How many pictures there are in it; never nought.
    pub frames: u32,
    /// Bytes that a pixel takes when unpacked.
    pub pixel_bytes: u64,
    /// A TIFF structure with EXIF.
    pub exif: Option<Vec<u8>>,
    /// The packets of XMP, the one that wins first.
    pub xmp: Vec<Vec<u8>>,
    /// Datasets of IPTC IIM.
    pub iim: Option<Vec<u8>>,
}

/// Walks the file. Refused where its size cannot be told; metadata that cannot be read is not there.
pub fn see(kind: Kind, bytes: &[u8]) -> Result<Seen, Refused> {
    let seen = match kind {
        Kind::Jpeg => jpeg::see(bytes),
        Kind::Png => png::see(bytes),
        Kind::Gif => gif::see(bytes),
        Kind::Webp => webp::see(bytes),
    };
    seen.filter(|seen| seen.width > 0 && seen.height > 0)
        .ok_or(Refused::Unreadable)
}

/// A view that gives its bytes out in order and never beyond its end.
pub struct Cursor<'a>(pub &'a [u8]);

impl<'a> Cursor<'a> {
    /// The next so many bytes, or nothing when there are fewer.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|taken| taken[0])
    }

    /// The next two bytes, the greater first.
    pub fn two(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    /// The next four bytes, the greatest first.
    pub fn four(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    /// The next two bytes, the lesser first.
    pub fn two_little(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    /// The next four bytes, the least first.
    pub fn four_little(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }
}
