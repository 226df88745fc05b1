//! What pictures say about themselves, in three generations of metadata.

use darkroom::{Order, Particulars, child, particulars::Unread};

use crate::make::{self, Field};

fn read(segments: &[(u8, Vec<u8>)]) -> (Particulars, Vec<Unread>) {
    let picture = make::with_segments(&make::jpeg(16, 16), segments);
    let answer = child::work(&Order::default(), &picture).unwrap();
    (answer.particulars, answer.unread)
}

#[track_caller]
fn check_xmp(properties: &str, of: fn(&Particulars) -> Option<String>, expected: &str) {
    let (told, unread) = read(&[make::xmp(&make::packet(properties))]);
    assert_eq!(unread, [], "{properties}");
    assert_eq!(of(&told).as_deref(), Some(expected), "{properties}");
}

#[track_caller]
fn check_moment(segment: (u8, Vec<u8>), expected: Option<&str>) {
    let (told, _) = read(&[segment]);
    let taken = told.taken.map(|moment| moment.to_string());
    assert_eq!(taken.as_deref(), expected);
}

#[test]
fn iim_is_read_in_the_letters_it_was_written_in() {
    let latin: &[(u8, u8, &[u8])] = &[
        (2, 120, b"Caf\xE9 \x96 \x80 5"),
        (2, 80, b"Ana"),
        (2, 80, b"Bo"),
    ];
    let (told, _) = read(&[make::iim(latin)]);
    assert_eq!(told.caption.as_deref(), Some("Café – € 5"));
    assert_eq!(told.creators, ["Ana", "Bo"]);
    let (told, _) = read(&[make::iim(&[
        (1, 90, b"\x1B%G"),
        (2, 110, "Łódź Press".as_bytes()),
    ])]);
    assert_eq!(told.credit.as_deref(), Some("Łódź Press"));
    let (told, _) = read(&[make::iim(&[(2, 110, "Łódź".as_bytes())])]);
    assert_eq!(
        told.credit.as_deref(),
        Some("Łódź"),
        "UTF-8 that does not say so"
    );
}

#[test]
fn every_field_of_iim_that_is_used_arrives() {
    let all: &[(u8, u8, &[u8])] = &[
        (2, 5, b"title"),
        (2, 25, b"one"),
        (2, 25, b"two"),
        (2, 37, b"20301231"),
        (2, 40, b"instructions"),
        (2, 55, b"19700413"),
        (2, 60, b"210800-0600"),
        (2, 90, b"city"),
        (2, 92, b"part"),
        (2, 95, b"state"),
        (2, 100, b"USA"),
        (2, 101, b"country"),
        (2, 103, b"job"),
        (2, 105, b"headline"),
        (2, 110, b"credit"),
        (2, 115, b"source"),
        (2, 116, b"copyright"),
        (2, 120, b"caption"),
        (2, 122, b"writer"),
    ];
    let (told, unread) = read(&[make::iim(all)]);
    assert_eq!(unread, []);
    let texts = [
        &told.title,
        &told.instructions,
        &told.place.city,
        &told.place.sublocation,
        &told.place.state,
        &told.place.country_code,
        &told.place.country,
        &told.job,
        &told.headline,
        &told.credit,
        &told.source,
        &told.copyright,
        &told.caption,
        &told.caption_writer,
    ];
    let texts: Vec<&str> = texts.iter().map(|text| text.as_deref().unwrap()).collect();
    let expected = [
        "title",
        "instructions",
        "city",
        "part",
        "state",
        "USA",
        "country",
        "job",
        "headline",
        "credit",
        "source",
        "copyright",
        "caption",
        "writer",
    ];
    assert_eq!(texts, expected);
    assert_eq!(told.keywords, ["one", "two"]);
    assert_eq!(told.taken.unwrap().as_str(), "1970-04-13T21:08:00-06:00");
    assert_eq!(told.rights_end.unwrap().as_str(), "2030-12-31");
}

