// What keys and typed signs do in a body.
import { baseKeymap, chainCommands, exitCode, joinBackward, joinForward } from 'prosemirror-commands';
import { InputRule, inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { around, hardBreak, mark } from './acts.js';
import { cleanHref } from './href.js';
import { schema } from './schema.js';
import { step } from './tables.js';
import { carried } from './turning.js';
import { doAgain, takeBack } from './undo.js';

const { nodes, marks } = schema;
const item = nodes.list_item;
const breakInCell = (state, dispatch) => (around(state, 'table_cell') ? hardBreak(state, dispatch) : false);

// Whether the caret is at a block's end is told by the text and not by the screen, where another hand's caret may stand
// between: the browser would join the blocks in its own way.
const byTheText = (join) => (state, dispatch) => join(state, dispatch);

/** The keys of a body; `opens` are the sheets it can ask for: details, link. */
export function keysOf({ details, link }) {
  // Ctrl+Enter publishes here; leaving preformatted text is Shift+Enter.
  const { 'Mod-Enter': _, ...plain } = baseKeymap;
  return {
    ...plain,
    'Mod-z': takeBack, 'Mod-y': doAgain, 'Shift-Mod-z': doAgain,
    'Mod-b': mark('strong'), 'Mod-i': mark('emphasis'), 'Mod-e': mark('code'),
    'Mod-k': (state) => (state.selection.empty && !marks.link.isInSet(state.selection.$from.marks()) ? false : link()),
    Enter: chainCommands(details, breakInCell, carried(splitListItem(item)), carried(plain.Enter)),
    'Shift-Enter': chainCommands(exitCode, hardBreak),
    Tab: chainCommands(step(1), sinkListItem(item)), 'Shift-Tab': chainCommands(step(-1), liftListItem(item)),
    Backspace: chainCommands(undoInputRule, byTheText(joinBackward), plain.Backspace),
    Delete: chainCommands(byTheText(joinForward), plain.Delete),
  };
}

/** `# ` to `#### `, `> `, `- `, `1. ` or `1) `, `---`, three backticks, and marks between their signs. */
export const signs = inputRules({ rules: [
  // One sign is the headline's level elsewhere; here it stands apart, so the first heading is the second level.
  textblockTypeInputRule(/^(#{1,4})\s$/, nodes.heading, (match) => ({ level: Math.max(2, match[1].length) })),
  wrappingInputRule(/^>\s$/, nodes.quote),
  // A list joins the one before it only where it goes on with it.
  wrappingInputRule(/^[-*•]\s$/, nodes.list, { ordered: false }, (_, before) => !before.attrs.ordered),
  wrappingInputRule(/^(\d{1,4})[.)]\s$/, nodes.list, (match) => ({ ordered: true, start: Number(match[1]) }),
    (match, { attrs, childCount }) => attrs.ordered && attrs.start + childCount === Number(match[1])),
  textblockTypeInputRule(/^```$/, nodes.preformatted),
  // The paragraph stays below its divider, so that there is a place to go on.
  new InputRule(/^(?:---|\*\*\*|___)\s$/, (state, _, start, end) => (state.doc.resolve(start).depth === 1 ? state.tr.delete(start, end).insert(start - 1, nodes.divider.create()) : null)),
  between(/(?<!\*)\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, 2, marks.strong),
  between(/(?<!\*)\*([^*\s](?:[^*]*[^*\s])?)\*$/, 1, marks.emphasis),
  between(/(?<![\p{L}\p{N}_])__([^_\s](?:[^_]*[^_\s])?)__$/u, 2, marks.strong),
  between(/(?<![\p{L}\p{N}_])_([^_\s](?:[^_]*[^_\s])?)_$/u, 1, marks.emphasis),
  between(/(?<!`)`([^`]+)`$/, 1, marks.code),
  between(/(?<!~)~~([^~]+)~~$/, 2, marks.strike),
  new InputRule(/\[([^\]]+)\]\(([^()\s]+)\)$/, (state, match, start, end) => {
    const href = cleanHref(match[2]);
    return href ? finish(state.tr, start, end, 1, match[1].length, marks.link.create({ href })) : null;
  }),
] });

function between(pattern, signs, type) {
  return new InputRule(pattern, (state, match, start, end) => finish(state.tr, start, end, signs, match[1].length, type.create()));
}

// The words between the signs stay the nodes they are, so that a link inside keeps its address.
function finish(tr, start, end, opening, length, added) {
  const from = start + opening;
  tr.delete(from + length, end).addMark(from, from + length, added).delete(start, from);
  return tr.removeStoredMark(added.type);
}
