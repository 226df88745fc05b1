// Tables out of foreign HTML: those that hold figures and words; those that only place things on a page come apart.
import { schema } from '../schema.js';
import { nameOf } from './notes.js';

const { nodes } = schema;
/** Cells of one table that are taken; the rest of a larger sheet belongs in a file. */
const MAX_CELLS = 5000;
/** Columns or rows one cell may span. */
const MAX_SPAN = 100;
/** The longest caption, in characters. */
const MAX_CAPTION = 1000;

/** Whether a table only places things: it says so, has one cell, or holds another table or headings. */
export function isLayout(table) {
  if (['presentation', 'none'].includes(table.getAttribute('role'))) return true;
  return rowsOf(table).flatMap(cellsOf).length <= 1 || holds(table, ['table', 'h1', 'h2', 'article']);
}

/** The table, each cell's content read by `read(cell, isHeader)`; null where nothing stands in it. */
export function tableOf(element, read) {
  let count = 0;
  let isEmpty = true;
  const rows = [];
  for (const row of rowsOf(element)) {
    const isHead = nameOf(row.parentNode) === 'thead';
    const cells = cellsOf(row).map((cell) => {
      const header = isHead || nameOf(cell) === 'th';
      const content = read(cell, header);
      isEmpty &&= content.length === 0;
      return nodes.table_cell.create({ header, colspan: spanOf(cell, 'colspan'), rowspan: spanOf(cell, 'rowspan') }, content);
    });
    count += cells.length;
    if (count > MAX_CELLS) break;
    if (cells.length > 0) rows.push(nodes.table_row.create(null, cells));
  }
  return isEmpty ? null : nodes.table.create({ caption: captionOf(element) }, rows);
}

/** What stands in blocks, in one line: breaks between them, and nothing that `type` does not take. */
export function inlinesOf(blocks, type) {
  const lines = [];
  const visit = (node) => {
    if (node.isTextblock) lines.push(node.content.content);
    else node.forEach(visit);
  };
  blocks.forEach(visit);
  const all = lines.flatMap((line, nth) => (nth > 0 ? [nodes.hard_break.create(), ...line] : line));
  return all.filter((node) => type.contentMatch.matchType(node.type));
}

const elements = (element) => [...element.childNodes].filter(({ nodeType }) => nodeType === 1);
const holds = (element, names) => elements(element).some((child) => names.includes(nameOf(child)) || holds(child, names));
const cellsOf = (row) => elements(row).filter((cell) => ['td', 'th'].includes(nameOf(cell)));
const spanOf = (cell, name) => Math.min(MAX_SPAN, Math.max(1, Number(cell.getAttribute(name)) || 1));

function rowsOf(table) {
  return elements(table).flatMap((child) => {
    if (nameOf(child) === 'tr') return [child];
    return ['thead', 'tbody', 'tfoot'].includes(nameOf(child)) ? elements(child).filter((row) => nameOf(row) === 'tr') : [];
  });
}

function captionOf(table) {
  const caption = elements(table).find((child) => nameOf(child) === 'caption');
  return caption?.textContent.replace(/\s+/g, ' ').trim().slice(0, MAX_CAPTION) || null;
}
