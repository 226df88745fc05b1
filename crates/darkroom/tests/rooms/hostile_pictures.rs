//! Two hundred pictures that mean harm, made from a seed: the same in every run.

use image::ImageFormat;

use crate::make::{self, Dice, Field};

/// Stands where nothing may be carried over: in scripts, archives, comments, behind the end.
pub const MARK: &str = "HOSTILE-MARK";
/// How many there are.
pub const COUNT: usize = 200;
const SEED: u64 = 1970;

/// Each with what is wrong with it.
pub fn all() -> Vec<(String, Vec<u8>)> {
    let mut dice = Dice(SEED);
    let mut all = polyglots();
    all.extend(bombs());
    all.extend(wrong_lengths());
    all.extend(markup());
    let sound = sound();
    for nth in 0..40 {
        let (name, bytes) = &sound[nth % sound.len()];
        let cut = 1 + dice.below(bytes.len() - 1);
        all.push((format!("{name} cut at {cut}"), bytes[..cut].to_vec()));
    }
    for nth in 0..20 {
        let (name, bytes) = &sound[nth % sound.len()];
        let mut bytes = bytes[..12.min(bytes.len())].to_vec();
        bytes.extend((0..4_000).map(|_| dice.below(256) as u8));
        all.push((format!("{name} with noise {nth}"), bytes));
    }
    while all.len() < COUNT {
        let nth = all.len();
        let (name, bytes) = &sound[nth % sound.len()];
        let mut bytes = bytes.clone();
        for _ in 0..1 + dice.below(12) {
            let place = dice.below(bytes.len());
            bytes[place] ^= 1 << dice.below(8);
        }
        bytes.extend(script().into_bytes());
        all.push((format!("{name} with flipped bits {nth}"), bytes));
    }
    all
}

/// One of each kind, with metadata.
fn sound() -> Vec<(&'static str, Vec<u8>)> {
    let waves = make::waves(120, 90);
    let jpeg = make::with_segments(
        &make::encoded(waves.clone(), ImageFormat::Jpeg),
        &[
            make::exif(&[
                Field::Number(0x0112, 6),
                Field::Text(0x013B, "Ana"),
                Field::Exposure(0x9003, "1970:04:13 21:08:00"),
            ]),
            make::iim(&[(2, 110, b"Agency"), (2, 120, b"Caption")]),
            make::xmp(&make::packet("<photoshop:Credit>Agency</photoshop:Credit>")),
        ],
    );
    vec![
        ("jpeg", jpeg),
        ("png", make::encoded(waves.clone(), ImageFormat::Png)),
        ("see-through png", make::see_through_png(90, 60)),
        ("gif", make::encoded(waves.clone(), ImageFormat::Gif)),
        ("webp", make::encoded(waves, ImageFormat::WebP)),
    ]
}

fn script() -> String {
    format!("<html><script>alert('{MARK}')</script></html>")
}

/// Files that are something else as well.
fn polyglots() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let script = script();
    let zip = format!("PK\x03\x04\x14\0\0\0{MARK}PK\x05\x06\0\0\0\0");
    let pdf = format!("%PDF-1.4\n1 0 obj<</S/JavaScript/JS(app.alert('{MARK}'))>>endobj");
    for (name, bytes) in sound() {
        for (tail, what) in [
            (&script, "a page"),
            (&zip, "an archive"),
            (&pdf, "a document"),
        ] {
            all.push((
                format!("{name} with {what} behind it"),
                [&bytes, tail.as_bytes()].concat(),
            ));
        }
    }
    let jpeg = &sound()[0].1;
    for marker in [0xFE, 0xE1, 0xE4, 0xED, 0xEF] {
        let held = script.clone().into_bytes();
        all.push((
            format!("jpeg with a page in segment {marker:x}"),
            make::with_segments(jpeg, &[(marker, held)]),
        ));
    }
    // A GIF that is a script: its width is the beginning of a comment that ends behind the picture.
    let mut gif = make::gif(1);
    gif[6..10].copy_from_slice(b"/*\x01\0");
    gif.extend(format!("*/=1;alert('{MARK}')").into_bytes());
    all.push(("gif that is a script".into(), gif));
    let png = &sound()[1].1;
    for name in [b"tEXt", b"zTXt", b"iTXt", b"raNd"] {
        let mut bytes = png[..33].to_vec();
        make::push_chunk(&mut bytes, name, format!("Comment\0{script}").as_bytes());
        bytes.extend(&png[33..]);
        all.push((
            format!("png with a page in {}", String::from_utf8_lossy(name)),
            bytes,
        ));
    }
    let mut webp = sound()[4].1.clone();
    webp.extend(b"JUNK");
    webp.extend((script.len() as u32).to_le_bytes());
    webp.extend(script.into_bytes());
    let size = (webp.len() - 8) as u32;
    webp[4..8].copy_from_slice(&size.to_le_bytes());
    all.push(("webp with a page in a chunk".into(), webp));
    all
}

