//! Finding the pieces of a JSON file without holding it: where each begins, ends, and on which line.
//!
//! Only what parts the pieces is looked at (strings, brackets, commas); what a piece holds is read
//! by a real reader of JSON when its turn comes.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// Bytes of a name in an object; Ghost's longest has fifty.
const MAX_NAME: usize = 1_024;
/// Bytes read at once.
const CHUNK: usize = 256 * 1024;

/// Something that can be read from any place.
pub(super) trait Input: Read + Seek {}
impl<T: Read + Seek> Input for T {}

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Its first byte.
    pub start: u64,
    /// The byte behind its last.
    pub end: u64,
    /// The line of its first byte, from 1.
    pub line: u64,
}

/// Why no pieces were found.
#[derive(Debug)]
pub(super) enum Lost {
    /// The value is of another kind.
    OtherKind,
    /// The file ends within it: at that byte, on that line.
    BreaksOff(u64, u64),
    /// Something stands there that does not belong there.
    Strange(u64, u64),
    /// It cannot be read.
    Unreadable(io::Error),
}

impl From<io::Error> for Lost {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// The names of an object with where their values stand, in the order of the file.
pub(super) fn members(input: &mut dyn Input, whole: Span) -> Result<Vec<(String, Span)>, Lost> {
    let mut scan = Scan::open(input, whole)?;
    let mut found = Vec::new();
    if scan.solid()? != b'{' {
        return Err(Lost::OtherKind);
    }
    scan.step();
    while scan.another(b'}', found.is_empty())? {
        let name = scan.name()?;
        scan.expect(b':')?;
        found.push((name, scan.value()?));
    }
    Ok(found)
}

/// Where the elements of a list stand.
pub(super) fn elements(input: &mut dyn Input, whole: Span) -> Result<Vec<Span>, Lost> {
    let mut scan = Scan::open(input, whole)?;
    let mut found = Vec::new();
    if scan.solid()? != b'[' {
        return Err(Lost::OtherKind);
    }
    scan.step();
    while scan.another(b']', found.is_empty())? {
        found.push(scan.value()?);
    }
    Ok(found)
}

/// The bytes of a value; `None` when it has more than `most`.
pub(super) fn bytes(input: &mut dyn Input, span: Span, most: u64) -> io::Result<Option<Vec<u8>>> {
    let length = span.end - span.start;
    if length > most {
        return Ok(None);
    }
    input.seek(SeekFrom::Start(span.start))?;
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

struct Scan<'i> {
    input: BufReader<io::Take<&'i mut dyn Input>>,
    at: u64,
    line: u64,
}

impl<'i> Scan<'i> {
    fn open(input: &'i mut dyn Input, whole: Span) -> io::Result<Self> {
        input.seek(SeekFrom::Start(whole.start))?;
        let input = input.take(whole.end - whole.start);
        Ok(Self {
            input: BufReader::with_capacity(CHUNK, input),
            at: whole.start,
            line: whole.line,
        })
    }

    fn peek(&mut self) -> Result<u8, Lost> {
        let buffer = self.input.fill_buf()?;
        let first = buffer.first().copied();
        first.ok_or(Lost::BreaksOff(self.at, self.line))
    }

    fn step(&mut self) {
        if self.input.buffer().first() == Some(&b'\n') {
            self.line += 1;
        }
        self.input.consume(1);
        self.at += 1;
    }

    /// The next byte that is no white space.
    fn solid(&mut self) -> Result<u8, Lost> {
        loop {
            let byte = self.peek()?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.step();
        }
    }

    fn expect(&mut self, wanted: u8) -> Result<(), Lost> {
        if self.solid()? != wanted {
            return Err(self.strange());
        }
        self.step();
        Ok(())
    }

    /// Whether another piece follows before the closing bracket.
    fn another(&mut self, closing: u8, first: bool) -> Result<bool, Lost> {
        let byte = self.solid()?;
        if byte == closing {
            return Ok(false);
        }
        if !first {
            self.expect(b',')?;
            self.solid()?;
        }
        Ok(true)
    }

    fn strange(&self) -> Lost {
        Lost::Strange(self.at, self.line)
    }

    fn name(&mut self) -> Result<String, Lost> {
        if self.solid()? != b'"' {
            return Err(self.strange());
        }
        let mut raw = Vec::new();
        let mut escaped = false;
        loop {
            let byte = self.peek()?;
            raw.push(byte);
            self.step();
            match byte {
                b'"' if raw.len() > 1 && !escaped => break,
                _ if raw.len() > MAX_NAME => return Err(self.strange()),
                byte => escaped = byte == b'\\' && !escaped,
            }
        }
        serde_json::from_slice(&raw).map_err(|_| self.strange())
    }

