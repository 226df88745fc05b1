// A trust page at the desk: nothing goes to readers by itself, nothing typed is lost, and no hand overwrites another unseen.
import { beforeEach, expect, test } from 'vitest';
import { Trouble } from '../src/api.js';
import { openDrawer } from '../src/story/kept.js';
import { TrustDraft } from '../src/trust/draft.svelte.js';

const body = (text) => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });
const textOf = (tree) => tree.content[0].content[0].text;

class Storage extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, value); }
  removeItem(key) { this.delete(key); }
  key(nth) { return [...this.keys()][nth]; }
  get length() { return this.size; }
}

/** A server of one trust page that answers as crates/api/src/trust_pages.rs does. */
class Server {
  page = { slug: 'ethics', title: 'Ethics', body: body('[Newsroom name]'), starter: true, shown: false, url: null, gaps: ['[Newsroom name]'], version: 1, changed: null };
  versions = [structuredClone(this.page)];
  down = false;
  async put(path, asked, { revision }) {
    if (this.down) throw new Trouble('offline');
    if (revision !== this.page.version) throw new Trouble('stale', { status: 409, current: structuredClone(this.page) });
    if (path.endsWith('/publication')) {
      if (this.page.starter) throw new Trouble('refused', { status: 422, refusals: [{ field: null, key: 'still-starter-text', message: 'Starter text.' }] });
      return this.set({ shown: true });
    }
    if (path.endsWith('/restoration')) {
      const { title, body: words, starter } = this.versions.find(({ version }) => version === asked.version);
      return this.set({ title, body: words, starter, shown: this.page.shown && !starter });
    }
    return this.set({ ...asked, starter: false });
  }
  async delete(path, { revision }) {
    if (revision !== this.page.version) throw new Trouble('stale', { status: 409, current: structuredClone(this.page) });
    return this.set({ shown: false });
  }
  set(change) {
    this.page = structuredClone({ ...this.page, ...change, version: this.page.version + 1 });
    this.versions.push(this.page);
    return structuredClone(this.page);
  }
}

let server;
let drawer;
let draft;
const open = () => new TrustDraft({ api: server, drawer, page: structuredClone(server.page), language: 'en' });

beforeEach(() => {
  server = new Server();
  drawer = openDrawer(new Storage(), 'ada');
  draft = open();
});

test('what is typed is kept on the device and sent only when it is saved', async () => {
  draft.set('body', body('We pay nobody.'));
  expect([draft.status, draft.isKept, server.page.version]).toEqual(['changed', true, 1]);
  expect(drawer.all().map(({ id }) => id)).toEqual(['trust:ethics']);
  const later = open();
  later.takeLeftover();
  expect(textOf(later.fields.body)).toBe('We pay nobody.');
  expect(await later.save()).toBe(true);
  expect([server.page.starter, later.status, later.page.version, drawer.all().length]).toEqual([false, 'saved', 2, 0]);
});

test('a save that fails keeps every word', async () => {
  draft.set('title', 'How we work');
  server.down = true;
  expect(await draft.save()).toBe(false);
  expect([draft.status, draft.fields.title, drawer.all().length]).toEqual(['offline', 'How we work', 1]);
  server.down = false;
  expect(await draft.save()).toBe(true);
});

test('two hands at the same words: both are shown, and nothing is sent until the editor has said', async () => {
  draft.set('body', body('Mine.'));
  server.set({ body: body('Theirs.'), title: 'Our ethics', starter: false });
  expect(await draft.save()).toBe(false);
  expect([draft.status, draft.clash.clashes, textOf(draft.fields.body), textOf(server.page.body)]).toEqual(['clash', ['body'], 'Mine.', 'Theirs.']);
  draft.settle(['body']);
  expect([draft.clash, draft.fields.title, textOf(draft.fields.body)]).toEqual([null, 'Our ethics', 'Mine.']);
  await draft.save();
  expect(textOf(server.page.body)).toBe('Mine.');
});

test('two hands at different words are joined, for the editor to look at before they are saved', async () => {
  draft.set('title', 'How we work');
  server.set({ body: body('Theirs.'), starter: false });
  expect(await draft.save()).toBe(false);
  expect([draft.status, draft.clash, textOf(draft.fields.body)]).toEqual(['stale', null, 'Theirs.']);
  expect(await draft.save()).toBe(true);
  expect([server.page.title, textOf(server.page.body)]).toEqual(['How we work', 'Theirs.']);
});

test('a page goes on the site when it is adapted, and back to its starter text off it', async () => {
  expect(await draft.show(true)).toBe(false);
  expect(draft.refusals[0].key).toBe('still-starter-text');
  draft.set('body', body('We pay nobody.'));
  await draft.save();
  await draft.show(true);
  expect([draft.page.shown, draft.waiting]).toEqual([true, []]);
  draft.set('title', 'How we work');
  expect(draft.waiting).toEqual(['title']);
  await draft.save();
  await draft.restore(1);
  expect([draft.page.shown, draft.page.starter, draft.fields.title, draft.isChanged]).toEqual([false, true, 'Ethics', false]);
  await draft.restore(4);
  expect([draft.fields.title, draft.page.starter]).toEqual(['How we work', false]);
});

test('the words that were sent stay in the form they have here, so that the caret stays in the text', async () => {
  const { edition } = draft;
  draft.set('body', body('We pay nobody.'));
  const typed = draft.fields.body;
  await draft.save();
  expect(draft.fields.body).toBe(typed);
  expect(draft.edition).toBe(edition);
});