/// Small files that become large or take long.
fn bombs() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (width, height) in [
        (30_000, 30_000),
        (65_535, 65_535),
        (u32::MAX, 1),
        (10_000, 9_000),
        (2_000, 1_900),
    ] {
        for (depth, colour) in [(8, 2), (16, 6), (1, 0)] {
            let bytes = make::empty_png(width, height, depth, colour);
            all.push((
                format!("png {width}×{height} of {depth} bits, kind {colour}"),
                bytes,
            ));
        }
    }
    all.push(("gif with 100,000 frames".into(), make::gif(100_000)));
    all.push(("gif with 1,999 frames".into(), make::gif(1_999)));
    let mut screen = make::gif(1);
    screen[6..10].copy_from_slice(b"\xFF\xFF\xFF\xFF");
    all.push(("gif with a vast screen".into(), screen));
    let mut frame = make::gif(1);
    frame[24..28].copy_from_slice(b"\xFF\xFF\xFF\xFF");
    all.push(("gif with a vast frame".into(), frame));
    let jpeg = make::jpeg(64, 64);
    let size = jpeg
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap()
        + 5;
    for (height, width) in [
        (65_500_u16, 65_500_u16),
        (9_000, 12_000),
        (2_000, 2_000),
        (0, 64),
    ] {
        let mut bytes = jpeg.clone();
        bytes[size..size + 2].copy_from_slice(&height.to_be_bytes());
        bytes[size + 2..size + 4].copy_from_slice(&width.to_be_bytes());
        all.push((format!("jpeg that says it is {width}×{height}"), bytes));
    }
    all.push(("jpeg of 20,000 scans".into(), scans(20_000)));
    for bits in [0xFFFF_FFFF_u32, 0x0FFF_FFFF] {
        let mut webp = b"RIFF\x1A\0\0\0WEBPVP8L\x0E\0\0\0\x2F".to_vec();
        webp.extend(bits.to_le_bytes());
        webp.extend([0x88, 0x88, 0x08, 0, 0, 0, 0, 0, 0]);
        all.push((format!("webp of one colour {bits:x}"), webp));
    }
    all.push((
        "png with a profile that unpacks to 256 MB".into(),
        profile_bomb(),
    ));
    all
}

