//! The sheet a share picture is printed on: opaque pixels, and PNG of them.

use image::{
    ExtendedColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};

use crate::refused::{Mishap, Refused};

/// Red, green and blue (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// Where something is filled: its corner from the left and the top, and how far it goes, in pixels.
pub struct Rectangle {
    left_top: (u32, u32),
    size: (u32, u32),
}

impl Rectangle {
    pub fn new(left_top: (u32, u32), size: (u32, u32)) -> Self {
        Self { left_top, size }
    }
}

/// Pixels in rows, three bytes each.
pub struct Sheet {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

impl Sheet {
    pub fn new(width: u32, height: u32, paper: Colour) -> Self {
        let pixels = (width * height) as usize;
        Self {
            width,
            height,
            bytes: paper.0.repeat(pixels),
        }
    }

    pub fn fill(&mut self, colour: Colour, Rectangle { left_top, size }: Rectangle) {
        for y in left_top.1..left_top.1 + size.1 {
            for x in left_top.0..left_top.0 + size.0 {
                self.blend((x as i32, y as i32), colour, u8::MAX);
            }
        }
    }

    /// Lays a colour over a pixel, `cover` of 255 parts of it. Beside the sheet nothing happens.
    pub fn blend(&mut self, (x, y): (i32, i32), colour: Colour, cover: u8) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else {
            return;
        };
        if x >= self.width || y >= self.height {
            return;
        }
        let at = 3 * (y * self.width + x) as usize;
        let cover = u32::from(cover);
        for (under, over) in self.bytes[at..at + 3].iter_mut().zip(colour.0) {
            let mixed = u32::from(over) * cover + u32::from(*under) * (255 - cover);
            *under = ((mixed + 127) / 255) as u8;
        }
    }

    /// The sheet as a file.
    pub fn png(&self) -> Result<Vec<u8>, Refused> {
        let mut bytes = Vec::new();
        // Rows of paper are alike: one filter for all does as well as trying five, in a third of the time.
        let encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Up);
        let colours = ExtendedColorType::Rgb8;
        let written = encoder.write_image(&self.bytes, self.width, self.height, colours);
        let short = |_| Refused::Undeveloped(Mishap::OutOfMemory);
        written.map(|()| bytes).map_err(short)
    }
}
