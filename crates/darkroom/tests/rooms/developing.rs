//! Sizes, crops, turning and colours.

use darkroom::{
    Answer, Cut, Focus, Format, Kind, Limits, Order, Plan, Print, Refused, Shape, child,
    develop::Remark, look::look, refused::Mishap,
};
use image::{ImageFormat, Rgb, RgbImage};

use crate::make::{self, Field};

/// A plan of whole widths in JPEG.
fn widths(widths: &[u32]) -> Plan {
    let cuts = widths.iter().map(|width| Cut {
        shape: Shape::Whole,
        width: *width,
    });
    Plan {
        cuts: cuts.collect(),
        formats: vec![Format::Jpeg],
        focus: Focus::default(),
    }
}

fn develop(bytes: &[u8], plan: Plan) -> Result<Answer, Refused> {
    let order = Order {
        plan: Some(plan),
        ..Order::default()
    };
    child::work(&order, bytes)
}

fn prints(bytes: &[u8], plan: Plan) -> Vec<Print> {
    develop(bytes, plan).unwrap().developed.unwrap().prints
}

fn pixels(print: &Print) -> RgbImage {
    image::load_from_memory(&print.bytes).unwrap().into_rgb8()
}

#[track_caller]
fn is_about(found: Rgb<u8>, expected: [u8; 3]) {
    let near = found
        .0
        .iter()
        .zip(expected)
        .all(|(found, expected)| found.abs_diff(expected) < 24);
    assert!(near, "{found:?} is not about {expected:?}");
}

#[track_caller]
fn check_sizes(asked: &[(Shape, u32)], picture: (u32, u32), expected: &[(u32, u32)]) {
    let cuts = asked.iter().map(|(shape, width)| Cut {
        shape: *shape,
        width: *width,
    });
    let plan = Plan {
        cuts: cuts.collect(),
        ..widths(&[])
    };
    let sizes: Vec<(u32, u32)> = prints(&make::jpeg(picture.0, picture.1), plan)
        .iter()
        .map(|print| {
            let shown = pixels(print);
            assert_eq!((shown.width(), shown.height()), (print.width, print.height));
            (print.width, print.height)
        })
        .collect();
    assert_eq!(sizes, expected);
}

#[test]
fn no_print_is_larger_than_the_picture() {
    use Shape::{Square, Tall, Whole, Wide};
    check_sizes(
        &[(Whole, 100), (Whole, 400)],
        (400, 300),
        &[(400, 300), (100, 75)],
    );
    check_sizes(
        &[(Whole, 100), (Whole, 800), (Whole, 1_600)],
        (400, 300),
        &[(400, 300), (100, 75)],
    );
    check_sizes(&[(Wide, 1_200)], (400, 300), &[(400, 225)]);
    check_sizes(
        &[(Square, 90), (Square, 900)],
        (400, 300),
        &[(300, 300), (90, 90)],
    );
    check_sizes(&[(Tall, 80)], (400, 300), &[(80, 100)]);
    check_sizes(&[(Whole, 320)], (1, 1), &[(1, 1)]);
    check_sizes(&[(Wide, 320), (Tall, 320)], (3, 900), &[(3, 2), (3, 4)]);
    check_sizes(&[(Whole, 0)], (10, 10), &[]);
}

#[test]
fn a_crop_keeps_what_matters() {
    let crop = |focus| {
        let plan = Plan {
            cuts: vec![Cut {
                shape: Shape::Square,
                width: 100,
            }],
            focus,
            ..widths(&[])
        };
        pixels(&prints(&make::jpeg(400, 100), plan)[0])
    };
    let left = crop(Focus { x: 0, y: 500 });
    is_about(*left.get_pixel(90, 10), [230, 20, 20]);
    let right = crop(Focus { x: 1_000, y: 500 });
    is_about(*right.get_pixel(10, 10), [20, 200, 20]);
    let middle = crop(Focus::default());
    is_about(*middle.get_pixel(10, 10), [230, 20, 20]);
    is_about(*middle.get_pixel(90, 10), [20, 200, 20]);
    let beyond = crop(Focus {
        x: u16::MAX,
        y: u16::MAX,
    });
    is_about(*beyond.get_pixel(10, 10), [20, 200, 20]);
}

#[test]
fn a_picture_is_turned_the_way_it_was_held() {
    // What comes to stand at the top left, where red lies in the file (EXIF 2.32, tag 274).
    let (red, green, blue, white) = ([230, 20, 20], [20, 200, 20], [20, 20, 230], [250, 250, 250]);
    let tops = [
        (1, red),
        (2, green),
        (3, white),
        (4, blue),
        (5, red),
        (6, blue),
        (7, white),
        (8, green),
    ];
    for (orientation, top_left) in tops {
        let held = make::with_segments(
            &make::jpeg(80, 40),
            &[make::exif(&[Field::Number(0x0112, orientation)])],
        );
        let print = &prints(&held, widths(&[400]))[0];
        let size = if orientation < 5 { (80, 40) } else { (40, 80) };
        assert_eq!(
            (print.width, print.height),
            size,
            "orientation {orientation}"
        );
        is_about(*pixels(print).get_pixel(4, 4), top_left);
        assert_eq!(
            look(&print.bytes, &Limits::default()).unwrap().orientation,
            1
        );
    }
}

