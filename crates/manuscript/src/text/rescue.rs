//! Words that would be lost: typed into a part of the text that somebody else took away before having seen them.
//!
//! Joining two paragraphs, or making a heading of one, takes a part away and writes it anew as the writer saw
//! it. What another hand typed into the old part meanwhile goes with it. It is found by its absence from the
//! list of what the stroke meant to take away, looked up in the text of before, and laid beside the place.

use std::collections::BTreeMap;

use yrs::{
    Any, Assoc, ID, IdSet, Out, ReadTxn, StickyIndex, Text as _, Transact, XmlFragment, XmlOut,
    XmlTextRef, branch::BranchPtr, types::text::YChange,
};

use super::{
    Text,
    json::kept,
    lay,
    typed::{self, Run},
};

/// What the block of kept words is named.
pub(super) const TYPED_MEANWHILE: &str = "typed meanwhile";
/// The most letters that are kept of one stroke's losses; a paste of more than this is in its writer's own undo.
const MOST_LETTERS: usize = 100_000;

/// Lays the words that `stroke` lost into the text: those it took away unseen, and those it brought into a
/// part that was gone. Answers the stroke that did so; none when they were no words.
pub(super) fn keep(text: &mut Text, stroke: &[u8], lost: &IdSet) -> Option<Vec<u8>> {
    let words = words(text, stroke, lost);
    if words.is_empty() {
        return None;
    }
    let before = text.doc.transact().state_vector();
    {
        let mut tx = text.doc.transact_mut();
        for (nth, (at, words)) in words.into_iter().enumerate() {
            let end = text.fragment.len(&tx);
            let at = at.map_or(end, |at| (at + 1 + nth as u32).min(end));
            let block = kept(TYPED_MEANWHILE, &words);
            lay::insert(&mut tx, &text.fragment, at, &block);
        }
    }
    Some(text.doc.transact().encode_state_as_update_v1(&before))
}

/// The lost words, with the number of the block they stood in where there was one.
fn words(text: &Text, stroke: &[u8], lost: &IdSet) -> Vec<(Option<u32>, String)> {
    let Ok(before) = text.before() else {
        return Vec::new();
    };
    let tx = before.doc.transact();
    let mut found = Found {
        before: &before,
        tx: &tx,
        texts: Vec::new(),
        letters: BTreeMap::new(),
    };
    let brought = typed::runs(stroke).unwrap_or_default();
    let ids = lost.iter().flat_map(|(client, ranges)| {
        let clocks = ranges.iter().flat_map(|range| range.clone());
        clocks.map(move |clock| ID::new(*client, clock))
    });
    for id in ids.take(MOST_LETTERS) {
        if !found.in_text_of_before(id) {
            found.in_stroke(id, &brought);
        }
    }
    let all = found.letters.into_iter();
    let said = all.map(|((block, _), letters)| (block.0, joined(&letters)));
    said.filter(|(_, words)| !words.trim().is_empty()).collect()
}

/// The number of a block; what stood in none comes last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct BlockNumber(Option<u32>);

/// The lost letters as they are found.
struct Found<'a, T> {
    before: &'a Text,
    tx: &'a T,
    /// The texts that were looked up: each with its block and its letters.
    texts: Vec<(BranchPtr, u32, Vec<u16>)>,
    /// By their block and text, the letters by their index.
    letters: BTreeMap<(BlockNumber, usize), BTreeMap<u32, u16>>,
}

impl<T: ReadTxn> Found<'_, T> {
    /// Looks a letter up in the text of before. Says whether its place was known there.
    fn in_text_of_before(&mut self, id: ID) -> bool {
        let place = StickyIndex::from_id(id, Assoc::After);
        if self.before.doc.transact().state_vector().get(&id.client) <= id.clock {
            return false;
        }
        let Some(offset) = place.get_offset(self.tx) else {
            return true;
        };
        let Some(nth) = self.text_of(offset.branch) else {
            return true;
        };
        let (_, block, units) = &self.texts[nth];
        if let Some(unit) = units.get(offset.index as usize) {
            let key = (BlockNumber(Some(*block)), nth);
            self.letters
                .entry(key)
                .or_default()
                .insert(offset.index, *unit);
        }
        true
    }

    fn in_stroke(&mut self, id: ID, brought: &[Run]) {
        for (nth, run) in brought.iter().enumerate() {
            let at = id.clock.checked_sub(run.clock);
            let at = at.filter(|_| run.client == id.client);
            if let Some(unit) = at.and_then(|at| run.units.get(at as usize)) {
                let key = (BlockNumber(None), nth);
                self.letters.entry(key).or_default().insert(id.clock, *unit);
            }
        }
    }

    /// Which of `texts` this is, looked up once. None for what is no text.
    fn text_of(&mut self, branch: BranchPtr) -> Option<usize> {
        if let Some(nth) = self.texts.iter().position(|(known, _, _)| *known == branch) {
            return Some(nth);
        }
        let XmlOut::Text(text) = XmlOut::try_from(branch).ok()? else {
            return None;
        };
        let block = block_of(self.before, self.tx, branch);
        self.texts.push((branch, block, units(self.tx, &text)));
        Some(self.texts.len() - 1)
    }
}

/// Letters that stood side by side are one run; between runs stands a space.
fn joined(letters: &BTreeMap<u32, u16>) -> String {
    let mut units = Vec::new();
    let mut last = None;
    for (index, unit) in letters {
        if last.is_some_and(|last: u32| last + 1 != *index) {
            units.push(u16::from(b' '));
        }
        units.push(*unit);
        last = Some(*index);
    }
    String::from_utf16_lossy(&units)
}

/// The letters of a text as browsers count them; what is no letter has its place as a NUL.
fn units<T: ReadTxn>(tx: &T, text: &XmlTextRef) -> Vec<u16> {
    let mut units = Vec::new();
    for piece in text.diff(tx, YChange::identity) {
        match &piece.insert {
            Out::Any(Any::String(words)) => units.extend(words.encode_utf16()),
            _ => units.push(0),
        }
    }
    units
}

/// The number of the outermost block that a text stands in.
fn block_of<T: ReadTxn>(before: &Text, tx: &T, branch: BranchPtr) -> u32 {
    let blocks = before.fragment.children(tx);
    let holds = |block: &XmlOut| match block {
        XmlOut::Element(element) => element.successors(tx).any(|node| node.as_ptr() == branch),
        other => other.as_ptr() == branch,
    };
    let nth = blocks.into_iter().position(|block| holds(&block));
    nth.unwrap_or_default() as u32
}
