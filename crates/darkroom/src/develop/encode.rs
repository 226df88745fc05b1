//! Encoding: WebP by libwebp, JPEG progressive with tables of its own.

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};
use webp::WebPConfig;

use super::{Format, pixels::Pixels};
use crate::refused::{Mishap, Refused};

/// Of a hundred. At this quality photographs in print size are hard to tell from the original beside them.
const JPEG_QUALITY: u8 = 80;
/// Of a hundred, on libwebp's own scale.
const WEBP_QUALITY: f32 = 78.0;
/// How hard libwebp tries, nought to six; its default.
const WEBP_EFFORT: i32 = 4;

/// Encodes without any metadata.
pub fn encode(pixels: &Pixels, format: Format) -> Result<Vec<u8>, Refused> {
    let encoded = match format {
        Format::Jpeg => jpeg(pixels),
        Format::Webp => webp(pixels),
    };
    encoded.ok_or(Refused::Undeveloped(Mishap::OutOfMemory))
}

fn jpeg(pixels: &Pixels) -> Option<Vec<u8>> {
    let (width, height) = pixels.size();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, JPEG_QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    // The mean of four colours, not the first of them: edges stay clean, and grain costs fewer bytes.
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    let (width, height) = (u16::try_from(width).ok()?, u16::try_from(height).ok()?);
    encoder
        .encode(&pixels.on_white(), width, height, ColorType::Rgb)
        .ok()?;
    Some(bytes)
}

fn webp(pixels: &Pixels) -> Option<Vec<u8>> {
    let (width, height) = pixels.size();
    let mut config = WebPConfig::new().ok()?;
    config.quality = WEBP_QUALITY;
    config.method = WEBP_EFFORT;
    let encoder = if pixels.has_alpha() {
        webp::Encoder::from_rgba(pixels.bytes(), width, height)
    } else {
        webp::Encoder::from_rgb(pixels.bytes(), width, height)
    };
    let encoded = encoder.encode_advanced(&config).ok()?;
    Some(encoded.to_vec())
}
