// Trust pages and sections of the mock, as far as the desk asks for them.
import { randomUUID } from 'node:crypto';

const text = (words) => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }] });
const page = (slug, title, words) => ({ slug, title, body: text(words), starter: true, shown: false, version: 1, changed: null, act: 'laid_out' });

export class Furniture {
  pages = [page('ethics', 'Ethics', '[Newsroom name] reports what it knows.'), page('masthead', 'Who we are', '[Name], editor-in-chief.')];
  history = new Map(this.pages.map((one) => [one.slug, [one]]));

  constructor(sections, Problem) {
    Object.assign(this, { sections, Problem });
    for (const section of sections) Object.assign(section, { description: '', version: 1 });
  }

  trust(method, slug, act, number, { body, revision }) {
    if (!slug) return { trust_pages: this.pages.map(face) };
    const now = this.pages.find((one) => one.slug === slug);
    if (!now) throw new this.Problem(404, 'Nothing here');
    if (act === 'versions' && number) return face(this.history.get(slug)[number - 1]);
    if (act === 'versions') return { versions: this.history.get(slug).map(line).reverse() };
    if (method === 'GET') return face(now);
    if (revision !== now.version) throw new this.Problem(409, 'Somebody else changed it', { current: face(now) });
    if (act === 'publication') return this.#write(now, { shown: method === 'PUT', act: method === 'PUT' ? 'shown' : 'hidden' });
    const changed = { at: new Date().toISOString(), by: 'Ada Roe' };
    if (act === 'restoration') {
      const { title, body: words, starter } = this.history.get(slug)[body.version - 1];
      return this.#write(now, { title, body: words, starter, shown: now.shown && !starter, changed, act: 'restored' });
    }
    return this.#write(now, { ...body, starter: false, changed, act: 'adapted' });
  }

  section(method, id, { body, revision }) {
    const at = this.sections.findIndex((one) => one.id === id);
    if (method === 'POST') return this.#add(body);
    if (method === 'PUT' && id === 'order') this.sections.sort((one, other) => body.sections.indexOf(one.id) - body.sections.indexOf(other.id));
    else if (method === 'PUT' && revision !== this.sections[at].version) throw new this.Problem(409, 'Somebody else changed it', { current: this.sections[at] });
    else if (method === 'PUT') return Object.assign(this.sections[at], body, { version: revision + 1 });
    else if (method === 'DELETE') this.sections.splice(at, 1);
    return { sections: this.sections };
  }

  #add(body) {
    const section = { description: '', language: 'en', access: 'metered', slug: body.name.toLowerCase(), ...body, id: randomUUID(), version: 1 };
    this.sections.push(section);
    return section;
  }

  #write(now, change) {
    const next = { ...now, ...change, version: now.version + 1 };
    this.pages = this.pages.map((one) => (one === now ? next : one));
    this.history.get(now.slug).push(next);
    return face(next);
  }
}

const face = (one) => ({ ...one, url: one.shown ? `/about/${one.slug}` : null, gaps: JSON.stringify(one.body).match(/\[[^[\]"{}]+\]/g) ?? [] });
const line = ({ version, act, title, starter, shown, changed }) => ({ version, act, title, starter, shown, at: changed?.at ?? '2026-11-22T12:00:00Z', by: changed?.by ?? null });
