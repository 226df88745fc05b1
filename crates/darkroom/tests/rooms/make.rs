//! Pictures made for tests: small, our own, with whatever metadata a test writes into them byte by byte.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// A picture in which each quarter has its own colour: red, green, blue, white in reading order.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        match (x * 2 < width, y * 2 < height) {
            (true, true) => Rgb([230, 20, 20]),
            (false, true) => Rgb([20, 200, 20]),
            (true, false) => Rgb([20, 20, 230]),
            (false, false) => Rgb([250, 250, 250]),
        }
    })
}

/// Soft waves with some grain, as photographs have.
pub fn waves(width: u32, height: u32) -> RgbImage {
    let mut grain = Dice(7);
    RgbImage::from_fn(width, height, |x, y| {
        let wave = |step: f32| ((x as f32 / step).sin() * (y as f32 / step).cos() * 90.0) + 128.0;
        let noise = (grain.below(17) as f32) - 8.0;
        let channel = |step: f32| (wave(step) + noise).clamp(0.0, 255.0) as u8;
        Rgb([channel(31.0), channel(53.0), channel(97.0)])
    })
}

/// A picture as a file.
pub fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG of [`quarters`].
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(quarters(width, height), ImageFormat::Jpeg)
}

/// A PNG whose left half can be seen through.
pub fn see_through_png(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbaImage::from_fn(width, height, |x, _| {
        Rgba([200, 0, 0, if x * 2 < width { 0 } else { 255 }])
    });
    encoded(picture, ImageFormat::Png)
}

/// A GIF with so many frames of one pixel, written by hand: nine bytes and a few more for each.
pub fn gif(frames: usize) -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0\xFF\0\0\0\0\xFF".to_vec();
    for _ in 0..frames {
        bytes.extend(b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0");
    }
    bytes.push(0x3B);
    bytes
}

/// A PNG that says it is so large, with hardly anything in it.
pub fn empty_png(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([depth, colour, 0, 0, 0]);
    push_chunk(&mut bytes, b"IHDR", &header);
    push_chunk(&mut bytes, b"IDAT", b"\x78\x9C\x63\x00\x00\x00\x01\x00\x01");
    push_chunk(&mut bytes, b"IEND", b"");
    bytes
}

/// Adds a chunk with its checksum.
pub fn push_chunk(bytes: &mut Vec<u8>, name: &[u8; 4], held: &[u8]) {
    bytes.extend((held.len() as u32).to_be_bytes());
    bytes.extend(name);
    bytes.extend(held);
    bytes.extend(crc(&[name, held].concat()).to_be_bytes());
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    })
}

/// A JPEG with these segments right behind its start.
pub fn with_segments(jpeg: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    for (marker, held) in segments {
        bytes.extend([0xFF, *marker]);
        bytes.extend((held.len() as u16 + 2).to_be_bytes());
        bytes.extend(held);
    }
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A segment with IIM in Photoshop's resources; before it stands a resource with an odd name and an odd size.
pub fn iim(datasets: &[(u8, u8, &[u8])]) -> (u8, Vec<u8>) {
    let mut held = Vec::new();
    for (record, number, text) in datasets {
        held.extend([0x1C, *record, *number]);
        held.extend((text.len() as u16).to_be_bytes());
        held.extend(*text);
    }
    let mut segment = b"Photoshop 3.0\0".to_vec();
    segment.extend(b"8BIM\x03\xED\x02ab\0\0\0\0\x03xyz\0");
    segment.extend(b"8BIM\x04\x04\0\0");
    segment.extend((held.len() as u32).to_be_bytes());
    segment.extend(held);
    (0xED, segment)
}

/// A segment with a packet of XMP.
pub fn xmp(packet: &str) -> (u8, Vec<u8>) {
    let held = [b"http://ns.adobe.com/xap/1.0/\0", packet.as_bytes()].concat();
    (0xE1, held)
}

/// A packet around properties, with the namespaces that tests use.
pub fn packet(properties: &str) -> String {
    format!(
        r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:d="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"
 xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:rights="http://ns.adobe.com/xap/1.0/rights/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:mwg="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:mm="http://ns.adobe.com/xap/1.0/mm/">
{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#
    )
}

/// A value of EXIF.
pub enum Field<'a> {
    /// Text in the first directory.
    Text(u16, &'a str),
    /// A small number in the first directory.
    Number(u16, u16),
    /// Text in the directory of the exposure.
    Exposure(u16, &'a str),
    /// Text in the directory of the place.
    Gps(u16, &'a str),
}

/// A segment with EXIF, the greater byte first.
pub fn exif(fields: &[Field<'_>]) -> (u8, Vec<u8>) {
    (0xE1, [b"Exif\0\0".as_slice(), &tiff(fields)].concat())
}

/// A TIFF structure: the first directory and, where fields need them, those of exposure and place.
pub fn tiff(fields: &[Field<'_>]) -> Vec<u8> {
    let mut first: Vec<(u16, u16, Vec<u8>)> = Vec::new();
    let (mut exposure, mut gps) = (Vec::new(), Vec::new());
    let ended = |text: &str| [text.as_bytes(), b"\0"].concat();
    for field in fields {
        match field {
            Field::Text(tag, text) => first.push((*tag, 2, ended(text))),
            Field::Number(tag, number) => first.push((*tag, 3, number.to_be_bytes().to_vec())),
            Field::Exposure(tag, text) => exposure.push((*tag, 2, ended(text))),
            Field::Gps(tag, text) => gps.push((*tag, 2, ended(text))),
        }
    }
    let mut tail = Vec::new();
    let more = usize::from(!exposure.is_empty()) + usize::from(!gps.is_empty());
    let behind = 8 + 2 + (first.len() + more) * 12 + 4;
    let texts: usize = first
        .iter()
        .map(|(_, _, value)| if value.len() > 4 { value.len() } else { 0 })
        .sum();
    for (tag, fields) in [(0x8769, exposure), (0x8825, gps)] {
        if !fields.is_empty() {
            let place = behind + texts + tail.len();
            tail.extend(directory(&fields, place));
            first.push((tag, 4, (place as u32).to_be_bytes().to_vec()));
        }
    }
    let head = directory(&first, 8);
    [b"MM\0*\0\0\0\x08".as_slice(), &head, &tail].concat()
}

fn directory(fields: &[(u16, u16, Vec<u8>)], place: usize) -> Vec<u8> {
    let mut bytes = (fields.len() as u16).to_be_bytes().to_vec();
    let mut texts: Vec<u8> = Vec::new();
    let behind = place + 2 + fields.len() * 12 + 4;
    for (tag, kind, value) in fields {
        let count = if *kind == 2 { value.len() as u32 } else { 1 };
        bytes.extend(tag.to_be_bytes());
        bytes.extend(kind.to_be_bytes());
        bytes.extend(count.to_be_bytes());
        if value.len() > 4 {
            bytes.extend(((behind + texts.len()) as u32).to_be_bytes());
            texts.extend(value);
        } else {
            let mut here = value.clone();
            here.resize(4, 0);
            bytes.extend(here);
        }
    }
    bytes.extend([0; 4]);
    bytes.extend(texts);
    bytes
}

/// Whether these bytes are anywhere in those.
pub fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Numbers that are the same in every run (xorshift).
pub struct Dice(pub u64);

impl Dice {
    /// The next number below this one.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}
