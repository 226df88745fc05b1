//! Pixels of eight bits a channel, three channels or four, and what can be done with them.

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};
use image::{DynamicImage, RgbImage, RgbaImage, metadata::Orientation};

use super::sizes::Rectangle;
use crate::refused::{Mishap, Refused};

/// A side of the tiny picture whose mean is the placeholder.
const TINY: u32 = 8;

/// A picture in memory.
pub struct Pixels {
    width: u32,
    height: u32,
    has_alpha: bool,
    bytes: Vec<u8>,
}

impl Pixels {
    /// Red, green, blue.
    pub fn opaque(width: u32, height: u32, bytes: Vec<u8>) -> Self {
        Self {
            width,
            height,
            has_alpha: false,
            bytes,
        }
    }

    /// Red, green, blue, opacity.
    pub fn with_alpha(width: u32, height: u32, bytes: Vec<u8>) -> Self {
        Self {
            width,
            height,
            has_alpha: true,
            bytes,
        }
    }

    /// Pixels across and down.
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Whether each pixel says how much it covers.
    pub fn has_alpha(&self) -> bool {
        self.has_alpha
    }

    /// Row by row from the top, three bytes for a pixel or four.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The same picture in other bytes of the same number.
    pub fn recoloured(self, bytes: Vec<u8>) -> Self {
        Self { bytes, ..self }
    }

    /// A part of it, or all, at another size.
    pub fn resized(&self, part: Option<Rectangle>, size: (u32, u32)) -> Result<Self, Refused> {
        self.filtered(part, size, FilterType::Lanczos3)
            .ok_or(Refused::Undeveloped(Mishap::Damaged))
    }

    fn filtered(
        &self,
        part: Option<Rectangle>,
        size: (u32, u32),
        filter: FilterType,
    ) -> Option<Self> {
        let kind = if self.has_alpha {
            PixelType::U8x4
        } else {
            PixelType::U8x3
        };
        let from = ImageRef::new(self.width, self.height, &self.bytes, kind).ok()?;
        let mut to = Image::new(size.0, size.1, kind);
        let mut options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
        if let Some(part) = part {
            options = options.crop(part.left, part.top, part.width, part.height);
        }
        Resizer::new().resize(&from, &mut to, &options).ok()?;
        Some(Self {
            width: size.0,
            height: size.1,
            has_alpha: self.has_alpha,
            bytes: to.into_vec(),
        })
    }

    /// Turned and mirrored as EXIF's orientation says.
    pub fn upright(self, orientation: u8) -> Self {
        match Orientation::from_exif(orientation) {
            None | Some(Orientation::NoTransforms) => self,
            Some(orientation) => self.turned(orientation),
        }
    }

    fn turned(self, orientation: Orientation) -> Self {
        let (width, height, has_alpha) = (self.width, self.height, self.has_alpha);
        let whole = if has_alpha {
            RgbaImage::from_raw(width, height, self.bytes).map(DynamicImage::ImageRgba8)
        } else {
            RgbImage::from_raw(width, height, self.bytes).map(DynamicImage::ImageRgb8)
        };
        let mut turned = whole.unwrap_or_default();
        turned.apply_orientation(orientation);
        Self {
            width: turned.width(),
            height: turned.height(),
            has_alpha,
            bytes: turned.into_bytes(),
        }
    }

    /// Three bytes a pixel, on white where it can be seen through.
    pub fn on_white(&self) -> std::borrow::Cow<'_, [u8]> {
        if !self.has_alpha {
            return (&self.bytes).into();
        }
        let flat = self.bytes.chunks_exact(4).flat_map(|pixel| {
            let alpha = u32::from(pixel[3]);
            let over = move |channel: u8| {
                ((u32::from(channel) * alpha + 255 * (255 - alpha) + 127) / 255) as u8
            };
            [over(pixel[0]), over(pixel[1]), over(pixel[2])]
        });
        flat.collect::<Vec<u8>>().into()
    }

    /// The mean colour on white, `#rrggbb`.
    pub fn mean(&self) -> Result<String, Refused> {
        let size = (TINY.min(self.width), TINY.min(self.height));
        let tiny = self.filtered(None, size, FilterType::Box);
        let tiny = tiny.ok_or(Refused::Undeveloped(Mishap::Damaged))?;
        let flat = tiny.on_white();
        let count = (flat.len() / 3).max(1);
        let mean = |channel: usize| {
            let sum: usize = flat
                .chunks_exact(3)
                .map(|pixel| usize::from(pixel[channel]))
                .sum();
            (sum + count / 2) / count
        };
        Ok(format!("#{:02x}{:02x}{:02x}", mean(0), mean(1), mean(2)))
    }
}
