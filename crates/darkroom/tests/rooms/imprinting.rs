//! What served files say, and what never leaves.

use darkroom::{
    Cut, Focus, Format, Imprint, Order, Particulars, Plan, Print, Shape, child,
    particulars::{Licensor, Moment, Place},
};

use crate::make::{self, Field};

const FORMATS: [Format; 2] = [Format::Jpeg, Format::Webp];

fn prints(picture: &[u8], imprint: Option<Imprint>) -> Vec<Print> {
    let plan = Plan {
        cuts: vec![
            Cut {
                shape: Shape::Whole,
                width: 40,
            },
            Cut {
                shape: Shape::Square,
                width: 20,
            },
        ],
        formats: FORMATS.to_vec(),
        focus: Focus::default(),
    };
    let order = Order {
        plan: Some(plan),
        imprint,
        ..Order::default()
    };
    child::work(&order, picture)
        .unwrap()
        .developed
        .unwrap()
        .prints
}

fn told(bytes: &[u8]) -> Particulars {
    child::work(&Order::default(), bytes).unwrap().particulars
}

/// An imprint with every field, none of them easy.
fn full() -> Imprint {
    let text = |text: &str| Some(text.to_string());
    Imprint {
        title: text("Splash"),
        headline: text("Home & dry"),
        caption: text("“Odyssey” <comes down>\nin the Pacific"),
        alt: text("A capsule under three parachutes"),
        extended_description: text("The capsule is small; the sea is \"calm\"."),
        credit: text("Łódź Press/נאס״א"),
        creators: vec!["Ana Example".into(), "Bo Example".into()],
        copyright: text("© 1970 Example"),
        source: text("Example Pool"),
        usage_terms: text("Editorial use only"),
        web_statement: text("https://rights.example/1?a=1&b=2"),
        licensor: Some(Licensor {
            name: text("Agency"),
            url: text("https://agency.example/"),
        }),
        data_mining: text("http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"),
        digital_source_type: text("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"),
        place: Place {
            sublocation: text("Pad 39A"),
            city: text("Merritt Island"),
            state: text("Florida"),
            country: text("United States"),
            country_code: text("USA"),
        },
        taken: Moment::of_iso("1970-04-17T12:07:00-06:00"),
    }
}

#[test]
fn v_73_credit_and_copyright_leave_with_every_print() {
    for print in prints(&make::jpeg(80, 60), Some(full())) {
        assert_eq!(
            Imprint::of(&told(&print.bytes)),
            full(),
            "{:?}",
            print.format
        );
        let by_others = image::load_from_memory(&print.bytes).unwrap();
        assert_eq!(
            (by_others.width(), by_others.height()),
            (print.width, print.height)
        );
    }
}

#[test]
fn the_older_forms_say_the_same_as_the_newer() {
    let print = prints(&make::jpeg(80, 60), Some(full())).remove(0).bytes;
    let xmp = print
        .windows(9)
        .position(|part| part == b"<?xpacket")
        .unwrap();
    let mut without_xmp = print.clone();
    without_xmp[xmp - 29] = b'-';
    let told = told(&without_xmp);
    let own = full();
    assert_eq!(
        (told.caption, told.credit, told.creators),
        (own.caption, own.credit, own.creators)
    );
    assert_eq!(
        (told.copyright, told.title, told.headline),
        (own.copyright, own.title, own.headline)
    );
    assert_eq!(told.alt, None, "only XMP has a place for it");
    let artist = "Ana Example; Bo Example\0".as_bytes();
    assert!(make::holds(&print, artist), "EXIF names the artists");
}

#[test]
fn without_an_editor_a_print_says_what_the_picture_said() {
    let picture = make::with_segments(
        &make::jpeg(80, 60),
        &[make::iim(&[
            (2, 110, b"Caf\xE9/Press"),
            (2, 25, b"inhouse-keyword"),
        ])],
    );
    for print in prints(&picture, None) {
        assert_eq!(told(&print.bytes).credit.as_deref(), Some("Café/Press"));
        assert!(!make::holds(&print.bytes, b"inhouse-keyword"));
    }
}

