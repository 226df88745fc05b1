//! Decoding, with the decoder's own bounds behind ours.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageResult,
    codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder},
};

use super::pixels::Pixels;
use crate::{
    kind::Kind,
    limits::Limits,
    look::Look,
    refused::{Mishap, Refused},
};

/// Bytes of a colour profile that is followed; those of printing presses have some two million.
const MAX_PROFILE: usize = 4 * 1024 * 1024;

/// A picture as it was stored: not turned, in its own colours.
pub struct Negative {
    /// Its pixels, eight bits a channel.
    pub pixels: Pixels,
    /// How its colours are meant.
    pub profile: Option<Vec<u8>>,
}

/// Decodes the first frame. The size has to be the one that was seen, or one of the two readers was deceived.
pub fn decode(bytes: &[u8], look: &Look, limits: &Limits) -> Result<Negative, Refused> {
    let negative = match look.kind {
        Kind::Jpeg => JpegDecoder::new(Cursor::new(bytes)).and_then(|it| read(it, limits)),
        Kind::Png => PngDecoder::with_limits(Cursor::new(bytes), bounds(limits))
            .and_then(|it| read(it, limits)),
        Kind::Gif => GifDecoder::new(Cursor::new(bytes)).and_then(|it| read(it, limits)),
        Kind::Webp => WebPDecoder::new(Cursor::new(bytes)).and_then(|it| read(it, limits)),
    };
    let negative = negative.map_err(|error| Refused::Undeveloped(mishap(&error)))?;
    let seen = if look.orientation >= 5 {
        (look.height, look.width)
    } else {
        (look.width, look.height)
    };
    if negative.pixels.size() != seen {
        return Err(Refused::Undeveloped(Mishap::Damaged));
    }
    Ok(negative)
}

fn read(mut decoder: impl ImageDecoder, limits: &Limits) -> ImageResult<Negative> {
    decoder.set_limits(bounds(limits))?;
    let profile = decoder.icc_profile()?.filter(|it| it.len() <= MAX_PROFILE);
    let decoded = DynamicImage::from_decoder(decoder)?;
    let pixels = if decoded.color().has_alpha() {
        let decoded = decoded.into_rgba8();
        Pixels::with_alpha(decoded.width(), decoded.height(), decoded.into_raw())
    } else {
        let decoded = decoded.into_rgb8();
        Pixels::opaque(decoded.width(), decoded.height(), decoded.into_raw())
    };
    Ok(Negative { pixels, profile })
}

fn bounds(limits: &Limits) -> image::Limits {
    let mut bounds = image::Limits::no_limits();
    bounds.max_image_width = Some(limits.side);
    bounds.max_image_height = Some(limits.side);
    bounds.max_alloc = Some(limits.unpacked);
    bounds
}

fn mishap(error: &ImageError) -> Mishap {
    match error {
        ImageError::Limits(_) => Mishap::OutOfMemory,
        _ => Mishap::Damaged,
    }
}
