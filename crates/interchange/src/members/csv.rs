//! Rows of a CSV file (RFC 4180), with the line each begins on. Lines may end in LF, CRLF or CR.

use crate::incoming::{Broken, Unread};

/// Fields of one row.
const MAX_FIELDS: usize = 500;

/// The rows of a text, one after the other; empty lines are none.
pub(super) struct Rows<'t> {
    rest: std::iter::Peekable<std::str::Chars<'t>>,
    line: u64,
}

impl<'t> Rows<'t> {
    /// The rows of a text without a byte order mark.
    pub fn of(text: &'t str) -> Self {
        let rest = text.chars().peekable();
        Self { rest, line: 1 }
    }

    /// The rest of a quoted field; two quotation marks are one.
    fn quoted(&mut self, begun: u64) -> Result<String, Unread> {
        let mut field = String::new();
        while let Some(ch) = self.rest.next() {
            match ch {
                '"' if self.rest.next_if_eq(&'"').is_some() => field.push('"'),
                '"' => return Ok(field),
                '\n' => {
                    self.line += 1;
                    field.push(ch);
                }
                ch => field.push(ch),
            }
        }
        Err(broken(begun, "a quotation mark is opened and never closed"))
    }

    fn row(&mut self) -> Result<Vec<String>, Unread> {
        let begun = self.line;
        let mut fields = vec![String::new()];
        while let Some(ch) = self.rest.next() {
            let last = fields.len() - 1;
            match ch {
                '"' if fields[last].trim().is_empty() => fields[last] = self.quoted(begun)?,
                ',' if fields.len() >= MAX_FIELDS => {
                    return Err(broken(begun, &format!("more than {MAX_FIELDS} fields")));
                }
                ',' => fields.push(String::new()),
                '\r' | '\n' => {
                    if ch == '\r' {
                        self.rest.next_if_eq(&'\n');
                    }
                    self.line += 1;
                    break;
                }
                ch => fields[last].push(ch),
            }
        }
        Ok(fields)
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<(u64, Vec<String>), Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.rest.peek()?;
            let line = self.line;
            match self.row() {
                Ok(fields) if fields.iter().all(|field| field.trim().is_empty()) => {}
                row => return Some(row.map(|fields| (line, fields))),
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
