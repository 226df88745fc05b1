// The front at the desk: every step can be taken back, and no hand overwrites another unseen.
import { beforeEach, expect, test } from 'vitest';
import { Trouble } from '../src/api.js';
import { Arrangement, MOST, outline } from '../src/front/arrangement.svelte.js';

const story = (id) => ({ id, headline: id.toUpperCase(), state: 'published' });
const slot = (id, weight = 'plain') => ({ story_id: id, weight, story: story(id) });

/** A server of one front that answers as crates/api/src/front.rs does. */
class Server {
  front = { version: 0, arranged: null, slots: [] };
  keys = [];
  down = false;
  async get() {
    if (this.down) throw new Trouble('offline');
    return structuredClone(this.front);
  }
  async put(_, { slots }, { revision, key }) {
    if (this.down) throw new Trouble('offline');
    if (revision !== this.front.version) throw new Trouble('stale', { status: 409, current: structuredClone(this.front) });
    this.keys.push(key);
    return this.set(slots.map(({ story_id, weight }) => slot(story_id, weight)));
  }
  set(slots, by = 'Ada') {
    this.front = { version: this.front.version + 1, arranged: { at: '2026-03-03T12:00:00Z', by }, slots };
    return structuredClone(this.front);
  }
}

let server;
let front;
const order = () => front.slots.map(({ story_id, weight }) => `${story_id}:${weight}`).join(' ');

beforeEach(async () => {
  server = new Server();
  server.set([slot('a', 'lead'), slot('b', 'major'), slot('c')]);
  front = new Arrangement(server);
  await front.read();
});

test('steps change the front here and not before readers', () => {
  front.move(2, 0);
  front.weigh(1, 'brief');
  front.remove(2);
  front.add(story('d'), 1);
  expect(order()).toBe('c:plain d:plain a:brief');
  expect(outline(server.front.slots)).toEqual(outline([slot('a', 'lead'), slot('b', 'major'), slot('c')]));
  expect(front.isChanged).toBe(true);
});

test('every step can be taken back, and forward again', () => {
  const seen = [order()];
  for (const step of [() => front.move(0, 2), () => front.weigh(0, 'lead'), () => front.remove(1), () => front.add(story('d'))]) {
    step();
    seen.push(order());
  }
  for (const before of seen.slice(0, -1).reverse()) { front.undo(); expect(order()).toBe(before); }
  expect([front.canUndo, front.isChanged]).toEqual([false, false]);
  for (const after of seen.slice(1)) { front.redo(); expect(order()).toBe(after); }
  front.undo();
  front.weigh(0, 'plain');
  expect(front.canRedo).toBe(false);
});

test.each([
  ['past the top', () => front.move(0, -1)], ['past the end', () => front.move(2, 9)], ['to the weight it has', () => front.weigh(0, 'lead')],
  ['a story that stands there', () => front.add(story('b'))], ['a slot that is not there', () => front.remove(7)],
])('what changes nothing is no step: %s', (_, step) => {
  step();
  expect([order(), front.canUndo]).toEqual(['a:lead b:major c:plain', false]);
});

test('the first story of a bare front leads, and a full one takes no more', () => {
  front = new Arrangement(server);
  for (let nth = 0; nth <= MOST; nth += 1) front.add(story(`s${nth}`));
  expect([front.slots.length, front.slots[0].weight, front.slots[1].weight]).toEqual([MOST, 'lead', 'plain']);
});

test('what is saved is the new ground', async () => {
  front.move(2, 0);
  expect(await front.save()).toBe(true);
  expect([front.version, front.isChanged, order()]).toEqual([2, false, 'c:plain a:lead b:major']);
  expect(await front.save()).toBe(false);
  expect(server.keys.length).toBe(1);
});

test('a dead line loses nothing, and asking again is the same intention', async () => {
  front.remove(0);
  server.down = true;
  expect(await front.save()).toBe(false);
  expect([front.trouble.kind, order(), front.isChanged]).toEqual(['offline', 'b:major c:plain', true]);
  server.down = false;
  expect(await front.save()).toBe(true);
  expect(front.trouble).toBe(null);
});

test('a front that somebody else arranged is shown, and mine can be put upon it', async () => {
  front.remove(0);
  server.set([slot('x', 'lead')], 'Ben');
  expect(await front.save()).toBe(false);
  expect([front.clash.arranged.by, order()]).toEqual(['Ben', 'b:major c:plain']);
  expect(await front.settle('mine')).toBe(true);
  expect([server.front.version, outline(server.front.slots)]).toEqual([3, outline([slot('b', 'major'), slot('c')])]);
});

test('theirs can be taken, and taken back', async () => {
  front.remove(0);
  server.set([slot('x', 'lead')], 'Ben');
  await front.save();
  await front.settle('theirs');
  expect([order(), front.isChanged]).toEqual(['x:lead', false]);
  front.undo();
  expect([order(), front.isChanged]).toEqual(['b:major c:plain', true]);
});

test('a quiet look takes in what changed elsewhere, and leaves what was changed here', async () => {
  server.set([slot('x', 'lead')], 'Ben');
  await front.read();
  expect([order(), front.version]).toEqual(['x:lead', 2]);
  front.add(story('y'));
  server.set([{ ...slot('x', 'lead'), story: { ...story('x'), state: 'withdrawn' } }], 'Ben');
  await front.read();
  expect([order(), front.version, front.slots[0].story.state]).toEqual(['x:lead y:plain', 2, 'withdrawn']);
});
