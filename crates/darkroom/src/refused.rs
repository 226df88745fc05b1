//! Why a picture is not taken, as the person who brought it is told.

use base::Refusal;
use serde::{Deserialize, Serialize};

/// An expected no. Nothing was kept, and nothing is wrong with the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refused {
    /// There are no bytes.
    Empty,
    /// The file is larger than the newsroom takes.
    TooLarge {
        /// Bytes at most.
        most: u64,
    },
    /// It is something else, which we know by name or do not.
    Foreign(Foreign),
    /// The file breaks off, or its beginning contradicts itself, so that its size cannot be told.
    Unreadable,
    /// One side is longer than any page shows.
    TooLong {
        /// Pixels it has along that side.
        has: u32,
        /// Pixels at most.
        most: u32,
    },
    /// It has more pixels than we unpack.
    TooManyPixels {
        /// Pixels it has.
        has: u64,
        /// Pixels at most.
        most: u64,
    },
    /// It would take more memory than the darkroom has.
    TooHeavy {
        /// Bytes it would take.
        has: u64,
        /// Bytes at most.
        most: u64,
    },
    /// It moves, and for too long.
    TooManyFrames {
        /// Frames at most.
        most: u32,
    },
    /// So few bytes for so many pixels are a trick, not a picture.
    TooEmpty,
    /// It could not be developed.
    Undeveloped(Mishap),
}

/// What the bytes are instead of a picture we develop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Foreign {
    /// A drawing in XML, which may hold script.
    Svg,
    /// A document.
    Pdf,
    /// What telephones of one maker write.
    Heic,
    /// AVIF.
    Avif,
    /// TIFF, and with it most raw formats of cameras.
    Tiff,
    /// A layered file of an editor.
    Photoshop,
    /// Windows' bitmaps and icons.
    Bitmap,
    /// JPEG XL or JPEG 2000.
    OtherJpeg,
    /// A film.
    Film,
    /// An archive, or an office file, which is one.
    Archive,
    /// A page.
    Html,
    /// Nothing we know.
    Unknown,
}

/// How developing ended instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mishap {
    /// The decoder says that the data are damaged or break off.
    Damaged,
    /// It took longer than the time there is.
    TooLong,
    /// It took more memory than there is.
    OutOfMemory,
    /// The decoder gave up in a way it should not.
    Crashed,
    /// It tried to do what no decoder needs, such as opening a file.
    Forbidden,
    /// Its answer was not one.
    Garbled,
}

impl Foreign {
    /// The name that the message has a sentence for, saying what to do.
    pub fn key(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::Tiff => "tiff",
            Self::Photoshop => "photoshop",
            Self::Bitmap => "bitmap",
            Self::OtherJpeg => "other-jpeg",
            Self::Film => "film",
            Self::Archive => "archive",
            Self::Html => "html",
            Self::Unknown => "unknown",
        }
    }
}

impl Mishap {
    /// The name that the message has a sentence for.
    pub fn key(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::TooLong => "too-long",
            Self::OutOfMemory => "out-of-memory",
            Self::Crashed => "crashed",
            Self::Forbidden => "forbidden",
            Self::Garbled => "garbled",
        }
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        const MILLION: u64 = 1_000_000;
        match refused {
            Refused::Empty => Self::of("picture-empty"),
            Refused::TooLarge { most } => {
                Self::of("picture-too-large").with("limit", most / MILLION)
            }
            Refused::Foreign(foreign) => Self::of("picture-foreign").with("kind", foreign.key()),
            Refused::Unreadable => Self::of("picture-unreadable"),
            Refused::TooLong { has, most } => Self::of("picture-too-long")
                .with("has", has)
                .with("limit", most),
            Refused::TooManyPixels { has, most } => Self::of("picture-too-many-pixels")
                .with("has", has.div_ceil(MILLION))
                .with("limit", most / MILLION),
            Refused::TooHeavy { has, most } => Self::of("picture-too-heavy")
                .with("has", has.div_ceil(MILLION))
                .with("limit", most / MILLION),
            Refused::TooManyFrames { most } => {
                Self::of("picture-too-many-frames").with("limit", most)
            }
            Refused::TooEmpty => Self::of("picture-too-empty"),
            Refused::Undeveloped(mishap) => {
                Self::of("picture-undeveloped").with("kind", mishap.key())
            }
        }
    }
}
