// Finding and replacing in a body. What is found is looked up anew in every state, and the place one is at is the selection:
// so nothing that others write moves it.
import { closeHistory } from 'prosemirror-history';
import { NodeSelection, Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { placesOf, queryOf } from './search.js';

const key = new PluginKey('find');
const NOTHING = { query: null, doc: null, places: [], marks: DecorationSet.empty };

/** The plugin that marks what is found. */
export const find = () => new Plugin({
  key,
  state: {
    init: () => NOTHING,
    apply(tr, before, _, state) {
      const asked = tr.getMeta(key);
      const query = asked === undefined ? before.query : asked;
      if (!query) return NOTHING;
      if (asked === undefined && !tr.docChanged && !tr.selectionSet) return before;
      const places = asked === undefined && !tr.docChanged ? before.places : placesOf(state.doc, query);
      return { query, places, marks: marksOf(state, places) };
    },
  },
  props: { decorations: (state) => key.getState(state)?.marks },
});

/** Looks for `text`; '' looks for nothing. */
export const seek = (text, options) => (state, dispatch) => {
  dispatch?.(state.tr.setMeta(key, text ? queryOf(text, options) : null));
  return true;
};

/** What is found: { places, at }, `at` the one that is selected, or -1. */
export function found(state) {
  const { places } = key.getState(state) ?? NOTHING;
  return { places, at: places.findIndex((place) => isAt(state.selection, place)) };
}

/** Goes to the next place, or the one before with -1; after the last comes the first. `stays` takes the one the caret is in or before. */
export const step = (by, stays = false) => (state, dispatch) => {
  const { places, at } = found(state);
  if (places.length === 0) return false;
  if (stays && at >= 0) return true;
  const { from, to } = state.selection;
  const next = by > 0 ? places.find((place) => place.from >= (stays ? from : to)) ?? places[0] : places.findLast((place) => place.to <= from) ?? places.at(-1);
  dispatch?.(select(state.tr, next));
  return true;
};

/** Replaces the place that is selected and goes to the next; with none selected it only goes there. */
export const replace = (words) => (state, dispatch) => {
  const { places, at } = found(state);
  if (at < 0) return step(1, true)(state, dispatch);
  const tr = put(state.tr, places[at], words);
  const next = places[at + 1] ?? (at > 0 ? places[0] : null);
  if (next) select(tr, moved(tr, next));
  else tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(places[at].to))));
  dispatch?.(tr);
  return true;
};

/** Replaces every place, as one step that one undoing takes back. */
export const replaceAll = (words) => (state, dispatch) => {
  const { places } = found(state);
  if (places.length === 0) return false;
  const tr = state.tr;
  for (const place of [...places].reverse()) put(tr, place, words);
  if (dispatch) alone(state, () => dispatch(closeHistory(tr)));
  return true;
};

// What was typed a moment before or after is another step. A text that is shared has its own memory (y-prosemirror's plugin, by its key).
function alone(state, act) {
  const together = state['y-undo$']?.undoManager;
  together?.stopCapturing();
  act();
  together?.stopCapturing();
}

// The new words carry the marks of the first letter they stand for.
function put(tr, { from, to }, words) {
  const { schema } = tr.doc.type;
  const marks = tr.doc.nodeAt(from)?.marks ?? [];
  return words ? tr.replaceWith(from, to, schema.text(words, marks)) : tr.delete(from, to);
}

const moved = (tr, { from, to, note }) => ({ from: tr.mapping.map(from), to: tr.mapping.map(to), note: note && { from: tr.mapping.map(note.from), to: tr.mapping.map(note.to) } });

function select(tr, { from, to, note }) {
  return tr.setSelection(note ? NodeSelection.create(tr.doc, note.from) : TextSelection.create(tr.doc, from, to)).scrollIntoView();
}

function isAt(selection, { from, to, note }) {
  if (note) return selection instanceof NodeSelection && selection.from === note.from;
  return selection instanceof TextSelection && selection.from === from && selection.to === to;
}

function marksOf(state, places) {
  return DecorationSet.create(state.doc, places.map((place) => {
    const looks = { class: isAt(state.selection, place) ? 'found at' : 'found' };
    return place.note ? Decoration.node(place.note.from, place.note.to, looks) : Decoration.inline(place.from, place.to, looks);
  }));
}
