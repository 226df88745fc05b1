// A text written together: what is typed is given before anything is taken, said again when a line breaks, and never lost.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import * as Y from 'yjs';
import { schema } from '../src/body/schema.js';
import { fromTree, toTree } from '../src/body/tree.js';
import { toBytes, toText } from '../src/manuscript/bytes.js';
import { note, noted } from '../src/manuscript/device.js';
import { DEAF, Line, RETRY, WITHOUT } from '../src/manuscript/line.js';
import { Manuscript } from '../src/manuscript/manuscript.svelte.js';
import { Polling } from '../src/manuscript/polling.js';

const FIXTURE = new URL('../../../crates/manuscript/src/text/tests/every_block', import.meta.url).pathname;
const tree = (...texts) => ({ type: 'doc', content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })) });
const textOf = (doc) => toTree(yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment('body'), schema)).content.map(({ content }) => content.map(({ text }) => text).join(''));
const tick = (time) => vi.advanceTimersByTimeAsync(time);

beforeEach(() => vi.useFakeTimers());
afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals(); });

/** The house as a line speaks with it: a document, and what it heard. It answers when it is told to. */
class House {
  doc = new Y.Doc();
  epoch = 'e1';
  heard = [];
  holds = false;
  rooms = new Map();
  constructor(...texts) { if (texts.length > 0) prosemirrorToYXmlFragment(fromTree(tree(...texts)), this.doc.getXmlFragment('body')); }

  line() {
    const house = this;
    return {
      isUp: true,
      join(story, room) {
        this.room = room;
        house.rooms.set(room, this);
        if (this.isUp) room.opened();
        return () => house.rooms.delete(room);
      },
      say(said) {
        if (!this.isUp) return false;
        queueMicrotask(() => house.hear(said, this.room));
        return true;
      },
    };
  }

  hear(said, room) {
    this.heard.push(said);
    if (said.kind === 'open') {
      const bytes = toText(Y.encodeStateAsUpdate(this.doc, toBytes(said.vector)));
      room.heard({ kind: 'text', story: said.story, epoch: this.epoch, bytes, vector: toText(Y.encodeStateVector(this.doc)), revision: 1 });
    }
    if (said.kind !== 'stroke' || this.holds) return;
    Y.applyUpdate(this.doc, toBytes(said.bytes));
    for (const [other, line] of this.rooms) if (other !== room && line.isUp) other.heard({ kind: 'stroke', story: said.story, bytes: said.bytes });
    room.heard({ kind: 'saved', story: said.story, number: said.number });
  }
}

const open = (house, line = house.line()) => {
  const text = new Manuscript({ line, keep: () => null });
  text.join('s1');
  return { text, line };
};
const type = ({ text }, words, at = 0) => text.fragment.get(0).get(0).insert(at, words);
const stored = () => {
  const items = new Map();
  vi.stubGlobal('localStorage', { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value) });
};

test('the tree and the text of every kind of block are the same to the desk and to the house', () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, new Uint8Array(readFileSync(`${FIXTURE}.bin`)));
  expect(toTree(yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment('body'), schema))).toEqual(JSON.parse(readFileSync(`${FIXTURE}.json`, 'utf8')));
});

