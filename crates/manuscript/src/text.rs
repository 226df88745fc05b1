//! The text of a manuscript in memory: what all strokes so far come to.
//!
//! Its inner form is that of `y-prosemirror`: an XML fragment whose elements are the blocks of the body, by
//! the names of the tree, with text whose formats are the marks. `lay` writes it, `read` reads it, and
//! `rescue` finds words that would be lost.

mod json;
mod lay;
mod read;
mod rescue;
#[cfg(test)]
mod tests;
mod typed;

use std::panic::{AssertUnwindSafe, catch_unwind};

use base::Document;
use yrs::{
    ClientID, Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update, XmlFragmentRef,
    updates::{decoder::Decode, encoder::Encode},
};

use crate::LARGEST_STROKE;

/// The name of the fragment in the shared document; the desk opens the same.
pub const FRAGMENT: &str = "body";

/// The text that many hands write in.
pub struct Text {
    doc: Doc,
    fragment: XmlFragmentRef,
    /// What it was when it was last settled, as one stroke.
    ground: Vec<u8>,
    /// Every stroke since, so that what was there before any of them can be looked up.
    since: Vec<Vec<u8>>,
}

/// What a stroke did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// A stroke of our own that keeps words which this one would have lost; it goes to everybody.
    pub rescue: Option<Vec<u8>>,
}

/// Bytes that are no stroke, or one that cannot be taken. The text is as it was.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Larger than [`LARGEST_STROKE`].
    #[error("a stroke of {0} bytes is larger than {LARGEST_STROKE}")]
    TooLarge(usize),
    /// Not in the form of Yjs.
    #[error("not a stroke: {0}")]
    Form(String),
}

impl Text {
    /// A text with these blocks in it, begun by us.
    pub fn of(document: &Document) -> Self {
        let mut text = Self::empty();
        text.lay(document);
        text.settle();
        text
    }

    /// The text that the rows hold: the ground, and every stroke since.
    ///
    /// # Errors
    /// When the rows are not what was written there.
    pub fn load<'a>(
        ground: &[u8],
        since: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, Unreadable> {
        let mut text = Self::empty();
        text.apply(ground)?;
        text.ground = ground.to_vec();
        for stroke in since {
            text.apply(stroke)?;
            text.since.push(stroke.to_vec());
        }
        Ok(text)
    }

    fn empty() -> Self {
        // The writers' browsers count in UTF-16, and make ids of 32 bits; formats are theirs to clean up.
        let options = Options {
            offset_kind: OffsetKind::Utf16,
            cleanup_formatting: false,
            ..Options::with_client_id(small_client())
        };
        let doc = Doc::with_options(options);
        let fragment = doc.get_or_insert_xml_fragment(FRAGMENT);
        Self {
            doc,
            fragment,
            ground: Vec::new(),
            since: Vec::new(),
        }
    }

    /// Takes a stroke. One that is known already changes nothing.
    ///
    /// # Errors
    /// When it is no stroke or too large; the text is then as it was.
    pub fn take(&mut self, stroke: &[u8]) -> Result<Taken, Unreadable> {
        let lost = self.apply(stroke)?;
        let rescue = match lost.is_empty() {
            true => None,
            // Rare enough that the text of before may be made again from its strokes.
            false => rescue::keep(self, stroke, &lost),
        };
        self.since.push(stroke.to_vec());
        self.since.extend(rescue.clone());
        Ok(Taken { rescue })
    }

    /// What is in it, as the tree that readers' pages are made of. What the tree has no name for is kept whole.
    pub fn document(&self) -> Document {
        read::document(&self.doc.transact(), &self.fragment)
    }

    /// Makes it say what `document` says; blocks that are alike at both ends stay the very same, so that
    /// nobody's caret leaves them. Answers the stroke that did so, or none when it said so already.
    pub fn lay(&mut self, document: &Document) -> Option<Vec<u8>> {
        let before = self.doc.transact().state_vector();
        let has_changed = lay::lay(&self.doc, &self.fragment, document);
        has_changed.then(|| {
            let stroke = self.doc.transact().encode_state_as_update_v1(&before);
            self.since.push(stroke.clone());
            stroke
        })
    }

    /// How far it is, in the form in which others say how far they are.
    pub fn vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What somebody who is that far lacks, as one stroke.
    ///
    /// # Errors
    /// When the vector is none.
    pub fn missing(&self, vector: &[u8]) -> Result<Vec<u8>, Unreadable> {
        let vector = match vector.is_empty() {
            true => StateVector::default(),
            false => StateVector::decode_v1(vector).map_err(unreadable)?,
        };
        Ok(self.doc.transact().encode_state_as_update_v1(&vector))
    }

    /// All of it as one stroke.
    pub fn whole(&self) -> Vec<u8> {
        let nothing = StateVector::default();
        self.doc.transact().encode_state_as_update_v1(&nothing)
    }

    /// From now on the strokes so far are one.
    pub fn settle(&mut self) {
        self.ground = self.whole();
        self.since.clear();
    }

    /// The same text as it was before its newest stroke.
    fn before(&self) -> Result<Self, Unreadable> {
        Self::load(&self.ground, self.since.iter().map(Vec::as_slice))
    }

    /// Applies a stroke, and answers what it took away without having seen it.
    fn apply(&mut self, stroke: &[u8]) -> Result<yrs::IdSet, Unreadable> {
        if stroke.is_empty() {
            return Ok(yrs::IdSet::default());
        }
        if stroke.len() > LARGEST_STROKE {
            return Err(Unreadable::TooLarge(stroke.len()));
        }
        // Strokes come from browsers: a fault in the library must cost one stroke and not the process.
        let doc = &self.doc;
        let applied = catch_unwind(AssertUnwindSafe(|| {
            let update = Update::decode_v1(stroke).map_err(unreadable)?;
            let meant = update.delete_set().clone();
            let mut tx = doc.transact_mut();
            tx.apply_update(update).map_err(unreadable)?;
            Ok(tx.delete_set().diff(&meant))
        }));
        applied.unwrap_or_else(|_| Err(Unreadable::Form("the stroke broke its reader".into())))
    }
}

fn unreadable(error: impl std::fmt::Display) -> Unreadable {
    Unreadable::Form(error.to_string())
}

/// A number for us among the writers. Yjs 13 makes them of 32 bits.
fn small_client() -> ClientID {
    ClientID::new(u64::from(rand::random::<u32>()))
}
