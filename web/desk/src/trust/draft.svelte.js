// One trust page being worked on: its words here, what the server has, and what stands between the two. Nothing is sent by itself: a page on the site changes for readers the moment it is saved.
import { newKey } from '../api.js';
import { same } from '../story/fields.js';
import { TRUST } from '../story/kept.js';
import { told } from '../story/refusal.js';

/** Characters of a title (`LONGEST_TITLE` in crates/newsroom/src/trust/adapt.rs). */
export const TITLE_MOST = 80;
const wordsOf = ({ title, body }, language) => ({ title, body, language });

export class TrustDraft {
  /** The page as the server last told it. */
  page = $state.raw(null);
  /** { title, body, language } as they stand here. */
  fields = $state.raw({});
  /** saved, changed, saving, or the kind of trouble. */
  status = $state('saved');
  savedAt = $state(null);
  isKept = $state(true);
  /** { theirs, clashes } while somebody else's words stand against these. */
  clash = $state.raw(null);
  refusals = $state.raw([]);
  trouble = $state.raw(null);
  /** Grows when the words change by other means than typing, so that the editor opens anew. */
  edition = $state(0);

  #api; #drawer; #clock; #language; #base = $state.raw({}); #key = null; #beforeSave = () => {};

  constructor({ api, drawer, page, language, clock = () => Date.now() }) {
    Object.assign(this, { page });
    [this.#api, this.#drawer, this.#language, this.#clock] = [api, drawer, language, clock];
    this.#base = wordsOf(page, language);
    this.fields = this.#base;
  }

  get address() { return `/trust-pages/${this.page.slug}`; }
  get isChanged() { return this.#changed.length > 0; }
  /** Changed words that readers do not have yet. */
  get waiting() { return this.page.shown ? this.#changed : []; }
  /** Work left from an earlier sitting, or null. */
  get leftover() { return this.#drawer.look(this.#drawerId); }

  get #drawerId() { return TRUST + this.page.slug; }
  get #changed() { return ['title', 'body'].filter((name) => !same(this.#base[name], this.fields[name])); }

  /** Lets an editor that holds its words back a moment hand them over first. */
  beforeSave(act) { this.#beforeSave = act; }
  flush() { this.#beforeSave(); }

  set(name, value) {
    if (same(this.fields[name], value)) return;
    this.fields = { ...this.fields, [name]: value };
    this.refusals = this.refusals.filter(({ field }) => field?.split(/[.[]/)[0] !== name);
    this.#moved();
  }

  takeLeftover() {
    const work = this.leftover;
    if (!work) return;
    this.fields = { ...this.fields, ...work.changes };
    this.edition += 1;
    this.#moved();
  }

  forgetLeftover() { this.#drawer.forget(this.#drawerId); }

  /** Gives the page these words. Says whether it has them. */
  async save() {
    this.flush();
    if (!this.isChanged || this.status === 'saving' || this.clash) return !this.isChanged;
    const { title, body } = this.fields;
    this.#key ??= newKey();
    return this.#do(() => this.#api.put(this.address, { title, body }, { revision: this.page.version, key: this.#key }), { title, body });
  }

  /** Puts the page on the site or takes it off; as it is saved, not as it stands here. */
  show(on) {
    const options = { revision: this.page.version, key: newKey() };
    const place = `${this.address}/publication`;
    return this.#do(() => (on ? this.#api.put(place, {}, options) : this.#api.delete(place, options)));
  }

  /** Puts the words of a version back. Words that are not saved stay on top of them. */
  restore(version) {
    const options = { revision: this.page.version, key: newKey() };
    return this.#do(() => this.#api.put(`${this.address}/restoration`, { version }, options));
  }

  /** Settles a clash: the fields in `mine` stay, the others are theirs; nothing is sent before the next save. */
  settle(mine) {
    const { theirs, clashes } = this.clash;
    const kept = this.#changed.filter((name) => !clashes.includes(name) || mine.includes(name));
    const fields = Object.fromEntries(kept.map((name) => [name, this.fields[name]]));
    this.#ground(theirs);
    this.fields = { ...this.#base, ...fields };
    this.clash = null;
    this.edition += 1;
    this.#moved();
  }

  async #do(act, sent = null) {
    this.status = 'saving';
    this.trouble = null;
    this.refusals = [];
    try {
      this.#take(await act(), sent);
      return true;
    } catch (trouble) {
      this.#fail(trouble);
      return false;
    }
  }

  // What was typed while the answer was on its way stays on top of it; words in their other form do not open the editor anew.
  #take(page, sent) {
    const typed = sent ? ['title', 'body'].filter((name) => !same(sent[name], this.fields[name])) : this.#changed;
    const before = this.fields;
    this.#ground(page);
    this.fields = { ...this.#base, ...Object.fromEntries(typed.map((name) => [name, before[name]])) };
    if (!same(before.body, this.fields.body)) this.edition += 1;
    else this.fields = { ...this.fields, body: before.body };
    this.savedAt = this.#clock();
    this.#moved();
  }

  #ground(page) {
    this.page = page;
    this.#base = wordsOf(page, this.#language);
    this.#key = null;
  }

  #moved() {
    this.#key = null;
    this.status = this.isChanged ? 'changed' : 'saved';
    if (!this.isChanged) return this.#drawer.forget(this.#drawerId);
    const changes = Object.fromEntries(this.#changed.map((name) => [name, this.fields[name]]));
    this.isKept = this.#drawer.keep(this.#drawerId, { at: this.#clock(), revision: this.page.version, changes, headline: this.fields.title });
    return undefined;
  }

  #fail(trouble) {
    if (trouble.kind === 'stale' && trouble.current) return this.#meet(trouble.current);
    this.trouble = trouble;
    this.refusals = (trouble.refusals ?? []).map(told);
    this.status = trouble.kind;
    return undefined;
  }

  // What only one of us changed is joined; what both changed is shown, and nothing is sent until it is settled.
  #meet(theirs) {
    const clashes = this.#changed.filter((name) => !same(this.#base[name], theirs[name]) && !same(this.fields[name], theirs[name]));
    const mine = Object.fromEntries(this.#changed.map((name) => [name, this.fields[name]]));
    if (clashes.length > 0) {
      this.clash = { theirs, clashes };
      this.status = 'clash';
      return;
    }
    this.#ground(theirs);
    this.fields = { ...this.#base, ...mine };
    this.edition += 1;
    this.#moved();
    this.status = 'stale';
  }
}
