//! Developing: decode once, turn upright, bring to sRGB, and make prints: sizes and crops, encoded by us.
//!
//! The decoder's own bounds stand behind those of [`look`](mod@crate::look). One reduction brings the picture to the
//! largest size that is wanted; everything else is made from that. Sizes are reduced as sRGB, not in linear light:
//! `docs/decisions/0014-darkroom.md` says why, and why these encoders.

mod colour;
mod decode;
mod encode;
mod pixels;
mod sizes;

use serde::{Deserialize, Serialize};

use crate::{
    imprint::Imprint,
    limits::Limits,
    look::Look,
    refused::{Mishap, Refused},
};
use sizes::Sized;
pub use sizes::{MAX_CUTS, MAX_PRINTS};

/// What to make of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The sizes that are asked for; [`MAX_CUTS`] at most are made. None is made larger than the picture: a shape for
    /// which something larger was asked comes at its natural size instead.
    pub cuts: Vec<Cut>,
    /// Each size comes in each of these.
    pub formats: Vec<Format>,
    /// What crops keep.
    pub focus: Focus,
}

/// A size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// How much of the picture.
    pub shape: Shape,
    /// Pixels across.
    pub width: u32,
}

/// How much of a picture a print shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// All of it.
    Whole,
    /// Sixteen to nine: the top of a page, a card that links are shared with.
    Wide,
    /// One to one: lists.
    Square,
    /// Four to five: telephones.
    Tall,
}

/// The point that has to be in every crop, in thousandths of the upright picture from its left and its top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// From the left.
    pub x: u16,
    /// From the top.
    pub y: u16,
}

impl Default for Focus {
    /// The middle.
    fn default() -> Self {
        Self { x: 500, y: 500 }
    }
}

/// How a print is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// For whoever reads nothing newer, and for sharing; what can be seen through lies on white.
    Jpeg,
    /// For everybody else; what can be seen through stays so.
    Webp,
}

impl Format {
    /// The type that is said when it is served.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// The extension its files wear.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }
}

/// A picture that may be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// What it shows.
    pub shape: Shape,
    /// How it is encoded.
    pub format: Format,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What the desk should know of how a picture was developed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// It moves, and what is shown is its first frame.
    Still,
    /// It says how its colours are meant, but not so that we could follow; they may be off.
    ColoursGuessed,
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Developed {
    /// The mean colour, `#rrggbb`, to stand where the picture will be.
    pub placeholder: String,
    /// The prints: sizes in the order of the plan's shapes and falling width, each in the plan's formats.
    pub prints: Vec<Print>,
    /// What the desk should know.
    pub remarks: Vec<Remark>,
}

/// Develops a picture that was looked at. Belongs into the child: the bytes are decoded here.
///
/// # Errors
/// [`Refused::Undeveloped`] where the decoder or an encoder gives up.
pub fn develop(
    bytes: &[u8],
    look: &Look,
    limits: &Limits,
    plan: &Plan,
    imprint: &Imprint,
) -> Result<Developed, Refused> {
    let sizes = sizes::plan(plan, look.width, look.height);
    let mut remarks = Vec::new();
    if look.frames > 1 {
        remarks.push(Remark::Still);
    }
    let negative = decode::decode(bytes, look, limits)?;
    let reduction = sizes::reduction(&sizes);
    let stored = negative.pixels.size();
    let pixels = match reduction.of(stored.0, stored.1) {
        size if size == stored => negative.pixels,
        size => negative.pixels.resized(None, size)?,
    };
    let (pixels, followed) = colour::to_srgb(pixels, negative.profile.as_deref());
    if !followed {
        remarks.push(Remark::ColoursGuessed);
    }
    let base = pixels.upright(look.orientation);
    let prints = print_all(&base, look, &sizes, &plan.formats, imprint)?;
    Ok(Developed {
        placeholder: base.mean()?,
        prints,
        remarks,
    })
}

fn print_all(
    base: &pixels::Pixels,
    look: &Look,
    sizes: &[Sized],
    formats: &[Format],
    imprint: &Imprint,
) -> Result<Vec<Print>, Refused> {
    let mut prints = Vec::new();
    // Sizes of the whole that were made already: a small one is made from one twice as large, not from the largest.
    let mut made: Vec<pixels::Pixels> = Vec::new();
    for size in sizes {
        let from = made
            .iter()
            .rev()
            .find(|whole| whole.size().0 >= 2 * size.whole_width(look.width))
            .unwrap_or(base);
        let cut = size.rectangle.scaled(look.width, from.size());
        let pixels = from.resized(Some(cut), (size.width, size.height))?;
        for format in formats {
            let bare = encode::encode(&pixels, *format)?;
            let bytes = imprint.press(*format, &bare);
            prints.push(Print {
                shape: size.shape,
                format: *format,
                width: size.width,
                height: size.height,
                bytes: bytes.ok_or(Refused::Undeveloped(Mishap::Garbled))?,
            });
        }
        if size.shape == Shape::Whole {
            made.push(pixels);
        }
    }
    Ok(prints)
}
