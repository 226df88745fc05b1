// What can be done to a body: each act takes (state, dispatch) as ProseMirror's own do.
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import { NodeSelection, TextSelection } from 'prosemirror-state';
import { schema } from './schema.js';

const { nodes, marks } = schema;

export const mark = (name) => toggleMark(marks[name]);
export const paragraph = setBlockType(nodes.paragraph);
export const heading = (level) => setBlockType(nodes.heading, { level });
export const preformatted = setBlockType(nodes.preformatted);

/** A pull quote, or a paragraph again. */
export const pullQuote = (state, dispatch) =>
  (around(state, 'pull_quote') ? paragraph : setBlockType(nodes.pull_quote))(state, dispatch);

/** A quotation around what is selected, or out of it. */
export const quote = (state, dispatch) => (around(state, 'quote') ? lift(state, dispatch) : wrapIn(nodes.quote)(state, dispatch));

/** A list of this kind; out of it where it is one already; the other kind where it is that. */
export const list = (ordered) => (state, dispatch) => {
  const found = around(state, 'list');
  if (!found) return wrapInList(nodes.list, { ordered })(state, dispatch);
  if (found.node.attrs.ordered === ordered) return liftListItem(nodes.list_item)(state, dispatch);
  dispatch?.(state.tr.setNodeMarkup(found.position, null, { ...found.node.attrs, ordered }));
  return true;
};

/** Puts a block after the one the caret is in, at the top level where `top` says so. */
export const insert = (node, top = false) => (state, dispatch) => {
  if (!dispatch) return true;
  const { $from } = state.selection;
  const isEmpty = $from.depth === 1 && $from.parent.isTextblock && $from.parent.content.size === 0;
  const after = top || $from.depth > 0 ? $from.after(Math.min(1, $from.depth) || 1) : $from.pos;
  const tr = isEmpty ? state.tr.replaceWith($from.before(), $from.after(), node) : state.tr.insert(after, node);
  const at = isEmpty ? $from.before() : after;
  const end = at + node.nodeSize;
  if (end >= tr.doc.content.size) tr.insert(end, nodes.paragraph.create());
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(node.isTextblock || node.content.size > 0 ? at + 1 : end))).scrollIntoView());
  return true;
};

export const divider = insert(nodes.divider.create());

/** The one place where the opening ends; an older one goes. */
export const fold = (state, dispatch) => {
  if (!dispatch) return true;
  const tr = state.tr;
  state.doc.descendants((node, position) => { if (node.type === nodes.fold) tr.delete(tr.mapping.map(position), tr.mapping.map(position + 1)); });
  const after = tr.mapping.map(state.selection.$from.after(1));
  dispatch(tr.insert(after, nodes.fold.create()).scrollIntoView());
  return true;
};

/** A table of two columns under a row of headings. */
export const table = (state, dispatch) => {
  const row = (header) => nodes.table_row.create(null, [0, 1].map(() => nodes.table_cell.create({ header })));
  return insert(nodes.table.create(null, [row(true), row(false), row(false)]))(state, dispatch);
};

/** A break within the paragraph. */
export const hardBreak = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
};

/** Turns the selected blocks to `dir`, or back to the story's own direction. */
export const turn = (dir) => (state, dispatch) => {
  const found = [];
  for (const { $from, $to } of state.selection.ranges) {
    state.doc.nodesBetween($from.pos, $to.pos, (node, position) => { if (node.isBlock && 'dir' in node.attrs) found.push({ node, position }); });
  }
  if (found.length === 0) return false;
  const next = found.every(({ node }) => node.attrs.dir === dir) ? null : dir;
  const tr = state.tr;
  for (const { node, position } of found) tr.setNodeMarkup(position, null, { ...node.attrs, dir: next });
  dispatch?.(tr);
  return true;
};

/** Blocks whose particulars can be told in a sheet. */
export const WITH_DETAILS = ['picture', 'embed', 'quote', 'pull_quote', 'table', 'kept'];

/** The nearest node of a kind around the caret, or the selected one: { node, position }. */
export function around(state, ...names) {
  const { selection } = state;
  if (selection instanceof NodeSelection && names.includes(selection.node.type.name)) return { node: selection.node, position: selection.from };
  const { $from } = selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (names.includes($from.node(depth).type.name)) return { node: $from.node(depth), position: $from.before(depth) };
  }
  return null;
}

/** What the tool bar shows as pressed. */
export function standing(state) {
  const { $from, from, to, empty } = state.selection;
  const has = (type) => (empty ? type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type));
  return {
    marks: Object.values(marks).filter(has).map((type) => type.name),
    block: $from.parent.type.name, level: $from.parent.attrs.level ?? null, dir: $from.parent.attrs.dir ?? null,
    list: around(state, 'list')?.node.attrs ?? null, inQuote: Boolean(around(state, 'quote')), inTable: Boolean(around(state, 'table')),
    details: around(state, ...WITH_DETAILS)?.node.type.name ?? null, hasSelection: !empty,
  };
}
