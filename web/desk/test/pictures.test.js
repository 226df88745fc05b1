// Pictures at the desk: what is on its way arrives whole or is told why not, no hand overwrites another, and the crops shown are those readers get.
import { beforeEach, describe, expect, test } from 'vitest';
import { Trouble } from '../src/api.js';
import { blockAt } from '../src/body/places.js';
import { fromTree, toTree } from '../src/body/tree.js';
import { moved, positionOf } from '../src/picture/crop.js';
import { PictureDraft } from '../src/picture/draft.svelte.js';
import { picturesIn } from '../src/picture/files.js';
import { Library, filterOf, placeOf } from '../src/picture/library.svelte.js';
import { PART, TRIES } from '../src/picture/limits.js';
import { blockOf, pictureAt } from '../src/picture/name.js';
import { Queue } from '../src/picture/queue.svelte.js';
import { stepIn } from '../src/picture/steps.js';
import { actionWords } from '../src/picture/told.js';
import { openUnfinished } from '../src/picture/unfinished.js';
import { parse } from '../src/route.svelte.js';
import { openDrawer } from '../src/story/kept.js';

class Storage extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, value); }
  removeItem(key) { this.delete(key); }
  key(nth) { return [...this.keys()][nth]; }
  get length() { return this.size; }
}

const FIELDS = { caption: 'The bridge', alt: 'A bridge', credit: 'Ada Quill', creators: ['Ada Quill'], headline: null, rights_end: null, place: { city: 'Kiel', country: null } };
const picture = (change = {}) => ({ id: 'p1', version: 1, fields: FIELDS, file_name: 'a.jpg', width: 4000, height: 3000, focus: { x: 500, y: 500 }, state: 'ready', preview: '/media/a.jpg', prints: [], ...change });
const file = (name, size) => Object.assign(new Blob([new Uint8Array(size)]), { name, lastModified: 7 });
const settled = () => new Promise((done) => { setTimeout(done, 0); });
const until = async (holds) => { for (let nth = 0; nth < 500 && !holds(); nth += 1) await settled(); expect(holds()).toBe(true); };

/** A newsroom that takes pictures as PICTURES_API tells; `breaks` are troubles for the next sendings, each after some bytes came. */
class House {
  uploads = new Map();
  heard = [];
  breaks = [];
  refuse = {};
  async post(path, { length, name }) {
    const upload = { id: `u${this.uploads.size + 1}`, length, name, received: 0, part_limit: 8 * 1024 * 1024, picture: null };
    this.uploads.set(upload.id, upload);
    return { ...upload };
  }
  async get(path) {
    const upload = this.uploads.get(path.split('/').at(-1));
    if (!upload) throw new Trouble('missing', { status: 404 });
    return { ...upload };
  }
  send = async (method, path, bytes, { onsent, signal }) => {
    const [place, query] = path.split('?');
    const said = new URLSearchParams(query);
    this.heard.push(`${method} ${place} ${said.get('offset') ?? said.get('name')} ${bytes.size}`);
    onsent(bytes.size);
    const broken = this.breaks.shift();
    if (signal.aborted) throw new Trouble('offline');
    if (method === 'POST') return this.#whole(said.get('name'), broken);
    const upload = this.uploads.get(place.split('/').at(-1));
    if (!upload) throw new Trouble('missing', { status: 404 });
    if (Number(said.get('offset')) !== upload.received) throw new Trouble('stale', { status: 409 });
    upload.received += broken ? broken.after : bytes.size;
    if (broken) throw broken.trouble;
    if (upload.received === upload.length) upload.picture = this.#whole(upload.name);
    return { ...upload };
  };
  #whole(name, broken = null) {
    if (broken) throw broken.trouble;
    if (this.refuse[name]) throw new Trouble('refused', { status: 422, refusals: [{ field: null, key: 'picture-foreign', message: this.refuse[name] }] });
    return picture({ id: `p-${name}`, file_name: name });
  }
}