    /// Goes over a value and says where it stood.
    fn value(&mut self) -> Result<Span, Lost> {
        let byte = self.solid()?;
        let (start, line) = (self.at, self.line);
        match byte {
            b'{' | b'[' => self.brackets()?,
            b'"' => self.string()?,
            b'}' | b']' | b',' | b':' => return Err(self.strange()),
            _ => self.plain()?,
        }
        let end = self.at;
        Ok(Span { start, end, line })
    }

    /// A number or a word.
    fn plain(&mut self) -> Result<(), Lost> {
        while !matches!(
            self.peek()?,
            b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t'
        ) {
            self.step();
        }
        Ok(())
    }

    fn string(&mut self) -> Result<(), Lost> {
        self.step();
        let mut escaped = false;
        self.run(|byte| match byte {
            b'"' if !escaped => true,
            byte => {
                escaped = byte == b'\\' && !escaped;
                false
            }
        })
    }

    fn brackets(&mut self) -> Result<(), Lost> {
        let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
        self.run(|byte| {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => depth -= 1,
                _ => {}
            }
            depth == 0
        })
    }

    /// Takes bytes up to and with the one that is said to be the last.
    fn run(&mut self, mut is_last: impl FnMut(u8) -> bool) -> Result<(), Lost> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Err(Lost::BreaksOff(self.at, self.line));
            }
            let last = buffer.iter().position(|byte| is_last(*byte));
            let taken = last.map_or(buffer.len(), |last| last + 1);
            let ends = buffer[..taken].iter().filter(|byte| **byte == b'\n');
            self.line += ends.count() as u64;
            self.at += taken as u64;
            self.input.consume(taken);
            if last.is_some() {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn whole(text: &str) -> (Cursor<Vec<u8>>, Span) {
        let span = Span {
            start: 0,
            end: text.len() as u64,
            line: 1,
        };
        (Cursor::new(text.as_bytes().to_vec()), span)
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, u64)]) {
        let (mut input, span) = whole(text);
        let found = members(&mut input, span).unwrap();
        let found: Vec<(&str, &str, u64)> = found
            .iter()
            .map(|(name, span)| {
                let value = &text[span.start as usize..span.end as usize];
                (name.as_str(), value, span.line)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pieces_are_found_whatever_their_strings_hold() {
        check("{}", &[]);
        check(
            " {\"a\": 1 ,\n\"b\":\"}\\\"]\", \"c\\u0041\":\n[{\"x\":\"\\\\\"},[]], \"d\": null}",
            &[
                ("a", "1", 1),
                ("b", "\"}\\\"]\"", 2),
                ("cA", "[{\"x\":\"\\\\\"},[]]", 3),
                ("d", "null", 3),
            ],
        );
        let (mut input, span) = whole("[1,\n {\"a\":[2]}, \"x\"]");
        let found = elements(&mut input, span).unwrap();
        let lines: Vec<u64> = found.iter().map(|span| span.line).collect();
        assert_eq!(lines, [1, 2, 2]);
        let second = bytes(&mut input, found[1], 100).unwrap().unwrap();
        assert_eq!(second, b"{\"a\":[2]}");
        assert_eq!(bytes(&mut input, found[1], 3).unwrap(), None);
    }

    #[test]
    fn what_breaks_off_or_is_strange_is_told_with_its_place() {
        for (text, at, line) in [("{\"a\":\n[1,2", 10, 2), ("{\"a\"", 4, 1), ("{", 1, 1)] {
            let (mut input, span) = whole(text);
            let lost = members(&mut input, span).unwrap_err();
            assert!(
                matches!(lost, Lost::BreaksOff(found, on) if (found, on) == (at, line)),
                "{text}: {lost:?}"
            );
        }
        for text in [
            "{a:1}",
            "{\"a\" 1}",
            "{\"a\":}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1,,}",
        ] {
            let (mut input, span) = whole(text);
            let lost = members(&mut input, span).unwrap_err();
            assert!(matches!(lost, Lost::Strange(..)), "{text}: {lost:?}");
        }
        let (mut input, span) = whole("[]");
        assert!(matches!(members(&mut input, span), Err(Lost::OtherKind)));
    }
}
