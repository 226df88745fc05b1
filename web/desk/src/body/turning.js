// The direction of a block while it is written: by a key, by its first words, and carried on to the next paragraph.
import { Plugin } from 'prosemirror-state';
import { turn } from './acts.js';
import { languageOf, lettersOf, turnOf } from './flow.js';

/** Letters after which a block's direction is told by them, once: fewer may be a name that begins the sentence. */
const TOLD_AFTER = 20;

/** Turns the blocks that are selected, or back again; `flow()` answers the story's { dir }. */
export const turnOther = (flow) => (state, dispatch) => turn(flow().dir === 'rtl' ? 'ltr' : 'rtl')(state, dispatch);

/** The plugin: a block that is written in the other direction is turned when its words have shown it. A hand that turns it back is not overruled. */
export const turning = (flow) => new Plugin({
  appendTransaction(transactions, old, state) {
    if (!transactions.some((tr) => tr.docChanged) || transactions.some((tr) => tr.getMeta('y-sync$') || tr.getMeta('history$'))) return null;
    const { $from, empty } = state.selection;
    const block = $from.parent;
    if (!empty || !block.isTextblock || !('dir' in block.attrs) || block.attrs.dir !== null) return null;
    const before = old.selection.$from.parent;
    if (before.type !== block.type || lettersIn(before) >= TOLD_AFTER || lettersIn(block) < TOLD_AFTER) return null;
    const { dir, lang } = flow();
    const turned = turnOf(block.textContent, dir);
    if (!turned) return null;
    const told = 'lang' in block.attrs && block.attrs.lang === null ? { lang: languageOf(block.textContent, lang) } : {};
    return state.tr.setNodeMarkup($from.before(), null, { ...block.attrs, dir: turned, ...told });
  },
});

/** A command that makes a new block, which then runs as the one it was split from. */
export const carried = (command) => (state, dispatch, view) => {
  const { dir = null, lang = null } = state.selection.$from.parent.attrs;
  if (!dir || !dispatch) return command(state, dispatch, view);
  return command(state, (tr) => {
    const { $from } = tr.selection;
    const { attrs, type } = $from.parent;
    if (type.isTextblock && 'dir' in attrs && attrs.dir === null) tr.setNodeMarkup($from.before(), null, { ...attrs, dir, ...('lang' in attrs && { lang }) });
    dispatch(tr);
  }, view);
};

const lettersIn = (block) => {
  const { ltr, rtl } = lettersOf(block.textContent);
  return ltr + rtl;
};
