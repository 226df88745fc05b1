//! The bytes of an export made fit for an XML reader: good UTF-8, no control characters, counted lines.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// Bytes taken from the file at a time.
const CHUNK: usize = 64 * 1024;

/// Where the reader stands; shared with whoever reads the XML.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Line breaks passed.
    lines: Cell<u64>,
    /// Bytes passed since the last item began.
    since: Cell<usize>,
    /// Bytes of broken UTF-8 and control characters replaced so far.
    replaced: Cell<usize>,
}

impl Progress {
    /// The line in hand, from 1.
    pub fn line(&self) -> u64 {
        self.lines.get() + 1
    }

    /// An item begins: its size counts from here.
    pub fn begin(&self) {
        self.since.set(0);
    }

    /// Characters replaced so far.
    pub fn replaced(&self) -> usize {
        self.replaced.get()
    }
}

/// A reader that replaces what is no UTF-8 by U+FFFD and control characters by spaces.
///
/// XML 1.0 (section 2.2) allows no control characters but tab and line ends; exports have them.
pub(super) struct Clean<R> {
    inner: R,
    progress: Rc<Progress>,
    limit: usize,
    ready: Vec<u8>,
    at: usize,
    /// Where in `ready` something was replaced, and how many of these places were passed.
    marks: Vec<usize>,
    passed: usize,
    rest: Vec<u8>,
}

impl<R: Read> Clean<R> {
    /// Reads from `inner`, refusing more than `limit` bytes between two items.
    pub fn new(inner: R, progress: Rc<Progress>, limit: usize) -> Self {
        Self {
            inner,
            progress,
            limit,
            ready: Vec::new(),
            at: 0,
            marks: Vec::new(),
            passed: 0,
            rest: Vec::new(),
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.marks.clear();
        (self.at, self.passed) = (0, 0);
        while self.ready.is_empty() {
            let mut chunk = std::mem::take(&mut self.rest);
            let before = chunk.len();
            chunk.resize(before + CHUNK, 0);
            let read = self.inner.read(&mut chunk[before..])?;
            chunk.truncate(before + read);
            if chunk.is_empty() {
                return Ok(());
            }
            self.clean(&chunk, read == 0);
        }
        Ok(())
    }

    /// Moves `chunk` to `ready`; a character cut by its end waits for the next chunk.
    fn clean(&mut self, chunk: &[u8], last: bool) {
        let mut rest = chunk;
        while !rest.is_empty() {
            let (good, bad) = match std::str::from_utf8(rest) {
                Ok(_) => (rest.len(), 0),
                Err(error) => match error.error_len() {
                    None if !last => {
                        self.rest = rest[error.valid_up_to()..].to_vec();
                        rest = &rest[..error.valid_up_to()];
                        continue;
                    }
                    None => (error.valid_up_to(), rest.len() - error.valid_up_to()),
                    Some(length) => (error.valid_up_to(), length),
                },
            };
            self.push(&rest[..good]);
            if bad > 0 {
                self.marks.push(self.ready.len());
                self.ready.extend_from_slice("\u{fffd}".as_bytes());
            }
            rest = &rest[good + bad..];
        }
    }

    fn push(&mut self, good: &[u8]) {
        let start = self.ready.len();
        self.ready.extend_from_slice(good);
        for at in start..self.ready.len() {
            let byte = &mut self.ready[at];
            if *byte < b' ' && !matches!(*byte, b'\t' | b'\n' | b'\r') {
                *byte = b' ';
                self.marks.push(at);
            }
        }
    }
}

impl<R: Read> Read for Clean<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(out.len());
        out[..length].copy_from_slice(&ready[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Clean<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.progress.since.get() > self.limit {
            let limit = self.limit / (1024 * 1024);
            return Err(io::Error::other(format!(
                "one item is larger than {limit} MiB, or a quotation mark or CDATA section is never closed"
            )));
        }
        if self.at == self.ready.len() {
            self.fill()?;
        }
        Ok(&self.ready[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        let passed = &self.ready[self.at..self.at + amount];
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.at += amount;
        let progress = &self.progress;
        progress.lines.set(progress.lines.get() + lines as u64);
        progress.since.set(progress.since.get() + amount);
        let ahead = &self.marks[self.passed..];
        let replaced = ahead.iter().take_while(|mark| **mark < self.at).count();
        self.passed += replaced;
        progress.replaced.set(progress.replaced.get() + replaced);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_letters_and_control_characters_are_replaced_and_counted() {
        let progress = Rc::new(Progress::default());
        let bytes: &[u8] = b"a\xffb\x00c\n\xc3\xa9\xe2\x82";
        let mut clean = Clean::new(bytes, Rc::clone(&progress), 100);
        let mut text = String::new();
        clean.read_to_string(&mut text).unwrap();
        assert_eq!(text, "a\u{fffd}b c\né\u{fffd}");
        assert_eq!((progress.replaced(), progress.line()), (3, 2));
    }

    #[test]
    fn a_letter_cut_by_a_chunk_is_put_together() {
        let text = "é".repeat(CHUNK);
        let mut read = String::new();
        Clean::new(format!("x{text}").as_bytes(), Rc::default(), usize::MAX)
            .read_to_string(&mut read)
            .unwrap();
        assert_eq!(read.len(), text.len() + 1);
    }

    #[test]
    fn an_endless_item_is_refused() {
        let text = "x".repeat(CHUNK * 3);
        let mut clean = Clean::new(text.as_bytes(), Rc::default(), CHUNK);
        assert!(clean.read_to_string(&mut String::new()).is_err());
    }
}