/// A progressive JPEG whose last scan is told over and over.
fn scans(count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    encoder.set_progressive(true);
    let picture = make::waves(400, 400);
    encoder
        .encode(&picture, 400, 400, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    let last = bytes
        .windows(2)
        .rposition(|pair| pair == [0xFF, 0xDA])
        .unwrap();
    let scan = bytes[last..bytes.len() - 2].to_vec();
    bytes.truncate(bytes.len() - 2);
    for _ in 0..count.min(30_000_000 / scan.len()) {
        bytes.extend(&scan);
    }
    bytes.extend([0xFF, 0xD9]);
    bytes
}

fn profile_bomb() -> Vec<u8> {
    use std::io::Write;

    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..256 {
        packed.write_all(&[0; 1_000_000]).unwrap();
    }
    let packed = packed.finish().unwrap();
    let png = make::encoded(make::quarters(32, 32), ImageFormat::Png);
    let mut bytes = png[..33].to_vec();
    make::push_chunk(
        &mut bytes,
        b"iCCP",
        &[b"profile\0\0".as_slice(), &packed].concat(),
    );
    bytes.extend(&png[33..]);
    bytes
}

/// Lengths and offsets that point anywhere but where they should.
fn wrong_lengths() -> Vec<(String, Vec<u8>)> {
    let jpeg = make::jpeg(64, 64);
    let with = |marker: u8, held: &[u8]| make::with_segments(&jpeg, &[(marker, held.to_vec())]);
    let mut all = Vec::new();
    let eight = |size: u32, held: &[u8]| {
        [
            b"Photoshop 3.0\08BIM\x04\x04\0\0".as_slice(),
            &size.to_be_bytes(),
            held,
        ]
        .concat()
    };
    for (nth, held) in [
        eight(u32::MAX, b"\x1C\x02\x78\0\x05hello"),
        eight(10, b"\x1C\x02\x78\xFF\xFFhello"),
        eight(12, b"\x1C\x02\x78\x80\x04\xFF\xFF\xFF\xFFabc"),
        eight(12, b"\x1C\x02\x78\xFF\xFF\xFF\xFF\xFF\xFFabc"),
        eight(0, b""),
        b"Photoshop 3.0\08BIM\x04\x04\xFF".to_vec(),
        b"Photoshop 3.0\08BI".to_vec(),
        eight(9_000, &b"\x1C\x02\x78\0\0".repeat(1_800)),
    ]
    .iter()
    .enumerate()
    {
        all.push((format!("iim with a wrong length {nth}"), with(0xED, held)));
    }
    let tiff = make::tiff(&[
        Field::Text(0x013B, "Ana Example"),
        Field::Exposure(0x9003, "1970:04:13 21:08:00"),
    ]);
    // Number of entries, count and place of the first, its type, the next directory, the first directory's own place.
    for (place, bytes) in [
        (8, [0xFF; 4]),
        (14, [0xFF; 4]),
        (18, [0xFF; 4]),
        (12, [0xFF; 4]),
        (34, [0, 0, 0, 8]),
        (4, [0, 0, 0, 4]),
        (4, [0xFF; 4]),
        (30, [0, 0, 0, 8]),
    ] {
        let mut wrong = tiff.clone();
        wrong[place..place + 4].copy_from_slice(&bytes);
        all.push((
            format!("exif with {bytes:?} at {place}"),
            with(0xE1, &[b"Exif\0\0".as_slice(), &wrong].concat()),
        ));
    }
    for held in [
        b"ICC_PROFILE\0\x01\xFF".to_vec(),
        b"ICC_PROFILE\0\0\0".to_vec(),
        icc(u32::MAX),
        icc(0),
        icc(131),
    ] {
        all.push((
            format!("profile of {} bytes", held.len()),
            with(0xE2, &held),
        ));
    }
    for length in [0_u16, 1, 2, 0xFFFF] {
        let mut bytes = with(0xE5, b"some bytes");
        bytes[4..6].copy_from_slice(&length.to_be_bytes());
        all.push((format!("jpeg segment of {length} bytes"), bytes));
    }
    let (png, webp) = (&sound()[1].1, &sound()[4].1);
    for length in [0x7FFF_FFFF_u32, u32::MAX, 0] {
        let mut bytes = png.clone();
        bytes[33..37].copy_from_slice(&length.to_be_bytes());
        all.push((format!("png chunk of {length} bytes"), bytes));
        let mut bytes = webp.clone();
        bytes[16..20].copy_from_slice(&length.to_le_bytes());
        all.push((format!("webp chunk of {length} bytes"), bytes));
    }
    let mut gif = make::gif(1);
    gif[29] = 0xFF;
    all.push(("gif with codes of 255 bits".into(), gif));
    all
}

/// A profile whose table says that it has so many entries.
fn icc(entries: u32) -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[8] = 4;
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend(entries.to_be_bytes());
    profile.extend(b"rXYZ\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF".repeat(20));
    let size = (profile.len() as u32).to_be_bytes();
    profile[..4].copy_from_slice(&size);
    [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat()
}

/// XML that unfolds, digs or reaches out.
fn markup() -> Vec<(String, Vec<u8>)> {
    let laughs = (1..10).fold(format!("<!ENTITY l0 \"{MARK}\">"), |all, nth| {
        let more = format!("&l{};", nth - 1).repeat(10);
        format!("{all}<!ENTITY l{nth} \"{more}\">")
    });
    let outside = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
    let packets = [
        format!(
            "<!DOCTYPE x [{laughs}]>{}",
            make::packet("<photoshop:Credit>&l9;</photoshop:Credit>")
        ),
        format!(
            "{outside}{}",
            make::packet("<photoshop:Credit>&e;</photoshop:Credit>")
        ),
        make::packet("<photoshop:Credit>&unknown;</photoshop:Credit>"),
        "<a>".repeat(20_000),
        make::packet(&"<d:x>".repeat(9_000)),
        make::packet(&format!(
            "<d:x {}/>",
            (0..4_000).map(|n| format!("a{n}='1' ")).collect::<String>()
        )),
        make::packet(&"<d:x/>".repeat(10_000)),
        "\0<\0x\0/\0>".repeat(2_000),
        format!("<x a='{MARK}"),
    ];
    let jpeg = make::jpeg(64, 64);
    let mut all: Vec<(String, Vec<u8>)> = packets
        .iter()
        .enumerate()
        .map(|(nth, packet)| {
            (
                format!("xmp {nth}"),
                make::with_segments(&jpeg, &[make::xmp(packet)]),
            )
        })
        .collect();
    let png = make::encoded(make::quarters(32, 32), ImageFormat::Png);
    for (name, packet) in [
        ("wide", "<d:x/>".repeat(600_000)),
        ("deep", "<d:x>".repeat(700_000)),
    ] {
        let mut bytes = png[..33].to_vec();
        let held = format!("XML:com.adobe.xmp\0\0\0\0\0{}", make::packet(&packet));
        make::push_chunk(&mut bytes, b"iTXt", held.as_bytes());
        bytes.extend(&png[33..]);
        all.push((format!("png with {name} xmp"), bytes));
    }
    all
}
