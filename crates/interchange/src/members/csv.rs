//! Rows of a CSV file (RFC 4180), with the line each begins on; the `csv` crate reads them.

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::incoming::{Broken, Unread};

/// Fields of one row.
const MAX_FIELDS: usize = 500;

/// The rows of a text, one after the other; empty lines are none.
pub(super) struct Rows<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where the last row began: the byte, and the line.
    begun: (usize, u64),
}

impl<'t> Rows<'t> {
    /// The rows of a text without a byte order mark.
    pub fn of(text: &'t str) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Self {
            text,
            reader,
            begun: (0, 1),
        }
    }

    /// The line on which this row begins. The crate counts the empty ones above it to the row.
    fn line(&mut self, row: &StringRecord) -> u64 {
        let at = row.position().map_or(0, |position| position.byte()) as usize;
        let above = self.text[at..].len() - self.text[at..].trim_start_matches(['\r', '\n']).len();
        let (before, line) = self.begun;
        let more = self.text[before..at + above].matches('\n').count() as u64;
        self.begun = (at + above, line + more);
        self.begun.1
    }

    fn judged(&mut self, row: &StringRecord) -> Result<(u64, Vec<String>), Unread> {
        let line = self.line(row);
        if row.len() > MAX_FIELDS {
            return Err(broken(line, &format!("more than {MAX_FIELDS} fields")));
        }
        // The crate takes a field that is never closed to end with the file.
        let is_last = self.reader.position().byte() as usize == self.text.len();
        let ends_open = || self.text[self.begun.0..].matches('"').count() % 2 == 1;
        if is_last && row.iter().any(|field| field.contains('\n')) && ends_open() {
            return Err(broken(line, "a quotation mark is opened and never closed"));
        }
        Ok((line, row.iter().map(String::from).collect()))
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<(u64, Vec<String>), Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = StringRecord::new();
        loop {
            match self.reader.read_record(&mut row) {
                Ok(false) => return None,
                Ok(true) if row.iter().all(|field| field.trim().is_empty()) => {}
                Ok(true) => return Some(self.judged(&row)),
                Err(error) => return Some(Err(broken(self.begun.1, &error.to_string()))),
            }
        }
    }
}

fn broken(line: u64, why: &str) -> Unread {
    Unread::Broken(Broken {
        line,
        item: None,
        why: why.into(),
    })
}
