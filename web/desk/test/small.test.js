// Small rules: slugs, differences, times, joining, addresses of questions.
import { expect, test } from 'vitest';
import { openApi } from '../src/api.js';
import { parse } from '../src/route.svelte.js';
import { ageOf, dayOf, fieldOf, instantOf, momentOf } from '../src/when.js';
import { difference } from '../src/story/difference.js';
import { EMPTY, directionOf, join, same } from '../src/story/fields.js';
import { told } from '../src/story/refusal.js';
import { mayChange, mayPublish, mayWithdraw } from '../src/story/rights.js';
import { slugOf } from '../src/story/slug.js';

test.each([
  ['The Bridge: reopened!', 'the-bridge-reopened'], ["Mayor's “plan”", 'mayors-plan'], ['Café à Zürich', 'cafe-a-zurich'],
  ['הגשר נפתח', 'הגשר-נפתח'], ['', ''], ['!!!', ''],
])('the headline %j gets the slug %j', (headline, slug) => expect(slugOf(headline)).toBe(slug));

test('a slug ends with a whole word', () => expect(slugOf('word '.repeat(40)).endsWith('-word')).toBe(true));

test('a difference shows what went and what came', () => {
  const { older, newer } = difference('The bridge is closed today', 'The bridge is open again today');
  expect(older).toEqual([{ text: 'The bridge is ', kind: 'same' }, { text: 'closed ', kind: 'gone' }, { text: 'today', kind: 'same' }]);
  expect(newer).toEqual([{ text: 'The bridge is ', kind: 'same' }, { text: 'open again ', kind: 'new' }, { text: 'today', kind: 'same' }]);
});

test.each([['', ''], ['a', ''], ['', 'a'], ['a b', 'b a'], ['x '.repeat(4000), 'x '.repeat(4001)]])('a difference loses no letter', (one, other) => {
  const text = (pieces) => pieces.map((piece) => piece.text).join('');
  expect(text(difference(one, other).older)).toBe(one);
  expect(text(difference(one, other).newer)).toBe(other);
});

test.each([
  ['2026-11-22T14:30', 'Europe/Berlin', '2026-11-22T13:30:00.000Z'], ['2026-07-01T00:15', 'Europe/Berlin', '2026-06-30T22:15:00.000Z'],
  ['2026-11-22T14:30', 'Asia/Kathmandu', '2026-11-22T08:45:00.000Z'], ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
])('%s on the wall in %s is %s', (field, zone, instant) => {
  expect(instantOf(field, zone)).toBe(instant);
  expect(fieldOf(instant, zone)).toBe(field);
});

test('an age is told in few words', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  expect(ageOf('2026-11-22T11:56:00Z', now, 'UTC')).toBe('4 min');
  expect(ageOf('2026-11-19T11:56:00Z', now, 'UTC')).toBe('3 d');
});

test('fields say the same whatever the order of their attributes', () => {
  expect(same({ a: 1, b: [1, { c: null }] }, { b: [1, {}], a: 1 })).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
});

test('two versions join where they do not clash', () => {
  const base = { ...EMPTY, headline: 'One', deck: 'One' };
  const { fields, clashes } = join(base, { ...base, headline: 'Mine', deck: 'Both' }, { ...base, kicker: 'Theirs', deck: 'Both' });
  expect(fields).toMatchObject({ headline: 'Mine', kicker: 'Theirs', deck: 'Both' });
  expect(clashes).toEqual([]);
});

test.each([['he', 'rtl'], ['ar-EG', 'rtl'], ['en', 'ltr'], ['az-Arab', 'rtl'], ['pt-BR', 'ltr']])('%s runs %s', (tag, direction) => expect(directionOf(tag)).toBe(direction));

test('a failure is told as one of a few kinds', async () => {
  const answer = (status, body = '{}') => openApi(async () => new Response(body, { status }));
  const kind = (api) => api.get('/stories', { q: 'a b', section: '' }).then(() => 'none', (trouble) => trouble.kind);
  expect(await Promise.all([401, 409, 422, 404, 500, 503].map((status) => kind(answer(status))))).toEqual(['signed-out', 'stale', 'refused', 'missing', 'fault', 'offline']);
  expect(await kind(openApi(async () => { throw new TypeError('no line'); }))).toBe('offline');
  expect(await kind(answer(200, '<html>'))).toBe('offline');
});

test.each([
  ['contributor', 'cora', 'draft', true], ['contributor', 'cora', 'filed', false], ['contributor', 'cora', 'published', false], ['contributor', 'ada', 'draft', false],
  ['contributor', null, 'draft', false], ['reporter', 'ada', 'published', true], ['owner', null, 'draft', true],
])('a %s may change what %s began and is %s: %s', (role, begun, state, may) => {
  expect(mayChange({ id: 'cora', role }, { state, begun_by: { staff_id: begun, name: '' } })).toBe(may);
});

test('anybody may begin a story, and editors lay things before readers', () => {
  expect(mayChange({ id: 'cora', role: 'contributor' }, null)).toBe(true);
  expect(['contributor', 'reporter', 'editor', 'owner'].map(mayPublish)).toEqual([false, false, true, true]);
  expect(['reporter', 'editor', 'duty_editor', 'owner'].map(mayWithdraw)).toEqual([false, false, true, true]);
});

test('a day is told day first, with the hour of a whole day', () => {
  expect(momentOf('2026-03-04T16:05:00Z', 'Europe/Berlin')).toBe('4 Mar 2026, 17:05');
  expect(dayOf('2026-03-04')).toBe('4 March 2026');
});

test('a broken escape in an address is an address, and nothing breaks', () => {
  expect(parse('/desk/', '#/stories/%')).toMatchObject({ screen: 'story', id: '%' });
});

test('a refusal calls the field as the label does', () => {
  expect(told({ field: 'headline', message: '“headline” is too long: at most 250.' }).message).toBe('“Headline” is too long: at most 250.');
  expect(told({ field: 'body.content[2]', message: 'A piece of text is empty here. Take it out.' }).message).toBe('A piece of text is empty here. Take it out.');
});
