// What helps in writing: pasting, the slash menu, finding and replacing, speakers of quotations, directions, the length.
//
// What Body.svelte does with it, once for each editor:
//   const helps = openHelps({ flow: () => ({ dir, lang }), onopen: show });
//   plugins, before the editor's own keys so that an open menu has Enter first: helps.plugins
//   below the text: <Helps {helps} {locked} {lang} view={() => view} />   (Helps.svelte: find bar, menu, what a paste left out, length)
// Nothing in here keeps a position from one state to the next but through `movedBy` (moved.js).
import { keymap } from 'prosemirror-keymap';
import { Plugin } from 'prosemirror-state';
import { writable } from 'svelte/store';
import { find, step } from './find/find.js';
import { paste } from './paste.js';
import { quoteMarks } from './quotes.js';
import { slash } from './slash/slash.js';
import { speakers } from './speaker.js';
import { turnOther, turning } from './turning.js';

/**
 * Opens the helps of one editor: { plugins, state, left, wants, runs }. `state` is a store of the editor's state; `left` of what
 * pastes left out, or null; `wants` of what the find bar is asked for: null, 'find' or 'replace'; `runs` does what a menu offers.
 * `flow()` answers the story's { dir, lang }; `onopen(what)` opens a sheet of the body.
 */
export function openHelps({ flow, onopen }) {
  const state = writable(null);
  const left = writable(null);
  const wants = writable(null);
  const ask = (what) => () => { wants.set({ what }); return true; };
  const runs = (view, { act, opens }) => {
    if (act) act(view.state, view.dispatch, view, flow());
    else if (opens === 'find') wants.set({ what: 'find' });
    else onopen(opens);
    if (act) view.focus();
  };
  const keys = {
    'Mod-f': ask('find'), 'Mod-h': ask('replace'), 'Mod-Alt-f': ask('replace'),
    F3: goOn(1, ask('find')), 'Shift-F3': goOn(-1, ask('find')), 'Mod-g': step(1), 'Shift-Mod-g': step(-1),
    "Mod-'": (given, dispatch, view) => Boolean(view?.editable) && quoteMarks(flow)(given, dispatch),
    'Shift-Mod-x': (given, dispatch, view) => Boolean(view?.editable) && turnOther(flow)(given, dispatch),
  };
  const tell = new Plugin({ view: (view) => { state.set(view.state); return { update: (now) => state.set(now.state) }; } });
  const plugins = [slash({ runs, flow }), keymap(keys), speakers(), find(), turning(flow), paste({ flow, onleft: (more) => left.update((before) => added(before, more)) }), tell];
  return { plugins, state, left, wants, runs };
}

// F3 goes on with what was looked for; where nothing is, it asks what. Ctrl+G does so only while something is: on trust pages it has another meaning.
const goOn = (by, otherwise) => (state, dispatch) => step(by)(state, dispatch) || otherwise();

const added = (before, { pictures, parts }) => ({ pictures: (before?.pictures ?? 0) + pictures, parts: (before?.parts ?? 0) + parts });
