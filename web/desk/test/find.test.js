// Words are found by what they say, and replaced where they stand.
import { history, undo } from 'prosemirror-history';
import { EditorState } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { find, found, replace, replaceAll, seek, step } from '../src/body/find/find.js';
import { fromTree, toTree } from '../src/body/tree.js';

const text = (words, ...types) => ({ type: 'text', text: words, ...(types.length > 0 && { marks: types.map((type) => ({ type })) }) });
const paragraph = (...content) => ({ type: 'paragraph', content });

/** An editor without a view: `does(command)` runs one. */
function open(...content) {
  let state = EditorState.create({ doc: fromTree({ type: 'doc', content }), plugins: [find(), history()] });
  return {
    does: (command) => command(state, (tr) => { state = state.apply(tr); }),
    says: () => found(state).places.map(({ from, to }) => state.doc.textBetween(from, to)),
    at: () => found(state).at,
    text: () => state.doc.textBetween(0, state.doc.content.size, '\n', '⏎'),
    tree: () => toTree(state.doc),
    get state() { return state; },
    apply: (tr) => { state = state.apply(tr); },
  };
}

test.each([
  ['capitals do not matter', 'bridge', {}, ['The Bridge is a bridge.'], ['Bridge', 'bridge']],
  ['capitals matter', 'bridge', { hasCase: true }, ['The Bridge is a bridge.'], ['bridge']],
  ['whole words', 'arm', { isWhole: true }, ['An arm in an army, arm-in-arm, arm2.'], ['arm', 'arm', 'arm']],
  ['accents do not matter', 'cafe', {}, ['Café and cafe\u0301 and cafe'], ['Café', 'cafe\u0301', 'cafe']],
  ['accents matter', 'cafe', { hasAccents: true }, ['Café and cafe\u0301 and cafe'], ['cafe']],
  ['composed or not is the same letter', 'café', { hasAccents: true }, ['Café and cafe\u0301 and cafe'], ['Café', 'cafe\u0301']],
  ['vowel signs of Hebrew do not matter, and go with their words', 'שלום', {}, ['שָׁלוֹם עולם שלום'], ['שָׁלוֹם', 'שלום']],
  ['vowel signs of Hebrew matter', 'שלום', { hasAccents: true }, ['שָׁלוֹם עולם שלום'], ['שלום']],
  ['signs and lengthening of Arabic do not matter', 'مدينة', {}, ['مَدِينَة و مديـــنة'], ['مَدِينَة', 'مديـــنة']],
  ['letters that grow when made small keep their places', 'x', {}, ['İİx'], ['x']],
  ['letters beyond the first plane', '🙂', {}, ['a🙂b🙂'], ['🙂', '🙂']],
  ['they do not overlap', 'aa', {}, ['aaaaa'], ['aa', 'aa']],
  ['signs are no patterns', '.*', {}, ['a.*b'], ['.*']],
])('%s', (_, sought, options, lines, wanted) => {
  const editor = open(...lines.map((line) => paragraph(text(line))));
  editor.does(seek(sought, options));
  expect(editor.says()).toEqual(wanted);
});

test('words are found across marks, in lists, cells and notes, and not across a break', () => {
  const editor = open(
    paragraph(text('The bri'), text('dge', 'strong'), text(' opened'), { type: 'footnote', content: [text('bridge 2')] }),
    { type: 'list', attrs: { ordered: false, start: 1 }, content: [{ type: 'list_item', content: [paragraph(text('A bridge'))] }] },
    { type: 'table', attrs: {}, content: [{ type: 'table_row', content: [{ type: 'table_cell', attrs: {}, content: [text('Bridge')] }] }] },
    paragraph(text('bri'), { type: 'hard_break' }, text('dge')),
  );
  editor.does(seek('bridge', {}));
  expect(editor.says()).toEqual(['bridge', 'bridge', 'bridge', 'Bridge']);
  expect(found(editor.state).places.map(({ note }) => Boolean(note))).toEqual([false, true, false, false]);
  for (const at of [0, 1, 2, 3, 0]) {
    editor.does(step(1));
    expect(editor.at()).toBe(at);
  }
  editor.does(step(-1));
  expect(editor.at()).toBe(3);
});

test('all are replaced in one step, keep their marks, and come back with one undoing', () => {
  const editor = open(paragraph(text('old', 'strong'), text(' and old')), paragraph(text('Old'), { type: 'footnote', content: [text('old')] }));
  const before = editor.tree();
  editor.does(seek('old', {}));
  editor.does(replaceAll('brand new'));
  expect(editor.tree().content).toEqual([paragraph(text('brand new', 'strong'), text(' and brand new')), paragraph(text('brand new'), { type: 'footnote', content: [text('brand new')] })]);
  editor.does(undo);
  expect(editor.tree()).toEqual(before);
});

test('what was typed the moment before is a step of its own', () => {
  const editor = open(paragraph(text('old')));
  editor.apply(editor.state.tr.insertText('old ', 1));
  editor.does(seek('old', {}));
  editor.does(replaceAll('new'));
  expect(editor.text()).toBe('new new');
  editor.does(undo);
  expect(editor.text()).toBe('old old');
});

test('one is replaced, and the next is gone to; the last one leads to the first', () => {
  const editor = open(paragraph(text('a b a b a')));
  editor.does(seek('a', {}));
  editor.does(step(1, true));
  expect(editor.at()).toBe(0);
  editor.does(replace('ccc'));
  expect([editor.text(), editor.at(), editor.says().length]).toEqual(['ccc b a b a', 0, 2]);
  editor.does(step(1));
  editor.does(replace(''));
  expect([editor.text(), editor.at()]).toEqual(['ccc b a b ', 0]);
  editor.does(replace('z'));
  expect([editor.text(), editor.at()]).toEqual(['ccc b z b ', -1]);
});

test('what others write meanwhile moves nothing', () => {
  const editor = open(paragraph(text('one bridge')), paragraph(text('two bridge')));
  editor.does(seek('bridge', {}));
  editor.does(step(1));
  editor.does(step(1));
  editor.apply(editor.state.tr.insertText('A bridge, ', 1));
  expect([editor.says().length, editor.at()]).toEqual([3, 2]);
  editor.does(replace('tower'));
  expect(editor.text()).toBe('A bridge, one bridge\ntwo tower');
});
