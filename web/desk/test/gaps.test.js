// What is left to be filled in is found where it stands, whatever lies around it.
import { EditorState } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { gapsOf, nextGap } from '../src/body/gaps.js';
import { fromTree } from '../src/body/tree.js';

const text = (words, ...types) => ({ type: 'text', text: words, ...(types.length > 0 && { marks: types.map((type) => ({ type })) }) });
const paragraph = (...content) => ({ type: 'paragraph', content });
const docOf = (...content) => fromTree({ type: 'doc', content });
const found = (doc) => gapsOf(doc).map(({ from, to }) => doc.textBetween(from, to));

test.each([
  ['none', [paragraph(text('Nothing to fill in, [] and […] neither.'))], []],
  ['two in a line', [paragraph(text('[Name, role] decides in [number] days.'))], ['[Name, role]', '[number]']],
  ['across marks', [paragraph(text('[Newsroom '), text('name', 'strong'), text('] is ours'))], ['[Newsroom name]']],
  ['behind a note', [paragraph(text('One'), { type: 'footnote', content: [text('a note')] }, text(' and [two]'))], ['[two]']],
  ['not over a note', [paragraph(text('[One'), { type: 'footnote', content: [text('a note')] }, text('two]'))], []],
  ['brackets in brackets', [paragraph(text('[one [two] three]'))], ['[two]']],
  ['in a list', [{ type: 'list', attrs: { ordered: false, start: 1 }, content: [{ type: 'list_item', content: [paragraph(text('Readers: [share] per cent'))] }] }], ['[share]']],
])('%s', (_, content, gaps) => {
  expect(found(docOf(...content))).toEqual(gaps);
});

test('one is gone to after the other, and after the last the first', () => {
  let state = EditorState.create({ doc: docOf(paragraph(text('[one] and [two]')), paragraph(text('[three]'))) });
  const seen = [];
  for (let nth = 0; nth < 4; nth += 1) {
    nextGap(state, (transaction) => { state = state.apply(transaction); });
    seen.push(state.doc.textBetween(state.selection.from, state.selection.to));
  }
  expect(seen).toEqual(['[one]', '[two]', '[three]', '[one]']);
  expect(nextGap(EditorState.create({ doc: docOf(paragraph(text('done'))) }))).toBe(false);
});
