//! The letters that a stroke brings, read from the stroke itself.
//!
//! What is typed into a part that is gone by the time it arrives stands in no text: it can only be read here.
//! The form is version 1 of Yjs's updates; its pieces are read by the library.

use yrs::{
    ClientID,
    block::ItemContent,
    encoding::read::{Error, Read},
    updates::decoder::{Decoder, DecoderV1},
};

/// A block that says how many numbers are left out.
const SKIP: u8 = 10;
/// A block whose content is forgotten.
const FORGOTTEN: u8 = 0;
/// The bits of a block's first byte: what stands before its content, and the kind of it.
const HAS_LEFT: u8 = 0x80;
const HAS_RIGHT: u8 = 0x40;
const HAS_KEY: u8 = 0x20;
const KIND: u8 = 0x1f;

/// Letters that one writer typed in a run.
pub(super) struct Run {
    /// The writer.
    pub(super) client: ClientID,
    /// The number of the first letter among all that the writer did.
    pub(super) clock: u32,
    /// The letters as browsers count them.
    pub(super) units: Vec<u16>,
}

/// Every run in the stroke.
///
/// # Errors
/// When the bytes are no stroke.
pub(super) fn runs(stroke: &[u8]) -> Result<Vec<Run>, Error> {
    let mut decoder = DecoderV1::from(stroke);
    let mut runs = Vec::new();
    let writers: u32 = decoder.read_var()?;
    for _ in 0..writers {
        let blocks: u32 = decoder.read_var()?;
        let client = decoder.read_client()?;
        let mut clock: u32 = decoder.read_var()?;
        for _ in 0..blocks {
            let (length, units) = block(&mut decoder)?;
            if !units.is_empty() {
                runs.push(Run {
                    client,
                    clock,
                    units,
                });
            }
            clock = clock.saturating_add(length);
        }
    }
    Ok(runs)
}

/// How many numbers the next block takes, and its letters when it is text.
fn block(decoder: &mut DecoderV1<'_>) -> Result<(u32, Vec<u16>), Error> {
    let first = decoder.read_info()?;
    if first == SKIP {
        return Ok((decoder.read_var()?, Vec::new()));
    }
    if first & KIND == FORGOTTEN {
        return Ok((decoder.read_len()?, Vec::new()));
    }
    if first & HAS_LEFT != 0 {
        decoder.read_left_id()?;
    }
    if first & HAS_RIGHT != 0 {
        decoder.read_right_id()?;
    }
    if first & (HAS_LEFT | HAS_RIGHT) == 0 {
        if decoder.read_parent_info()? {
            decoder.read_string()?;
        } else {
            decoder.read_left_id()?;
        }
        if first & HAS_KEY != 0 {
            decoder.read_string()?;
        }
    }
    let content = ItemContent::decode(decoder, first)?;
    Ok(match &content {
        ItemContent::String(words) => {
            let units: Vec<u16> = words.as_str().encode_utf16().collect();
            (units.len() as u32, units)
        }
        other => (other.len_utf16(), Vec::new()),
    })
}