#[test]
fn v_73_where_by_which_camera_and_whose_face_never_leave() {
    let secret = "SECRETPLACE";
    let properties = format!(
        "<exif:GPSLatitude>{secret}</exif:GPSLatitude><mwg:Regions rdf:parseType='Resource'><mwg:Name>{secret}</mwg:Name></mwg:Regions>\
         <mm:DocumentID>{secret}</mm:DocumentID><mm:History><rdf:Seq><rdf:li>{secret}</rdf:li></rdf:Seq></mm:History>\
         <core:CreatorContactInfo rdf:parseType='Resource'><core:CiTelWork>{secret}</core:CiTelWork></core:CreatorContactInfo>\
         <photoshop:Credit>kept</photoshop:Credit>"
    );
    let exif = make::exif(&[
        Field::Gps(0x001D, secret),
        Field::Exposure(0xA431, secret),
        Field::Exposure(0xA430, secret),
        Field::Exposure(0x927C, secret),
        Field::Text(0x0110, secret),
        Field::Text(0x0131, secret),
    ]);
    let segments = [
        exif,
        make::xmp(&make::packet(&properties)),
        (0xFE, secret.into()),
        (0xE4, secret.into()),
    ];
    let picture = make::with_segments(&make::jpeg(80, 60), &segments);
    assert!(make::holds(&picture, secret.as_bytes()));
    for print in prints(&picture, None) {
        assert!(
            !make::holds(&print.bytes, secret.as_bytes()),
            "{:?}",
            print.format
        );
        assert_eq!(told(&print.bytes).credit.as_deref(), Some("kept"));
    }
}

#[test]
fn a_new_imprint_replaces_the_old_and_touches_no_pixel() {
    for (source, format) in [
        (make::jpeg(80, 60), 0),
        (make::jpeg(80, 60), 1),
        (make::see_through_png(80, 60), 1),
    ] {
        let first = prints(&source, Some(full())).remove(format);
        let corrected = Imprint {
            credit: Some("Corrected".into()),
            ..Imprint::default()
        };
        let again = corrected.press(first.format, &first.bytes).unwrap();
        assert_eq!(Imprint::of(&told(&again)), corrected);
        assert!(!make::holds(&again, b"Ana Example"));
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgba8();
        assert_eq!(pixels(&again), pixels(&first.bytes));
        assert_eq!(
            full().press(first.format, &again).unwrap(),
            first.bytes,
            "and back, byte for byte"
        );
    }
    assert_eq!(full().press(Format::Jpeg, b"no picture"), None);
    assert_eq!(full().press(Format::Webp, b"no picture"), None);
}

#[test]
fn whatever_is_written_there_is_room_for_the_credit() {
    let ampersands = Some("&".repeat(20_000));
    let imprint = Imprint {
        caption: ampersands.clone(),
        alt: ampersands.clone(),
        extended_description: ampersands.clone(),
        usage_terms: ampersands.clone(),
        copyright: ampersands,
        creators: vec!["\"".repeat(900); 50],
        credit: Some("kept \u{0} \u{FFFE}whole".into()),
        ..Imprint::default()
    };
    for print in prints(&make::jpeg(80, 60), Some(imprint)) {
        let told = told(&print.bytes);
        assert_eq!(told.credit.as_deref(), Some("kept  whole"));
        assert!(told.caption.unwrap().starts_with("&&&&"));
    }
}

#[test]
fn what_has_nothing_to_say_takes_no_room() {
    for print in prints(&make::jpeg(80, 60), Some(Imprint::default())) {
        assert!(!make::holds(&print.bytes, b"xpacket"), "{:?}", print.format);
        assert_eq!(told(&print.bytes), Particulars::default());
        let shown = image::load_from_memory(&print.bytes).unwrap();
        assert_eq!((shown.width(), shown.height()), (print.width, print.height));
    }
}