#[test]
fn what_can_be_seen_through_stays_so_in_webp_and_lies_on_white_in_jpeg() {
    let plan = Plan {
        formats: vec![Format::Webp, Format::Jpeg],
        ..widths(&[64])
    };
    let answer = develop(&make::see_through_png(64, 64), plan)
        .unwrap()
        .developed
        .unwrap();
    let webp = image::load_from_memory(&answer.prints[0].bytes)
        .unwrap()
        .into_rgba8();
    assert_eq!(
        (webp.get_pixel(4, 32).0[3], webp.get_pixel(60, 32).0[3]),
        (0, 255)
    );
    is_about(*pixels(&answer.prints[1]).get_pixel(4, 32), [255, 255, 255]);
    is_about(*pixels(&answer.prints[1]).get_pixel(60, 32), [200, 0, 0]);
}

#[test]
fn every_kind_of_picture_comes_out_the_same() {
    for format in [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ] {
        let plan = Plan {
            formats: vec![Format::Webp],
            ..widths(&[40])
        };
        let answer = develop(&make::encoded(make::quarters(80, 80), format), plan)
            .unwrap()
            .developed
            .unwrap();
        let shown = pixels(&answer.prints[0]);
        is_about(*shown.get_pixel(5, 5), [230, 20, 20]);
        is_about(*shown.get_pixel(35, 35), [250, 250, 250]);
        assert_eq!(answer.remarks, [], "{format:?}");
    }
}

#[test]
fn sixteen_bits_and_grey_become_eight_and_colours() {
    let deep = image::ImageBuffer::from_pixel(20, 20, Rgb([65_535_u16, 32_768, 0]));
    let deep = make::encoded(image::DynamicImage::ImageRgb16(deep), ImageFormat::Png);
    is_about(
        *pixels(&prints(&deep, widths(&[20]))[0]).get_pixel(9, 9),
        [255, 128, 0],
    );
    let grey = image::GrayImage::from_pixel(20, 20, image::Luma([90]));
    let grey = make::encoded(image::DynamicImage::ImageLuma8(grey), ImageFormat::Jpeg);
    is_about(
        *pixels(&prints(&grey, widths(&[20]))[0]).get_pixel(9, 9),
        [90, 90, 90],
    );
}

#[test]
fn colours_are_brought_to_srgb_by_the_profile_a_picture_brings() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let with_profile = |profile: &[u8]| {
        let segment = [b"ICC_PROFILE\0\x01\x01".as_slice(), profile].concat();
        let plain = make::encoded(
            RgbImage::from_pixel(32, 32, Rgb([200, 100, 100])),
            ImageFormat::Jpeg,
        );
        let picture = make::with_segments(&plain, &[(0xE2, segment)]);
        develop(&picture, widths(&[32])).unwrap().developed.unwrap()
    };
    let followed = with_profile(&profile);
    // What Display P3 calls 200, 100, 100 is redder in sRGB.
    let shown = *pixels(&followed.prints[0]).get_pixel(9, 9);
    assert!(shown.0[0] > 208 && shown.0[1] < 98, "{shown:?}");
    assert_eq!(followed.remarks, []);
    let damaged = with_profile(&profile[..60]);
    is_about(*pixels(&damaged.prints[0]).get_pixel(9, 9), [200, 100, 100]);
    assert_eq!(damaged.remarks, [Remark::ColoursGuessed]);
}

#[test]
fn what_moves_is_shown_by_its_first_frame_and_the_desk_is_told() {
    let answer = develop(&make::gif(5), widths(&[10]))
        .unwrap()
        .developed
        .unwrap();
    assert_eq!(
        (answer.remarks, answer.prints.len()),
        (vec![Remark::Still], 1)
    );
}

#[test]
fn the_placeholder_is_the_mean_colour() {
    let mean = |bytes: &[u8]| {
        develop(bytes, widths(&[8]))
            .unwrap()
            .developed
            .unwrap()
            .placeholder
    };
    let plain = make::encoded(
        RgbImage::from_pixel(50, 50, Rgb([16, 32, 64])),
        ImageFormat::Png,
    );
    assert_eq!(mean(&plain), "#102040");
    assert_eq!(mean(&make::see_through_png(64, 64)), "#e48080");
}

#[test]
fn f_11_a_picture_that_breaks_off_is_refused_and_not_half_developed() {
    let formats = [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ];
    for format in formats {
        let whole = make::encoded(make::waves(200, 200), format);
        for cut in [whole.len() / 2, whole.len() * 9 / 10, whole.len() - 20] {
            let refused = develop(&whole[..cut], widths(&[100])).map(|_| ());
            let expected = [
                Err(Refused::Unreadable),
                Err(Refused::Undeveloped(Mishap::Damaged)),
            ];
            assert!(expected.contains(&refused), "{format:?} {refused:?}");
        }
    }
}

#[test]
fn without_a_plan_nothing_is_decoded() {
    let mut png = make::encoded(make::waves(40, 30), ImageFormat::Png);
    let middle = png.len() / 2;
    png[middle] ^= 0xFF;
    let answer = child::work(&Order::default(), &png).unwrap();
    assert_eq!((answer.look.kind, answer.developed), (Kind::Png, None));
}
