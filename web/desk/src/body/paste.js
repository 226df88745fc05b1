// What is pasted becomes blocks of ours: from word processors, pages, wires and mails; what comes from a desk comes as it was.
import { DOMParser, Fragment, Slice } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import { around } from './acts.js';
import { cleanHref } from './href.js';
import { picturesIn } from '../picture/files.js';
import { linkTo } from './links.js';
import { readPlain } from './paste/plain.js';
import { readForeign } from './paste/read.js';
import { stilled } from './paste/style.js';
import { inlinesOf } from './paste/tables.js';
import { schema } from './schema.js';

// A picture of another site is not taken in by its address: nobody cleared it, and readers' browsers would ask that site for it.
const ours = new DOMParser(schema, DOMParser.schemaRules(schema).filter(({ tag }) => tag !== 'img[src]'));

/**
 * The plugin. `flow()` answers the story's own { dir, lang }; `onleft({ pictures, parts })` hears of what a paste left out.
 * The desk's own slices are known by the mark that ProseMirror puts on them.
 */
export function paste({ flow, onleft }) {
  let left = null;
  const parseSlice = (dom, options) => {
    left = null;
    if (dom.closest('[data-pm-slice]') || dom.querySelector('[data-pm-slice]')) return ours.parseSlice(dom, options);
    const read = readForeign(dom, flow());
    left = read.left;
    return new Slice(Fragment.from(read.blocks), 0, 0);
  };
  // A picture that comes as a file beside its element is brought (incoming.js), so nothing of it is left out.
  const tell = (transfer) => {
    if (left && left.pictures + left.parts > 0 && picturesIn(transfer).length === 0) onleft(left);
    left = null;
    return false;
  };
  return new Plugin({
    props: {
      transformPastedHTML: stilled,
      clipboardParser: { parseSlice },
      clipboardTextParser: (text, $context) => plainSlice(text, $context, flow()),
      transformPasted: sound,
      handlePaste: (view, event, slice) => tell(event.clipboardData) || linked(view, event) || inCell(view, slice),
      handleDrop: (_, event) => tell(event.dataTransfer),
    },
  });
}

/** Plain text as a slice; one paragraph of it carries the marks of where it goes. */
export function plainSlice(text, $context, flow) {
  const blocks = readPlain(text, flow);
  if (blocks.length !== 1) return new Slice(Fragment.from(blocks), blocks.length > 0 ? 1 : 0, blocks.length > 0 ? 1 : 0);
  const line = blocks[0].content.content.map((node) => (node.isText ? node.mark($context.marks()) : node));
  return blocks[0].isTextblock ? new Slice(Fragment.from(blocks[0].copy(Fragment.from(line))), 1, 1) : new Slice(Fragment.from(blocks), 0, 0);
}

const isText = (value) => typeof value === 'string';
const isSpan = (value) => Number.isInteger(value) && value >= 0;
const isAddress = (value) => cleanHref(value) === value;
const SOUND = {
  dir: (value) => ['ltr', 'rtl'].includes(value), level: (value) => [2, 3, 4].includes(value), lang: isText, speaker: isText, caption: isText,
  ordered: (value) => typeof value === 'boolean', header: (value) => typeof value === 'boolean', start: isSpan, colspan: isSpan, rowspan: isSpan,
  source: isAddress, url: isAddress, src: isAddress,
};

// Anybody can write the mark of a desk's slice and name any attribute with it: one that is not what it should be is as if unsaid.
function sound(slice) {
  const read = (fragment) => Fragment.from(fragment.content.map((node) => {
    if (node.isText) return node;
    const wrong = Object.keys(node.attrs).filter((name) => node.attrs[name] !== null && SOUND[name] && !SOUND[name](node.attrs[name]));
    const attrs = { ...node.attrs };
    for (const name of wrong) attrs[name] = node.type.spec.attrs[name].default;
    return node.type.create(attrs, read(node.content), node.marks);
  }));
  return new Slice(read(slice.content), slice.openStart, slice.openEnd);
}

// An address pasted over words leads from them.
function linked(view, event) {
  const text = event.clipboardData?.getData('text/plain').trim() ?? '';
  const { selection } = view.state;
  if (!/^https?:\/\/\S+$/.test(text) || !cleanHref(text) || selection.empty || !selection.$from.sameParent(selection.$to) || !selection.$from.parent.inlineContent) return false;
  if (selection.$from.parent.type.spec.code) return false;
  view.dispatch(linkTo(view.state, cleanHref(text)));
  return true;
}

// A cell holds lines, not blocks: those that come in are set below each other in it.
function inCell(view, slice) {
  if (!around(view.state, 'table_cell') || slice.content.firstChild?.isInline) return false;
  const content = inlinesOf(slice.content.content, schema.nodes.table_cell);
  if (content.length === 0) return false;
  view.dispatch(view.state.tr.replaceSelection(new Slice(Fragment.from(content), 0, 0)).scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
  return true;
}
