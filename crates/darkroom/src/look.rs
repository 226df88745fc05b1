//! Looking: what a picture is and how large, before a single pixel is unpacked.

use serde::{Deserialize, Serialize};

use crate::{
    container::{self, Seen},
    kind::Kind,
    limits::{ALWAYS_DENSE, Limits},
    particulars::exif,
    refused::Refused,
};

/// What was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// What it is.
    pub kind: Kind,
    /// Pixels across, as it is meant to be seen.
    pub width: u32,
    /// Pixels down, as it is meant to be seen.
    pub height: u32,
    /// How many pictures there are in it: more than one moves, and we show the first.
    pub frames: u32,
    /// How it has to be turned to be seen as it is meant: EXIF's orientation, 1 to 8.
    pub orientation: u8,
}

/// Tells what the bytes are. Refuses what we do not develop and what is beyond a limit.
pub fn look(bytes: &[u8], limits: &Limits) -> Result<Look, Refused> {
    examine(bytes, limits).map(|(look, _)| look)
}

/// As [`look`], with what it carries.
pub(crate) fn examine(bytes: &[u8], limits: &Limits) -> Result<(Look, Seen), Refused> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Refused::TooLarge { most: limits.bytes });
    }
    let kind = Kind::of(bytes)?;
    let seen = container::see(kind, bytes)?;
    within(&seen, bytes.len() as u64, limits)?;
    let orientation = seen.exif.as_deref().map_or(1, exif::orientation);
    let (width, height) = if orientation >= 5 {
        (seen.height, seen.width)
    } else {
        (seen.width, seen.height)
    };
    let look = Look {
        kind,
        width,
        height,
        frames: seen.frames,
        orientation,
    };
    Ok((look, seen))
}

fn within(seen: &Seen, bytes: u64, limits: &Limits) -> Result<(), Refused> {
    let longer = seen.width.max(seen.height);
    if longer > limits.side {
        return Err(Refused::TooLong {
            has: longer,
            most: limits.side,
        });
    }
    let pixels = u64::from(seen.width) * u64::from(seen.height);
    if pixels > limits.pixels {
        return Err(Refused::TooManyPixels {
            has: pixels,
            most: limits.pixels,
        });
    }
    let unpacked = pixels * seen.pixel_bytes;
    if unpacked > limits.unpacked {
        return Err(Refused::TooHeavy {
            has: unpacked,
            most: limits.unpacked,
        });
    }
    if seen.frames > limits.frames {
        return Err(Refused::TooManyFrames {
            most: limits.frames,
        });
    }
    if pixels > ALWAYS_DENSE && pixels / bytes.max(1) > limits.pixels_a_byte {
        return Err(Refused::TooEmpty);
    }
    Ok(())
}
