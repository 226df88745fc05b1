// Who said it, below the words of a quotation: a field of its own that the arrow keys and Tab lead into and out of.
import { Plugin, TextSelection } from 'prosemirror-state';
import { say } from '../words.js';
import { around } from './acts.js';
import { MAX_LABEL } from './details.js';

/** How long typing pauses before the name goes into the text, milliseconds. */
const PAUSE = 400;
const QUOTES = ['quote', 'pull_quote'];

/** The plugin: how quotations look in the text, and the keys at their edge. */
export const speakers = () => new Plugin({
  props: {
    nodeViews: { quote: (...given) => new Quotation('blockquote', ...given), pull_quote: (...given) => new Quotation('aside', ...given) },
    handleKeyDown(view, event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
      if (event.key === 'Tab' && !event.shiftKey) return enter(view, () => !around(view.state, 'list', 'table'));
      return event.key === 'ArrowDown' && !event.shiftKey && enter(view, (quote) => isLastLine(view, quote));
    },
  },
});

function enter(view, may) {
  const quote = view.state.selection.empty ? around(view.state, ...QUOTES) : null;
  if (!quote || !may(quote)) return false;
  const field = view.nodeDOM(quote.position)?.querySelector?.(':scope > footer input');
  field?.focus();
  return Boolean(field);
}

function isLastLine(view, { node, position }) {
  const { $from } = view.state.selection;
  let end = $from.end();
  for (let depth = $from.depth - 1; depth > 0 && $from.before(depth + 1) > position; depth -= 1) end += 1;
  return end >= position + node.nodeSize - 2 && view.endOfTextblock('down');
}

class Quotation {
  #timer = null;

  constructor(element, node, view, getPos) {
    Object.assign(this, { view, getPos, type: node.type });
    this.dom = document.createElement(element);
    this.contentDOM = this.dom.appendChild(document.createElement('div'));
    const footer = this.dom.appendChild(document.createElement('footer'));
    footer.contentEditable = 'false';
    this.field = footer.appendChild(document.createElement('input'));
    Object.assign(this.field, { type: 'text', maxLength: MAX_LABEL / 4, placeholder: say('speaker-hint'), autocomplete: 'off', dir: 'auto' });
    this.field.setAttribute('aria-label', say('detail-quote-speaker'));
    this.field.addEventListener('input', () => { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.keep(), PAUSE); });
    this.field.addEventListener('focus', () => { this.field.readOnly = !view.editable; });
    this.field.addEventListener('blur', () => this.keep());
    this.field.addEventListener('keydown', (event) => this.pressed(event));
    this.update(node);
  }

  update(node) {
    if (node.type !== this.type) return false;
    const { speaker, dir } = node.attrs;
    if (dir) this.dom.dir = dir;
    else this.dom.removeAttribute('dir');
    this.dom.className = [node.type.name === 'pull_quote' && 'pull-quote', !speaker && 'unsaid'].filter(Boolean).join(' ');
    // What is being typed stays; what somebody else wrote shows as soon as nobody types here.
    if (this.#timer === null) this.field.value = speaker ?? '';
    return true;
  }

  /** Puts the name into the text, where it changed. */
  keep() {
    clearTimeout(this.#timer);
    const isTyped = this.#timer !== null;
    this.#timer = null;
    const position = this.getPos();
    const node = position === undefined ? null : this.view.state.doc.nodeAt(position);
    if (!isTyped || !this.view.editable || node?.type !== this.type) return;
    const speaker = this.field.value.trim() || null;
    if (speaker !== node.attrs.speaker) this.view.dispatch(this.view.state.tr.setNodeAttribute(position, 'speaker', speaker));
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isBack = event.key === 'ArrowUp' || event.key === 'Escape' || (event.key === 'Tab' && event.shiftKey);
    if (!isBack && !['Enter', 'Tab', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.keep();
    this.leave(isBack);
  }

  /** Back into the words, at their end, or on to what stands below; a paragraph is made where nothing does. */
  leave(isBack) {
    const position = this.getPos();
    if (position === undefined) return;
    const { tr, doc, schema } = this.view.state;
    const end = position + doc.nodeAt(position).nodeSize;
    if (!isBack && this.view.editable && !doc.resolve(end).nodeAfter) tr.insert(end, schema.nodes.paragraph.create());
    tr.setSelection(TextSelection.near(tr.doc.resolve(isBack ? end - 1 : end), isBack ? -1 : 1));
    this.view.dispatch(tr.scrollIntoView());
    this.view.focus();
  }

  selectNode() { this.dom.classList.add('ProseMirror-selectednode'); }
  deselectNode() { this.dom.classList.remove('ProseMirror-selectednode'); }
  stopEvent(event) { return this.field === event.target; }
  ignoreMutation(mutation) { return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target); }
  destroy() { clearTimeout(this.#timer); }
}
