// Links in a body: where one is, and setting it.
import { schema } from './schema.js';

const type = schema.marks.link;

/** The address of the link at the caret or on the selection, or ''. */
export function linkAt(state) {
  const { $from, $to } = state.selection;
  const mark = type.isInSet($from.marks()) ?? type.isInSet($from.nodeAfter?.marks ?? []) ?? type.isInSet($to.nodeBefore?.marks ?? []);
  return mark?.attrs.href ?? '';
}

/** A step that links the selection (or the whole link around the caret) to `href`; null takes the link away. With nothing there, `words` go in. */
export function linkTo(state, href, words = href) {
  let { from, to } = state.selection;
  if (from === to) ({ from, to } = reachOf(state));
  const tr = state.tr.removeMark(from, to, type);
  if (href && from === to) return tr.insert(from, schema.text(words, [type.create({ href })]));
  return href ? tr.addMark(from, to, type.create({ href })) : tr;
}

function reachOf({ selection: { $from } }) {
  let reach = { from: $from.pos, to: $from.pos };
  $from.parent.forEach((child, offset) => {
    const from = $from.start() + offset;
    const holds = from <= $from.pos && $from.pos <= from + child.nodeSize;
    if (holds && type.isInSet(child.marks)) reach = { from, to: from + child.nodeSize };
  });
  return reach;
}
