//! Colours: from the profile a picture brings to sRGB, which is what browsers take for granted.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::pixels::Pixels;

/// The picture in sRGB. The second value is false where there is a profile that could not be followed: one for grey or
/// for four inks (those were turned into three channels by rule of thumb), or a damaged one.
pub fn to_srgb(pixels: Pixels, profile: Option<&[u8]>) -> (Pixels, bool) {
    let Some(profile) = profile else {
        return (pixels, true);
    };
    match converted(&pixels, profile) {
        Some(bytes) => (pixels.recoloured(bytes), true),
        None => (pixels, false),
    }
}

fn converted(pixels: &Pixels, profile: &[u8]) -> Option<Vec<u8>> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let layout = if pixels.has_alpha() {
        Layout::Rgba
    } else {
        Layout::Rgb
    };
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile
        .create_transform_8bit(layout, &srgb, layout, options)
        .ok()?;
    let mut bytes = vec![0; pixels.bytes().len()];
    transform.transform(pixels.bytes(), &mut bytes).ok()?;
    Some(bytes)
}
