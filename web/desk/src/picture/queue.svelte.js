// Pictures on their way in: several at once, each with how far it is, what was refused, and what can be done about it.
import { Trouble, newKey } from '../api.js';
import { AT_ONCE, PART, RETRY, TRIES } from './limits.js';

/** What stands for a file that will not go on by itself any more. */
const ENDED = ['done', 'refused', 'cancelled'];

/** One file: waiting, sending, developing, waiting-line, stopped, done, refused, cancelled. */
class Item {
  state = $state('waiting');
  /** Bytes that are with the newsroom or on the line. */
  sent = $state(0);
  /** Whether it went on from what had come before. */
  goesOn = $state(false);
  picture = $state.raw(null);
  trouble = $state.raw(null);
  stop = new AbortController();

  constructor(file, tags) {
    Object.assign(this, { id: newKey(), file, name: file.name || 'picture', size: file.size, ...tags });
  }

  get isOver() { return ENDED.includes(this.state); }
  get share() { return this.size > 0 ? Math.min(1, this.sent / this.size) : 0; }
}

export class Queue {
  items = $state.raw([]);
  #api; #send; #unfinished; #wait; #onpicture; #onTrouble;

  /** `send(method, path, bytes, { onsent, signal })` carries bytes; `wait(milliseconds, signal)` waits, or ends early when the line is back. */
  constructor({ api, send, unfinished, wait = lineOrTime, onpicture = () => {}, onTrouble = () => {} }) {
    [this.#api, this.#send, this.#unfinished, this.#wait, this.#onpicture, this.#onTrouble] = [api, send, unfinished, wait, onpicture, onTrouble];
  }

  get open() { return this.items.filter((item) => !item.isOver); }
  get isBusy() { return this.open.some(({ state }) => state !== 'stopped'); }

  /** Takes files in; answers with their items. `onpicture` may differ for these (a place in a text that waits for them). */
  add(files, onpicture = null) {
    const items = [...files].map((file) => new Item(file, { onpicture }));
    this.items = [...this.items, ...items];
    this.#turn();
    return items;
  }

  cancel(item) {
    item.stop.abort();
    if (item.upload) this.#unfinished.forget(item.upload);
    item.state = 'cancelled';
    this.#turn();
  }

  /** Tries a file again that stopped or was refused. */
  again(item) {
    Object.assign(item, { state: 'waiting', trouble: null, stop: new AbortController() });
    this.#turn();
  }

  /** Takes what is over off the list. */
  clear() { this.items = this.open; }
  drop(item) { this.items = this.items.filter((one) => one !== item); }

  #turn() {
    const busy = this.items.filter(({ state }) => ['sending', 'developing', 'waiting-line'].includes(state)).length;
    for (const item of this.items.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, AT_ONCE - busy))) this.#bring(item);
  }

  async #bring(item) {
    item.state = 'sending';
    const { signal } = item.stop;
    try {
      const picture = item.size > PART ? await this.#inParts(item, signal) : await this.#tries(item, signal, () => this.#inOne(item, signal));
      if (signal.aborted) return;
      Object.assign(item, { state: 'done', sent: item.size, picture });
      this.#onpicture(picture, item);
      item.onpicture?.(picture, item);
    } catch (trouble) {
      if (signal.aborted) return;
      item.trouble = trouble;
      item.state = trouble.kind === 'refused' ? 'refused' : 'stopped';
      this.#onTrouble(trouble);
    } finally {
      this.#turn();
    }
  }

  #inOne(item, signal) {
    return this.#send('POST', `/pictures?${new URLSearchParams({ name: item.name })}`, item.file, { signal, onsent: (n) => this.#gone(item, n) });
  }

  // A break asks the server where it stands and goes on from there; only tries without a new byte count against it.
  async #inParts(item, signal) {
    let upload = await this.#tries(item, signal, () => this.#begin(item));
    this.#unfinished.keep(item.file, upload.id, upload.received);
    while (!upload.picture) {
      const { id, received } = upload;
      item.sent = received;
      upload = await this.#tries(item, signal, async (nth) => {
        const at = nth > 0 ? await this.#api.get(`/picture-uploads/${id}`) : upload;
        return at.picture ? at : this.#part(item, at, signal);
      });
      this.#unfinished.keep(item.file, id, upload.received);
    }
    this.#unfinished.forget(upload.id);
    return upload.picture;
  }

  async #begin(item) {
    const before = this.#unfinished.of(item.file);
    const at = before && (await this.#api.get(`/picture-uploads/${before.id}`).catch((trouble) => {
      if (trouble.kind !== 'missing') throw trouble;
      this.#unfinished.forget(before.id);
      return null;
    }));
    item.goesOn = Boolean(at && at.received > 0);
    const upload = at ?? (await this.#api.post('/picture-uploads', { length: item.size, name: item.name }, { key: item.id }));
    item.upload = upload.id;
    return upload;
  }

  async #part(item, { id, received, part_limit: most }, signal) {
    const part = item.file.slice(received, received + Math.min(PART, most ?? PART));
    try {
      return await this.#send('PATCH', `/picture-uploads/${id}?offset=${received}`, part, { signal, onsent: (n) => this.#gone(item, received + n) });
    } catch (trouble) {
      if (trouble.kind === 'stale') return this.#elsewhere(id, received);
      if (['refused', 'missing'].includes(trouble.kind)) this.#unfinished.forget(id);
      throw trouble;
    }
  }

  // Somewhere else than thought: where, so that it goes on from there. The same place again would turn in circles.
  async #elsewhere(id, received) {
    const at = await this.#api.get(`/picture-uploads/${id}`);
    if (at.received === received && !at.picture) throw new Trouble('offline');
    return at;
  }

  #gone(item, bytes) {
    item.sent = Math.max(item.sent, Math.min(bytes, item.size));
    if (item.sent === item.size && item.state === 'sending') item.state = 'developing';
  }

  async #tries(item, signal, act) {
    for (let nth = 0, wait = RETRY[0]; ; nth += 1, wait = Math.min(wait * 2, RETRY[1])) {
      try {
        const answer = await act(nth);
        if (item.state === 'waiting-line') item.state = 'sending';
        return answer;
      } catch (trouble) {
        if (signal.aborted || trouble.kind !== 'offline' || nth + 1 >= TRIES) throw trouble;
        item.state = 'waiting-line';
        await this.#wait(wait, signal);
        if (signal.aborted) throw trouble;
        item.state = 'sending';
      }
    }
  }
}

/** Waits so long, or until the browser says that there is a line again. */
export function lineOrTime(milliseconds, signal) {
  return new Promise((done) => {
    const end = () => { clearTimeout(timer); globalThis.removeEventListener?.('online', end); done(); };
    const timer = setTimeout(end, milliseconds);
    globalThis.addEventListener?.('online', end);
    signal?.addEventListener('abort', end, { once: true });
  });
}
