//! What we seal is told apart from what was changed afterwards, and says where it came from.

use std::io;

use provenance::{
    Algorithm, Deed, Hand, Made, Original, Signs, Standing, Told, Trust,
    hand::{Pem, made_for},
    read,
};

const JPEG: &str = "image/jpeg";

fn jpeg(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![shade; 64 * 48 * 3];
    jpeg_encoder::Encoder::new(&mut bytes, 80)
        .encode(&pixels, 64, 48, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}

fn webp(shade: u8) -> Vec<u8> {
    let mut bytes = io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(64, 48, image::Rgb([shade; 3]))
        .write_to(&mut bytes, image::ImageFormat::WebP)
        .unwrap();
    bytes.into_inner()
}

fn deed() -> Deed {
    Deed {
        title: "The bridge".into(),
        newsroom: "The Harbour Post".into(),
        version: "0.1.0".into(),
        at: "2026-11-23T09:00:00Z".into(),
    }
}

fn pem(name: &str) -> Pem {
    made_for(name, 2026).unwrap()
}

fn hand(pem: &Pem) -> Hand {
    Hand::of(&pem.certificates, &pem.key).unwrap()
}

/// One that has certificates and gives no signature.
struct Lame(Hand);

impl Signs for Lame {
    fn algorithm(&self) -> Algorithm {
        self.0.algorithm()
    }

    fn certificates(&self) -> Vec<Vec<u8>> {
        self.0.certificates()
    }

    fn sign(&self, _: &[u8]) -> io::Result<Vec<u8>> {
        Err(io::Error::other("no hand"))
    }
}

fn sealed(original: &[u8], print: &[u8], media_type: &str) -> Vec<u8> {
    let original = Original::of(original, JPEG, "IMG_2041.JPG").unwrap();
    original
        .seal(
            print,
            media_type,
            &deed(),
            true,
            &hand(&pem("The Harbour Post")),
        )
        .unwrap()
}

fn told(bytes: &[u8], media_type: &str) -> Option<Told> {
    read(bytes, media_type, &Trust::default())
}

#[test]
fn a_picture_that_says_nothing_is_said_nothing_about() {
    assert_eq!(told(&jpeg(90), JPEG), None);
    assert_eq!(told(b"no picture at all", JPEG), None);
}

#[test]
fn a_sealed_print_names_the_newsroom_the_original_and_what_was_done() {
    for (print, media_type) in [(jpeg(90), JPEG), (webp(90), "image/webp")] {
        let told = told(&sealed(&jpeg(90), &print, media_type), media_type).unwrap();
        assert_eq!(told.standing, Standing::Fits, "{:?}", told.findings);
        assert_eq!(told.signer.unwrap().name, "The Harbour Post");
        assert_eq!(told.made_with.as_deref(), Some("Dateline"));
        assert_eq!(told.made, Made::Unsaid);
        let parent = &told.ingredients[0];
        assert_eq!(parent.title.as_deref(), Some("IMG_2041.JPG"));
        assert!(parent.is_parent && !parent.is_broken);
        let steps: Vec<&str> = told.steps.iter().map(|step| step.action.as_str()).collect();
        assert_eq!(steps[0], "c2pa.opened");
        assert!(steps.contains(&"c2pa.cropped"), "{steps:?}");
        assert_eq!(told.findings, Vec::<String>::new());
    }
}

#[test]
fn one_changed_byte_of_the_picture_breaks_the_seal_and_what_it_said_is_not_repeated() {
    let mut print = sealed(&jpeg(90), &jpeg(90), JPEG);
    let last = print.len() - 3;
    print[last] ^= 1;
    let told = told(&print, JPEG).unwrap();
    assert_eq!(told.standing, Standing::Broken);
    assert_eq!(told.signer, None);
    assert_eq!(told.ingredients, []);
    assert!(
        told.findings
            .iter()
            .any(|code| code == "assertion.dataHash.mismatch"),
        "{:?}",
        told.findings
    );
}

#[test]
fn a_signer_is_vouched_for_by_a_list_that_the_newsroom_trusts_and_by_no_other() {
    let agency = pem("An Agency");
    let original = Original::of(&jpeg(1), JPEG, "a").unwrap();
    let print = original
        .seal(&jpeg(1), JPEG, &deed(), false, &hand(&agency))
        .unwrap();
    let trusting = |anchors: String| Trust {
        anchors: Some(anchors),
        signers: None,
    };
    let known = read(&print, JPEG, &trusting(agency.root)).unwrap();
    assert_eq!(known.standing, Standing::Vouched);
    let other = trusting(pem("Somebody Else").root);
    assert_eq!(read(&print, JPEG, &other).unwrap().standing, Standing::Fits);
}

#[test]
fn the_chain_reaches_back_through_a_sealed_original() {
    let first = sealed(&jpeg(5), &jpeg(5), JPEG);
    let second = sealed(&first, &jpeg(5), JPEG);
    let told = told(&second, JPEG).unwrap();
    assert_eq!(told.standing, Standing::Fits, "{:?}", told.findings);
    assert!(second.len() > first.len() + 1_000, "the first is in it");
}

/// An original whose maker wrote this into its manifest.
fn made_elsewhere(label: &str, data: serde_json::Value) -> Vec<u8> {
    let definition = serde_json::json!({
        "title": "made elsewhere",
        "assertions": [
            { "label": "c2pa.actions.v2", "data": { "actions": [{
                "action": "c2pa.created",
                "digitalSourceType":
                    "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            }] } },
            { "label": label, "data": data },
        ],
    });
    let mut builder = c2pa::Builder::from_context(c2pa::Context::new())
        .with_definition(definition.to_string())
        .unwrap();
    let mut made = io::Cursor::new(Vec::new());
    let signer = c2pa::EphemeralSigner::new("elsewhere.test").unwrap();
    let mut source = io::Cursor::new(jpeg(7));
    builder.sign(&signer, JPEG, &mut source, &mut made).unwrap();
    made.into_inner()
}

#[test]
fn v_73_an_original_that_tells_a_place_is_named_and_its_manifest_stays_in_the_house() {
    let told_place = serde_json::json!({ "EXIF:GPSLatitude": "51,28.6667N" });
    let placed = made_elsewhere("stds.exif", told_place);
    let holds = |bytes: &[u8]| bytes.windows(11).any(|part| part == b"GPSLatitude");
    assert!(holds(&placed));
    let print = sealed(&placed, &jpeg(7), JPEG);
    assert!(!holds(&print));
    let told = told(&print, JPEG).unwrap();
    assert_eq!(told.standing, Standing::Fits, "{:?}", told.findings);
    assert_eq!(told.ingredients[0].title.as_deref(), Some("IMG_2041.JPG"));
}

#[test]
fn what_a_model_made_says_so() {
    let of_a_model = made_elsewhere("c2pa.soft-binding", serde_json::json!({}));
    assert_eq!(told(&of_a_model, JPEG).unwrap().made, Made::ByModel);
}

#[test]
fn a_seal_is_light_enough_for_a_telephone() {
    let print = jpeg(90);
    let added = sealed(&print, &print, JPEG).len() - print.len();
    assert!(added < 8 * 1024, "{added} bytes");
}

#[test]
fn an_original_whose_own_seal_is_broken_is_told_as_broken() {
    let mut first = sealed(&jpeg(5), &jpeg(5), JPEG);
    let last = first.len() - 3;
    first[last] ^= 1;
    let told = told(&sealed(&first, &jpeg(5), JPEG), JPEG).unwrap();
    assert_eq!(told.standing, Standing::Fits, "{:?}", told.findings);
    assert!(told.ingredients[0].is_broken);
}

#[test]
fn a_hand_that_gives_no_signature_seals_nothing() {
    let original = Original::of(&jpeg(1), JPEG, "a").unwrap();
    let hand = Lame(hand(&pem("The Harbour Post")));
    assert!(
        original
            .seal(&jpeg(1), JPEG, &deed(), false, &hand)
            .is_err()
    );
}
