// One story being worked on: what is written here, what the server has, and what stands between them.
import { newKey } from '../api.js';
import { BEFORE_READERS, EMPTY, changesOf, fieldsOf, join, outgoing, same } from './fields.js';
import { told } from './refusal.js';
import { slugOf } from './slug.js';

/** How long a writer must pause before work is sent, milliseconds. */
export const PAUSE = 1_000;
/** First and longest wait before trying a dead line again, milliseconds. */
export const RETRY = [4_000, 60_000];

/** How long sealing waits for words that are still on their way, milliseconds. */
export const SEALING = 5_000;

/** Whether readers have the words: there, changed ones wait for a note. Of a withdrawn story they have its notice alone. */
export const isPublic = (state) => state === 'published';

export class Draft {
  /** The fields as they stand here. */
  fields = $state.raw({ ...EMPTY });
  /** The story as the server last told it; null before the first save. */
  story = $state.raw(null);
  /** new, saved, changed, saving, offline, refused, signed-out, clash, fault. */
  status = $state('new');
  savedAt = $state(null);
  /** Whether unsent work could be kept on this device. */
  isKept = $state(true);
  /** { theirs, other, clashes, slugFollows } while somebody else's version stands against this one. */
  clash = $state.raw(null);
  /** What another hand changed and was joined in: a list of fields. */
  joined = $state.raw([]);
  /** Whether switches or labels were saved that readers' pages do not follow yet. */
  behind = $state(false);
  refusals = $state.raw([]);
  trouble = $state.raw(null);
  /** Grows when the fields change by other means than typing, so that the editor opens anew. */
  edition = $state(0);
  /** The text, where it is written together with others; it keeps itself, and the fields follow it. */
  text = null;
  /** The body that readers have, while it is not the newest revision's. */
  readers = $state.raw(null);

  #api; #drawer; #clock; #timer = null; #base; #slugTouched; #wait = RETRY[0]; #running = null; #key = null; #drawerId; #beforeSave = () => {};

