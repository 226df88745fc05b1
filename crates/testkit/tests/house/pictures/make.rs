//! Small pictures of our own making, with what a camera and an agency write into them.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

/// Words by which a test finds out whether a place leaves the house: a latitude as EXIF's text fields could have it.
pub const SECRET_PLACE: &str = "GPS-SECRET-53.5511N";
/// A camera's number, which is a person's.
pub const SECRET_CAMERA: &str = "SERIAL-SECRET-4711";

/// A plain picture whose halves have different colours.
pub fn plain(width: u32, height: u32, seed: u8) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let half = if x * 2 < width { 200 } else { 40 };
        Rgb([half, seed, (y % 200) as u8])
    })
}

/// As a file.
pub fn encoded(picture: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG without a word in it.
pub fn wordless(seed: u8) -> Vec<u8> {
    encoded(plain(1_800, 1_200, seed), ImageFormat::Jpeg)
}

/// A JPEG as an agency sends it, with the place and the camera in EXIF, and these properties in XMP.
pub fn told(seed: u8, properties: &str) -> Vec<u8> {
    let jpeg = wordless(seed);
    let packet = format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\" \
         xmlns:exif=\"http://ns.adobe.com/exif/1.0/\"><exif:GPSLatitude>{SECRET_PLACE}</exif:GPSLatitude>{properties}\
         </rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", packet.as_bytes()].concat();
    let exif = [b"Exif\0\0".as_slice(), &tiff()].concat();
    let mut bytes = jpeg[..2].to_vec();
    for held in [exif, xmp] {
        bytes.extend([0xFF, 0xE1]);
        bytes.extend((held.len() as u16 + 2).to_be_bytes());
        bytes.extend(held);
    }
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A caption and a credit, as XMP has them.
pub fn caption_and_credit(caption: &str, credit: &str) -> String {
    format!(
        "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{caption}</rdf:li></rdf:Alt></dc:description>\
         <photoshop:Credit>{credit}</photoshop:Credit>"
    )
}

/// Whether these bytes are anywhere in those.
pub fn holds(bytes: &[u8], part: &str) -> bool {
    bytes
        .windows(part.len())
        .any(|window| window == part.as_bytes())
}

/// EXIF with a directory of the place (tag 0x8825) and the camera's number in it.
fn tiff() -> Vec<u8> {
    let place = format!("{SECRET_PLACE}\0{SECRET_CAMERA}\0");
    let mut bytes = b"MM\0*\0\0\0\x08".to_vec();
    // One entry: where the directory of the place is, at byte 26.
    bytes.extend([0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0]);
    // One entry there: text behind it, at byte 44.
    bytes.extend([0, 1, 0, 0x1D, 0, 2]);
    bytes.extend((place.len() as u32).to_be_bytes());
    bytes.extend([0, 0, 0, 44, 0, 0, 0, 0]);
    bytes.extend(place.as_bytes());
    bytes
}
