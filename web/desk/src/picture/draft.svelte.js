// One picture being worked on: what is said of it here, what the server has, and what stands between the two. Sent by hand: readers' files follow.
import { newKey } from '../api.js';
import { same } from '../story/fields.js';
import { PICTURE_WORK } from '../story/kept.js';
import { told } from '../story/refusal.js';

const baseName = (field) => field?.split(/[.[]/)[0] ?? null;

export class PictureDraft {
  /** The picture as the server last told it. */
  picture = $state.raw(null);
  /** Its fields as they stand here. */
  fields = $state.raw({});
  /** saved, changed, saving, clash, or the kind of trouble. */
  status = $state('saved');
  savedAt = $state(null);
  isKept = $state(true);
  /** { theirs, clashes, picture } while somebody else's words stand against these. */
  clash = $state.raw(null);
  /** Fields that somebody else changed and that were joined in. */
  joined = $state.raw([]);
  refusals = $state.raw([]);
  trouble = $state.raw(null);

  #api; #drawer; #clock; #base = $state.raw({}); #key = null;

  constructor({ api, drawer, picture, clock = () => Date.now() }) {
    [this.#api, this.#drawer, this.#clock] = [api, drawer, clock];
    this.#ground(picture);
    this.fields = this.#base;
  }

  get address() { return `/pictures/${this.picture.id}`; }
  get isChanged() { return this.#changed.length > 0; }
  /** Nothing waits for a note: what is saved is said. The line that tells of saving asks for it. */
  get waiting() { return []; }
  get leftover() { return this.#drawer.look(this.#drawerId); }

  get #drawerId() { return PICTURE_WORK + this.picture.id; }
  get #changed() { return Object.keys(this.fields).filter((name) => !same(this.#base[name], this.fields[name])); }

  on(name) { return this.refusals.filter(({ field }) => baseName(field) === name); }

  /** Changes one field by hand; an empty text says nothing. `place` and `licensor` are told whole. */
  set(name, value) {
    const said = empty(value);
    if (same(this.fields[name], said)) return;
    this.fields = { ...this.fields, [name]: said };
    this.refusals = this.refusals.filter(({ field }) => baseName(field) !== name);
    this.#moved();
  }

  takeLeftover() {
    const work = this.leftover;
    if (!work) return;
    this.fields = { ...this.fields, ...work.changes };
    this.#moved();
  }

  forgetLeftover() { this.#drawer.forget(this.#drawerId); }

  /** Sends what changed. Says whether the picture has it; what was there before is in `before`, so that it can be undone. */
  async save() {
    if (!this.isChanged || this.status === 'saving' || this.clash) return !this.isChanged;
    const changes = this.#changes;
    this.#key ??= newKey();
    return this.#do(() => this.#api.patch(this.address, changes, { revision: this.picture.version, key: this.#key }), changes);
  }

  /** The fields as the server has them, to be handed to `putBack`. */
  get before() { return this.#base; }

  putBack(fields) {
    this.fields = { ...this.fields, ...fields };
    this.#moved();
    return this.save();
  }

  /** Runs an act that answers with the picture (focus, pull, restore). Says whether it was done. */
  act(doing) { return this.#do(doing); }

  /** Looks whether the server has something newer: crops that are ready, or another hand's words. Quiet when there is no line. */
  async look() {
    const picture = await this.#api.get(this.address).catch(() => null);
    if (picture && this.status !== 'saving' && !this.clash) this.#meet(picture);
  }

  /** Settles a clash: the fields in `mine` stay, the others are theirs; nothing is sent before the next save. */
  settle(mine) {
    const { picture, clashes } = this.clash;
    const kept = this.#changed.filter((name) => !clashes.includes(name) || mine.includes(name));
    this.#rebase(picture, Object.fromEntries(kept.map((name) => [name, this.fields[name]])));
    this.clash = null;
    this.#moved();
  }

  get #changes() { return Object.fromEntries(this.#changed.map((name) => [name, this.fields[name]])); }

  async #do(act, sent = null) {
    this.status = 'saving';
    this.trouble = null;
    this.refusals = [];
    try {
      this.#take(await act(), sent);
      return true;
    } catch (trouble) {
      await this.#fail(trouble);
      return false;
    }
  }

  // What was typed while the answer was on its way stays on top of it.
  #take(picture, sent) {
    const typed = sent ? Object.keys(this.fields).filter((name) => !same(name in sent ? sent[name] : this.#base[name], this.fields[name])) : this.#changed;
    this.#rebase(picture, Object.fromEntries(typed.map((name) => [name, this.fields[name]])));
    this.joined = [];
    if (sent) this.savedAt = this.#clock();
    this.#moved();
  }

  #rebase(picture, mine) {
    this.#ground(picture);
    this.fields = { ...this.#base, ...mine };
  }

  #ground(picture) {
    this.picture = picture;
    this.#base = picture.fields;
    this.#key = null;
  }

  #moved() {
    this.#key = null;
    this.status = this.isChanged ? 'changed' : 'saved';
    if (!this.isChanged) return this.#drawer.forget(this.#drawerId);
    this.isKept = this.#drawer.keep(this.#drawerId, { at: this.#clock(), revision: this.picture.version, changes: this.#changes, headline: this.picture.file_name });
    return undefined;
  }

  async #fail(trouble) {
    if (trouble.kind === 'stale') {
      const theirs = trouble.current ?? (await this.#api.get(this.address).catch(() => null));
      if (theirs) return this.#meet(theirs, true);
    }
    this.trouble = trouble;
    this.refusals = (trouble.refusals ?? []).map(told);
    this.status = trouble.kind;
    return undefined;
  }

  // What only one of us changed is joined; what both changed is shown, and nothing is sent until it is settled.
  #meet(picture, isTold = false) {
    const theirs = picture.fields;
    const moved = Object.keys(theirs).filter((name) => !same(this.#base[name], theirs[name]));
    const clashes = this.#changed.filter((name) => moved.includes(name) && !same(this.fields[name], theirs[name]));
    if (clashes.length > 0) {
      this.clash = { theirs, clashes, picture };
      this.status = 'clash';
      return;
    }
    this.#rebase(picture, this.#changes);
    if (moved.length > 0) this.joined = moved;
    if (isTold || this.status !== 'refused') this.#moved();
  }
}

function empty(value) {
  if (value === '' || value === undefined) return null;
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, empty(part)]));
}
