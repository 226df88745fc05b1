//! What bytes are, and what is refused before anything is unpacked.

use darkroom::{Foreign, Kind, Limits, Refused, look::look};
use image::ImageFormat;

use crate::make::{self, Field};

#[track_caller]
fn check(bytes: &[u8], expected: Result<(Kind, u32, u32, u32), Refused>) {
    let seen = look(bytes, &Limits::default())
        .map(|look| (look.kind, look.width, look.height, look.frames));
    assert_eq!(seen, expected);
}

#[track_caller]
fn check_foreign(bytes: &[u8], foreign: Foreign) {
    check(bytes, Err(Refused::Foreign(foreign)));
}

#[test]
fn a_picture_is_known_by_its_bytes_and_its_size_by_its_header() {
    let picture = || make::quarters(40, 30);
    check(&make::jpeg(40, 30), Ok((Kind::Jpeg, 40, 30, 1)));
    check(
        &make::encoded(picture(), ImageFormat::Png),
        Ok((Kind::Png, 40, 30, 1)),
    );
    check(
        &make::encoded(picture(), ImageFormat::Gif),
        Ok((Kind::Gif, 40, 30, 1)),
    );
    check(
        &make::encoded(picture(), ImageFormat::WebP),
        Ok((Kind::Webp, 40, 30, 1)),
    );
    check(&make::gif(3), Ok((Kind::Gif, 1, 1, 3)));
}

#[test]
fn a_turned_picture_has_the_size_it_is_seen_with() {
    let turned = make::with_segments(
        &make::jpeg(40, 30),
        &[make::exif(&[Field::Number(0x0112, 6)])],
    );
    check(&turned, Ok((Kind::Jpeg, 30, 40, 1)));
}

#[test]
fn a_22_svg_and_whatever_else_is_no_picture_of_ours_is_refused_by_name() {
    check(b"", Err(Refused::Empty));
    check_foreign(
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>",
        Foreign::Svg,
    );
    check_foreign(
        b"\xEF\xBB\xBF <?xml version=\"1.0\"?>\n<!-- a -->\n<svg/>",
        Foreign::Svg,
    );
    check_foreign(b"<!DOCTYPE html><title>a</title>", Foreign::Html);
    check_foreign(b"%PDF-1.7", Foreign::Pdf);
    check_foreign(b"\0\0\0\x1Cftypavif\0\0\0\0mif1", Foreign::Avif);
    check_foreign(b"\0\0\0\x18ftypheic\0\0\0\0mif1", Foreign::Heic);
    check_foreign(b"\0\0\0\x18ftypmp42\0\0\0\0isom", Foreign::Film);
    check_foreign(b"II*\0\x08\0\0\0", Foreign::Tiff);
    check_foreign(b"MM\0*\0\0\0\x08", Foreign::Tiff);
    check_foreign(b"8BPS\0\x01", Foreign::Photoshop);
    check_foreign(b"BM\x36\0", Foreign::Bitmap);
    check_foreign(b"\xFF\x0A\xFA\x1F", Foreign::OtherJpeg);
    check_foreign(b"PK\x03\x04\x14\0", Foreign::Archive);
    check_foreign(b"a picture, believe me", Foreign::Unknown);
}

#[test]
fn v_68_what_is_beyond_a_limit_is_refused_before_it_is_unpacked() {
    let limits = Limits::default();
    check(
        &make::empty_png(30_000, 30_000, 8, 2),
        Err(Refused::TooManyPixels {
            has: 900_000_000,
            most: limits.pixels,
        }),
    );
    check(
        &make::empty_png(30_001, 1, 8, 2),
        Err(Refused::TooLong {
            has: 30_001,
            most: limits.side,
        }),
    );
    check(
        &make::empty_png(u32::MAX, u32::MAX, 16, 6),
        Err(Refused::TooLong {
            has: u32::MAX,
            most: limits.side,
        }),
    );
    check(
        &make::empty_png(8_000, 8_000, 16, 6),
        Err(Refused::TooHeavy {
            has: 512_000_000,
            most: limits.unpacked,
        }),
    );
    check(&make::empty_png(5_000, 5_000, 8, 2), Err(Refused::TooEmpty));
    check(
        &make::gif(100_000),
        Err(Refused::TooManyFrames {
            most: limits.frames,
        }),
    );
    check(&make::empty_png(0, 10, 8, 2), Err(Refused::Unreadable));
    let small = Limits {
        bytes: 100,
        ..limits
    };
    assert_eq!(
        look(&make::jpeg(8, 8), &small),
        Err(Refused::TooLarge { most: 100 })
    );
}

#[test]
fn a_file_that_breaks_off_before_its_size_is_refused() {
    for whole in [
        make::jpeg(40, 30),
        make::empty_png(40, 30, 8, 2),
        make::gif(1),
    ] {
        for length in 1..12 {
            assert!(
                look(&whole[..length], &Limits::default()).is_err(),
                "{length} bytes"
            );
        }
    }
}
