// The slash menu, directions while writing, and how long a text is.
import { EditorState, TextSelection } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { languageOf, turnOf } from '../src/body/flow.js';
import { lengthOf, textBetween } from '../src/body/length.js';
import { marksOf, quoteMarks } from '../src/body/quotes.js';
import { offer, slash } from '../src/body/slash/slash.js';
import { fromTree } from '../src/body/tree.js';
import { keysOf } from '../src/body/typing.js';
import { turnOther, turning } from '../src/body/turning.js';

const text = (words) => ({ type: 'text', text: words });
const paragraph = (words, attrs) => ({ type: 'paragraph', ...(attrs && { attrs }), ...(words && { content: [text(words)] }) });

function open(flow, ...content) {
  const doc = fromTree({ type: 'doc', content });
  let state = EditorState.create({ doc, selection: TextSelection.atEnd(doc), plugins: [slash({ runs: () => {}, flow: () => flow }), turning(() => flow)] });
  return {
    types: (words) => { for (const letter of words) state = state.apply(state.tr.insertText(letter)); },
    does: (command) => command(state, (tr) => { state = state.apply(tr); }),
    apply: (make) => { state = state.apply(make(state.tr)); },
    offers: () => (offer(state).isOpen ? offer(state).items.map(({ key }) => key) : null),
    last: () => state.doc.lastChild,
    get state() { return state; },
  };
}
const ENGLISH = { dir: 'ltr', lang: 'en' };
const HEBREW = { dir: 'rtl', lang: 'he' };

test.each([
  ['in an empty block', '', '/hea', ['heading-2', 'heading-3', 'heading-4']],
  ['after a space', 'So ', '/foot', ['footnote']],
  ['by another word for it', '', '/photo', ['picture']],
  ['by two words', '', '/pull q', ['pull_quote']],
  ['not within a word', 'and', '/or', null],
  ['not where a space follows', 'this ', '/ that', null],
  ['not in a date', '', '3/4', null],
  ['closed where nothing is called that', '', '/zzz', null],
  ['an address is an address', 'see ', 'https://e', null],
])('the menu: %s', (_, before, typed, wanted) => {
  const editor = open(ENGLISH, paragraph(before));
  editor.types(typed);
  expect(editor.offers()).toEqual(wanted);
});

test('the menu stays with its sign while somebody writes above it, and does not open for what others or a paste brought', () => {
  const editor = open(ENGLISH, paragraph('First'), paragraph(''));
  editor.types('/tab');
  editor.apply((tr) => tr.insertText('Others. ', 1));
  expect(editor.offers()).toEqual(['table']);
  for (const meta of ['paste', 'y-sync$', 'history$']) {
    const other = open(ENGLISH, paragraph(''));
    other.apply((tr) => tr.insertText('/').setMeta(meta, {}));
    expect(other.offers()).toBe(null);
  }
  const code = open(ENGLISH, { type: 'preformatted', attrs: { text: 'x' } });
  code.types(' /');
  expect(code.offers()).toBe(null);
});

test.each([
  ['Hebrew in an English story', ENGLISH, 'הגשר נפתח ביום ראשון בבוקר', 'rtl', 'he'],
  ['Hebrew that begins with Latin names', ENGLISH, 'BBC ו-CNN מדווחים על הגשר שנפתח מחדש', 'rtl', 'he'],
  ['English that begins with a Hebrew word', ENGLISH, 'שלום is how they all greeted the bridge', null, null],
  ['a Hebrew story whose sentence begins with a name', HEBREW, 'Microsoft הודיעה אתמול על הגשר', null, null],
  ['English in a Hebrew story', HEBREW, 'The bridge opened on Sunday', 'ltr', null],
])('while writing: %s', (_, flow, words, dir, lang) => {
  const editor = open(flow, paragraph(''));
  editor.types(words);
  expect([editor.last().attrs.dir, editor.last().attrs.lang]).toEqual([dir, lang]);
});

