//! The margin of one story: what an import did not understand there, for the report.

use base::document::{Block, Kept, KeptAttrs};

use crate::incoming::Warning;

/// Different remarks on one story; a story with more of them is understood as a whole or not at all.
pub const MAX_REMARKS: usize = 60;
/// Bytes of one kept thing. Longer ones, pictures written into the text mostly, are cut.
pub const MAX_KEPT: usize = 100_000;
/// Characters of a thing as the report quotes it.
const MAX_QUOTED: usize = 120;

/// Gathers remarks while one story is read; the same remark twice is counted, not repeated.
#[derive(Clone, Debug)]
pub struct Margin {
    source: &'static str,
    remarks: Vec<Remark>,
    further: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Remark {
    what: String,
    why: String,
    times: usize,
}

impl Margin {
    /// An empty margin; `source` names the system that things are kept from, such as `wordpress`.
    pub fn new(source: &'static str) -> Self {
        Self {
            source,
            remarks: Vec::new(),
            further: 0,
        }
    }

    /// Writes a remark down: the thing itself, and why it is remarked on with what became of it.
    pub fn remark(&mut self, what: &str, why: &str) {
        let what = quote(what);
        let known = self
            .remarks
            .iter_mut()
            .find(|remark| remark.what == what && remark.why == why);
        if let Some(remark) = known {
            remark.times += 1;
        } else if self.remarks.len() < MAX_REMARKS {
            self.remarks.push(Remark {
                what,
                why: why.into(),
                times: 1,
            });
        } else {
            self.further += 1;
        }
    }

    /// Keeps something for the desk that readers will not see, and remarks on it.
    pub fn keep(&mut self, name: &str, text: &str, why: &str) -> Block {
        self.remark(name, &format!("{why}; kept for the desk, not shown"));
        self.keep_quietly(name, text)
    }

    /// Keeps something without a remark, because a remark on the whole of it was already made.
    pub fn keep_quietly(&mut self, name: &str, text: &str) -> Block {
        let mut end = text.len().min(MAX_KEPT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        if end < text.len() {
            let lost = text.len() - end;
            self.remark(
                name,
                &format!("too long to keep whole; {lost} bytes of its end were left out"),
            );
        }
        Block::Kept(Kept {
            attrs: KeptAttrs {
                source: self.source.into(),
                name: quote(name),
                text: text[..end].into(),
            },
        })
    }

    /// The remarks as warnings about `place`.
    pub fn into_warnings(self, place: &str) -> impl Iterator<Item = Warning> + use<> {
        let place = place.to_string();
        let further = (self.further > 0).then(|| Remark {
            what: format!("{} further remarks", self.further),
            why: format!("only the first {MAX_REMARKS} on one story are listed"),
            times: 1,
        });
        self.remarks
            .into_iter()
            .chain(further)
            .map(move |remark| Warning {
                place: place.clone(),
                what: match remark.times {
                    1 => remark.what,
                    times => format!("{} ({times}×)", remark.what),
                },
                why: remark.why,
            })
    }
}

/// One line, not too long.
fn quote(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
