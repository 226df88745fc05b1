// The library as asked for: a filter, pages of it, and which of them are chosen.
import { api } from '../desk.svelte.js';
import { LOOK_AGAIN } from '../story/list.svelte.js';
import { DEVELOPING } from './limits.js';

/** Pause in typing before the search is asked, milliseconds. */
const PAUSE = 250;
const PAGE = 50;
/** Most pictures a quiet look asks for at once; the server's own limit of a page. */
const MOST = 200;
/** What the library can be asked for, all of it kept in the address. */
export const FILTER = { q: '', credit: '', place: '', taken_from: '', taken_to: '', rights: '' };
export const RIGHTS = ['fine', 'no-credit', 'lapsing', 'lapsed', 'pulled'];

/** A filter out of an address's parts; anything else in it is left out. */
export const filterOf = (query) => Object.fromEntries(Object.keys(FILTER).map((name) => [name, query[name] ?? '']));

/** The address of the library under a filter. */
export function placeOf(filter) {
  const said = Object.entries(filter).filter(([, value]) => value);
  return `/pictures${said.length > 0 ? `?${new URLSearchParams(said)}` : ''}`;
}

export class Library {
  pictures = $state.raw([]);
  next = $state(null);
  loading = $state(true);
  trouble = $state.raw(null);
  filter = $state.raw(FILTER);
  readAt = $state(null);
  /** Ids of the chosen ones, in the order in which they were chosen. */
  chosen = $state.raw([]);
  #asked = 0; #timer; #beat; #soon; #onTrouble = () => {}; #api;

  constructor(filter = FILTER, client = api) {
    this.filter = filter;
    this.#api = client;
  }

  get isFiltered() { return Object.values(this.filter).some(Boolean); }

  start(onTrouble) {
    this.#onTrouble = onTrouble;
    this.#beat = setInterval(() => { if (!document.hidden && !this.loading) this.read(this.pictures.length); }, LOOK_AGAIN);
    return this.read();
  }

  stop() {
    clearInterval(this.#beat);
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    this.#asked += 1;
  }

  set(change) {
    this.filter = { ...this.filter, ...change };
    this.chosen = [];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.read(), 'rights' in change ? 0 : PAUSE);
  }

  /** Reads from the newest on; `reach` keeps as many in sight as were. */
  read(reach = PAGE) {
    const known = this.pictures.slice(MOST);
    return this.#ask({ limit: Math.min(MOST, Math.max(PAGE, reach)) }, (answer) => (reach > MOST ? joined(answer.pictures, known) : answer.pictures), reach > MOST);
  }

  /** Reads the next page. */
  more() {
    return this.#ask({ limit: PAGE, after: this.next }, (answer) => joined(this.pictures, answer.pictures));
  }

  /** Puts a picture that has just come in at the head, or in the place of an older state of it. */
  put(picture) {
    const isThere = this.pictures.some(({ id }) => id === picture.id);
    this.pictures = isThere ? this.pictures.map((one) => (one.id === picture.id ? picture : one)) : [picture, ...this.pictures];
    this.#watch();
  }

  choose(id, on) {
    this.chosen = on ? [...this.chosen.filter((one) => one !== id), id] : this.chosen.filter((one) => one !== id);
  }

  // What is being developed is looked at sooner: it takes seconds.
  #watch() {
    clearTimeout(this.#soon);
    if (!this.#beat || !this.pictures.some(({ state }) => state === 'developing')) return;
    this.#soon = setTimeout(() => { if (!this.loading && !document.hidden) this.read(this.pictures.length); else this.#watch(); }, 2 * DEVELOPING);
  }

  // A quiet look beyond one page of the server leaves the cursor where the last page ended.
  async #ask(query, take, keepsNext = false) {
    const mine = (this.#asked += 1);
    this.loading = true;
    try {
      const answer = await this.#api.get('/pictures', { ...this.filter, ...query });
      if (mine !== this.#asked) return;
      this.pictures = take(answer);
      if (!keepsNext) this.next = answer.next;
      this.trouble = null;
      this.readAt = new Date().toISOString();
    } catch (trouble) {
      if (mine !== this.#asked) return;
      this.trouble = trouble;
      this.#onTrouble(trouble);
    } finally {
      if (mine === this.#asked) {
        this.loading = false;
        this.#watch();
      }
    }
  }
}

function joined(some, others) {
  const known = new Set(some.map(({ id }) => id));
  return [...some, ...others.filter(({ id }) => !known.has(id))];
}
