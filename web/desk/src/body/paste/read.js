// Foreign HTML, as a browser has parsed it, becomes blocks of ours. It is read node by node and everything is made anew:
// what is not named here does not come in.
import { turnOf, languageOf, otherLanguage } from '../flow.js';
import { schema } from '../schema.js';
import { Line, seen } from './line.js';
import { fakeItem, gathered } from './lists.js';
import { awayHref, directionSaid, marksOf } from './marks.js';
import { findNotes, nameOf } from './notes.js';
import { isAround, isHidden, styleOf } from './style.js';
import { inlinesOf, isLayout, tableOf } from './tables.js';

const { nodes } = schema;
/** How deep lists and quotes may nest (crates/base/src/document/check.rs). */
const MAX_DEPTH = 12;
/** Nested elements that are followed; nothing a person wrote goes as deep, and of what does the bare text is taken. */
const MAX_ELEMENTS_DEEP = 500;
/** The longest line under a quotation that is a speaker and no text, in characters. */
const MAX_SPEAKER = 200;

const SILENT = new Set(['script', 'style', 'textarea', 'noscript', 'template', 'head', 'title', 'meta', 'link', 'base', 'xml', 'svg',
  'input', 'select', 'button', 'datalist', 'map', 'area', 'col', 'colgroup', 'source', 'track', 'param', 'rp', 'annotation']);
const PICTURES = new Set(['img', 'picture', 'image', 'v:imagedata']);
const PARTS = new Set(['iframe', 'frame', 'object', 'embed', 'video', 'audio', 'canvas', 'applet']);
const BLOCKS = new Set(['p', 'div', 'section', 'article', 'main', 'header', 'footer', 'address', 'center', 'fieldset', 'legend', 'form', 'dl', 'dt', 'dd',
  'details', 'summary', 'hgroup', 'figure', 'figcaption', 'aside', 'table', 'tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption', 'li', 'html', 'body']);

/**
 * Reads what was pasted: { blocks, left }. `settings` are the story's own `dir` and `lang`;
 * `left` counts what did not come in: pictures, and parts of a page that are no text of its story.
 */
export function readForeign(root, settings) {
  const first = new Reading(root, settings);
  const blocks = first.all(root);
  if (blocks.length > 0 || first.left.parts === 0) return { blocks, left: first.left };
  // Nothing but what usually stands around: then that was meant.
  const again = new Reading(root, { ...settings, isAll: true });
  return { blocks: again.all(root), left: again.left };
}

class Reading {
  constructor(root, settings) {
    this.settings = settings;
    this.notes = findNotes(root);
    this.left = { pictures: 0, parts: 0 };
  }

  all(root) {
    const blocks = this.blocks(root, { depth: 1 });
    while (blocks.at(-1)?.type === nodes.divider) blocks.pop();
    return blocks;
  }

  blocks(element, within, marks = []) {
    const part = new Part(this, within);
    part.children(element, marks, 0);
    return part.done();
  }
}

// One container on its way: the whole, an item, a quotation, a cell.
class Part {
  #out = [];
  #line = new Line();
  #make = (content) => this.#paragraph(content);
  #said = { dir: null, lang: null };
  #sign = '';

  constructor(reading, within) {
    this.reading = reading;
    this.within = within;
    this.speaker = null;
  }

  children(element, marks, deep) {
    if (deep > MAX_ELEMENTS_DEEP) {
      this.#line.text(element.textContent, marks);
      return;
    }
    for (const child of element.childNodes) {
      if (child.nodeType === 3) this.#line.text(child.nodeValue, marks);
      else if (child.nodeType === 1) this.#element(child, nameOf(child), marks, deep + 1);
    }
  }

