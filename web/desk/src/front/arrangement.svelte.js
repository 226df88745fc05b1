// The front being arranged: what stands in its slots here, what the server has, every step back, and what stands between the two.
import { newKey } from '../api.js';

/** Most slots a front has (`MAX_SLOTS` in crates/newsroom/src/front.rs). */
export const MOST = 40;
/** How large a story stands, largest first. */
export const WEIGHTS = ['lead', 'major', 'plain', 'brief'];
/** Steps that can be taken back; a sitting at the front has fewer. */
const STEPS = 200;

/** Slots in the form the server takes. */
export const outline = (slots) => slots.map(({ story_id, weight }) => ({ story_id, weight }));

const same = (one, other) => JSON.stringify(outline(one)) === JSON.stringify(outline(other));

export class Arrangement {
  /** What stands in the slots here: [{ story_id, weight, story }]. */
  slots = $state.raw([]);
  /** The arrangement this grew out of; null before the first reading. */
  version = $state(null);
  /** { at, by } of that arrangement; null when nobody ever arranged it. */
  arranged = $state.raw(null);
  saving = $state(false);
  trouble = $state.raw(null);
  /** The front as somebody else has left it, while it stands against this one. */
  clash = $state.raw(null);

  #base = $state.raw([]); #past = $state.raw([]); #future = $state.raw([]); #api; #key = null;

  constructor(api) { this.#api = api; }

  get isRead() { return this.version !== null; }
  get isChanged() { return !same(this.#base, this.slots); }
  get isFull() { return this.slots.length >= MOST; }
  get canUndo() { return this.#past.length > 0; }
  get canRedo() { return this.#future.length > 0; }
  has(id) { return this.slots.some((slot) => slot.story_id === id); }

  /** Reads the front. What was changed here stays; only what the stories say of themselves is made new. */
  async read() {
    try {
      const front = await this.#api.get('/front');
      if (this.saving) return;
      this.trouble = null;
      if (this.isChanged) this.#renew(front.slots);
      else this.#take(front);
    } catch (trouble) {
      this.trouble = trouble;
      throw trouble;
    }
  }

  /** Puts a story in at a place; one that stands there already, or one too many, is left out. Says whether it went in. */
  add(story, at = this.slots.length) {
    if (this.isFull || this.has(story.id)) return false;
    const weight = this.slots.length === 0 ? 'lead' : 'plain';
    this.#step(this.slots.toSpliced(at, 0, { story_id: story.id, weight, story }));
    return true;
  }

  /** Moves a slot to another place; says where it is then. */
  move(from, to) {
    const end = Math.max(0, Math.min(this.slots.length - 1, to));
    if (end !== from && this.slots[from]) this.#step(this.slots.toSpliced(from, 1).toSpliced(end, 0, this.slots[from]));
    return end;
  }

  weigh(at, weight) {
    if (this.slots[at] && this.slots[at].weight !== weight) this.#step(this.slots.with(at, { ...this.slots[at], weight }));
  }

  remove(at) {
    if (this.slots[at]) this.#step(this.slots.toSpliced(at, 1));
  }

  undo() {
    if (!this.canUndo) return;
    this.#future = [this.slots, ...this.#future];
    this.#show(this.#past.at(-1));
    this.#past = this.#past.slice(0, -1);
  }

  redo() {
    if (!this.canRedo) return;
    this.#past = [...this.#past, this.slots];
    this.#show(this.#future[0]);
    this.#future = this.#future.slice(1);
  }

  /** Lays this front before readers. Says whether it is there; `trouble` and `clash` tell why not. */
  async save() {
    if (!this.isChanged || this.saving || this.clash) return false;
    const sent = this.slots;
    this.#key ??= newKey();
    this.saving = true;
    this.trouble = null;
    try {
      const front = await this.#api.put('/front', { slots: outline(sent) }, { revision: this.version, key: this.#key });
      this.#ground(front);
      if (this.slots === sent) this.slots = front.slots;
      return true;
    } catch (trouble) {
      if (trouble.kind === 'stale' && trouble.current) this.clash = trouble.current;
      else this.trouble = trouble;
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** Settles a clash: `mine` is laid before readers upon theirs, `theirs` is taken in here and can be undone. */
  async settle(whose) {
    const { clash } = this;
    this.clash = null;
    this.#ground(clash);
    if (whose === 'theirs') this.#step(clash.slots);
    else return this.save();
    return false;
  }

  #take(front) {
    const moved = front.version !== this.version;
    this.#ground(front);
    this.slots = front.slots;
    if (moved) [this.#past, this.#future] = [[], []];
  }

  #ground({ version, arranged, slots }) {
    Object.assign(this, { version, arranged });
    this.#base = slots;
    this.#key = null;
  }

  #renew(slots) {
    const known = new Map(slots.map((slot) => [slot.story_id, slot.story]));
    this.slots = this.slots.map((slot) => ({ ...slot, story: known.get(slot.story_id) ?? slot.story }));
  }

  #step(slots) {
    this.#past = [...this.#past.slice(1 - STEPS), this.slots];
    this.#future = [];
    this.#show(slots);
  }

  #show(slots) {
    this.slots = slots;
    this.#key = null;
  }
}
