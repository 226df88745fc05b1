// `/` in an empty block or after a space offers what can be put there. Whether it is open is read off the words before the caret,
// so that what others write meanwhile does not matter.
import { Plugin, PluginKey } from 'prosemirror-state';
import { offered } from './offers.js';

const key = new PluginKey('slash');
const CLOSED = { isOpen: false, query: '', at: 0, items: [] };
/** Letters typed after the sign before nobody means the menu any more. */
const MAX_QUERY = 24;
const TYPED = new RegExp(`(?:^|\\s)/((?!\\s)[^/\\n]{0,${MAX_QUERY}})$`, 'u');

/** The id of the list in the page, and of one of its lines. */
export const LIST = 'slash-list';
export const lineId = (nth) => `${LIST}-${nth}`;

/** The plugin; `runs(view, item)` does what was chosen, after the typed sign is gone. `flow()` answers the story's { dir }. */
export function slash({ runs, flow }) {
  return new Plugin({
    key,
    state: {
      init: () => CLOSED,
      apply(tr, before, old, state) {
        if (tr.getMeta(key)?.isClosed) return CLOSED;
        const typed = typedAt(state);
        if (typed === null || !(before.isOpen || opens(tr, old, state, typed))) return CLOSED;
        const items = offered(typed, state, flow());
        if (items.length === 0) return CLOSED;
        const at = tr.getMeta(key)?.at ?? (typed === before.query ? before.at : 0);
        return { isOpen: true, query: typed, at: Math.min(at, items.length - 1), items };
      },
    },
    props: {
      attributes: (state) => {
        const { isOpen, at } = key.getState(state);
        return isOpen ? { 'aria-autocomplete': 'list', 'aria-controls': LIST, 'aria-activedescendant': lineId(at) } : {};
      },
      handleKeyDown: (view, event) => pressed(view, event, runs),
      handleDOMEvents: { blur: (view) => { if (key.getState(view.state).isOpen) view.dispatch(view.state.tr.setMeta(key, { isClosed: true })); } },
    },
  });
}

/** What the menu shows now: { isOpen, query, at, items }. */
export const offer = (state) => key.getState(state) ?? CLOSED;

/** Where the sign stands from which the menu hangs. */
export const signAt = (state) => state.selection.from - offer(state).query.length - 1;

/** Takes the typed sign and letters away and does what was chosen. */
export function choose(view, item, runs) {
  const { state } = view;
  view.dispatch(state.tr.delete(signAt(state), state.selection.from).setMeta(key, { isClosed: true }));
  runs(view, item);
}

function pressed(view, event, runs) {
  const { isOpen, at, items } = offer(view.state);
  if (!isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  const go = (to) => { view.dispatch(view.state.tr.setMeta(key, { at: (to + items.length) % items.length })); return true; };
  if (event.key === 'ArrowDown') return go(at + 1);
  if (event.key === 'ArrowUp') return go(at - 1);
  if (event.key === 'Escape') {
    view.dispatch(view.state.tr.setMeta(key, { isClosed: true }));
    // It only closes the menu: leaving the text takes another one.
    event.stopPropagation();
    return true;
  }
  if (event.key !== 'Enter' && event.key !== 'Tab') return false;
  choose(view, items[at], runs);
  return true;
}

// The letters after the sign, or null where none stands before the caret.
function typedAt({ selection }) {
  const { $from, empty } = selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - MAX_QUERY - 2), $from.parentOffset, null, '\ufffc');
  return TYPED.exec(before)?.[1] ?? null;
}

// The sign was typed here just now: not pasted, not brought back, not somebody else's.
function opens(tr, old, state, typed) {
  if (!tr.docChanged || typed !== '' || tr.getMeta('paste') || tr.getMeta('history$') || tr.getMeta('y-sync$')) return false;
  // A browser may write the space before the sign anew together with it.
  const grown = state.selection.from - tr.mapping.map(old.selection.from, -1);
  return grown >= 1 && grown <= 3;
}