  done() {
    this.#flush();
    return gathered(this.#out);
  }

  #element(element, name, marks, deep) {
    const style = styleOf(element);
    if (SILENT.has(name) || isHidden(element, style) || this.#isNoted(element, name)) return;
    if (this.#isLeft(element, name)) return;
    if (/ignore/.test(style['mso-list'] ?? '')) {
      this.#sign += element.textContent;
      return;
    }
    const act = ACTS[name];
    if (act) act(this, element, marks, deep);
    else if (BLOCKS.has(name)) this.block(element, marksOf(element, name, style, marks), deep, this.#makerOf(element, style));
    else this.children(element, marksOf(element, name, style, marks), deep);
  }

  // A call becomes a note; the note itself was taken with its call.
  #isNoted(element, name) {
    const { notes } = this.reading;
    if (notes.isNote(element) || notes.isBack(element)) return true;
    const note = name === 'a' ? notes.noteOf(element) : null;
    if (note && !this.within.isNote) this.#line.note(nodes.footnote.create(null, inlinesOf(this.reading.blocks(note, { ...this.within, isNote: true }), nodes.footnote)));
    return note !== null;
  }

  #isLeft(element, name) {
    const { left, settings } = this.reading;
    if (PICTURES.has(name)) {
      if (!isPixel(element)) left.pictures += 1;
      return true;
    }
    if (!PARTS.has(name) && (settings.isAll || !isAround(element, name))) return false;
    left.parts += 1;
    return true;
  }

  /** Reads an element that stands on its own lines; `make` makes a block of what is in it. */
  block(element, marks, deep, make = this.#make) {
    const before = { make: this.#make, said: this.#said, sign: this.#sign };
    this.#flush();
    this.#make = make;
    this.#said = { dir: directionSaid(element) ?? before.said.dir, lang: element.getAttribute('lang') ?? before.said.lang };
    this.#sign = '';
    this.children(element, marks, deep);
    this.#flush();
    this.#make = before.make;
    this.#said = before.said;
    this.#sign = before.sign;
  }

  /** Adds a finished block. */
  add(...blocks) {
    this.#flush();
    this.#out.push(...blocks);
  }

  last() {
    this.#flush();
    return this.#out.at(-1);
  }

  setLast(block) { this.#out[this.#out.length - 1] = block; }

  break() { this.#line.break(); }

  heading(level) {
    return (content) => nodes.heading.create({ level: Math.min(4, Math.max(2, level)), dir: this.#flow(content).dir }, plain(content));
  }

  // Word says by class and style what other programs say by element.
  #makerOf(element, style) {
    const kind = element.getAttribute('class') ?? '';
    const level = Number(style['mso-outline-level']);
    if (/\bMsoTitle\b/.test(kind)) return this.heading(2);
    if (level >= 1 && level <= 9) return this.heading(level);
    if (/\bMso(Intense)?Quote\b/.test(kind)) return (content) => nodes.quote.create(null, [this.#paragraph(content)]);
    if (!style['mso-list']) return undefined;
    return (content) => {
      const fake = fakeItem(style, this.#sign);
      return fake ? { fake, block: this.#paragraph(content) } : this.#paragraph(content);
    };
  }

  #flush() {
    for (const content of this.#line.take(!this.within.isNote)) {
      const made = this.#make(content);
      const last = this.#out.at(-1);
      const goesOn = made.type === nodes.quote && last?.type === nodes.quote && !last.attrs.speaker;
      if (goesOn) this.#out[this.#out.length - 1] = last.copy(last.content.append(made.content));
      else this.#out.push(made);
    }
  }

  #paragraph(content) { return nodes.paragraph.create(this.#flow(content), content); }

  #flow(content) {
    const { dir, lang } = this.reading.settings;
    const text = content.map((node) => node.textContent).join('');
    const turned = turnOf(text, dir, this.#said.dir);
    return { dir: turned, lang: otherLanguage(this.#said.lang, lang) ?? (turned ? languageOf(text, lang) : null) };
  }
}

const heading = (level) => (part, element, marks, deep) => part.block(element, marks, deep, part.heading(level));

const ACTS = {
  br: (part) => part.break(),
  hr: (part, element) => { if (part.within.depth === 1 && !/mso-element:\s*(foot|end)note-list/i.test(said(element.parentNode))) part.add(nodes.divider.create()); },
  pre: (part, element) => {
    const text = seen(element.textContent).replace(/\r\n?/g, '\n').replace(/^\n|\s+$/g, '');
    if (text) part.add(nodes.preformatted.create(null, schema.text(text)));
  },
  h1: heading(1), h2: heading(2), h3: heading(3), h4: heading(4), h5: heading(5), h6: heading(6),
  ul: listAct, ol: listAct, menu: listAct, dir: listAct,
  blockquote: quoteAct,
  figure: figureAct,
  footer: speakerAct, cite: speakerAct, figcaption: speakerAct,
  table: tableAct,
};

const said = (element) => element?.getAttribute?.('data-still') ?? element?.getAttribute?.('style') ?? '';
const elements = (element) => [...element.childNodes].filter(({ nodeType }) => nodeType === 1);
const has = (element, names) => elements(element).some((child) => names.includes(nameOf(child)) || has(child, names));
const textIn = (element) => seen(element.textContent).replace(/\s+/g, ' ').trim();
const plain = (content) => content.map((node) => node.mark(schema.marks.strong.removeFromSet(node.marks)));

function isPixel(element) {
  const sides = ['width', 'height'].map((side) => element.getAttribute(side)).filter((side) => side !== null);
  return sides.length === 2 && sides.every((side) => Number(side) <= 2);
}

function listAct(part, element, marks, deep) {
  const ordered = nameOf(element) === 'ol';
  const start = Math.max(0, parseInt(element.getAttribute('start') ?? '1', 10) || 1);
  const within = { ...part.within, depth: part.within.depth + 1 };
  if (within.depth >= MAX_DEPTH) return part.block(element, marks, deep);
  const items = [];
  for (const child of elements(element)) {
    const isItem = !['ul', 'ol'].includes(nameOf(child));
    if (isItem && (isHidden(child, styleOf(child)) || part.reading.notes.isNote(child))) continue;
    const blocks = isItem ? part.reading.blocks(child, within, marks) : part.reading.blocks({ childNodes: [child] }, { ...within, depth: part.within.depth }, marks);
    if (blocks.length === 0) continue;
    const level = Number(child.getAttribute('data-aria-level'));
    if (isItem && level > 0) part.add({ fake: { level, ordered, start }, block: blocks[0] });
    else if (isItem || items.length === 0) items.push(blocks);
    else items.at(-1).push(...blocks);
  }
  if (items.length > 0) part.add(nodes.list.create({ ordered, start: ordered ? start : 1 }, items.map((blocks) => nodes.list_item.create(null, blocks))));
  return undefined;
}

function quoteAct(part, element, marks, deep) {
  const within = { ...part.within, depth: part.within.depth + 1, isQuote: true };
  if (within.depth >= MAX_DEPTH) return part.block(element, marks, deep);
  const inside = new Part(part.reading, within);
  inside.children(element, marks, deep);
  const blocks = inside.done();
  const [dir] = blocks.map((block) => block.attrs.dir ?? null);
  if (blocks.length > 0) part.add(nodes.quote.create({ speaker: inside.speaker, source: awayHref(element.getAttribute('cite')), dir: dir ?? null }, blocks));
  return undefined;
}

// Who said it stands below the words; in a line of its own it is no text.
function speakerAct(part, element, marks, deep) {
  const isBelow = part.within.isQuote && !part.speaker && (nameOf(element) !== 'cite' || !['p', 'span', 'a', 'li'].includes(nameOf(element.parentNode)));
  const text = isBelow ? textIn(element).replace(/^[\s—–―-]+/, '') : '';
  if (text && text.length <= MAX_SPEAKER) part.speaker = text;
  else if (nameOf(element) === 'cite') part.children(element, marks, deep);
  else part.block(element, marks, deep);
}

// A picture goes with its caption; a quotation has its speaker below.
function figureAct(part, element, marks, deep) {
  const isQuote = has(element, ['blockquote']);
  if (!isQuote && !has(element, ['table', 'pre']) && has(element, ['img', 'picture', 'video', 'iframe', 'object'])) {
    part.reading.left[has(element, ['img', 'picture']) ? 'pictures' : 'parts'] += 1;
    return;
  }
  part.add();
  if (!isQuote) {
    part.block(element, marks, deep);
    return;
  }
  const caption = elements(element).find((child) => nameOf(child) === 'figcaption');
  part.block({ childNodes: elements(element).filter((child) => child !== caption), getAttribute: () => null }, marks, deep);
  const last = part.last();
  const speaker = caption ? textIn(caption).replace(/^[\s—–―-]+/, '') : '';
  if (speaker && speaker.length <= MAX_SPEAKER && last?.type === nodes.quote) part.setLast(nodes.quote.create({ ...last.attrs, speaker }, last.content));
}

function tableAct(part, element, marks, deep) {
  if (part.within.isCell || part.within.depth >= MAX_DEPTH || isLayout(element)) return part.block(element, marks, deep);
  const table = tableOf(element, (cell, isHeader) => {
    const content = inlinesOf(part.reading.blocks(cell, { depth: MAX_DEPTH, isCell: true }, marks), nodes.table_cell);
    return isHeader ? plain(content) : content;
  });
  if (table) part.add(table);
  return undefined;
}