#[test]
fn xmp_is_read_however_it_is_written() {
    let caption = |told: &Particulars| told.caption.clone();
    let credit = |told: &Particulars| told.credit.clone();
    check_xmp(
        "<d:description><rdf:Alt><rdf:li xml:lang='de'>Hallo</rdf:li><rdf:li xml:lang='x-default'>Hello &amp; &#169;</rdf:li></rdf:Alt></d:description>",
        caption,
        "Hello & ©",
    );
    check_xmp("<d:description>plain</d:description>", caption, "plain");
    check_xmp(
        "<photoshop:Credit><![CDATA[A < B]]></photoshop:Credit>",
        credit,
        "A < B",
    );
    check_xmp(
        "<photoshop:Credit rdf:parseType='Resource'><rdf:value>valued</rdf:value></photoshop:Credit>",
        credit,
        "valued",
    );
    check_xmp(
        "</rdf:Description><rdf:Description rdf:about='' xmlns:p='http://ns.adobe.com/photoshop/1.0/' p:Credit='as attribute'>",
        credit,
        "as attribute",
    );
    check_xmp(
        "<ext:DigitalSourceType rdf:resource='http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture'/>",
        |told| told.digital_source_type.clone(),
        "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    );
    check_xmp(
        "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType='Resource'><plus:LicensorName>Agency</plus:LicensorName><plus:LicensorURL>https://agency.example/</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>",
        |told| {
            told.licensor
                .as_ref()
                .map(|one| format!("{:?} {:?}", one.name, one.url))
        },
        "Some(\"Agency\") Some(\"https://agency.example/\")",
    );
    check_xmp(
        "<ext:LocationShown><rdf:Bag><rdf:li><rdf:Description><ext:City>Houston</ext:City><ext:CountryName>USA</ext:CountryName></rdf:Description></rdf:li></rdf:Bag></ext:LocationShown>",
        |told| Some(format!("{:?} {:?}", told.place.city, told.place.country)),
        "Some(\"Houston\") Some(\"USA\")",
    );
    check_xmp(
        "<ext:PersonInImage><rdf:Bag><rdf:li>A. B.</rdf:li></rdf:Bag></ext:PersonInImage><ext:PersonInImageWDetails><rdf:Bag><rdf:li rdf:parseType='Resource'><ext:PersonName><rdf:Alt><rdf:li xml:lang='x-default'>C. D.</rdf:li></rdf:Alt></ext:PersonName></rdf:li></rdf:Bag></ext:PersonInImageWDetails>",
        |told| Some(told.persons.join(", ")),
        "A. B., C. D.",
    );
    check_xmp(
        "<plus:LicenseEndDate>2027-01-31</plus:LicenseEndDate>",
        |told| told.rights_end.as_ref().map(ToString::to_string),
        "2027-01-31",
    );
}

#[test]
fn xmp_too_large_for_a_segment_is_put_together_again() {
    let packet = make::packet("<core:AltTextAccessibility>far behind</core:AltTextAccessibility>");
    let (near, far) = packet.as_bytes().split_at(300);
    let piece = |offset: usize, held: &[u8]| {
        let mut bytes = b"http://ns.adobe.com/xmp/extension/\0".to_vec();
        bytes.extend([b'A'; 32]);
        bytes.extend((packet.len() as u32).to_be_bytes());
        bytes.extend((offset as u32).to_be_bytes());
        bytes.extend(held);
        (0xE1, bytes)
    };
    let main = make::xmp(&make::packet("<photoshop:Credit>near</photoshop:Credit>"));
    let (told, unread) = read(&[main, piece(300, far), piece(0, near)]);
    assert_eq!(
        (told.alt.as_deref(), told.credit.as_deref()),
        (Some("far behind"), Some("near"))
    );
    assert_eq!(unread, []);
}

#[test]
fn the_newer_wins_over_the_older_field_by_field() {
    let segments = [
        make::exif(&[
            Field::Text(0x013B, "exif one; exif two"),
            Field::Text(0x8298, "exif right"),
            Field::Text(0x010E, "exif caption"),
        ]),
        make::iim(&[(2, 116, b"iim right"), (2, 120, b"iim caption")]),
        make::xmp(&make::packet("<d:description>xmp caption</d:description>")),
    ];
    let (told, _) = read(&segments);
    assert_eq!(told.caption.as_deref(), Some("xmp caption"));
    assert_eq!(told.copyright.as_deref(), Some("iim right"));
    assert_eq!(told.creators, ["exif one", "exif two"]);
}

#[test]
fn a_date_has_no_more_parts_than_were_told() {
    let exif = |offset: &[Field<'static>]| {
        let mut fields = vec![Field::Exposure(0x9003, "1970:04:13 21:08:00")];
        fields.extend(offset.iter().map(|field| match field {
            Field::Exposure(tag, text) => Field::Exposure(*tag, text),
            _ => unreachable!("only of the exposure"),
        }));
        make::exif(&fields)
    };
    check_moment(exif(&[]), Some("1970-04-13T21:08:00"));
    check_moment(
        exif(&[Field::Exposure(0x9011, "-06:00")]),
        Some("1970-04-13T21:08:00-06:00"),
    );
    let xmp = |date: &str| {
        make::xmp(&make::packet(&format!(
            "<photoshop:DateCreated>{date}</photoshop:DateCreated>"
        )))
    };
    check_moment(xmp("1970"), Some("1970"));
    check_moment(xmp("1970-04"), Some("1970-04"));
    check_moment(xmp("1970-04-13T21:08Z"), Some("1970-04-13T21:08:00Z"));
    check_moment(
        xmp("1970-04-13T21:08:00.250+0530"),
        Some("1970-04-13T21:08:00+05:30"),
    );
    check_moment(xmp("1970-04-13T99:99"), Some("1970-04-13"));
    check_moment(xmp("1970-02-30"), None);
    check_moment(xmp("yesterday"), None);
    check_moment(make::iim(&[(2, 55, b"19700000")]), Some("1970"));
    check_moment(
        make::iim(&[(2, 55, b"19700413"), (2, 60, b"210800")]),
        Some("1970-04-13T21:08:00"),
    );
}

#[test]
fn addresses_are_of_the_web_or_they_are_not_there() {
    let (told, _) = read(&[make::xmp(&make::packet(
        "<rights:WebStatement>javascript:alert(1)</rights:WebStatement><plus:DataMining>DMI-PROHIBITED</plus:DataMining>",
    ))]);
    assert_eq!((told.web_statement, told.data_mining), (None, None));
}

#[test]
fn what_is_damaged_is_named_and_the_rest_is_kept() {
    let (told, unread) = read(&[
        make::xmp("<x:xmpmeta xmlns:x='a'><rdf:RDF"),
        make::iim(&[(2, 110, b"kept")]),
    ]);
    assert_eq!(
        (told.credit.as_deref(), unread),
        (Some("kept"), vec![Unread::Xmp])
    );
    let (_, unread) = read(&[make::exif(&[]), (0xE1, b"Exif\0\0garbage".to_vec())]);
    assert_eq!(unread, [], "the first EXIF counts");
    let (_, unread) = read(&[(0xE1, b"Exif\0\0garbage".to_vec())]);
    assert_eq!(unread, [Unread::Exif]);
    let (mut marker, mut broken) = make::iim(&[(2, 110, b"kept"), (2, 120, b"caption")]);
    let length = broken.len();
    broken[length - 9] = 0x7F;
    marker = marker.max(0xED);
    let (told, unread) = read(&[(marker, broken)]);
    assert_eq!(
        (told.credit.as_deref(), unread),
        (Some("kept"), vec![Unread::Iim])
    );
}

#[test]
fn texts_and_lists_are_bounded_and_have_no_control_characters() {
    let long = "x".repeat(20_000);
    let subjects: String = (0..300).map(|n| format!("<rdf:li>{n}</rdf:li>")).collect();
    let (told, _) = read(&[make::xmp(&make::packet(&format!(
        "<d:description>{long}</d:description><photoshop:Credit>{long}</photoshop:Credit><d:subject><rdf:Bag>{subjects}</rdf:Bag></d:subject>"
    )))]);
    assert_eq!(told.caption.map(|text| text.len()), Some(10_000));
    assert_eq!(told.credit.map(|text| text.len()), Some(500));
    assert_eq!(told.keywords.len(), 100);
    let (told, _) = read(&[make::iim(&[
        (2, 120, b" one\r\ntwo\x00\x07three "),
        (2, 110, b"a\nb"),
    ])]);
    assert_eq!(
        (told.caption.as_deref(), told.credit.as_deref()),
        (Some("one\ntwo  three"), Some("a b"))
    );
}
