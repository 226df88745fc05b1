//! The two fields of EXIF we write: who and whose. No orientation: prints are the right way up.

use super::Imprint;

const ARTIST: u16 = 0x013B;
const COPYRIGHT: u16 = 0x8298;
/// The type of both: text that ends in a nought.
const ASCII: u16 = 2;
/// Bytes of the header before the first directory.
const HEADER: usize = 8;
/// Bytes of a directory's entry.
const ENTRY: usize = 12;

/// A TIFF structure with one directory; nothing where there is nothing to say.
pub fn tiff(imprint: &Imprint) -> Option<Vec<u8>> {
    let artist = (!imprint.creators.is_empty()).then(|| imprint.creators.join("; "));
    let fields: Vec<(u16, String)> = [(ARTIST, artist), (COPYRIGHT, imprint.copyright.clone())]
        .into_iter()
        .filter_map(|(tag, text)| Some((tag, text? + "\0")))
        .collect();
    if fields.is_empty() {
        return None;
    }
    let mut place = HEADER + 2 + fields.len() * ENTRY + 4;
    let mut directory = (fields.len() as u16).to_le_bytes().to_vec();
    let mut texts = Vec::new();
    for (tag, text) in &fields {
        directory.extend(tag.to_le_bytes());
        directory.extend(ASCII.to_le_bytes());
        directory.extend((text.len() as u32).to_le_bytes());
        // Four bytes or fewer stand in the entry itself.
        let mut here = [0; 4];
        if text.len() <= 4 {
            here[..text.len()].copy_from_slice(text.as_bytes());
        } else {
            here = (place as u32).to_le_bytes();
            texts.extend(text.as_bytes());
            // Values begin at even places (TIFF 6.0, section 2).
            texts.extend([0].iter().take(text.len() % 2));
            place += text.len().next_multiple_of(2);
        }
        directory.extend(here);
    }
    directory.extend(0_u32.to_le_bytes());
    Some([b"II*\0\x08\0\0\0", directory.as_slice(), &texts].concat())
}
