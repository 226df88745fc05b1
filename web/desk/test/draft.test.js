// What is written is never lost: saving, joining, clashing, dead lines.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Trouble } from '../src/api.js';
import { Draft, PAUSE, RETRY } from '../src/story/draft.svelte.js';
import { EMPTY } from '../src/story/fields.js';
import { openDrawer } from '../src/story/kept.js';

const tick = (time) => vi.advanceTimersByTimeAsync(time);

/** A server of one story that answers as API.md says. */
class Server {
  story = null;
  sent = [];
  down = false;
  retold = (story) => story;
  async post(_, fields) { return this.#take('new', fields); }
  async patch(_, fields, { revision }) {
    if (!this.down && revision !== this.story.revision) throw new Trouble('stale', { status: 409, current: this.story, refusals: [{ field: null, message: 'Somebody saved first.' }] });
    return this.#take('changed', fields);
  }
  saveFromElsewhere(fields) { this.story = { ...this.story, ...fields, revision: this.story.revision + 1 }; }
  async #take(how, fields) {
    if (this.down) throw new Trouble('offline');
    this.sent.push(fields);
    this.story = this.retold({ ...EMPTY, id: 's1', state: 'draft', ...this.story, ...fields, revision: (this.story?.revision ?? 0) + 1 });
    return this.story;
  }
}

