//! What a picture may be at most, each bound with its unit and its reason.

use serde::{Deserialize, Serialize};

/// Bytes of a file: above what cameras write as JPEG (a hundred million pixels at best quality take some 45 MB).
pub const MAX_BYTES: u64 = 50_000_000;
/// Pixels: the largest cameras newsrooms use have 102 million.
pub const MAX_PIXELS: u64 = 110_000_000;
/// Pixels along one side: beyond this it is a strip that no page shows.
pub const MAX_SIDE: u32 = 30_000;
/// Frames of something that moves. We show the first; more than this is made to keep somebody busy.
pub const MAX_FRAMES: u32 = 2_000;
/// Bytes that a picture takes when it is unpacked; the child's address space has to hold it beside the rest.
pub const MAX_UNPACKED: u64 = 352 * 1024 * 1024;
/// Pixels for each byte of the file, above [`ALWAYS_DENSE`] pixels. An empty JPEG has some 340, an empty PNG of eight
/// bits a channel fewer than 1,033 (deflate can do no better); what has more says nothing and unpacks to a lot.
pub const MAX_PIXELS_A_BYTE: u64 = 2_000;
/// Pixels below which emptiness harms nobody.
pub const ALWAYS_DENSE: u64 = 4_000_000;

/// The bounds of one newsroom. The defaults are this module's constants; an operator may set others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Pixels in all.
    pub pixels: u64,
    /// Pixels along the longer side.
    pub side: u32,
    /// Frames of an animation.
    pub frames: u32,
    /// Bytes when unpacked.
    pub unpacked: u64,
    /// Pixels for each byte of the file.
    pub pixels_a_byte: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: MAX_BYTES,
            pixels: MAX_PIXELS,
            side: MAX_SIDE,
            frames: MAX_FRAMES,
            unpacked: MAX_UNPACKED,
            pixels_a_byte: MAX_PIXELS_A_BYTE,
        }
    }
}
