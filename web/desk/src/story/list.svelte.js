// The list of stories as asked for: a filter, pages of it, and a quiet look every few seconds for what changed.
import { api } from '../desk.svelte.js';

/** How often an open list looks for changes, milliseconds. */
export const LOOK_AGAIN = 15_000;
/** Pause in typing before the search is asked, milliseconds. */
const PAUSE = 200;
const PAGE = 50;
/** Most stories a quiet look asks for at once; the server's own limit of a page. */
const MOST = 200;

export class StoryList {
  stories = $state.raw([]);
  counts = $state.raw({});
  next = $state(null);
  loading = $state(true);
  trouble = $state.raw(null);
  filter = $state.raw({ state: '', section: '', q: '' });
  readAt = $state(null);
  #asked = 0; #timer; #beat; #onTrouble = () => {};

  constructor(filter) {
    this.filter = filter;
  }

  start(onTrouble) {
    this.#onTrouble = onTrouble;
    this.#beat = setInterval(() => { if (!document.hidden && !this.loading) this.read(this.stories.length); }, LOOK_AGAIN);
    return this.read();
  }

  stop() {
    clearInterval(this.#beat);
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  set(change) {
    this.filter = { ...this.filter, ...change };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.read(), 'q' in change ? PAUSE : 0);
  }

  /** Reads from the newest on; `reach` keeps as many in sight as were. */
  read(reach = PAGE) {
    return this.#ask({ limit: Math.min(MOST, Math.max(PAGE, reach)) }, (answer) => answer.stories);
  }

  /** Reads the next page. */
  more() {
    return this.#ask({ limit: PAGE, after: this.next }, (answer) => {
      const known = new Set(this.stories.map((story) => story.id));
      return [...this.stories, ...answer.stories.filter((story) => !known.has(story.id))];
    });
  }

  async #ask(query, take) {
    const mine = (this.#asked += 1);
    this.loading = true;
    try {
      const answer = await api.get('/stories', { ...this.filter, ...query });
      if (mine !== this.#asked) return;
      this.stories = take(answer);
      this.next = answer.next;
      this.counts = answer.counts ?? this.counts;
      this.trouble = null;
      this.readAt = new Date().toISOString();
    } catch (trouble) {
      if (mine !== this.#asked) return;
      this.trouble = trouble;
      this.#onTrouble(trouble);
    } finally {
      if (mine === this.#asked) this.loading = false;
    }
  }
}