describe('bringing', () => {
  let house;
  let storage;
  let came;
  const open = () => new Queue({ api: house, send: house.send, unfinished: openUnfinished(storage, 'ada', () => 1000), wait: async () => {}, onpicture: (one) => came.push(one.file_name) });

  beforeEach(() => {
    house = new House();
    storage = new Storage();
    came = [];
  });

  test('a small file goes at once, a large one in parts, and both are in the library', async () => {
    const queue = open();
    queue.add([file('small.jpg', 100), file('large.jpg', PART + 5)]);
    await until(() => queue.items.every(({ state }) => state === 'done'));
    expect(house.heard).toEqual(['POST /pictures small.jpg 100', `PATCH /picture-uploads/u1 0 ${PART}`, `PATCH /picture-uploads/u1 ${PART} 5`]);
    expect(came.sort()).toEqual(['large.jpg', 'small.jpg']);
  });

  test('a line that breaks in a part goes on from what came, not from the beginning', async () => {
    house.breaks = [{ after: 1_000, trouble: new Trouble('offline') }];
    const queue = open();
    queue.add([file('large.jpg', PART + 5)]);
    await until(() => queue.items[0].state === 'done');
    expect(house.heard[1]).toBe(`PATCH /picture-uploads/u1 1000 ${PART - 995}`);
    expect(house.uploads.size).toBe(1);
  });

  test('after a reload the same file chosen again goes on; another of the same name begins anew', async () => {
    house.breaks = Array.from({ length: TRIES }, (_, nth) => ({ after: nth === 0 ? 5_000 : 0, trouble: new Trouble('offline') }));
    const first = open();
    first.add([file('large.jpg', PART + 5)]);
    await until(() => first.items[0].state === 'stopped');
    house.heard = [];
    const later = open();
    later.add([file('large.jpg', PART + 5), file('large.jpg', PART + 6)]);
    await until(() => later.items.every(({ state }) => state === 'done'));
    expect(house.heard).toContain(`PATCH /picture-uploads/u1 5000 ${PART - 4_995}`);
    expect([later.items[0].goesOn, later.items[1].goesOn, house.uploads.size]).toEqual([true, false, 2]);
    expect(openUnfinished(storage, 'ada', () => 1000).all()).toEqual([]);
  });

  test('what is remembered is forgotten when the newsroom has swept it', () => {
    const remembered = openUnfinished(storage, 'ada', () => 0);
    remembered.keep(file('a.jpg', 10), 'u1', 5);
    expect(remembered.of(file('a.jpg', 10)).id).toBe('u1');
    expect(openUnfinished(storage, 'ben').of(file('a.jpg', 10))).toBe(null);
    expect(openUnfinished(storage, 'ada', () => 25 * 3_600_000).all()).toEqual([]);
  });

  test('one refused file says why and holds up no other', async () => {
    house.refuse['logo.svg'] = 'This is an SVG.';
    const queue = open();
    queue.add([file('logo.svg', 10), file('a.jpg', 10), file('b.jpg', 10)]);
    await until(() => queue.items.every(({ isOver }) => isOver));
    expect(queue.items.map(({ state }) => state)).toEqual(['refused', 'done', 'done']);
    expect(queue.items[0].trouble.refusals[0].message).toBe('This is an SVG.');
  });

  test('a cancelled file brings no picture and its turn goes to the next', async () => {
    const queue = open();
    const [first] = queue.add([file('a.jpg', 10), file('b.jpg', 10), file('c.jpg', 10)]);
    queue.cancel(first);
    await until(() => queue.items.every(({ isOver }) => isOver));
    expect([queue.items[0].state, came.sort().join()]).toEqual(['cancelled', 'b.jpg,c.jpg']);
  });

  test('a server that says it stands elsewhere is believed', async () => {
    const queue = open();
    house.post = async (_, { length, name }) => {
      house.uploads.set('u1', { id: 'u1', length, name, received: 300, part_limit: 1_000_000, picture: null });
      return { id: 'u1', length, received: 0, part_limit: 1_000_000, picture: null };
    };
    queue.add([file('large.jpg', PART + 5)]);
    await until(() => queue.items[0].state === 'done');
    expect(house.heard.slice(0, 2)).toEqual(['PATCH /picture-uploads/u1 0 1000000', 'PATCH /picture-uploads/u1 300 1000000']);
  });

  test('a picture copied out of a text processor is text; one copied by itself is a picture', () => {
    const image = { type: 'image/png', name: 'image.png' };
    expect(picturesIn({ types: ['text/plain', 'text/html', 'Files'], files: [image] })).toEqual([]);
    expect(picturesIn({ types: ['text/html', 'Files'], files: [image] })).toEqual([image]);
    expect(picturesIn(null)).toEqual([]);
  });
});

