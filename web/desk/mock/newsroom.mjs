// The newsroom's memory and its acts, as far as the desk asks for them.
import { randomUUID } from 'node:crypto';
import { Furniture } from './furniture.mjs';
import { FIELDS, PEOPLE, RUNNING, SECTIONS, TOPICS, storiesOf } from './samples.mjs';

export class Problem extends Error {
  constructor(status, title, rest = {}) {
    super(title);
    this.status = status;
    this.body = { type: 'about:blank', title, status, refusals: [], ...rest };
  }
}

const refuse = (...refusals) => new Problem(422, 'Refused', { refusals: refusals.map(([field, key, message]) => ({ field, key, message })) });
const STAFF = { id: 'staff-ada', name: 'Ada Roe', email: 'ada@example.org', role: 'owner' };
const NEWSROOM = { name: 'The Harbour Post', language: 'en', direction: 'ltr', zone: 'Europe/Berlin' };
const SESSION = { staff: STAFF, newsroom: NEWSROOM, fresh_until: '2099-01-01T00:00:00Z' };

export class Newsroom {
  stories = new Map();
  revisions = new Map();
  sessions = new Set(['walk']);
  keys = new Map();
  front = { version: 0, arranged: null, slots: [] };
  furniture = new Furniture(SECTIONS, Problem);

  constructor() {
    for (const story of storiesOf()) this.#seal({ ...story, begun_by: { staff_id: STAFF.id, name: STAFF.name }, revision: 0 }, 'Imported', 'Import');
  }

  answer(ask) {
    const { method, parts: [place, id, act, number], key } = ask;
    if (place === 'session') return this.#session(ask);
    if (place === 'enrolment') return this.#enrolment(ask);
    if (!this.sessions.has(ask.session)) throw new Problem(401, 'Sign in');
    if (key && this.keys.has(key)) return this.keys.get(key);
    const answer = this.#route(method, place, id, act, number, ask);
    if (key) this.keys.set(key, answer);
    return answer;
  }

  mock(what, body) {
    if (what === 'elsewhere') this.#seal({ ...this.stories.get(body.id), ...body.fields }, 'Saved by another hand', 'Ben Oak');
    if (what === 'lapse') this.sessions = new Set(['walk']);
    if (what === 'empty') this.stories.clear();
    if (what === 'role') STAFF.role = body.role;
    if (what === 'front') this.#arrange(body.slots, 'Ben Oak');
  }

  #route(method, place, id, act, number, ask) {
    if (place === 'sections') return { body: this.furniture.section(method, id, ask) };
    if (place === 'trust-pages') return { body: this.furniture.trust(method, id, act, number, ask) };
    if (place === 'running-stories' && act === 'public-safety') return { body: Object.assign(RUNNING.find((one) => one.id === id), { public_safety_open: method === 'PUT' }) };
    if (place === 'running-stories') return { body: { running_stories: RUNNING } };
    if (place === 'topics') return { body: { topics: TOPICS.filter((topic) => has(topic.name, ask.query.q)) } };
    if (place === 'people') return { body: { people: PEOPLE.filter((person) => has(person.name, ask.query.q)) } };
    if (place === 'front') return { body: method === 'PUT' ? this.#front(ask) : this.#frontNow() };
    if (place !== 'stories') throw new Problem(404, 'Nothing here');
    if (!id) return method === 'POST' ? { status: 201, body: this.#create(ask.body) } : { body: this.#list(ask.query) };
    const story = this.stories.get(id);
    if (!story) throw new Problem(404, 'No such story');
    if (act === 'revisions') return { body: this.#revisionsOf(id, number) };
    if (act) return { body: this.#act(method, act, story, ask) };
    return { body: method === 'PATCH' ? this.#change(story, ask) : story };
  }

  #session({ method, body, session }) {
    if (method === 'DELETE') { this.sessions.delete(session); return { status: 204, session: '' }; }
    if (method === 'GET') {
      if (!this.sessions.has(session)) throw new Problem(401, 'Sign in');
      return { body: SESSION };
    }
    const isRight = body.email === STAFF.email && body.password === 'correct horse battery' && body.code === '123456';
    if (!isRight) throw refuse([null, 'sign-in', 'Email, password or code is not right. Nothing was changed.']);
    return this.#signIn();
  }

  #enrolment({ method, parts, body }) {
    if (method === 'POST') {
      if (body.token !== 'first') throw refuse(['token', 'token', 'This invitation is used or too old. Ask for a new one.']);
      if ([...body.password].length < 12) throw refuse(['password', 'too-short', 'A password has at least 12 characters.']);
      return { body: { otpauth_url: 'otpauth://totp/The%20Harbour%20Post:ada@example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=The%20Harbour%20Post', secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', confirm: 'c1' } };
    }
    if (parts[1] !== 'c1' || body.code !== '123456') throw refuse(['code', 'code', 'That code is not right. Wait for the next one.']);
    return this.#signIn();
  }

  #signIn() {
    const session = randomUUID().replaceAll('-', '');
    this.sessions.add(session);
    return { body: SESSION, session };
  }

  #list({ state, section, q, after, limit = 50 }) {
    const all = [...this.stories.values()].sort((one, other) => other.updated_at.localeCompare(one.updated_at));
    const counts = {};
    for (const story of all) counts[story.state] = (counts[story.state] ?? 0) + 1;
    const fitting = all.filter((story) => (!state || story.state === state) && (!section || story.section_id === section) && has(`${story.headline} ${story.slugline}`, q));
    const from = after ? Number(after) : 0;
    const page = fitting.slice(from, from + Number(limit));
    return { stories: page.map(summaryOf), next: from + page.length < fitting.length ? String(from + page.length) : null, counts };
  }

  #frontNow() {
    const slots = this.front.slots.map((slot) => ({ ...slot, story: summaryOf(this.stories.get(slot.story_id)) }));
    return { ...this.front, slots };
  }

  #front({ body, revision }) {
    if (revision === null) throw new Problem(428, 'Say which arrangement you changed');
    if (revision !== this.front.version) throw new Problem(409, 'Somebody else arranged it', { current: this.#frontNow() });
    const unknown = body.slots.findIndex(({ story_id }) => !this.stories.has(story_id));
    if (unknown >= 0) throw refuse([`slots[${unknown}].story_id`, 'unknown-story', 'There is no such story.']);
    return this.#arrange(body.slots);
  }

  #arrange(slots, by = STAFF.name) {
    this.front = { version: this.front.version + 1, arranged: { at: new Date().toISOString(), by }, slots };
    return this.#frontNow();
  }

  #create(fields) {
    const now = new Date().toISOString();
    return this.#seal({ ...FIELDS, ...fields, id: randomUUID(), state: 'draft', begun_by: { staff_id: STAFF.id, name: STAFF.name }, revision: 0, url: null, shell_url: null, publication: null, withdrawal: null, notes: [], created_at: now }, 'Begun');
  }

