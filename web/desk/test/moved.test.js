// A place in the text stays with its words while others write, also where a shared text is put back whole.
import { Slice } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { movedBy } from '../src/body/moved.js';
import { fromTree } from '../src/body/tree.js';

const docOf = (...lines) => fromTree({ type: 'doc', content: lines.map((words) => ({ type: 'paragraph', ...(words && { content: [{ type: 'text', text: words }] }) })) });

test.each([
  ['words before it', ['One', 'Two'], ['One and more', 'Two'], 'Two'],
  ['words after it', ['One', 'Two'], ['One', 'Two and more'], 'One'],
  ['a paragraph before it', ['One', 'Two'], ['Zero', 'One', 'Two'], 'Two'],
  ['one of two equal letters', ['aab', 'Two'], ['ab', 'Two'], 'Two'],
  ['a whole paragraph gone', ['One', 'Six', 'Three'], ['One', 'Three'], 'Three'],
  ['nothing at all', ['One', 'Two'], ['One', 'Two'], 'Two'],
])('with %s', (_, before, after, word) => {
  const state = EditorState.create({ doc: docOf(...before) });
  const next = docOf(...after);
  const tr = state.tr.replace(0, state.doc.content.size, new Slice(next.content, 0, 0));
  const at = (doc) => { let found = null; doc.descendants((node, position) => { if (node.isText && node.text.startsWith(word)) found = position; }); return found; };
  expect(movedBy(tr).map(at(state.doc))).toBe(at(next));
});

test('an ordinary change is followed by its own steps', () => {
  const { tr } = EditorState.create({ doc: docOf('One') });
  tr.insertText('x', 1).insertText('y', 2);
  expect(movedBy(tr)).toBe(tr.mapping);
});