describe('a text', () => {
  test('is opened, written in by two, and alike on both', async () => {
    const house = new House('The ferry.');
    const [one, other] = [open(house), open(house)];
    await tick(0);
    expect([one.text.status, one.text.isReady, textOf(one.text.doc)]).toEqual(['saved', true, ['The ferry.']]);
    type(one, 'Late: ');
    type(other, ' At noon.', 10);
    expect([one.text.status, one.text.isSaved]).toEqual(['saving', false]);
    await tick(50);
    expect([textOf(one.text.doc), textOf(other.text.doc), textOf(house.doc)]).toEqual(Array(3).fill(['Late: The ferry. At noon.']));
    expect([one.text.status, one.text.isSaved]).toEqual(['saved', true]);
  });

  test('that was begun here goes along when its story gets an id', async () => {
    const house = new House();
    const line = house.line();
    const text = new Manuscript({ line, keep: () => null });
    text.lay(tree('Begun here.'));
    expect([text.status, text.isReady, text.isSaved]).toEqual(['here', true, true]);
    text.join('s1', true);
    await tick(50);
    expect([text.status, textOf(house.doc)]).toEqual(['saved', ['Begun here.']]);
  });

  test('goes on without a line, and joins the rest when it is back', async () => {
    const house = new House('The ferry.');
    const [one, other] = [open(house), open(house)];
    await tick(0);
    one.line.isUp = false;
    one.line.room.closed();
    type(one, 'Late: ');
    type(other, ' At noon.', 10);
    await tick(100);
    expect([one.text.status, one.text.isSaved, textOf(house.doc)]).toEqual(['away', false, ['The ferry. At noon.']]);
    one.line.isUp = true;
    one.line.room.opened();
    await tick(50);
    expect([one.text.status, textOf(one.text.doc), textOf(house.doc)]).toEqual(['saved', ['Late: The ferry. At noon.'], ['Late: The ferry. At noon.']]);
  });

  test('gives what was typed before it takes what others did, with its letters whole', async () => {
    const house = new House('One.', 'Two.');
    const one = open(house);
    await tick(0);
    one.line.isUp = false;
    one.line.room.closed();
    one.text.fragment.get(1).get(0).insert(4, ' Nobody is hurt.');
    // Meanwhile its paragraph goes.
    house.doc.getXmlFragment('body').delete(1);
    house.holds = true;
    one.line.isUp = true;
    one.line.room.opened();
    await tick(50);
    const stroke = house.heard.at(-1);
    expect(textOf(one.text.doc)).toEqual(['One.', 'Two. Nobody is hurt.']);
    const letters = Y.decodeUpdate(toBytes(stroke.bytes)).structs.map(({ content }) => content?.str ?? '').join('');
    expect(letters).toContain(' Nobody is hurt.');
    one.line.room.heard({ kind: 'saved', story: 's1', number: stroke.number });
    expect([textOf(one.text.doc), one.text.status]).toEqual([['One.'], 'saved']);
  });

  test('says again what was on its way when the line broke, even after a crash', async () => {
    stored();
    const house = new House('The ferry.');
    const one = open(house);
    await tick(0);
    house.holds = true;
    type(one, 'Late: ');
    await tick(50);
    expect(noted('s1').flying).toHaveLength(1);
    // The browser dies; another opens the same story on the same device, without its document.
    house.holds = false;
    const again = open(house);
    await tick(50);
    expect([textOf(house.doc), textOf(again.text.doc), noted('s1').flying]).toEqual([['Late: The ferry.'], ['Late: The ferry.'], undefined]);
  });

  test('that the house began anew is opened anew', async () => {
    const house = new House('Old.');
    const one = open(house);
    await tick(0);
    const anew = new House('New.');
    anew.epoch = 'e2';
    one.line.say = (said) => { queueMicrotask(() => anew.hear(said, one.line.room)); return true; };
    one.line.room.opened();
    await tick(50);
    expect([one.text.edition, textOf(one.text.doc), one.text.status]).toEqual([1, ['New.'], 'saved']);
  });

  test('waits until all is saved, or says that it is not', async () => {
    const house = new House('The ferry.');
    const one = open(house);
    await tick(0);
    type(one, 'Late: ');
    await expect(one.text.saved(1_000)).resolves.toBe(true);
    house.holds = true;
    type(one, 'Very ');
    const late = one.text.saved(1_000);
    await tick(1_000);
    await expect(late).resolves.toBe(false);
  });

  test('tells why it may not be written', async () => {
    const one = open(new House('The ferry.'));
    await tick(0);
    one.line.room.heard({ kind: 'refused', story: 's1', reason: 'not-your-story' });
    expect([one.text.status, one.text.reason]).toEqual(['refused', 'not-your-story']);
  });
});

test('what is noted of a story is added to, and a broken note is none', () => {
  stored();
  note('s1', { epoch: 'e1' });
  note('s1', { unsaved: true });
  expect(noted('s1')).toEqual({ epoch: 'e1', unsaved: true });
  localStorage.setItem('dateline-manuscript-s2', '{');
  expect(noted('s2')).toEqual({});
});

