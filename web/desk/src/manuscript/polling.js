// The desk's line where no WebSocket gets through: questions and answers, in the manners of a socket.

/** How long words are gathered before they go, milliseconds: a request costs more than a message. */
export const GATHER = 250;
/** Longest wait for an answer, milliseconds; the house waits ten seconds for something to tell. */
const PATIENCE = 25_000;
/** A socket's states. */
const [OPEN, CLOSED] = [1, 3];
/** The session has ended; as a socket is closed with it. */
const SIGN_IN = 4401;

export class Polling {
  readyState = 0;
  onopen = () => {};
  ontold = () => {};
  onclose = () => {};
  #fetch; #said = []; #visit = null; #timer = null; #waits = null; #isAsking = false;

  constructor(fetch = globalThis.fetch.bind(globalThis)) {
    this.#fetch = fetch;
    this.#ask();
  }

  send(said) {
    this.#said.push(said);
    this.#timer ??= setTimeout(() => { this.#timer = null; this.#ask(); }, GATHER);
  }

  close(code = 1000) {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    clearTimeout(this.#timer);
    this.#waits?.abort();
    this.onclose({ code });
  }

  // One question with words at a time; one without words waits beside it for news.
  async #ask() {
    if (this.readyState === CLOSED || (this.#isAsking && this.#said.length > 0)) return;
    const said = this.#said.splice(0);
    if (said.length === 0 && this.#waits) return;
    const ends = new AbortController();
    if (said.length > 0) this.#isAsking = true;
    else this.#waits = ends;
    try {
      const answer = await this.#fetch('/desk/exchange', {
        method: 'POST', credentials: 'same-origin', cache: 'no-store', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ visit: this.#visit, said }), signal: AbortSignal.any([ends.signal, AbortSignal.timeout(PATIENCE)]),
      });
      if (!answer.ok) return this.close(answer.status === 401 ? SIGN_IN : 1011);
      this.#hear(await answer.json());
    } catch {
      this.close(1006);
    } finally {
      if (said.length > 0) this.#isAsking = false;
      else this.#waits = null;
    }
    if (this.readyState === OPEN) this.#ask();
  }

  #hear({ visit, is_new: isNew, told }) {
    // Another visit than ours: the house forgot us, and what we opened must be opened again.
    if (isNew && this.#visit) return this.close(1012);
    this.#visit = visit;
    if (this.readyState === 0) {
      this.readyState = OPEN;
      this.onopen();
    }
    for (const one of told) this.ontold(one);
  }
}
