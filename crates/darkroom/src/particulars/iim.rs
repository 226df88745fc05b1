//! IPTC IIM 4.2: the datasets of record 2 as agencies have written them since 1991.

use super::{MAX_ENTRIES, Moment, Particulars, Place, line, lines, text};
use crate::container::Cursor;

/// The byte every dataset begins with (IIM 4.2, 1.5).
const MARK: u8 = 0x1C;
/// Datasets that are looked at; agencies write some thirty.
const MAX_DATASETS: usize = 2_000;
/// Bytes of a dataset that are read; the standard's longest text has 2,000.
const MAX_DATASET: usize = 64 * 1024;
/// What 1:90 says when texts are UTF-8 (ISO 2022's escape).
pub const UTF_8: &[u8] = b"\x1B%G";

/// Reads the datasets; the second value is false where they break off or are none.
pub fn read(bytes: &[u8]) -> (Particulars, bool) {
    let (datasets, whole) = datasets(bytes);
    (datasets.particulars(), whole)
}

struct Datasets<'a> {
    is_utf_8: bool,
    /// Of record 2, by number.
    all: Vec<(u8, &'a [u8])>,
}

fn datasets(bytes: &[u8]) -> (Datasets<'_>, bool) {
    let mut datasets = Datasets {
        is_utf_8: false,
        all: Vec::new(),
    };
    let mut cursor = Cursor(bytes);
    for _ in 0..MAX_DATASETS {
        // Padding with noughts is common at the end.
        if cursor.0.iter().all(|byte| *byte == 0) {
            return (datasets, true);
        }
        let Some((record, number, held)) = dataset(&mut cursor) else {
            return (datasets, false);
        };
        match (record, number) {
            (1, 90) => datasets.is_utf_8 = held == UTF_8,
            (2, _) if held.len() <= MAX_DATASET => datasets.all.push((number, held)),
            _ => {}
        }
    }
    (datasets, false)
}

/// Mark, record, number, length. Where the length's highest bit is set, the rest says how many bytes hold the length
/// (IIM 4.2, 1.5: extended datasets); nobody needs more than four.
fn dataset<'a>(cursor: &mut Cursor<'a>) -> Option<(u8, u8, &'a [u8])> {
    if cursor.byte()? != MARK {
        return None;
    }
    let record = cursor.byte()?;
    let number = cursor.byte()?;
    let mut length = usize::from(cursor.two()?);
    if length & 0x8000 != 0 {
        let count = length & 0x7FFF;
        if count > 4 {
            return None;
        }
        let bytes = cursor.take(count)?;
        length = bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    }
    Some((record, number, cursor.take(length)?))
}

impl Datasets<'_> {
    fn particulars(&self) -> Particulars {
        let line_of = |number| self.first(number).and_then(|raw| line(&raw));
        let text_of = |number| self.first(number).and_then(|raw| text(&raw));
        let moment = |date, clock| {
            let clock: Option<String> = self.first(clock);
            Moment::of_iim(&self.first(date)?, clock.as_deref())
        };
        Particulars {
            title: line_of(5),
            headline: line_of(105),
            caption: text_of(120),
            caption_writer: line_of(122),
            credit: line_of(110),
            creators: self.list(80),
            copyright: text_of(116),
            rights_end: moment(37, 38),
            source: line_of(115),
            instructions: text_of(40),
            job: line_of(103),
            keywords: self.list(25),
            place: Place {
                sublocation: line_of(92),
                city: line_of(90),
                state: line_of(95),
                country: line_of(101),
                country_code: line_of(100),
            },
            taken: moment(55, 60),
            ..Particulars::default()
        }
    }

    fn first(&self, number: u8) -> Option<String> {
        let (_, held) = self.all.iter().find(|(known, _)| *known == number)?;
        Some(self.decoded(held))
    }

    fn list(&self, number: u8) -> Vec<String> {
        let entries = self.all.iter().filter(|(known, _)| *known == number);
        let entries: Vec<String> = entries
            .take(MAX_ENTRIES)
            .map(|(_, held)| self.decoded(held))
            .collect();
        lines(entries.iter().map(String::as_str))
    }

    /// Texts that say they are UTF-8, or are it without saying so, are read as that. Anything else is read as Windows
    /// reads Western texts: programs that say nothing wrote that, and it holds Latin 1.
    fn decoded(&self, held: &[u8]) -> String {
        match std::str::from_utf8(held) {
            Ok(text) => text.to_string(),
            Err(_) if self.is_utf_8 => String::from_utf8_lossy(held).into_owned(),
            Err(_) => held.iter().map(|byte| western(*byte)).collect(),
        }
    }
}

/// Windows-1252; its five holes are the controls that Latin 1 has there.
fn western(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
