//! Share pictures, looked at pixel by pixel: sizes, margins, sides, joined letters, colours.

use std::ops::Range;

use base::Direction;
use darkroom::share_picture::{Front, HEIGHT, MARGIN, Printer, WIDTH};
use image::RgbImage;

const BLUE: [u8; 3] = [0x0b, 0x5c, 0x8a];
/// Rows between the rule and the line above the name.
const WORDS: Range<u32> = 90..490;
/// Rows below that line.
const FOOT: Range<u32> = 510..HEIGHT;
/// What overhang of a letter may stand in a margin, in pixels.
const OVERHANG: u32 = 4;
/// Longer than any size holds.
const ENDLESS: &str = "The council voted late on Tuesday night, after eleven hours of debate and four adjournments, to \
    close the old harbour road for two years, although residents, the fire service, both ferry companies and its own \
    engineers had warned that nobody would reach the hospital in time, and although the road had only been opened in \
    spring, when the same council called it the artery of the town and the pride of its people for years to come";

fn front(headline: &str) -> Front {
    Front {
        kicker: None,
        headline: headline.into(),
        name: "Port Halem Gazette".into(),
        direction: Direction::Ltr,
        accent: Some(BLUE),
    }
}

fn right_to_left(headline: &str) -> Front {
    Front {
        direction: Direction::Rtl,
        ..front(headline)
    }
}

fn drawn(front: &Front) -> RgbImage {
    let png = Printer::new().draw(front).expect("it is drawn");
    let picture = image::load_from_memory(&png).expect("it is a picture");
    assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
    picture.to_rgb8()
}

/// Whether there is ink of a letter here, not paper or a hair line.
fn is_inked(picture: &RgbImage, x: u32, y: u32) -> bool {
    picture.get_pixel(x, y).0.iter().all(|part| *part < 0x90)
}

fn inked_rows(picture: &RgbImage, rows: Range<u32>) -> Vec<u32> {
    rows.filter(|y| (0..WIDTH).any(|x| is_inked(picture, x, *y)))
        .collect()
}

fn inked_columns(picture: &RgbImage, rows: Range<u32>) -> Vec<u32> {
    let inked = |x: &u32| rows.clone().any(|y| is_inked(picture, *x, y));
    (0..WIDTH).filter(inked).collect()
}

/// Stretches of neighbours.
fn stretches(of: &[u32]) -> usize {
    let breaks = of.windows(2).filter(|pair| pair[1] != pair[0] + 1).count();
    breaks + usize::from(!of.is_empty())
}

#[test]
fn the_longer_a_headline_the_smaller_its_letters() {
    // Letters with neither an upper nor a lower length, so that a line's rows are its size and nothing else.
    let sizes = [40, 100, 160, 240].map(|words| {
        let rows = inked_rows(&drawn(&front(&"xox ".repeat(words / 4))), WORDS);
        let line = rows.windows(2).take_while(|pair| pair[1] == pair[0] + 1);
        line.count()
    });
    assert!(
        sizes.is_sorted_by(|larger, smaller| larger > smaller),
        "{sizes:?}"
    );
}

#[test]
fn whatever_is_written_stays_inside_the_margins_and_leaves_the_name_alone() {
    let name = drawn(&front("x"));
    let hebrew = "לפחות תשעה הרוגים בפיצוץ גז בשוק המקורה ".repeat(20);
    let long_word =
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
            .repeat(6);
    for front in [
        front("The bridge reopens"),
        front(ENDLESS),
        front(&long_word),
        right_to_left(&hebrew),
        Front {
            kicker: Some(ENDLESS.into()),
            ..front(ENDLESS)
        },
    ] {
        let picture = drawn(&front);
        let edge = MARGIN - OVERHANG;
        let inside = |x: u32, y: u32| {
            (edge..WIDTH - edge).contains(&x) && (edge..HEIGHT - edge).contains(&y)
        };
        let paper = *picture.get_pixel(0, 0);
        let strays = picture.enumerate_pixels();
        let stray = strays
            .into_iter()
            .find(|(x, y, pixel)| !inside(*x, *y) && **pixel != paper);
        assert_eq!(stray, None, "{}", front.headline);
        if front.direction == Direction::Ltr {
            let foot = |picture: &RgbImage| {
                FOOT.flat_map(|y| (0..WIDTH).map(move |x| (x, y)))
                    .map(|(x, y)| *picture.get_pixel(x, y))
                    .collect::<Vec<_>>()
            };
            assert!(foot(&picture) == foot(&name), "{}", front.headline);
        }
    }
}

#[test]
fn a_headline_that_fits_nowhere_fills_the_picture_and_one_letter_more_changes_nothing() {
    let more = format!("{ENDLESS} and more");
    assert!(drawn(&front(ENDLESS)) == drawn(&front(&more)));
    let rows = inked_rows(&drawn(&front(ENDLESS)), WORDS);
    assert!(rows.last() > Some(&400), "{:?}", rows.last());
}