describe('the line', () => {
  class Socket {
    readyState = 0;
    sent = [];
    opens() { this.readyState = 1; this.onopen(); }
    send(said) { this.sent.push(said); }
    close(code = 1000) { if (this.readyState === 3) return; this.readyState = 3; this.onclose({ code }); }
  }
  const room = () => ({ opened: vi.fn(), heard: vi.fn(), closed: vi.fn() });
  let sockets;
  const lines = (more = {}) => {
    sockets = [];
    return new Line({ connect: () => { sockets.push(new Socket()); return sockets.at(-1); }, ...more });
  };

  test('opens when somebody joins, comes back when it broke, and hangs up when all have left', async () => {
    const line = lines();
    const one = room();
    const leave = line.join('s1', one);
    await tick(0);
    sockets[0].opens();
    expect([one.opened.mock.calls.length, line.say({ kind: 'caret', story: 's1' })]).toEqual([1, true]);
    sockets[0].ontold({ kind: 'saved', story: 's1', number: 1 });
    expect(one.heard).toHaveBeenCalledWith({ kind: 'saved', story: 's1', number: 1 });
    sockets[0].close(1006);
    expect([one.closed.mock.calls.length, line.say({})]).toEqual([1, false]);
    await tick(RETRY[0] * 2);
    sockets[1].opens();
    expect(one.opened).toHaveBeenCalledTimes(2);
    leave();
    expect(sockets[1].readyState).toBe(3);
    await tick(60_000);
    expect(sockets).toHaveLength(2);
  });

  test('that answers nothing is dead, whatever the browser believes', async () => {
    const line = lines();
    const one = room();
    line.join('s1', one);
    await tick(0);
    sockets[0].opens();
    line.say({ kind: 'stroke', story: 's1', number: 1, bytes: '' });
    await tick(DEAF);
    expect(one.closed).toHaveBeenCalledTimes(1);
    await tick(RETRY[0] * 2);
    expect(sockets).toHaveLength(2);
  });

  test('of nobody who is signed in tells of it', async () => {
    const onlapse = vi.fn();
    const line = lines({ onlapse });
    line.join('s1', room());
    await tick(0);
    sockets[0].opens();
    sockets[0].close(4401);
    expect(onlapse).toHaveBeenCalledTimes(1);
  });

  test('goes another way where no WebSocket opens', async () => {
    const polls = [];
    const line = lines({ poll: () => { polls.push(new Socket()); return polls.at(-1); } });
    line.join('s1', room());
    for (let failed = 0; failed < WITHOUT; failed += 1) {
      await tick(RETRY[1]);
      sockets.at(-1).close(1006);
    }
    await tick(RETRY[1]);
    expect([sockets.length, polls.length]).toEqual([WITHOUT, 1]);
  });
});

describe('questions and answers', () => {
  const answers = (...given) => vi.fn(async () => {
    const next = given.shift();
    return next ? { ok: true, status: 200, json: async () => next } : new Promise(() => {});
  });

  test('open, carry what is said, and bring what there is to tell', async () => {
    const fetch = answers({ visit: 'v1', is_new: true, told: [] }, { visit: 'v1', is_new: false, told: [{ kind: 'again', story: 's1' }] });
    const polling = new Polling(fetch);
    const heard = [];
    polling.ontold = (told) => heard.push(told);
    await tick(0);
    expect([polling.readyState, heard]).toEqual([1, [{ kind: 'again', story: 's1' }]]);
    polling.send({ kind: 'close', story: 's1' });
    await tick(300);
    expect(JSON.parse(fetch.mock.calls.at(-1)[1].body)).toEqual({ visit: 'v1', said: [{ kind: 'close', story: 's1' }] });
  });

  test('end when the house forgot who asks, and when nobody is signed in', async () => {
    for (const [given, code] of [[{ ok: true, status: 200, json: async () => ({ visit: 'v2', is_new: true, told: [] }) }, 1012], [{ ok: false, status: 401 }, 4401]]) {
      let asked = 0;
      const polling = new Polling(async () => (asked++ === 0 ? { ok: true, status: 200, json: async () => ({ visit: 'v1', is_new: true, told: [] }) } : given));
      polling.onclose = vi.fn();
      await tick(0);
      expect(polling.onclose).toHaveBeenCalledWith({ code });
    }
  });
});
