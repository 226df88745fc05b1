// The desk's line to the house: one WebSocket for all that must be alive, or questions and answers where none gets
// through. It comes back by itself.
import { Polling } from './polling.js';
import { Socket } from './socket.js';

/** First and longest wait before a line that broke is tried again, milliseconds; chance spreads a whole newsroom. */
export const RETRY = [200, 5_000];
/** A line that has not opened by then is tried anew, milliseconds. */
export const OPENING = 10_000;
/** What is asked is answered by then, or the line is dead, whatever the browser believes, milliseconds. */
export const DEAF = 10_000;
/** What is always answered. */
const ANSWERED = ['open', 'stroke'];
/** After so many WebSockets in a row that never opened, it is tried without. */
export const WITHOUT = 2;
/** The session has ended. */
const SIGN_IN = 4401;

export class Line {
  #connect; #socket = null; #rooms = new Map(); #wait = RETRY[0]; #timer = null; #deaf = null; #ends;

  #poll; #failed = 0;

  /** `connect` opens a socket, `poll` what stands in for one; `onlapse` hears that nobody is signed in. */
  constructor({ connect = () => new Socket(), poll = () => new Polling(), onlapse = () => {} } = {}) {
    this.#connect = connect;
    this.#poll = poll;
    this.#ends = onlapse;
    globalThis.addEventListener?.('online', () => this.#soon(0));
    // A socket does not notice by itself that there is no line any more.
    globalThis.addEventListener?.('offline', () => this.#lost());
  }

  get isOpen() { return this.#socket?.readyState === 1; }

  /** Joins a story's room: `room` is told `opened()`, `heard(told)` and `closed()`. Answers how to leave it. */
  join(story, room) {
    this.#rooms.set(story, room);
    if (this.isOpen) room.opened();
    else this.#soon(0);
    return () => {
      if (this.#rooms.get(story) !== room) return;
      this.#rooms.delete(story);
      this.say({ kind: 'close', story });
      if (this.#rooms.size === 0) this.#hangUp();
    };
  }

  /** Says something, and whether it is on its way. */
  say(said) {
    if (!this.isOpen) return false;
    this.#socket.send(said);
    if (ANSWERED.includes(said.kind)) this.#deaf ??= setTimeout(() => this.#lost(), DEAF);
    return true;
  }

  /** Tries at once, as after signing in again. */
  again() { this.#soon(0); }

  #soon(wait) {
    if (this.#rooms.size === 0 || (this.#socket && this.#socket.readyState < 2)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), wait);
  }

  #open() {
    if (this.#rooms.size === 0 || (this.#socket && this.#socket.readyState < 2)) return;
    let socket;
    try {
      socket = this.#failed < WITHOUT ? this.#connect() : this.#poll();
    } catch {
      this.#failed += 1;
      return this.#retry();
    }
    let hasOpened = false;
    this.#socket = socket;
    const late = setTimeout(() => socket.close(), OPENING);
    socket.onopen = () => {
      clearTimeout(late);
      hasOpened = true;
      this.#wait = RETRY[0];
      for (const room of [...this.#rooms.values()]) room.opened();
    };
    socket.ontold = (told) => this.#hear(told);
    socket.onclose = ({ code }) => {
      clearTimeout(late);
      if (this.#socket !== socket) return;
      // A socket that opened once may do so again; what stood in for one makes room for a new try.
      this.#failed = hasOpened || this.#failed >= WITHOUT ? 0 : this.#failed + 1;
      this.#broke();
      if (code === SIGN_IN) this.#ends();
    };
  }

  #hear(told) {
    clearTimeout(this.#deaf);
    this.#deaf = null;
    this.#rooms.get(told.story)?.heard(told);
  }

  #lost() {
    const socket = this.#socket;
    if (!socket) return;
    this.#broke();
    socket.close();
  }

  #broke() {
    clearTimeout(this.#deaf);
    this.#deaf = null;
    this.#socket = null;
    for (const room of this.#rooms.values()) room.closed();
    this.#retry();
  }

  #retry() {
    const wait = this.#wait * (0.5 + Math.random());
    this.#wait = Math.min(this.#wait * 2, RETRY[1]);
    this.#soon(wait);
  }

  #hangUp() {
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#socket = null;
  }
}
