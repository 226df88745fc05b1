// Between the editor's document and the tree the server keeps; what the editor does not know is kept, never dropped.
import { schema } from './schema.js';

/** The tree the server keeps, from the editor's document. A body of nothing but empty paragraphs is no body. */
export function toTree(doc) {
  const content = doc.content.content.map(block);
  return { type: 'doc', content: content.every(isEmptyParagraph) ? [] : content };
}

/** The editor's document, from the tree the server keeps. */
export function fromTree(tree) {
  const content = (tree?.content ?? []).map(readBlock);
  const doc = schema.nodeFromJSON({ type: 'doc', content: filled(content) });
  doc.check();
  return doc;
}

/** The tree of a single footnote's words. */
export const inlineTree = (fragment) => fragment.content.map(inline);

const isEmptyParagraph = (node) => node.type === 'paragraph' && node.content.length === 0;
const filled = (content) => (content.length > 0 ? content : [{ type: 'paragraph' }]);

// Attributes that are null are left out; the server refuses names it does not know, so only ours go.
const said = (attrs) => Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null));

function withAttrs(node, rest) {
  const attrs = said(node.attrs);
  return Object.keys(attrs).length > 0 ? { type: node.type.name, attrs, ...rest } : { type: node.type.name, ...rest };
}

function block(node) {
  const children = node.content.content;
  switch (node.type.name) {
    case 'preformatted':
      return { type: 'preformatted', attrs: { text: node.textContent } };
    case 'quote':
    case 'gallery':
      return withAttrs(node, { content: children.map(block) });
    case 'list':
      return withAttrs(node, { content: children.map((item) => ({ type: 'list_item', content: item.content.content.map(block) })) });
    case 'table':
      return withAttrs(node, { content: children.map(row) });
    default:
      return node.type.inlineContent ? withAttrs(node, { content: children.map(inline) }) : withAttrs(node, {});
  }
}

const row = (node) => ({ type: 'table_row', content: node.content.content.map(cell) });
const cell = (node) => ({ type: 'table_cell', attrs: said(node.attrs), content: node.content.content.map(inline) });

function inline(node) {
  if (node.type.name === 'hard_break') return { type: 'hard_break' };
  if (node.type.name === 'footnote') return { type: 'footnote', content: inlineTree(node.content) };
  return node.marks.length > 0 ? { type: 'text', text: node.text, marks: node.marks.map(mark) } : { type: 'text', text: node.text };
}

function mark({ type, attrs }) {
  return Object.keys(attrs).length > 0 ? { type: type.name, attrs: said(attrs) } : { type: type.name };
}

function readBlock(node) {
  const content = node.content ?? [];
  switch (node.type) {
    case 'preformatted':
      return { type: 'preformatted', content: node.attrs?.text ? [{ type: 'text', text: node.attrs.text }] : [] };
    case 'quote':
      return { ...node, content: filled(content.map(readBlock)) };
    case 'gallery':
      return { ...node, content: content.filter((part) => part.type === 'picture') };
    case 'list':
      return content.length > 0 ? { ...node, content: content.map(readItem) } : unknown(node);
    case 'table':
      return content.length > 0 ? { ...node, content: content.map(readRow) } : unknown(node);
    default:
      return schema.nodes[node.type]?.isBlock ? readPlain(node) : unknown(node);
  }
}

const readItem = (item) => ({ type: 'list_item', content: filled((item.content ?? []).map(readBlock)) });
const readRow = (line) => ({ type: 'table_row', content: (line.content ?? []).map(readPlain) });

function readPlain(node) {
  return node.content ? { ...node, content: node.content.map(readInline) } : node;
}

function readInline(node) {
  if (node.type === 'footnote') return { type: 'footnote', content: (node.content ?? []).map(readInline) };
  return node;
}

const unknown = (node) => ({ type: 'kept', attrs: { source: 'desk', name: String(node.type), text: JSON.stringify(node) } });
