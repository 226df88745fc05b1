// The body goes to the server and comes back as it was.
import { describe, expect, test } from 'vitest';
import { fromTree, toTree } from '../src/body/tree.js';
import { minutesOf, textOf, wordsOf } from '../src/body/count.js';
import { cleanHref, guessHref } from '../src/body/href.js';
import { schema } from '../src/body/schema.js';

const text = (words, ...marks) => ({ type: 'text', text: words, ...(marks.length > 0 && { marks }) });
const paragraph = (...content) => ({ type: 'paragraph', content });
const doc = (...content) => ({ type: 'doc', content });

const KINDS = {
  'a paragraph': paragraph(text('The bridge reopened.')),
  'an empty paragraph beside others': [paragraph(text('One')), paragraph(), paragraph(text('Two'))],
  'a paragraph in another direction': { type: 'paragraph', attrs: { dir: 'rtl', lang: 'he' }, content: [text('הגשר נפתח')] },
  'a heading': { type: 'heading', attrs: { level: 3, dir: 'rtl' }, content: [text('What next')] },
  'a quote with its speaker': { type: 'quote', attrs: { speaker: 'Ada Roe, engineer', source: 'https://example.org/a' }, content: [paragraph(text('It holds.'))] },
  'a pull quote': { type: 'pull_quote', attrs: { speaker: 'Ada Roe' }, content: [text('It holds.')] },
  'a picture': { type: 'picture', attrs: { src: '/m/1.jpg', alt: 'A bridge', caption: 'The bridge', credit: 'Roe', width: 640, height: 480 } },
  'a gallery': { type: 'gallery', content: [{ type: 'picture', attrs: { src: '/m/1.jpg', alt: '' } }] },
  'an embed': { type: 'embed', attrs: { url: 'https://example.org/v', title: 'A film' } },
  'an embed with a frame': { type: 'embed', attrs: { url: 'https://example.org/v', title: 'A film', frame: { hash: '0a'.repeat(32), width: 640, height: 360 } } },
  'a bulleted list': { type: 'list', attrs: { ordered: false, start: 1 }, content: [{ type: 'list_item', content: [paragraph(text('One'))] }] },
  'a numbered list in a list': { type: 'list', attrs: { ordered: true, start: 4 }, content: [{ type: 'list_item', content: [paragraph(text('One')),
    { type: 'list', attrs: { ordered: false, start: 1 }, content: [{ type: 'list_item', content: [paragraph(text('In'))] }] }] }] },
  'a table': { type: 'table', attrs: { caption: 'Votes' }, content: [{ type: 'table_row', content: [
    { type: 'table_cell', attrs: { header: true, colspan: 2, rowspan: 1 }, content: [text('For')] }] }] },
  'preformatted text': { type: 'preformatted', attrs: { text: 'a\n  b' } },
  'empty preformatted text': [paragraph(text('a')), { type: 'preformatted', attrs: { text: '' } }],
  'a divider and a fold': [paragraph(text('a')), { type: 'divider' }, { type: 'fold' }],
  'a kept thing': { type: 'kept', attrs: { source: 'wordpress', name: 'poll', text: '[poll id=4]' } },
  'a footnote': paragraph(text('Seen'), { type: 'footnote', content: [text('By us, '), text('here', { type: 'link', attrs: { href: '/a' } })] }, { type: 'hard_break' }, text('twice')),
  'every mark': paragraph(...['strong', 'emphasis', 'strike', 'code', 'superscript', 'subscript'].map((type) => text(type, { type })),
    text('there', { type: 'link', attrs: { href: 'https://example.org/' } }), text('12', { type: 'isolate', attrs: { dir: 'ltr' } })),
};

describe('a body', () => {
  test.each(Object.entries(KINDS))('with %s comes back as it was', (_, content) => {
    const tree = doc(...[content].flat());
    expect(toTree(fromTree(tree))).toEqual(tree);
  });

  test('of empty paragraphs only is no body', () => {
    expect(toTree(fromTree(doc()))).toEqual(doc());
    expect(toTree(fromTree(doc(paragraph(), paragraph())))).toEqual(doc());
  });

  test('says nothing it was not told: no null attribute is sent', () => {
    expect(JSON.stringify(toTree(fromTree(doc(...Object.values(KINDS).flat()))))).not.toContain('null');
  });

  test('keeps a block it does not know', () => {
    const [block] = toTree(fromTree(doc({ type: 'chart', attrs: { id: 4 } }))).content;
    expect(block).toEqual({ type: 'kept', attrs: { source: 'desk', name: 'chart', text: '{"type":"chart","attrs":{"id":4}}' } });
  });

  test('takes what the server leaves out', () => {
    const tree = doc({ type: 'paragraph' }, { type: 'list', content: [{ type: 'list_item' }] }, { type: 'quote' });
    expect(toTree(fromTree(tree)).content.map((block) => block.type)).toEqual(['paragraph', 'list', 'quote']);
  });

  test('drops marks from breaks and notes, which the server would refuse', () => {
    const strong = schema.marks.strong.create();
    const line = schema.nodes.paragraph.create(null, [schema.nodes.hard_break.create(null, null, [strong])]);
    expect(toTree(schema.nodes.doc.create(null, [line])).content[0].content).toEqual([{ type: 'hard_break' }]);
  });
});

test('words are counted as the server counts them', () => {
  const tree = doc(...Object.values(KINDS).flat());
  expect(wordsOf(doc())).toBe(0);
  expect(wordsOf(doc(paragraph(text('One  two\u00a0three'))))).toBe(3);
  expect(textOf(tree)).not.toContain('poll');
  expect([0, 1, 238, 1000].map(minutesOf)).toEqual([0, 1, 1, 4]);
});

test.each([
  ['https://example.org/a', 'https://example.org/a'], [' /local ', '/local'], ['#here', '#here'], ['mailto:a@example.org', 'mailto:a@example.org'],
  ['java\nscript:alert(1)', null], ['javascript:alert(1)', null], ['data:text/html,x', null], ['//example.org', null], ['/\\example.org', null], ['https:', null], ['', null],
])('the address %j is kept as %j', (typed, kept) => expect(cleanHref(typed)).toBe(kept));

test('a typed address is given its scheme', () => {
  expect(guessHref('example.org/page')).toBe('https://example.org/page');
  expect(guessHref('ada@example.org')).toBe('mailto:ada@example.org');
  expect(guessHref('no address')).toBe(null);
});