#[test]
fn lines_are_of_like_length() {
    let picture = drawn(&front(
        "The mayor of Port Halem resigns over the harbour road",
    ));
    let rows = inked_rows(&picture, WORDS);
    let lines: Vec<_> = rows.chunk_by(|one, next| *next == one + 1).collect();
    assert!(lines.len() > 1, "{rows:?}");
    let widths = lines.iter().map(|line| {
        let columns = inked_columns(&picture, line[0]..line[line.len() - 1] + 1);
        columns[columns.len() - 1] - columns[0]
    });
    let widths: Vec<_> = widths.collect();
    let (least, most) = (widths.iter().min(), widths.iter().max());
    assert!(least.map(|width| width * 2) > most.copied(), "{widths:?}");
}

#[test]
fn each_language_begins_at_its_own_side() {
    #[track_caller]
    fn check(front: &Front, side: &str) {
        let picture = drawn(front);
        for rows in [WORDS, FOOT] {
            let columns = inked_columns(&picture, rows);
            let (left, right) = (columns[0], columns[columns.len() - 1]);
            let found = match (left < MARGIN + 12, right > WIDTH - MARGIN - 12) {
                (true, false) => "left",
                (false, true) => "right",
                _ => "neither",
            };
            assert_eq!(found, side, "{}: {left} to {right}", front.headline);
        }
    }
    check(&front("Bridge open"), "left");
    check(&right_to_left("הגשר נפתח"), "right");
    check(&right_to_left("افتتاح الجسر"), "right");
    // The story's language decides, not the first letter.
    check(&right_to_left("BBC: הגשר"), "right");
    check(&front("הגשר reopens"), "left");
}

#[test]
fn letters_run_in_the_direction_of_their_script() {
    #[track_caller]
    fn check(front: &Front, expected: &str) {
        let picture = drawn(front);
        let rows = inked_rows(&picture, WORDS);
        let columns = inked_columns(&picture, WORDS);
        // The first letter alone rises above the others.
        let tall = inked_columns(&picture, rows[0]..rows[0] + 4);
        let middle = u32::midpoint(columns[0], columns[columns.len() - 1]);
        let side = if tall[0] < middle { "left" } else { "right" };
        assert_eq!(side, expected, "{}", front.headline);
    }
    check(&front("lxxxxx"), "left");
    check(&right_to_left("לננננ"), "right");
    // Hebrew in an English headline, and English in a Hebrew one, keep their own order.
    check(&front("לננננ"), "right");
    check(&right_to_left("lxxxxx"), "left");
}

#[test]
fn arabic_letters_are_joined() {
    let joined = inked_columns(&drawn(&right_to_left("ببببب")), WORDS);
    let apart = inked_columns(
        &drawn(&right_to_left("ب\u{200c}ب\u{200c}ب\u{200c}ب\u{200c}ب")),
        WORDS,
    );
    assert_eq!((stretches(&joined), stretches(&apart)), (1, 5));
}

#[test]
fn a_sign_without_a_face_is_left_out_and_words_without_one_are_not_mangled() {
    assert!(drawn(&front("Bridge 😀 open")) == drawn(&front("Bridge open")));
    let picture = drawn(&front("中国 reopens"));
    assert_eq!(
        inked_rows(&picture, WORDS),
        [0; 0],
        "the headline is left out whole"
    );
    assert_ne!(inked_rows(&picture, FOOT), [0; 0], "the name stays");
}

#[test]
fn every_script_we_have_a_face_for_is_shown() {
    for headline in [
        "Łódź þætti ĳ",
        "Ούζο",
        "Москва, Київ",
        "שלום",
        "مرحبا",
        "Việt Nam",
        "„So“ – 5 €",
    ] {
        let rows = inked_rows(&drawn(&front(headline)), WORDS);
        assert_ne!(rows, [0; 0], "{headline}");
    }
}

#[test]
fn the_colour_is_the_newsrooms_and_a_hard_day_has_none() {
    let kicker = Some("Market blast".to_string());
    let plain = Front {
        kicker: kicker.clone(),
        ..front("Nine dead")
    };
    let coloured = drawn(&plain)
        .pixels()
        .filter(|pixel| pixel.0 == BLUE)
        .count();
    assert!(coloured > 800, "{coloured}");
    let hard = drawn(&Front {
        accent: None,
        ..plain
    });
    let is_grey = |pixel: &image::Rgb<u8>| {
        pixel
            .0
            .iter()
            .max()
            .zip(pixel.0.iter().min())
            .is_some_and(|(most, least)| most - least <= 16)
    };
    assert!(hard.pixels().all(is_grey));
    assert_ne!(inked_rows(&hard, WORDS), [0; 0]);
}

#[test]
fn the_same_words_are_the_same_bytes_and_weigh_little() {
    let (one, other) = (Printer::new(), Printer::new());
    let front = front("At least nine killed as gas explosion tears through covered market");
    let png = one.draw(&front).expect("it is drawn");
    assert_eq!(png, one.draw(&front).expect("again"));
    assert_eq!(png, other.draw(&front).expect("by another"));
    assert!(png.len() < 100_000, "{}", png.len());
}
