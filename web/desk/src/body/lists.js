// Lists, tables, and what stands inside a line; names as in crates/base/src/document.rs.
import { cleanHref } from './href.js';

const list = {
  group: 'block', content: 'list_item+', attrs: { ordered: { default: false }, start: { default: 1 } },
  parseDOM: [
    { tag: 'ul', attrs: { ordered: false, start: 1 } },
    { tag: 'ol', getAttrs: (dom) => ({ ordered: true, start: Math.max(0, parseInt(dom.getAttribute('start') ?? '1', 10) || 1) }) },
  ],
  toDOM: ({ attrs }) => (attrs.ordered ? ['ol', attrs.start === 1 ? {} : { start: attrs.start }, 0] : ['ul', 0]),
};

const listItem = { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] };

const table = {
  group: 'block', content: 'table_row+', isolating: true, attrs: { caption: { default: null } },
  parseDOM: [{ tag: 'table', getAttrs: (dom) => ({ caption: dom.querySelector('caption')?.textContent.trim() || null }) }],
  toDOM: ({ attrs }) => ['table', attrs.caption ? { 'data-caption': attrs.caption } : {}, ['tbody', 0]],
};

const tableRow = { content: 'table_cell*', parseDOM: [{ tag: 'tr' }], toDOM: () => ['tr', 0] };

const span = (dom, name) => Math.min(100, Math.max(1, Number(dom.getAttribute(name)) || 1));
const cell = (header) => (dom) => ({ header, colspan: span(dom, 'colspan'), rowspan: span(dom, 'rowspan') });
const tableCell = {
  content: 'inline*', isolating: true,
  attrs: { header: { default: false }, colspan: { default: 1 }, rowspan: { default: 1 } },
  parseDOM: [{ tag: 'td', getAttrs: cell(false) }, { tag: 'th', getAttrs: cell(true) }],
  toDOM: ({ attrs: { header, colspan, rowspan } }) => [
    header ? 'th' : 'td',
    { ...(colspan > 1 && { colspan }), ...(rowspan > 1 && { rowspan }) }, 0,
  ],
};

const text = { group: 'inline' };
const hardBreak = {
  group: 'inline', inline: true, selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'], leafText: () => '\n',
};

// A note's words are edited in their own sheet, so in the text it is one thing that the caret steps over.
const footnote = {
  group: 'inline', inline: true, atom: true, content: '(text | hard_break)*',
  parseDOM: [{ tag: 'sup[data-footnote]' }],
  toDOM: () => ['sup', { 'data-footnote': '', class: 'footnote' }, 0],
};

const simple = (tag, also = []) => ({ parseDOM: [{ tag }, ...also], toDOM: () => [tag, 0] });

const link = {
  inclusive: false, attrs: { href: {} },
  parseDOM: [{ tag: 'a[href]', getAttrs: (dom) => {
    const href = cleanHref(dom.getAttribute('href'));
    return href ? { href } : false;
  } }],
  toDOM: ({ attrs }) => ['a', { href: attrs.href, title: attrs.href }, 0],
};

const isolate = {
  attrs: { dir: { default: null }, lang: { default: null } },
  parseDOM: [{ tag: 'bdi', getAttrs: (dom) => ({ dir: dom.getAttribute('dir') || null, lang: dom.getAttribute('lang') || null }) }],
  toDOM: ({ attrs: { dir, lang } }) => ['bdi', { ...(dir && { dir }), ...(lang && { lang }) }, 0],
};

export const lists = {
  list, list_item: listItem, table, table_row: tableRow, table_cell: tableCell, text, hard_break: hardBreak, footnote,
};

export const marks = {
  link,
  isolate,
  strong: simple('strong', [{ tag: 'b', getAttrs: (dom) => dom.style.fontWeight !== 'normal' && null },
    { style: 'font-weight', getAttrs: (value) => /^(bold(er)?|[6-9]\d\d)$/.test(value) && null }]),
  emphasis: simple('em', [{ tag: 'i', getAttrs: (dom) => dom.style.fontStyle !== 'normal' && null }, { style: 'font-style=italic' }]),
  strike: simple('s', [{ tag: 'del' }, { tag: 'strike' }]),
  superscript: simple('sup'),
  subscript: simple('sub'),
  code: { parseDOM: [{ tag: 'code' }], toDOM: () => ['code', { spellcheck: 'false' }, 0] },
};