describe('a picture being written about', () => {
  let now;
  let drawer;
  const api = {
    get: async () => now,
    patch: async (_, changes, { revision }) => {
      if (revision !== now.version) throw new Trouble('stale', { status: 412 });
      now = { ...now, version: now.version + 1, fields: { ...now.fields, ...changes } };
      return now;
    },
  };
  const open = () => new PictureDraft({ api, drawer, picture: now });
  const elsewhere = (fields) => { now = { ...now, version: now.version + 1, fields: { ...now.fields, ...fields } }; };

  beforeEach(() => {
    now = picture();
    drawer = openDrawer(new Storage(), 'ada');
  });

  test('only what changed is sent, an emptied field as nothing, and it can be put back', async () => {
    const draft = open();
    draft.set('caption', '');
    draft.set('place', { ...draft.fields.place, city: '' });
    const { before } = draft;
    expect(await draft.save()).toBe(true);
    expect([now.fields.caption, now.fields.place, now.fields.credit]).toEqual([null, { city: null, country: null }, 'Ada Quill']);
    await draft.putBack(before);
    expect([now.fields.caption, now.fields.place.city, draft.status]).toEqual(['The bridge', 'Kiel', 'saved']);
  });

  test('two hands at different words are joined, at the same words both are shown and nothing is sent', async () => {
    const draft = open();
    draft.set('caption', 'Mine');
    elsewhere({ credit: 'dpa' });
    expect(await draft.save()).toBe(false);
    expect([draft.joined, draft.fields.credit, draft.fields.caption, draft.clash]).toEqual([['credit'], 'dpa', 'Mine', null]);
    elsewhere({ caption: 'Theirs' });
    expect(await draft.save()).toBe(false);
    expect([draft.status, draft.clash.clashes, now.fields.caption]).toEqual(['clash', ['caption'], 'Theirs']);
    draft.settle(['caption']);
    expect(await draft.save()).toBe(true);
    expect(now.fields).toMatchObject({ caption: 'Mine', credit: 'dpa' });
  });

  test('crops that become ready while one types take no word away', async () => {
    const draft = open();
    draft.set('caption', 'Half a sen');
    now = { ...now, version: 2, state: 'ready', prints: [{ shape: 'whole' }] };
    await draft.look();
    expect([draft.fields.caption, draft.picture.version, draft.status]).toEqual(['Half a sen', 2, 'changed']);
    expect(await draft.save()).toBe(true);
  });

  test('what was not saved is there again, and is no story of the list', async () => {
    open().set('caption', 'Unsaved');
    expect(drawer.all().map(({ id }) => id)).toEqual(['picture:p1']);
    const later = open();
    later.takeLeftover();
    expect(later.fields.caption).toBe('Unsaved');
  });
});

