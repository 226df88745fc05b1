// What typed signs become.
import { EditorState, TextSelection } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { schema } from '../src/body/schema.js';
import { fromTree } from '../src/body/tree.js';
import { signs } from '../src/body/typing.js';

const { nodes } = schema;
const paragraph = (words) => ({ type: 'paragraph', ...(words && { content: [{ type: 'text', text: words }] }) });
const list = (ordered, ...items) => ({ type: 'list', attrs: { ordered, start: 1 }, content: items.map((words) => ({ type: 'list_item', content: [paragraph(words)] })) });

/** Types `words` into the last paragraph of these blocks; answers the state after it. */
function typed(words, ...blocks) {
  const doc = fromTree({ type: 'doc', content: [...blocks, paragraph('')] });
  let state = EditorState.create({ doc, selection: TextSelection.atEnd(doc), plugins: [signs] });
  const view = { composing: false, get state() { return state; }, dispatch: (tr) => { state = state.apply(tr); } };
  for (const letter of words) {
    const { from, to } = state.selection;
    if (!signs.props.handleTextInput.call(signs, view, from, to, letter)) view.dispatch(state.tr.insertText(letter));
  }
  return state;
}
const shapes = ({ doc }) => doc.children.map((node) => (node.type === nodes.list ? `${node.attrs.ordered ? 'numbers' : 'bullets'} ${node.childCount}` : node.type.name));

test.each([
  ['a numbered list after a bulleted one is its own', '1. c', [list(false, 'a', 'b')], ['bullets 2', 'numbers 1']],
  ['a numbered list goes on with its next number', '3. c', [list(true, 'a', 'b')], ['numbers 3']],
  ['a numbered list that begins anew is its own', '1. c', [list(true, 'a', 'b')], ['numbers 2', 'numbers 1']],
  ['a bulleted list goes on', '- c', [list(false, 'a')], ['bullets 2']],
  ['a bulleted list after a numbered one is its own', '- c', [list(true, 'a')], ['numbers 1', 'bullets 1']],
  ['a divider leaves a place to go on', '--- and on', [paragraph('before')], ['paragraph', 'divider', 'paragraph']],
])('%s', (_, words, blocks, wanted) => {
  const state = typed(words, ...blocks);
  expect(shapes(state)).toEqual(wanted);
  expect(state.selection).toBeInstanceOf(TextSelection);
});

test.each([
  ['# One', 'heading', 2], ['#### Four', 'heading', 4], ['2) two', 'numbers 1'], ['*** on', 'divider'], ['___ on', 'divider'], ['```', 'preformatted'],
])('%j becomes a %s', (words, shape, level = null) => {
  const state = typed(words);
  expect(shapes(state)[0]).toBe(shape);
  if (level) expect(state.doc.firstChild.attrs.level).toBe(level);
});

test.each([
  ['so __strong__', 'strong', 'strong'], ['so _stressed_', 'emphasis', 'stressed'], ['a_snake_case', null], ['so ~~old~~', 'strike', 'old'],
])('%j marks %s', (words, mark, said) => {
  const marked = [];
  typed(words).doc.descendants((node) => { if (node.marks.length > 0) marked.push([node.marks[0].type.name, node.text]); });
  expect(marked).toEqual(mark ? [[mark, said]] : []);
});