test('a hand that turns a block back is not overruled, and Enter carries its direction on', () => {
  const editor = open(ENGLISH, paragraph(''));
  editor.types('הגשר נפתח ביום ראשון בבוקר');
  const enter = keysOf({ details: () => false, link: () => false }).Enter;
  editor.does(enter);
  expect([editor.state.doc.childCount, editor.last().attrs]).toEqual([2, { dir: 'rtl', lang: 'he' }]);
  editor.does(turnOther(() => ENGLISH));
  editor.types('שלום לכולם וגם לכל מי שלא היה כאן');
  expect(editor.last().attrs.dir).toBe('rtl');
  editor.does(turnOther(() => ENGLISH));
  editor.types(' ועוד מילים');
  expect(editor.last().attrs.dir).toBe(null);
});

test('an item of a list carries the direction on', () => {
  const editor = open(ENGLISH, { type: 'list', attrs: { ordered: false, start: 1 }, content: [{ type: 'list_item', content: [paragraph('הגשר', { dir: 'rtl' })] }] });
  editor.does(keysOf({ details: () => false, link: () => false }).Enter);
  expect(editor.last().childCount).toBe(2);
  expect(editor.last().lastChild.firstChild.attrs.dir).toBe('rtl');
});

test.each([
  ['', 'ltr', null], ['2026', 'ltr', null], ['שלום', 'ltr', 'rtl'], ['hello', 'rtl', 'ltr'], ['hello', 'ltr', null],
])('%j in a story that runs %s is turned %s', (words, own, wanted) => expect(turnOf(words, own)).toBe(wanted));

test.each([['שלום', 'en', 'he'], ['שלום', 'he', null], ['مدينة', 'en', 'ar'], ['پرچم', 'en', 'fa'], ['لڑکے', 'en', 'ur'], ['hello', 'he', null]])('%s in a story in %s is most likely %s', (words, own, wanted) => expect(languageOf(words, own)).toBe(wanted));

test.each([
  ['Two  words\nand three', 'en', 'words', 4, 1], ['', 'en', 'words', 0, 0], ['הגשר נפתח', 'he', 'words', 2, 1], ['桥在星期天重新开放。', 'zh', 'characters', 10, 1],
  ['橋が 開いた', 'ja-JP', 'characters', 5, 1], ['สะพานเปิดแล้ว', 'th', 'words', 3, 1], ['word '.repeat(1870), 'he', 'words', 1870, 10], ['word '.repeat(2380), 'en', 'words', 2380, 10],
])('%j in %s has its length in %s', (words, tag, unit, n, minutes) => expect(lengthOf(words, tag)).toEqual({ unit, n, minutes }));

test('what is chosen is read without its notes', () => {
  const doc = fromTree({ type: 'doc', content: [{ type: 'paragraph', content: [text('One'), { type: 'footnote', content: [text('a note')] }, text(' two')] }, paragraph('three four')] });
  expect(textBetween(doc, 0, doc.content.size)).toBe('One two\nthree four');
  expect(textBetween(doc, 2, doc.content.size - 5)).toBe('ne two\nthree ');
});

test.each([['en', 'So “” it'], ['de-AT', 'So „“ it'], ['fr', 'So «\u202f\u202f» it'], ['ja', 'So 「」 it'], ['xx', 'So “” it']])('the marks of %s go in as a pair, the caret between', (lang, wanted) => {
  const editor = open({ dir: 'ltr', lang }, paragraph('So  it'));
  editor.apply((tr) => tr.setSelection(TextSelection.create(tr.doc, 4)));
  editor.does(quoteMarks(() => ({ lang })));
  expect(editor.state.doc.textContent).toBe(wanted);
  expect(editor.state.selection.from).toBe(4 + marksOf(lang)[0].length);
});

test('marks go around what is chosen, in the language of its block', () => {
  const editor = open(ENGLISH, paragraph('Sie sagte nein', { lang: 'de' }));
  editor.apply((tr) => tr.setSelection(TextSelection.create(tr.doc, 11, 15)));
  editor.does(quoteMarks(() => ENGLISH));
  expect(editor.state.doc.textContent).toBe('Sie sagte „nein“');
  const code = open(ENGLISH, { type: 'preformatted', attrs: { text: 'x' } });
  code.does(quoteMarks(() => ENGLISH));
  expect(code.state.doc.textContent).toBe('x');
});