describe('the library', () => {
  test('its address holds what it was asked, and nothing else', () => {
    const { screen, query } = parse('/desk', '#/pictures?q=harbour&rights=lapsed&evil=1');
    expect([screen, filterOf(query)]).toEqual(['pictures', { q: 'harbour', credit: '', place: '', taken_from: '', taken_to: '', rights: 'lapsed' }]);
    expect(placeOf(filterOf(query))).toBe('/pictures?q=harbour&rights=lapsed');
    expect(parse('/desk', '#/pictures/p1')).toMatchObject({ screen: 'picture', id: 'p1' });
  });

  test('pages follow one another, none twice, and a new picture stands first', async () => {
    const pages = { undefined: { pictures: [{ id: 'c' }, { id: 'b' }], next: 'n' }, n: { pictures: [{ id: 'b' }, { id: 'a' }], next: null } };
    const library = new Library(undefined, { get: async (_, query) => pages[query.after] });
    await library.read();
    await library.more();
    library.put({ id: 'd' });
    library.put({ id: 'a', changed: true });
    expect([library.pictures.map(({ id }) => id).join(''), library.pictures.at(-1).changed, library.next]).toEqual(['dcba', true, null]);
  });

  test.each([
    ['ArrowRight', 0, false, 1], ['ArrowLeft', 0, false, null], ['ArrowLeft', 0, true, 1], ['ArrowDown', 1, false, 4], ['ArrowDown', 3, false, null],
    ['ArrowDown', 2, false, 4], ['ArrowUp', 4, false, 1], ['End', 0, false, 4], ['Home', 4, false, 0], ['x', 0, false, null],
  ])('three in a row, five in all: %s from %i (mirrored: %s) leads to %s', (key, from, isTurned, to) => {
    expect(stepIn([0, 0, 0, 200, 200], from, key, isTurned)).toBe(to);
  });
});

describe('crops', () => {
  // The darkroom's rule told in pixels: 4000 by 3000, wide is 4000 by 2250, so the free way is 750 high.
  test.each([
    ['wide', { x: 500, y: 500 }, { x: 50, y: 50 }], ['wide', { x: 0, y: 0 }, { x: 50, y: 0 }], ['wide', { x: 0, y: 1000 }, { x: 50, y: 100 }],
    ['square', { x: 500, y: 900 }, { x: 50, y: 50 }], ['square', { x: 0, y: 0 }, { x: 0, y: 50 }], ['tall', { x: 1000, y: 0 }, { x: 100, y: 50 }],
  ])('%s about %o', (shape, focus, position) => {
    expect(positionOf({ width: 4000, height: 3000 }, shape, focus)).toEqual(position);
  });

  test('the focus stays in the picture', () => {
    expect([moved({ x: 990, y: 10 }, 20, -20), moved({ x: 1, y: 1 }, 333.4, 0)]).toEqual([{ x: 1000, y: 0 }, { x: 334, y: 1 }]);
  });
});

describe('in a story', () => {
  test('a picture of the library goes into the text with its words and its id, and comes out the same', () => {
    const attrs = blockOf(picture());
    expect(attrs).toEqual({ id: 'p1', src: '/media/a.jpg', alt: 'A bridge', caption: 'The bridge', credit: 'Ada Quill', width: 4000, height: 3000 });
    const tree = { type: 'doc', content: [{ type: 'picture', attrs }] };
    expect(toTree(fromTree(tree))).toEqual(tree);
  });

  test('a refusal leads to the block and to the picture it speaks of', () => {
    const words = { type: 'paragraph', content: [{ type: 'text', text: 'Words' }] };
    const held = { type: 'picture', attrs: { id: 'p9', src: '/a.jpg', alt: '' } };
    const body = { type: 'doc', content: [words, held, { type: 'gallery', content: [held, { type: 'picture', attrs: { id: 'p8', src: '/b.jpg', alt: '' } }] }] };
    const fields = { body, lead_picture: { id: 'p7', src: '/c.jpg', alt: '' } };
    expect([pictureAt(fields, 'body.content[1]'), pictureAt(fields, 'body.content[2].content[1]'), pictureAt(fields, 'lead_picture'), pictureAt(fields, 'headline'), pictureAt(fields, 'body.content[0]')]).toEqual(['p9', 'p8', 'p7', null, null]);
    const { node, position } = blockAt(fromTree(body), 'body.content[2].content[1]');
    expect([node.attrs.id, fromTree(body).nodeAt(position).attrs.id]).toEqual(['p8', 'p8']);
    expect([blockAt(fromTree(body), 'body'), blockAt(fromTree(body), 'body.content[9]')]).toEqual([null, null]);
  });

  test('what was done to a picture is told in words, what nobody knows as it came', () => {
    expect([actionWords('act', 'c2pa.cropped'), actionWords('act', 'org.example.glow'), actionWords('made', 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture')])
      .toEqual(['Cropped', 'Another step: org.example.glow', 'Taken with a camera.']);
  });
});
