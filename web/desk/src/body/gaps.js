// What is still to be filled in: words in square brackets, marked in the text and gone through one by one. The server counts the same (crates/newsroom/src/trust/gaps.rs).
import { Plugin, TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';

const GAP = /\[[^[\]\n]*[\p{L}\p{N}][^[\]\n]*\]/gu;

/** Every gap of a document as { from, to }, in order. */
export function gapsOf(doc) {
  const gaps = [];
  doc.descendants((block, at) => {
    if (!block.isTextblock) return true;
    for (const { text, from } of runsOf(block, at + 1)) {
      for (const { index, 0: found } of text.matchAll(GAP)) gaps.push({ from: from + index, to: from + index + found.length });
    }
    return false;
  });
  return gaps;
}

/** Selects the gap after the caret, or the first; typing replaces it. Says whether there is one. */
export function nextGap(state, dispatch) {
  const all = gapsOf(state.doc);
  const next = all.find(({ from }) => from >= state.selection.to) ?? all[0];
  if (!next) return false;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, next.from, next.to)).scrollIntoView());
  return true;
}

/** Marks them while they stand there. */
export const gapMarks = new Plugin({
  props: { decorations: ({ doc }) => DecorationSet.create(doc, gapsOf(doc).map(({ from, to }) => Decoration.inline(from, to, { class: 'gap' }))) },
});

// Stretches of a block's text without a note or a line break in between; differing marks do not end one.
function runsOf(block, start) {
  const runs = [];
  let isOpen = false;
  block.forEach((child, offset) => {
    if (!child.isText) isOpen = false;
    else if (isOpen) runs.at(-1).text += child.text;
    else { runs.push({ text: child.text, from: start + offset }); isOpen = true; }
  });
  return runs;
}