  constructor({ api, drawer, clock = () => Date.now(), story = null, fields = {}, drawerId = 'new', text = null }) {
    this.#api = api;
    this.text = text;
    this.#drawer = drawer;
    this.#clock = clock;
    this.#drawerId = story?.id ?? drawerId;
    this.#base = story ? fieldsOf(story) : { ...EMPTY, ...fields };
    this.story = story;
    this.fields = { ...this.#base };
    this.status = story ? 'saved' : 'new';
    this.#slugTouched = Boolean(story && this.#base.slug !== slugOf(this.#base.headline));
    if (story) this.text?.join(story.id);
    this.#lookAtReaders();
  }

  get id() { return this.story?.id ?? null; }
  get isPublic() { return isPublic(this.story?.state); }
  /** What is written here and not yet sent; a shared text goes its own way. */
  get changes() {
    const { body, ...changes } = changesOf(this.#base, this.fields);
    return body && !this.#isShared ? { ...changes, body } : changes;
  }
  get isChanged() { return Object.keys(this.changes).length > 0; }
  /** Changed words that readers do not have yet and that need a note. */
  get waiting() {
    if (!this.isPublic) return [];
    const waiting = Object.keys(this.changes).filter((name) => BEFORE_READERS.includes(name));
    return this.#isShared && this.readers && !same(this.readers, this.fields.body) ? [...waiting, 'body'] : waiting;
  }
  /** Whether something could be sent and is not. */
  get isUnsent() { return Object.keys(this.#sendable()).length > 0; }
  /** Whether all words are with the house. */
  get isSafe() { return !this.isUnsent && (this.text?.isSaved ?? true); }
  get #isShared() { return this.text !== null && this.id !== null; }
  /** Work left from an earlier sitting, or null. */
  get leftover() { return this.#drawer.look(this.#drawerId); }

  /** Lets an editor that holds its words back a moment hand them over before each save. */
  beforeSave(act) { this.#beforeSave = act; }

  /** Takes what the editor of a shared text has in it now. */
  wrote(body) {
    this.fields = { ...this.fields, body };
    this.refusals = this.refusals.filter(({ field }) => !field?.startsWith('body'));
    if (!this.id) this.#changed();
  }

  /** What readers have of a field. */
  withReaders(name) { return name === 'body' && this.#isShared ? this.readers : this.story[name]; }

  /** Changes one field by hand. */
  set(name, value) {
    if (same(this.fields[name], value)) return;
    if (name === 'body' && this.text) this.text.lay(value);
    const fields = { ...this.fields, [name]: value };
    if (name === 'slug') this.#slugTouched = value !== '';
    const follows = name === 'headline' && !this.#slugTouched && !this.isPublic;
    if (follows) fields.slug = slugOf(value);
    this.fields = fields;
    this.refusals = this.refusals.filter((refusal) => refusal.field !== name);
    this.#changed();
  }

  /** Takes back in what an earlier sitting left on this device. */
  takeLeftover() {
    const work = this.leftover;
    if (!work) return;
    this.fields = { ...this.fields, ...work.changes };
    if (work.changes.body) this.text?.lay(work.changes.body);
    this.edition += 1;
    this.#changed();
  }

  forgetLeftover() { this.#drawer.forget(this.#drawerId); }

  /** Sends what may be sent now. `why` is for the list of revisions. Never throws; `status` tells. */
  async save(why) {
    this.#beforeSave();
    clearTimeout(this.#timer);
    if (this.#running) {
      await this.#running;
      return this.isChanged ? this.save(why) : undefined;
    }
    if (this.clash) return undefined;
    this.#running = this.#send(why);
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  /** Makes a revision of all that is written until now. Whether that is done; `status` and `refusals` tell why not. */
  async seal(why) {
    await this.save(why);
    if (!this.#isShared || this.clash) return !this.clash;
    if (!(await this.text.saved(SEALING))) return false;
    try {
      this.#accept(await this.#api.post(`/stories/${this.id}/revisions`, why ? { why } : {}, { key: newKey() }), {});
      return true;
    } catch (trouble) {
      this.#fail(trouble);
      return false;
    }
  }

  /** Hears that the story has a newer revision; what another hand changed in its fields is joined in. */
  async heard(revision) {
    if (!this.story || revision <= this.story.revision || this.#running || this.clash) return;
    try {
      const theirs = await this.#api.get(`/stories/${this.id}`);
      if (theirs.revision > this.story.revision && !this.#running) this.#meet(theirs);
    } catch { /* It is heard again with the next revision, and at the latest when something is saved. */ }
  }

  /** Runs an act that answers with the story as it now is (publish, withdraw, correct); `sent` are the fields it carries. Throws its trouble. */
  async act(doing, sent = {}) {
    this.refusals = [];
    try {
      this.#accept(await doing(), sent);
      this.behind = false;
    } catch (trouble) {
      if (trouble.kind === 'stale' && trouble.current) this.#meet(trouble.current);
      else this.refusals = (trouble.refusals ?? []).map(told);
      throw trouble;
    }
  }

  /** Settles a clash: for each field in `mine` this version stays, for the other clashing ones theirs is taken. */
  settle(mine) {
    const { theirs, other, clashes, slugFollows } = this.clash;
    const fields = { ...this.fields };
    for (const name of clashes) if (!mine.includes(name)) fields[name] = other[name];
    if (slugFollows) fields.slug = slugOf(fields.headline);
    this.#base = other;
    this.story = theirs;
    this.fields = fields;
    this.clash = null;
    this.edition += 1;
    this.#changed();
    return this.save();
  }

  /** Puts the words back to what the server has; what was here is handed back so that it can be undone. */
  revert() {
    const before = this.fields;
    this.fields = { ...this.#base };
    if (this.#isShared && this.readers) {
      this.text.lay(this.readers);
      this.fields.body = this.readers;
    }
    this.edition += 1;
    this.#changed();
    return before;
  }

  /** Makes the story say what an earlier version said; its address and its hours stay. What was here is handed back so that it can be undone. */
  bringBack(version) {
    const before = this.fields;
    const { slug, scheduled_for, embargo } = before;
    this.fields = { ...fieldsOf(version), slug, scheduled_for, embargo };
    if (this.#isShared) this.text.lay(this.fields.body);
    this.edition += 1;
    this.#changed();
    return before;
  }

  /** Puts back fields that were handed out by `revert`. */
  restore(fields) {
    if (this.#isShared) this.text.lay(fields.body);
    this.fields = fields;
    this.edition += 1;
    this.#changed();
  }

  stop() {
    clearTimeout(this.#timer);
    this.text?.stop();
  }

  // A public story's readers may have an older text than the newest revision's.
  async #lookAtReaders() {
    const publication = this.story?.publication;
    if (!this.text || !this.isPublic || !publication) return;
    if (publication.revision === this.story.revision) {
      this.readers = this.story.body;
      return;
    }
    try {
      this.readers = (await this.#api.get(`/stories/${this.id}/revisions/${publication.revision}`)).body;
    } catch { /* Without it nothing is said to wait; the note can be written all the same. */ }
  }

  #changed() {
    this.#key = null;
    this.#keep();
    if (this.clash) return;
    this.status = this.isChanged ? 'changed' : this.story ? 'saved' : 'new';
    this.#later(PAUSE);
  }

  #later(wait) {
    clearTimeout(this.#timer);
    if (Object.keys(this.#sendable()).length > 0) this.#timer = setTimeout(() => this.save(), wait);
  }

  #keep() {
    const { changes } = this;
    if (Object.keys(changes).length === 0) {
      this.#drawer.forget(this.#drawerId);
      return;
    }
    const { headline } = this.fields;
    this.isKept = this.#drawer.keep(this.#drawerId, { at: this.#clock(), revision: this.story?.revision ?? null, changes, headline });
  }

  #sendable() {
    const { waiting } = this;
    return Object.fromEntries(Object.entries(this.changes).filter(([name]) => !waiting.includes(name)));
  }

  async #send(why) {
    const changes = this.#sendable();
    if (Object.keys(changes).length === 0) return;
    const key = (this.#key ??= newKey());
    this.status = 'saving';
    try {
      const story = this.story
        ? await this.#api.patch(`/stories/${this.id}`, { ...outgoing(changes), ...(why && { why }) }, { revision: this.story.revision, key })
        : await this.#api.post('/stories', outgoing(this.#first(changes)), { key });
      this.#accept(story, changes);
      this.behind = this.isPublic;
    } catch (trouble) {
      this.#fail(trouble);
    }
  }

  // A shared text follows its story, and is not sent with it.
  #first({ body, ...changes }) {
    return body && !this.text ? { ...changes, body } : changes;
  }

  // The answer is the new ground; what was not sent, or was typed while it was on its way, stays on top of it.
  #accept(story, sent) {
    const unsent = changesOf({ ...this.#base, ...sent }, this.fields);
    const before = this.fields.body;
    // A body is taken in as it is: were its other form put into the editor, the caret would leave the text in mid-word.
    this.#base = { ...this.#ground(story), ...(sent.body && { body: sent.body }) };
    this.story = story;
    this.text?.join(story.id, true);
    this.fields = { ...this.#base, ...unsent, ...(this.text && { body: before }) };
    if (!same(before, this.fields.body)) this.edition += 1;
    this.#lookAtReaders();
    this.#settleIn(story.id);
    this.savedAt = this.#clock();
    this.trouble = null;
    this.refusals = [];
    this.#keep();
    this.status = this.isChanged ? 'changed' : 'saved';
    this.#later(PAUSE);
  }

  // The fields of a story; what the server says as it did before stays in the form it has here (text in the same marks can be told in two ways).
  #ground(story) {
    const fields = fieldsOf(story);
    const told = this.story ? fieldsOf(this.story) : this.#base;
    for (const name of Object.keys(fields)) if (same(told[name], fields[name])) fields[name] = this.#base[name];
    // A shared text is joined letter by letter elsewhere: nothing of it is compared here.
    if (this.#isShared) fields.body = this.#base.body;
    return fields;
  }

  #settleIn(id) {
    this.#key = null;
    this.#wait = RETRY[0];
    if (this.#drawerId === id) return;
    this.#drawer.forget(this.#drawerId);
    this.#drawerId = id;
  }

  #fail(trouble) {
    this.trouble = trouble;
    this.#keep();
    if (trouble.kind === 'stale' && trouble.current) {
      this.#meet(trouble.current);
      return;
    }
    this.refusals = (trouble.refusals ?? []).map(told);
    this.status = trouble.kind;
    if (trouble.kind !== 'offline') return;
    this.#later(this.#wait);
    this.#wait = Math.min(this.#wait * 2, RETRY[1]);
  }

  // Somebody else saved: what only one of us changed is joined; what both changed is shown, and nothing is sent until settled.
  #meet(theirs) {
    const other = this.#ground(theirs);
    const { fields, clashes: all } = join(this.#base, this.fields, other);
    // Two addresses made from two headlines are one question: the address follows the headline that stays.
    const slugFollows = all.includes('slug') && !this.#slugTouched && other.slug === slugOf(other.headline);
    const clashes = slugFollows ? all.filter((name) => name !== 'slug') : all;
    this.#key = null;
    this.refusals = [];
    if (clashes.length > 0) {
      this.fields = fields;
      this.clash = { theirs, other, clashes, slugFollows };
      this.status = 'clash';
      return;
    }
    this.joined = Object.keys(changesOf(this.#base, other));
    const bodyMoved = !same(this.fields.body, fields.body);
    this.#base = other;
    this.story = theirs;
    this.fields = fields;
    if (bodyMoved) this.edition += 1;
    this.#changed();
  }
}
