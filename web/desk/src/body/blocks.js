// The blocks of a body as ProseMirror nodes; names and attributes are those of crates/base/src/document.rs.
import { say } from '../words.js';
import { cleanHref } from './href.js';

const flow = { dir: { default: null }, lang: { default: null } };
const spoken = { speaker: { default: null }, source: { default: null }, dir: { default: null } };
const direction = (dom) => (['ltr', 'rtl'].includes(dom.getAttribute('dir')) ? dom.getAttribute('dir') : null);
const present = (attrs) => Object.fromEntries(Object.entries(attrs).filter(([, value]) => value != null && value !== ''));
const flowing = ({ dir, lang }) => present({ dir, lang });

const paragraph = {
  group: 'block', content: 'inline*', attrs: flow,
  parseDOM: [{ tag: 'p', getAttrs: (dom) => ({ dir: direction(dom), lang: dom.getAttribute('lang') || null }) }],
  toDOM: (node) => ['p', flowing(node.attrs), 0],
};

const heading = {
  group: 'block', content: 'inline*', defining: true, attrs: { level: { default: 2 }, dir: { default: null } },
  // The headline is level 1; what is pasted with one starts at 2, and nothing goes below 4.
  parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
    tag: `h${level}`, getAttrs: (dom) => ({ level: Math.min(4, Math.max(2, level)), dir: direction(dom) }),
  })),
  toDOM: (node) => [`h${node.attrs.level}`, present({ dir: node.attrs.dir }), 0],
};

const spokenDom = (dom) => ({
  speaker: dom.getAttribute('data-speaker') || null, source: cleanHref(dom.getAttribute('data-source')), dir: direction(dom),
});
const spokenAttributes = ({ speaker, source, dir }) => present({ 'data-speaker': speaker, 'data-source': source, dir });

const quote = {
  group: 'block', content: 'block+', defining: true, attrs: spoken,
  parseDOM: [{ tag: 'blockquote', getAttrs: spokenDom }],
  toDOM: (node) => ['blockquote', spokenAttributes(node.attrs), 0],
};

const pullQuote = {
  group: 'block', content: 'inline*', defining: true, attrs: spoken,
  parseDOM: [{ tag: 'aside', getAttrs: spokenDom }],
  toDOM: (node) => ['aside', { class: 'pull-quote', ...spokenAttributes(node.attrs) }, 0],
};

/** What a picture may carry, with nothing said. */
export const PICTURE = { id: null, src: '', alt: '', caption: null, credit: null, width: null, height: null, place: null, taken: null };
const defaults = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { default: value }]));

const picture = {
  group: 'block', attrs: defaults(PICTURE), draggable: true,
  parseDOM: [
    { tag: 'figure[data-picture]', getAttrs: (dom) => readJson(dom.getAttribute('data-picture'), PICTURE, 'src') },
    { tag: 'img[src]', getAttrs: pastedPicture },
  ],
  toDOM: pictureDom,
};

// Only pictures of this site are shown: the desk asks nothing of other servers. One with an `id` is the library's own.
function pictureDom(node) {
  const { src, alt, caption, credit } = node.attrs;
  const seen = src.startsWith('/')
    ? ['img', { src, alt, loading: 'lazy' }]
    : ['span', { class: 'elsewhere' }, src];
  const under = [caption, credit].filter(Boolean).join(' · ');
  return ['figure', { 'data-picture': JSON.stringify(present(node.attrs)), class: 'picture' }, seen, ['figcaption', {}, under || alt]];
}

function pastedPicture(dom) {
  const src = cleanHref(dom.getAttribute('src'));
  return src ? { ...PICTURE, src, alt: dom.getAttribute('alt') ?? '' } : false;
}

// What comes off the clipboard may have been written by anybody: only known names, only permitted addresses.
function readJson(text, known, address) {
  try {
    const read = JSON.parse(text);
    const attrs = { ...known };
    for (const name of Object.keys(known)) if (['string', 'number'].includes(typeof read[name])) attrs[name] = read[name];
    if (!address) return attrs;
    attrs[address] = cleanHref(attrs[address]);
    return attrs[address] ? attrs : false;
  } catch {
    return false;
  }
}

const gallery = {
  group: 'block', content: 'picture*',
  parseDOM: [{ tag: 'div[data-gallery]' }],
  toDOM: () => ['div', { 'data-gallery': '', class: 'gallery' }, 0],
};

/** What an embed's card may say, with nothing said. A `frame` is what its provider offers to be shown: { hash, width, height }. */
export const EMBED = { url: '', provider: null, title: null, caption: null, frame: null };

const embed = {
  group: 'block', attrs: defaults(EMBED), draggable: true,
  parseDOM: [{ tag: 'div[data-embed]', getAttrs: readEmbed }],
  toDOM: ({ attrs }) => ['div', { 'data-embed': JSON.stringify(present(attrs)), class: 'embed' },
    ['strong', {}, attrs.title || attrs.url],
    ['span', {}, [attrs.provider, attrs.caption, attrs.title ? attrs.url : null, attrs.frame && say('embed-framed')].filter(Boolean).join(' · ')]],
};

function readEmbed(dom) {
  const text = dom.getAttribute('data-embed');
  const attrs = readJson(text, EMBED, 'url');
  return attrs && { ...attrs, frame: readFrame(JSON.parse(text).frame) };
}

// A frame is named by its hash alone: what it shows is with the server, which refuses one that it does not have.
function readFrame(frame) {
  const { hash, width, height } = frame ?? {};
  if (!/^[0-9a-f]{64}$/.test(hash) || !Number.isInteger(height)) return null;
  return Number.isInteger(width) ? { hash, width, height } : { hash, height };
}

const preformatted = {
  group: 'block', content: 'text*', marks: '', code: true, defining: true,
  parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
  toDOM: () => ['pre', { spellcheck: 'false' }, 0],
};

const divider = { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] };
const fold = {
  group: 'block', parseDOM: [{ tag: 'div[data-fold]' }],
  toDOM: () => ['div', { 'data-fold': '', 'data-words': say('fold-words'), class: 'fold' }],
};

const KEPT = { source: '', name: '', text: '' };

const kept = {
  group: 'block', attrs: defaults(KEPT),
  parseDOM: [{ tag: 'div[data-kept]', getAttrs: (dom) => readJson(dom.getAttribute('data-kept'), KEPT) }],
  toDOM: ({ attrs }) => ['div', { class: 'kept', 'data-kept': JSON.stringify(attrs), 'data-from': `${attrs.source} · ${attrs.name}` }, ['code', {}, attrs.text.slice(0, 400)]],
};

export const blocks = {
  doc: { content: 'block+' },
  paragraph, heading, quote, pull_quote: pullQuote, picture, gallery, embed, preformatted, divider, fold, kept,
};