  #change(story, { body: { why, ...fields }, revision }) {
    this.#demand(story, revision);
    const unknown = Object.keys(fields).filter((name) => !(name in FIELDS));
    if (unknown.length > 0) throw new Problem(400, `Unknown fields: ${unknown}`);
    if ([...(fields.slugline ?? '')].length > 24) throw refuse(['slugline', 'too-long', 'A slugline has at most 24 characters.']);
    return this.#seal({ ...story, ...fields }, why ?? null);
  }

  #demand(story, revision) {
    if (revision === null) throw new Problem(428, 'Say which revision you changed');
    if (revision !== story.revision) throw new Problem(409, 'Somebody else saved', { current: story });
  }

  #act(method, act, story, { body, revision }) {
    const at = new Date().toISOString();
    if (act === 'publication' && method === 'PUT') return this.#publish(story, at);
    if (act === 'withdrawal') {
      if (!body.reason) throw refuse(['reason', 'no-reason', 'Readers are owed a reason.']);
      return this.#seal({ ...story, state: 'withdrawn', withdrawal: { ...body, at } }, 'Withdrawn');
    }
    if (act === 'corrections') {
      this.#demand(story, revision);
      const notes = [...story.notes, { class: body.class, text: body.text, at }];
      return this.#seal({ ...story, ...body.changes, notes }, body.text, STAFF.name, body.class);
    }
    throw new Problem(404, 'Nothing here');
  }

  #publish(story, at) {
    const no = [
      !story.headline && ['headline', 'no-headline', 'A story needs a headline.'], !story.section_id && ['section_id', 'no-section', 'A story needs a section.'],
      story.body.content.length === 0 && ['body', 'no-body', 'A story needs a text.'],
    ].filter(Boolean);
    if (no.length > 0) throw refuse(...no);
    if (story.scheduled_for && story.scheduled_for > at) return this.#seal({ ...story, state: 'scheduled' }, 'Scheduled');
    return this.#seal({ ...story, state: 'published', url: `/2026/11/${story.slug}`, publication: { at, by: STAFF.name }, withdrawal: null }, 'Published');
  }

  #seal(story, why, by = STAFF.name, publicClass = null) {
    const sealed = { ...story, revision: story.revision + 1, updated_at: story.revision === 0 && story.updated_at ? story.updated_at : new Date().toISOString() };
    this.stories.set(sealed.id, sealed);
    const all = this.revisions.get(sealed.id) ?? [];
    all.push({ number: sealed.revision, at: sealed.updated_at, by, why, public_class: publicClass, story: sealed });
    this.revisions.set(sealed.id, all);
    return sealed;
  }

  #revisionsOf(id, number) {
    const all = this.revisions.get(id);
    if (!number) return { revisions: all.map(({ story: _, ...revision }) => revision) };
    return all.find((revision) => revision.number === Number(number)).story;
  }
}

const has = (text, q) => !q || text.toLowerCase().includes(q.toLowerCase());

function summaryOf(story) {
  const section = SECTIONS.find(({ id }) => id === story.section_id);
  return { ...pick(story, ['id', 'slug', 'headline', 'kicker', 'state', 'language', 'updated_at', 'revision', 'url', 'access']), section: section ? { id: section.id, name: section.name } : null,
    bylines: story.bylines.map(({ name }) => name), published_at: story.publication?.at ?? null, due_at: story.state === 'scheduled' ? story.scheduled_for : null, words: JSON.stringify(story.body).split(/\s+/).length };
}

const pick = (from, names) => Object.fromEntries(names.map((name) => [name, from[name]]));
