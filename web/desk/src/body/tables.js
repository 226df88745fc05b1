// Moving about in a table and growing it; spans are kept as they came and not made here.
import { TextSelection } from 'prosemirror-state';
import { around } from './acts.js';
import { schema } from './schema.js';

const { table_cell: cellType, table_row: rowType } = schema.nodes;

/** The next cell (or the one before, with -1); after the last one a new row. */
export const step = (by) => (state, dispatch) => {
  const here = around(state, 'table_cell');
  const table = around(state, 'table');
  if (!here || !table) return false;
  const cells = cellsOf(table);
  const at = cells.indexOf(here.position) + by;
  if (at < 0) return true;
  if (at >= cells.length) return addRow(state, dispatch);
  dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve(cells[at] + 1))).scrollIntoView());
  return true;
};

/** A row under this one. */
export const addRow = (state, dispatch) => {
  const row = around(state, 'table_row');
  if (!row) return false;
  const after = row.position + row.node.nodeSize;
  const cells = row.node.content.content.map((cell) => cellType.create({ colspan: cell.attrs.colspan }));
  const tr = state.tr.insert(after, rowType.create(null, cells));
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 2))).scrollIntoView());
  return true;
};

/** A column after this one; its cells head where their neighbours do. */
export const addColumn = (state, dispatch) => eachRow(state, dispatch, (tr, row, start, at) => {
  const before = row.maybeChild(Math.min(at, row.childCount - 1));
  tr.insert(tr.mapping.map(start + offsetOf(row, at + 1)), cellType.create({ header: before?.attrs.header ?? false }));
});

export const dropColumn = (state, dispatch) => {
  const row = around(state, 'table_row');
  if (row && row.node.childCount <= 1) return dropTable(state, dispatch);
  return eachRow(state, dispatch, (tr, line, start, at) => {
    const cell = line.maybeChild(at);
    if (!cell) return;
    const from = start + offsetOf(line, at);
    tr.delete(tr.mapping.map(from), tr.mapping.map(from + cell.nodeSize));
  });
};

export const dropRow = (state, dispatch) => {
  const row = around(state, 'table_row');
  const table = around(state, 'table');
  if (!row) return false;
  if (table.node.childCount <= 1) return dropTable(state, dispatch);
  dispatch?.(state.tr.delete(row.position, row.position + row.node.nodeSize));
  return true;
};

/** Makes the row a row of headings, or plain again. */
export const turnHeader = (state, dispatch) => {
  const row = around(state, 'table_row');
  if (!row) return false;
  const header = !row.node.firstChild?.attrs.header;
  const tr = state.tr;
  row.node.forEach((cell, offset) => tr.setNodeMarkup(row.position + 1 + offset, null, { ...cell.attrs, header }));
  dispatch?.(tr);
  return true;
};

function dropTable(state, dispatch) {
  const table = around(state, 'table');
  dispatch?.(state.tr.replaceWith(table.position, table.position + table.node.nodeSize, schema.nodes.paragraph.create()));
  return true;
}

function eachRow(state, dispatch, act) {
  const table = around(state, 'table');
  if (!table) return false;
  const at = state.selection.$from.index(state.doc.resolve(table.position).depth + 2);
  const tr = state.tr;
  table.node.forEach((row, offset) => act(tr, row, table.position + 1 + offset + 1, at));
  dispatch?.(tr);
  return true;
}

function cellsOf({ node, position }) {
  const cells = [];
  node.descendants((child, offset) => { if (child.type === cellType) cells.push(position + 1 + offset); return child.type !== cellType; });
  return cells;
}

function offsetOf(row, nth) {
  let offset = 0;
  for (let at = 0; at < Math.min(nth, row.childCount); at += 1) offset += row.child(at).nodeSize;
  return offset;
}
