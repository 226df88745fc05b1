// The text of one story, written together with whoever else has it open.
//
// The text itself is a Yjs document. What is written here goes to the house in strokes, each counted; the house says
// which are saved. Whatever happens to the line in between, both sides tell each other how far they are and send what
// the other lacks. Until a story has an id its text is here alone.
import { prosemirrorToYXmlFragment, updateYFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { schema } from '../body/schema.js';
import { fromTree, toTree } from '../body/tree.js';
import { toBytes, toText } from './bytes.js';
import { keepOnDevice, note, noted } from './device.js';

/** The form of a body that this desk knows (crates/desk/src/told.rs). */
export const FORM = 1;
/** The name of the text in the shared document (crates/manuscript/src/text.rs). */
const FRAGMENT = 'body';
/** How long strokes are gathered before they go, milliseconds: a key pressed twice within it is one. */
const GATHER = 20;
/** How long the caret may rest before others see where it is, milliseconds. */
const CARET = 60;
/** Where a change came from when it was not written here. */
const HOUSE = Symbol('house');

export class Manuscript {
  doc = new Y.Doc();
  fragment = this.doc.getXmlFragment(FRAGMENT);
  awareness = new Awareness(this.doc);
  /** here (no id yet), opening, saved, saving, away, refused. */
  status = $state('here');
  /** Why writing was refused, as the house names it. */
  reason = $state(null);
  /** Who has it open: { client, name, colour }. */
  hands = $state.raw([]);
  /** The story's newest revision, as the house told it last. */
  revision = $state(null);
  /** Whether there is a text to show: the house's, or the one this device kept. */
  isReady = $state(true);
  /** Grows when the text was begun anew, so that the editor opens anew. */
  edition = $state(0);

  #line; #keep; #story = null; #leave = null; #device = null; #epoch = null;
  #strokes = []; #timer = null; #caret = null; #sent = 0; #saved = 0; #isJoined = false; #unsaved = false;
  #waiting = [];
  // Strokes that are on their way, as they were made: [count, bytes as text]. What others do may take their words out
  // of the document before the house has them, so the document alone could not give them again.
  #flying = [];
  // While what is ours is given: what came from the house meanwhile, and the count of our stroke.
  #held = null;

  /** `keep` keeps a text on the device; tests have none. */
  constructor({ line, keep = keepOnDevice } = {}) {
    this.#line = line;
    this.#keep = keep;
    this.#listen();
  }

  get client() { return this.doc.clientID; }
  get story() { return this.#story; }
  /** The others who have it open. */
  get others() { return this.hands.filter(({ client }) => client !== this.client); }
  /** Whether all that was written here is saved. */
  get isSaved() { return this.status === 'here' || (!this.#unsaved && this.#strokes.length === 0); }

  /** Opens the text of a story that the house has. Of one that was begun here (`isNew`), what is written so far goes along. */
  join(story, isNew = false) {
    if (this.#story) return;
    this.#story = story;
    this.status = 'opening';
    const { epoch, unsaved, flying } = noted(story);
    this.#flying = flying ?? [];
    this.#unsaved = Boolean(unsaved) || this.fragment.length > 0;
    this.isReady = isNew;
    if (epoch && !isNew) this.#open(epoch);
    this.#leave = this.#line.join(story, { opened: () => this.#opened(), heard: (told) => this.#heard(told), closed: () => this.#closed() });
  }

  /** The tree the server keeps, as it stands here. */
  tree() {
    return toTree(yXmlFragmentToProseMirrorRootNode(this.fragment, schema));
  }

  /** Makes the text say what a tree says; what is alike stays. */
  lay(tree) {
    const doc = fromTree(tree);
    if (this.fragment.length === 0) prosemirrorToYXmlFragment(doc, this.fragment);
    else this.doc.transact(() => updateYFragment(this.doc, this.fragment, doc, { mapping: new Map(), isOMark: new Map() }));
  }

  /** Waits until all that was written here is saved; false when it takes longer than `patience` milliseconds. */
  saved(patience) {
    this.#send();
    if (this.isSaved) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patience);
      this.#waiting.push(() => { clearTimeout(timer); resolve(true); });
    });
  }

  stop() {
    this.#send();
    clearTimeout(this.#timer);
    clearTimeout(this.#caret);
    removeAwarenessStates(this.awareness, [this.client], 'stop');
    this.#leave?.();
    this.#device?.stop();
    this.awareness.destroy();
    this.doc.destroy();
  }

  #listen() {
    this.doc.on('update', (update, origin) => {
      if (origin === HOUSE || this.#story === null || (this.#device && origin === this.#device.origin)) return;
      this.#strokes.push(update);
      this.#isUnsaved(true);
      this.status = this.#isJoined ? 'saving' : this.status;
      this.#timer ??= setTimeout(() => this.#send(), GATHER);
    });
    this.awareness.on('update', (_, origin) => {
      if (origin !== 'local' || this.#story === null) return;
      this.#caret ??= setTimeout(() => {
        this.#caret = null;
        if (this.#isJoined) this.#line.say({ kind: 'caret', story: this.#story, bytes: toText(encodeAwarenessUpdate(this.awareness, [this.client])) });
      }, CARET);
    });
  }

  #open(epoch) {
    this.#epoch = epoch;
    note(this.#story, { epoch });
    this.#device = this.#keep(this.#story, epoch, this.doc);
    this.#device?.ready.then(() => { if (this.fragment.length > 0) this.isReady = true; });
  }

  #isUnsaved(unsaved) {
    if (this.#unsaved === unsaved) return;
    this.#unsaved = unsaved;
    note(this.#story, { unsaved });
  }

  #send() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#isJoined || this.#strokes.length === 0) return;
    const bytes = toText(Y.mergeUpdates(this.#strokes));
    if (this.#line.say({ kind: 'stroke', story: this.#story, number: this.#sent + 1, bytes })) {
      this.#sent += 1;
      this.#strokes = [];
      this.#fly([...this.#flying, [this.#sent, bytes]]);
    }
  }

  #fly(flying) {
    this.#flying = flying;
    note(this.#story, { flying: flying.length > 0 ? flying : undefined });
  }

  async #opened() {
    // What this device kept belongs to what we say we have.
    await this.#device?.ready;
    this.#sent = this.#saved = 0;
    this.#held = null;
    this.#line.say({ kind: 'open', story: this.#story, form: FORM, client: this.client, vector: toText(Y.encodeStateVector(this.doc)) });
  }

  #closed() {
    this.#isJoined = false;
    this.hands = [];
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.client);
    removeAwarenessStates(this.awareness, others, HOUSE);
    if (this.status !== 'refused') this.status = 'away';
  }

  #heard(told) {
    if (told.kind === 'text') this.#meet(told);
    else if (told.kind === 'stroke') this.#take(toBytes(told.bytes));
    else if (told.kind === 'saved') this.#settled(told.number);
    else if (told.kind === 'caret') applyAwarenessUpdate(this.awareness, toBytes(told.bytes), HOUSE);
    else if (told.kind === 'hands') this.hands = told.hands;
    else if (told.kind === 'revision') this.revision = told.revision;
    else if (told.kind === 'again') this.#opened();
    else if (told.kind === 'refused') this.#refused(told.reason);
  }

  // Both have said how far they are: each gets what it lacks. We give first, and take when ours is safe.
  #meet({ epoch, bytes, vector, revision }) {
    if (this.#epoch && this.#epoch !== epoch) return this.#beginAnew();
    if (!this.#epoch) this.#open(epoch);
    this.revision = revision;
    this.#isJoined = true;
    this.reason = null;
    const theirs = toBytes(vector);
    const lacks = this.#unsaved || this.#flying.length > 0 || isAhead(this.doc, theirs);
    if (lacks) {
      const flying = this.#flying.map(([, stroke]) => toBytes(stroke));
      this.#strokes = [...flying, Y.encodeStateAsUpdate(this.doc, theirs)];
      // After a crash the document may lack them too.
      for (const stroke of flying) Y.applyUpdate(this.doc, stroke, HOUSE);
      this.#fly([]);
      this.#isUnsaved(true);
      this.#held = { strokes: [], until: this.#sent + 1 };
    }
    this.#send();
    this.#take(toBytes(bytes));
    this.status = lacks ? 'saving' : 'saved';
    const state = this.awareness.getLocalState();
    if (state) this.awareness.setLocalState(state);
  }

  // What others wrote.
  #take(bytes) {
    if (this.#held) return void this.#held.strokes.push(bytes);
    Y.applyUpdate(this.doc, bytes, HOUSE);
    this.isReady = true;
  }

  #settled(number) {
    this.#saved = Math.max(this.#saved, number);
    this.#fly(this.#flying.filter(([count]) => count > number));
    if (this.#held && number >= this.#held.until) {
      const { strokes } = this.#held;
      this.#held = null;
      for (const bytes of strokes) this.#take(bytes);
    }
    if (this.#saved < this.#sent || this.#strokes.length > 0) return;
    this.#isUnsaved(false);
    this.status = 'saved';
    for (const done of this.#waiting.splice(0)) done();
  }

  // The house began the text anew: ours is another document, and opens as such.
  #beginAnew() {
    this.#device?.stop();
    this.#device = null;
    this.#epoch = null;
    note(this.#story, { epoch: null });
    this.doc.destroy();
    this.doc = new Y.Doc();
    this.fragment = this.doc.getXmlFragment(FRAGMENT);
    this.awareness = new Awareness(this.doc);
    this.#strokes = [];
    this.#listen();
    this.isReady = false;
    this.edition += 1;
    this.#opened();
  }

  #refused(reason) {
    this.reason = reason;
    this.status = 'refused';
  }
}

/** Whether the document has something that somebody who is as far as `vector` lacks. */
function isAhead(doc, vector) {
  const theirs = Y.decodeStateVector(vector);
  const mine = Y.decodeStateVector(Y.encodeStateVector(doc));
  return [...mine].some(([client, clock]) => clock > (theirs.get(client) ?? 0));
}