class Storage {
  #items = new Map();
  get length() { return this.#items.size; }
  key(nth) { return [...this.#items.keys()][nth]; }
  getItem(key) { return this.#items.get(key) ?? null; }
  setItem(key, value) { this.#items.set(key, value); }
  removeItem(key) { this.#items.delete(key); }
}

let server;
let drawer;
const write = (story = null) => new Draft({ api: server, drawer, clock: () => 1000, story });
const saved = (fields = {}) => (server.story = { ...EMPTY, id: 's1', state: 'draft', revision: 1, headline: 'One', slug: 'one', ...fields });

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  drawer = openDrawer(new Storage(), 'ada');
});
afterEach(() => vi.useRealTimers());

describe('a draft', () => {
  test('is sent after a pause, once, with what changed only', async () => {
    const draft = write(saved());
    draft.set('headline', 'Two');
    await tick(PAUSE - 1);
    draft.set('deck', 'More');
    await tick(PAUSE - 1);
    expect(server.sent).toEqual([]);
    await tick(1);
    expect(server.sent).toEqual([{ headline: 'Two', slug: 'two', deck: 'More' }]);
    expect([draft.status, draft.savedAt, draft.isChanged]).toEqual(['saved', 1000, false]);
  });

  test('that is new is created and then changed', async () => {
    const draft = write();
    draft.set('headline', 'The Bridge: reopened!');
    await draft.save();
    expect([draft.id, draft.fields.slug]).toEqual(['s1', 'the-bridge-reopened']);
    draft.set('deck', 'More');
    await draft.save('Deck');
    expect(server.sent[1]).toEqual({ deck: 'More', why: 'Deck' });
  });

  test('keeps its own slug once a person touched it', async () => {
    const draft = write();
    draft.set('headline', 'One');
    draft.set('slug', 'mine');
    draft.set('headline', 'Two');
    expect(draft.fields.slug).toBe('mine');
  });

  test('stays on this device while the line is dead, and goes out when it is back', async () => {
    const draft = write(saved());
    server.down = true;
    draft.set('deck', 'More');
    await tick(PAUSE);
    expect([draft.status, draft.isKept, drawer.look('s1').changes]).toEqual(['offline', true, { deck: 'More' }]);
    server.down = false;
    await tick(RETRY[0]);
    expect([draft.status, drawer.look('s1')]).toEqual(['saved', null]);
  });

  test('is offered back after a crash', async () => {
    server.down = true;
    write(saved()).set('deck', 'More');
    const again = write(server.story);
    expect(again.leftover.changes).toEqual({ deck: 'More' });
    again.takeLeftover();
    expect(again.fields.deck).toBe('More');
  });

  test('keeps what is typed while a save is on its way', async () => {
    const draft = write(saved());
    draft.set('deck', 'On');
    const saving = draft.save();
    draft.set('deck', 'On and on');
    draft.set('kicker', 'City');
    await saving;
    expect([draft.fields.deck, draft.fields.kicker, draft.status]).toEqual(['On and on', 'City', 'changed']);
    await tick(PAUSE);
    expect(server.story).toMatchObject({ deck: 'On and on', kicker: 'City' });
  });

  test('joins what another hand changed elsewhere in the story', async () => {
    const draft = write(saved());
    server.saveFromElsewhere({ kicker: 'City' });
    draft.set('deck', 'More');
    await tick(PAUSE);
    expect([draft.joined, draft.fields.kicker]).toEqual([['kicker'], 'City']);
    await tick(PAUSE);
    expect(server.story).toMatchObject({ deck: 'More', kicker: 'City' });
  });
});

// The server may tell the same text in another form: here in two pieces where one was sent.
const bodyOf = (...texts) => ({ type: 'doc', content: [{ type: 'paragraph', content: texts.map((text) => ({ type: 'text', text })) }] });
const inPieces = () => { server.retold = (story) => ({ ...story, body: bodyOf('One ', 'two') }); };

describe('a body that the server tells in another form', () => {
  test('is not put into the editor anew by saving it, nor by saving something else', async () => {
    inPieces();
    const draft = write();
    draft.set('body', bodyOf('One two'));
    await tick(PAUSE);
    draft.set('headline', 'One');
    await tick(PAUSE);
    expect([draft.edition, draft.status, server.sent.length, draft.fields.body]).toEqual([0, 'saved', 2, bodyOf('One two')]);
  });

  test('does not clash with what is typed while somebody else saves another field', async () => {
    inPieces();
    const draft = write();
    draft.set('body', bodyOf('One two'));
    await tick(PAUSE);
    server.saveFromElsewhere({ deck: 'Theirs' });
    draft.set('body', bodyOf('One two three'));
    await tick(2 * PAUSE);
    expect([draft.clash, draft.edition, draft.joined, draft.status]).toEqual([null, 0, ['deck'], 'saved']);
  });
});

describe('a clash', () => {
  const clash = async () => {
    const draft = write(saved());
    server.saveFromElsewhere({ deck: 'Theirs', headline: 'Theirs too' });
    draft.set('deck', 'Mine');
    draft.set('headline', 'Mine too');
    await tick(PAUSE);
    expect([draft.status, draft.clash.clashes.toSorted()]).toEqual(['clash', ['deck', 'headline']]);
    return draft;
  };

  test('sends nothing until it is settled', async () => {
    const draft = await clash();
    draft.set('kicker', 'City');
    await tick(10 * PAUSE);
    expect(server.sent).toEqual([]);
    expect(drawer.look('s1').changes).toMatchObject({ deck: 'Mine', kicker: 'City' });
  });

  test('is settled field by field', async () => {
    const draft = await clash();
    await draft.settle(['deck']);
    expect(server.story).toMatchObject({ deck: 'Mine', headline: 'Theirs too' });
    expect(draft.status).toBe('saved');
  });

  test.each([['mine', ['headline'], 'mine'], ['theirs', [], 'theirs']])('of headlines takes their addresses along: %s', async (_, mine, slug) => {
    const draft = write(saved());
    server.saveFromElsewhere({ headline: 'Theirs', slug: 'theirs' });
    draft.set('headline', 'Mine');
    await tick(PAUSE);
    expect([draft.clash.clashes, draft.refusals]).toEqual([['headline'], []]);
    await draft.settle(mine);
    expect(server.story.slug).toBe(slug);
  });
});

describe('a published story', () => {
  test('sends switches at once and keeps words until they have their note', async () => {
    const draft = write(saved({ state: 'published' }));
    draft.set('headline', 'Two');
    draft.set('sensitive', true);
    await tick(PAUSE);
    expect(server.sent).toEqual([{ sensitive: true }]);
    expect([draft.waiting, draft.fields.headline, draft.fields.slug, draft.status]).toEqual([['headline'], 'Two', 'one', 'changed']);
    expect(drawer.look('s1').changes).toEqual({ headline: 'Two' });
    await draft.act(() => ({ ...server.story, headline: 'Two', revision: 3 }), { headline: 'Two' });
    expect([draft.isChanged, drawer.look('s1')]).toEqual([false, null]);
  });

  test('tells which fields were refused', async () => {
    const draft = write(saved());
    const refused = new Trouble('refused', { refusals: [{ field: 'headline', key: 'no-headline', message: 'No headline.' }] });
    await expect(draft.act(() => Promise.reject(refused))).rejects.toBe(refused);
    expect(draft.refusals).toHaveLength(1);
    draft.set('headline', 'There');
    expect(draft.refusals).toHaveLength(0);
  });
});

test('what cannot be kept is said', async () => {
  drawer = openDrawer({ length: 0, getItem: () => null, setItem: () => { throw new Error('full'); }, removeItem() {} }, 'ada');
  const draft = write(saved());
  draft.set('deck', 'More');
  expect(draft.isKept).toBe(false);
});

describe('a text that is written together', () => {
  /** What a draft asks of a shared text. */
  const shared = () => ({ isSaved: true, joined: [], laid: [], join(...how) { this.joined.push(how); }, lay(tree) { this.laid.push(tree); }, saved: async () => true, stop() {} });

  test('goes its own way: the fields are sent without it', async () => {
    const text = shared();
    const draft = new Draft({ api: server, drawer, clock: () => 1000, story: saved(), text });
    draft.wrote(bodyOf('Typed'));
    draft.set('deck', 'More');
    await tick(PAUSE);
    expect([server.sent, draft.fields.body, draft.isChanged, draft.edition]).toEqual([[{ deck: 'More' }], bodyOf('Typed'), false, 0]);
    expect(text.joined[0]).toEqual(['s1']);
  });

  test('follows its story when that is begun', async () => {
    const text = shared();
    const draft = new Draft({ api: server, drawer, clock: () => 1000, text });
    draft.wrote(bodyOf('Typed'));
    await tick(PAUSE);
    expect([server.sent, text.joined, draft.fields.body]).toEqual([[{}], [['s1', true]], bodyOf('Typed')]);
  });

  test('waits for a note when readers have another', async () => {
    const text = shared();
    const story = saved({ state: 'published', publication: { revision: 1 }, body: bodyOf('Before') });
    const draft = new Draft({ api: server, drawer, clock: () => 1000, story, text });
    expect(draft.waiting).toEqual([]);
    draft.wrote(bodyOf('After'));
    expect([draft.waiting, draft.withReaders('body'), draft.isSafe]).toEqual([['body'], bodyOf('Before'), true]);
    draft.revert();
    expect([text.laid, draft.waiting]).toEqual([[bodyOf('Before')], []]);
  });

  test('says what an earlier version said, and takes that back', () => {
    const text = shared();
    const draft = new Draft({ api: server, drawer, clock: () => 1000, story: saved({ slug: 'one', headline: 'Two', body: bodyOf('Now') }), text });
    const before = draft.bringBack({ ...EMPTY, headline: 'One', slug: 'old', body: bodyOf('Then') });
    expect([draft.fields.headline, draft.fields.slug, text.laid]).toEqual(['One', 'one', [bodyOf('Then')]]);
    draft.restore(before);
    expect([draft.fields.headline, text.laid.at(-1)]).toEqual(['Two', bodyOf('Now')]);
  });
});
